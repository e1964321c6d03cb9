import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Bodies, RecordHistory, RecordKind, RecordVersion } from './api.ts'
import type { AskedDecision } from './asked.ts'
import { endOfDayMs } from './fields.ts'
import { kindOf } from './kinds/index.ts'
import { isSamePerson } from './quorum.ts'
import { formatField } from './read-body.ts'
import { dayOf, stateOf, type VersionState } from './state.ts'

/** A version that is to be decided about, with all that was written and decided of its record. */
export interface Judged {
  readonly record: RecordVersion
  readonly history: RecordHistory
  readonly nowMs: number
}

/**
 * The role that gives the right to decide. Throws when there is none, or when it is the person's own proposal. Of
 * somebody with several roles it is one that is still missing.
 */
export function checkRight(
  { verdict }: Pick<AskedDecision, 'verdict'>,
  judged: Judged,
  person: Person,
): Role {
  const { record, history } = judged
  const { quorum, voices } = stateNow(judged)
  const isApproval = verdict === 'approve'
  // Whoever may decide about such records at all may hold one up.
  const roles: readonly Role[] = isApproval
    ? quorum.roles
    : [...new Set([...quorum.roles, ...kindOf(record.kind).deciders])]
  const held = roles.filter((role) => person.roles.includes(role))
  const [first] = held
  if (first === undefined) throw new Refusal('role-missing', { roles })
  const own = { id: person.id, name: person.email }
  const isOwn = history.versions.some(({ hash, by }) => hash === record.hash && isSamePerson(by, own))
  if (isApproval && isOwn) throw new Refusal('own-proposal')
  if (quorum.voices === 1) return first
  const others = voices.filter(({ by }) => !isSamePerson(by, own))
  return held.find((role) => others.every((voice) => voice.role !== role)) ?? first
}

function stateNow({ record: { kind, id, version }, history, nowMs }: Judged): VersionState {
  const state = stateOf(history, nowMs).versions.find(({ record }) => record.version === version)
  if (state === undefined) throw new Error(`version ${version} of ${kind} ${id} is gone`)
  return state
}

/** Throws `record-incomplete`. */
export function assertComplete({ kind, id, version, body }: RecordVersion, nowMs: number): void {
  const problems = kindOf(kind).unready?.(body, nowMs) ?? []
  const [first, ...others] = problems
  if (first !== undefined)
    throw new Refusal('record-incomplete', {
      record: `${kind} ${id}`,
      version,
      // All of them at once: nobody should ask a vendor eleven times.
      field: formatField(others.length === 0 ? first.path : first.path.slice(0, 1)),
      problem: problems.map(({ problem }) => problem).join('; '),
    })
}

/** A file approves only what one person may approve, and what is complete. */
export function assertOneVoice(record: RecordVersion, place: string, nowMs: number): void {
  const voices = kindOf(record.kind).quorumOf?.(record.body).voices ?? 1
  if (voices > 1)
    throw new Refusal('request-invalid', {
      field: `${record.kind} ${record.id} (${place})`,
      problem: `${voices} people with different roles approve it, never a file: put it in a file without "bootstrap"`,
    })
  assertComplete(record, nowMs)
}

/** What depends on the day, on other records or on one person is approved by a person. */
export function assertFileMayApprove(
  kind: RecordKind,
  body: Bodies[RecordKind] | undefined,
  field: string,
): void {
  const { beforeApproval, holdsBack, fileMayApprove } = kindOf(kind)
  if (beforeApproval === undefined && holdsBack === undefined) return
  if (body !== undefined && fileMayApprove?.(body) === true) return
  throw new Refusal('request-invalid', {
    field,
    problem: 'a person approves it, never a file: put it in a file without "bootstrap"',
  })
}

/** What an approval says beside yes, in milliseconds where it ends. Throws `request-invalid`. */
export function checkWords(
  { verdict, conditions, until }: AskedDecision,
  { record, history, nowMs }: Judged,
): number | undefined {
  const { called, mayEnd, mayLowerClass } = kindOf(record.kind)
  const refuse = (field: string, problem: string) => new Refusal('request-invalid', { field, problem })
  if (!mayEnd) {
    const { serving } = stateOf(history, nowMs)
    const endsIt =
      verdict === 'suspend' ||
      verdict === 'stop' ||
      (verdict === 'reject' && serving?.record.hash === record.hash)
    if (endsIt)
      throw refuse('verdict', `${called} that serves is only ever replaced: approve another version of it`)
  }
  const isApproval = verdict === 'approve'
  if (conditions.highestClass !== undefined && !(isApproval && mayLowerClass)) {
    throw refuse('conditions.highestClass', `${isApproval ? called : verdict} has no such condition`)
  }
  const lastDay = isApproval ? kindOf(record.kind).lastDay?.(record.body) : undefined
  if (until === undefined) return lastDay === undefined ? undefined : endOfDayMs(lastDay)
  if (lastDay !== undefined && until > lastDay)
    throw refuse('until', `it must not be after ${lastDay}, which the record names`)
  if (!isApproval || !mayEnd) throw refuse('until', `${isApproval ? called : verdict} has no end`)
  if (endOfDayMs(until) <= nowMs) throw refuse('until', `it must not be before ${dayOf(nowMs)}`)
  return endOfDayMs(until)
}

/** Throws when somebody else decided since, or when the verdict would be about what no longer serves. */
export function assertStillAsked(
  { version, verdict, seen }: AskedDecision,
  history: RecordHistory,
  nowMs: number,
): void {
  const last = history.decisions.at(-1)
  if (seen !== undefined && last !== undefined && seen !== history.decisions.length)
    throw new Refusal('decided-meanwhile', { by: last.by.name, verdict: last.verdict })
  if (verdict !== 'reject' && verdict !== 'suspend') return
  const { versions, serving } = stateOf(history, nowMs)
  const judged = versions.find(({ record }) => record.version === version)
  if (judged?.state === 'superseded')
    throw new Refusal('request-invalid', {
      field: 'version',
      problem: `version ${version} was replaced and serves nothing; ${serving === undefined ? 'nothing serves' : `version ${serving.record.version} serves`}`,
    })
}
