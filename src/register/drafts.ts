import { Refusal } from '#/core/refusal.ts'
import type { Author, PlanStep, RecordVersion } from './api.ts'
import { findCircle } from './circles.ts'
import { kindOf } from './kinds/index.ts'
import { findTooManySteps } from './patterns-together.ts'
import { differingFields, hashOf } from './read-body.ts'
import type { FileRecord } from './read-file.ts'
import type { Records } from './records.ts'

/** A change that is worked out and not written yet. */
export interface Draft {
  readonly step: PlanStep
  readonly record: RecordVersion | undefined
}

/** What becomes of records that are proposed, all or nothing: nothing where one is as its newest version. Throws `request-invalid`. */
export function draftRecords(
  register: Records,
  records: readonly FileRecord[],
  by: Author,
  nowMs: number,
): readonly Draft[] {
  checkReferences(register, records)
  const problem = findTooManySteps(register, records, nowMs)
  if (problem !== undefined) throw new Refusal('request-invalid', { field: 'patterns', problem })
  return records.map((record) => draftOf(register, record, by, nowMs))
}

function draftOf(register: Records, { kind, id, body }: FileRecord, by: Author, nowMs: number): Draft {
  const newest = register.find(kind, id)?.versions.at(-1)
  const hash = hashOf(kind, body)
  const version = (newest?.version ?? 0) + 1
  const record: RecordVersion = { kind, id, version, body, hash, by, atMs: nowMs }
  if (newest === undefined)
    return { record, step: { kind, id, change: 'new', version, fields: [], waits: true } }
  const fields = differingFields(newest.body, body)
  if (fields.length === 0)
    return {
      record: undefined,
      step: { kind, id, change: 'same', version: newest.version, fields, waits: false },
    }
  return { record, step: { kind, id, change: 'changed', version, fields, waits: hash !== newest.hash } }
}

/** What a record names must be there, or come with it. */
function checkReferences(register: Records, records: readonly FileRecord[]): void {
  const coming = new Set(records.map(({ kind, id: name }) => `${kind} ${name}`))
  for (const { kind, body, id: name, place } of records) {
    for (const reference of kindOf(kind).references(body)) {
      if (
        coming.has(`${reference.kind} ${reference.id}`) ||
        register.find(reference.kind, reference.id) !== undefined
      )
        continue
      const field = place === '' ? reference.field : `${reference.field} of ${kind} ${name} (${place})`
      throw new Refusal('request-invalid', {
        field,
        problem: `there is no ${reference.kind} ${reference.id}`,
      })
    }
  }
  const circle = findCircle(records, (kind, name) => register.find(kind, name)?.versions.at(-1)?.body)
  if (circle !== undefined)
    throw new Refusal('request-invalid', { field: 'records', problem: `they go in a circle: ${circle}` })
}
