import { stringify } from 'yaml'
import type { RecordHistory, RecordVersion } from './api.ts'
import { kindOf } from './kinds/index.ts'
import { stateOf } from './state.ts'

/** Which version of a record is written: the newest there is, or what serves. */
export const exportedVersions = ['newest', 'serving'] as const

export type ExportedVersion = (typeof exportedVersions)[number]

/** A file as `apply` takes it again. Undefined where nothing serves and what serves was asked for. */
export function exportedText(
  history: RecordHistory,
  which: ExportedVersion,
  nowMs: number,
): string | undefined {
  const record = which === 'newest' ? history.versions.at(-1) : stateOf(history, nowMs).serving?.record
  return record && `${commentOf(record)}\n${stringify({ records: [writtenOf(record)] }, { lineWidth: 0 })}`
}

/** The fields in the order of the schema, so that two exports differ only in what differs. */
function writtenOf({ kind, id, body }: RecordVersion): Readonly<Record<string, unknown>> {
  const { fields } = kindOf(kind)
  const known = fields.filter((field) => Object.hasOwn(body, field))
  const others = Object.keys(body).filter((field) => !fields.includes(field))
  const values = body as unknown as Readonly<Record<string, unknown>>
  return { kind, id, ...Object.fromEntries([...known, ...others].map((field) => [field, values[field]])) }
}

const commentOf = ({ kind, id, version }: RecordVersion): string => `# ${kind} ${id}, version ${version}`
