import { hash } from 'node:crypto'
import { Refusal } from '#/core/refusal.ts'
import type { Decision, RecordHistory, RecordKind, RecordVersion } from '#/register/api.ts'
import { recordKinds } from '#/register/kinds/index.ts'
import { differingFields, hashOf } from '#/register/read-body.ts'
import { readRecordFile } from '#/register/read-file.ts'
import type { Register } from '#/register/register.ts'
import { stateOf } from '#/register/state.ts'
import type { DraftedRecord } from './api.ts'
import type { AskedDraft } from './asked.ts'

/** Records as they would be with the draft approved, and what that draft is. */
export interface Draft {
  readonly register: Pick<Register, 'list'>
  readonly records: readonly DraftedRecord[]
  readonly notes: readonly string[]
  /** Over kinds, ids and material fields: the same draft has the same digest. */
  readonly digest: string
}

/** A history of a record in which a version of the draft is approved. */
interface Drafted {
  readonly history: RecordHistory
  readonly record: RecordVersion
}

/** Throws `request-invalid` for a file that cannot be taken, a record that does not wait, and a draft that changes nothing. */
export async function readDraft(
  asked: AskedDraft,
  register: Pick<Register, 'list' | 'find' | 'apply'>,
  by: string,
  nowMs: number,
): Promise<Draft> {
  const drafted =
    'file' in asked
      ? await draftOfFile(asked.file, register, by, nowMs)
      : draftOfWaiting(asked.waiting, register, nowMs)
  if (drafted.length === 0) {
    const problem =
      'file' in asked
        ? 'everything in it already serves as it stands there'
        : 'no record waits for an approval'
    throw new Refusal('request-invalid', { field: 'draft', problem })
  }
  const records = drafted.map(({ history, record }) => ({
    kind: record.kind,
    id: record.id,
    version: record.version,
    serving: servingOf(history, nowMs)?.record.version ?? null,
  }))
  return {
    register: overlay(register, drafted, nowMs),
    records,
    notes: drafted.flatMap(({ history }) => noteOn(history, nowMs)),
    digest: digestOf(drafted),
  }
}

async function draftOfFile(
  { text, fileName }: { readonly text: string; readonly fileName: string },
  register: Pick<Register, 'find' | 'apply'>,
  by: string,
  nowMs: number,
): Promise<readonly Drafted[]> {
  // All that taking the file over would refuse is refused here, too.
  await register.apply({ files: [{ name: fileName, text }], by, dryRun: true })
  return readRecordFile(text, fileName).records.flatMap(({ kind, id, body }): Drafted[] => {
    const history: RecordHistory = register.find(kind, id) ?? { kind, id, versions: [], decisions: [] }
    const isSame = (other: RecordVersion): boolean => differingFields(other.body, body).length === 0
    const serving = servingOf(history, nowMs)?.record
    if (serving !== undefined && isSame(serving)) return []
    const newest = history.versions.at(-1)
    if (newest !== undefined && isSame(newest)) return [{ history, record: newest }]
    const version = (newest?.version ?? 0) + 1
    const written = {
      kind,
      id,
      version,
      body,
      hash: hashOf(kind, body),
      by: { id: by, name: by },
      atMs: nowMs,
    }
    return [{ history: { ...history, versions: [...history.versions, written] }, record: written }]
  })
}

/** Newest versions nobody has decided about: all of them, or those that are named. */
function draftOfWaiting(
  named: AskedWaiting,
  register: Pick<Register, 'list' | 'find'>,
  nowMs: number,
): readonly Drafted[] {
  const waiting = recordKinds
    .flatMap((kind): readonly RecordHistory[] => register.list(kind))
    .flatMap((history): Drafted[] => {
      const newest = stateOf(history, nowMs).versions.at(-1)
      return newest?.state === 'proposed' ? [{ history, record: newest.record }] : []
    })
  if (named === 'all') return waiting
  return named.map(({ kind, id }) => {
    const found = waiting.find(({ record }) => record.kind === kind && record.id === id)
    if (found === undefined) {
      const problem = `no version of ${kind} ${id} waits for an approval`
      throw new Refusal('request-invalid', { field: 'draft.waiting', problem })
    }
    return found
  })
}

type AskedWaiting = Extract<AskedDraft, { readonly waiting: unknown }>['waiting']

const servingOf = (history: RecordHistory, nowMs: number) => stateOf(history, nowMs).serving

function overlay(
  register: Pick<Register, 'list'>,
  drafted: readonly Drafted[],
  nowMs: number,
): Pick<Register, 'list'> {
  const byKey = new Map(drafted.map((each) => [keyOf(each.history), approved(each, nowMs)]))
  return {
    list: <K extends RecordKind>(kind: K): readonly RecordHistory<K>[] => {
      const there: readonly RecordHistory[] = register.list(kind)
      const known = new Set(there.map(keyOf))
      const added = [...byKey.values()].filter((each) => each.kind === kind && !known.has(keyOf(each)))
      const all = [...there.map((each) => byKey.get(keyOf(each)) ?? each), ...added]
      // In the order of ids, as the register gives them: the version of a snapshot depends on it.
      return all.sort((one, other) =>
        one.id < other.id ? -1 : 1,
      ) as readonly RecordHistory[] as readonly RecordHistory<K>[]
    },
  }
}

const keyOf = ({ kind, id }: Pick<RecordHistory, 'kind' | 'id'>): string => `${kind}/${id}`

/** As if everybody whose word it takes had approved it today, without an end and without conditions. */
function approved({ history, record }: Drafted, nowMs: number): RecordHistory {
  // What is not material serves by the decision there is.
  if (servingOf(history, nowMs)?.record.hash === record.hash) return history
  const last = history.decisions.at(-1)?.number ?? 0
  const state = stateOf(history, nowMs).versions.find((each) => each.record.version === record.version)
  if (state === undefined) throw new Error(`version ${record.version} of ${record.id} is not in the draft`)
  const { roles, voices } = state.quorum
  // Of one role there are two, where a file is approved by two who may have the same.
  const speaking = Array.from(
    { length: Math.max(roles.length, voices) },
    (_, index) => roles[index % roles.length],
  )
  const decisions = speaking.map(
    (role = roles[0], index): Decision => ({
      kind: record.kind,
      id: record.id,
      version: record.version,
      hash: record.hash,
      // Each another person: one who speaks twice counts once.
      by: { id: `simulation-${index}`, name: `a simulation (${role}, ${index + 1})` },
      role,
      verdict: 'approve',
      reason: 'simulated',
      conditions: {},
      atMs: nowMs,
      untilMs: undefined,
      isBootstrap: false,
      number: last + 1 + index,
      receipt: '',
    }),
  )
  return { ...history, decisions: [...history.decisions, ...decisions] }
}

/** An approval may say more than the record; the next one says it anew, or does not. */
function noteOn(history: RecordHistory, nowMs: number): readonly string[] {
  const { conditions, untilMs } = servingOf(history, nowMs)?.approval ?? {}
  const { kind, id } = history
  return [
    ...(conditions?.highestClass === undefined
      ? []
      : [
          `The approval of ${kind} ${id} that serves lowers its class to ${conditions.highestClass}; the draft is tried without that condition.`,
        ]),
    ...(untilMs === undefined
      ? []
      : [`The approval of ${kind} ${id} that serves has an end; the draft is tried without one.`]),
  ]
}

const digestOf = (drafted: readonly Drafted[]): string =>
  hash(
    'sha256',
    JSON.stringify(drafted.map(({ record }) => [record.kind, record.id, record.hash]).sort()),
    'hex',
  )
