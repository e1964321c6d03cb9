import type { Role } from '#/core/role.ts'
import type { Bodies, Decision, RecordHistory, RecordKind, RecordVersion, Serving, State } from './api.ts'
import { kindOf } from './kinds/index.ts'
import {
  countedVoices,
  forUnknownAuthor,
  isMachine,
  isSamePerson,
  type Quorum,
  stricter,
  together,
  withVoice,
} from './quorum.ts'

/** A version with its state now, and one sentence why. */
export interface VersionState<K extends RecordKind = RecordKind> {
  readonly record: RecordVersion<K>
  readonly state: State
  readonly why: string
  /** Whose approval it takes. */
  readonly quorum: Quorum
  /** Approvals that count now, oldest first. */
  readonly voices: readonly Decision[]
  /** Roles whose approval does not count yet; none where it is enough as it is. */
  readonly missing: readonly Role[]
}

export interface RecordStates<K extends RecordKind = RecordKind> {
  /** Oldest first. */
  readonly versions: readonly VersionState<K>[]
  readonly serving: Serving<K> | undefined
  /** When what serves now ends by itself; undefined when it does not. */
  readonly nextChangeAtMs: number | undefined
}

/** Whose yes a body needs by itself. */
export function quorumOf(kind: RecordKind, body: Bodies[RecordKind]): Quorum {
  const { quorumOf: own, deciders } = kindOf(kind)
  return own?.(body) ?? { roles: deciders, voices: 1 }
}

/**
 * State is never stored: it follows from the versions of one record, the decisions on them, and the clock. A decision
 * is about the material fields of a version, by their hash, so that an edit of anything else serves at once. A version
 * goes on serving while a newer one waits, and ends when a newer one is approved: what was replaced does not come
 * back because its successor ended. Where several must say yes, it is approved once all of them have; what follows it
 * takes no fewer, so that nobody gets around them by proposing a lower risk.
 */
export function stateOf<K extends RecordKind>(history: RecordHistory<K>, nowMs: number): RecordStates<K> {
  const { versions, decisions } = history
  const tally = tallyOf(history)
  const judged = versions.map(
    (record): VersionState<K> => ({ record, ...judge(record, decisions, tally, nowMs) }),
  )
  const served = judged.findLast(({ state }) => state === 'approved')
  const states = judged.map((each): VersionState<K> => {
    if (each.state !== 'approved' || each === served) return each
    return { ...each, state: 'superseded', why: `Version ${served?.record.version} serves instead.` }
  })
  const [first, ...others] = served?.voices ?? []
  if (served === undefined || first === undefined)
    return { versions: states, serving: undefined, nextChangeAtMs: undefined }
  const approval = together([first, ...others])
  return {
    versions: states,
    serving: { record: served.record, approval, voices: served.voices },
    nextChangeAtMs: approval.untilMs,
  }
}

/** What decisions come to, whatever the clock says now. */
interface Tally {
  readonly texts: ReadonlyMap<string, Text>
  /** Approvals by hash that nothing has taken back. */
  readonly voices: ReadonlyMap<string, readonly Decision[]>
  /** The decision by which a version was approved last. */
  readonly latest: Decision | undefined
}

/** The versions of one hash. */
interface Text {
  readonly oldest: RecordVersion
  readonly quorum: Quorum
}

function tallyOf({ kind, versions, decisions }: RecordHistory): Tally {
  const texts = new Map<string, Text>()
  for (const record of versions)
    if (!texts.has(record.hash))
      texts.set(record.hash, { oldest: record, quorum: quorumOf(kind, record.body) })
  const voices = new Map<string, readonly Decision[]>()
  let latest: Decision | undefined
  for (const decision of decisions) {
    const text = texts.get(decision.hash)
    if (decision.verdict !== 'approve') {
      for (const [hash, { oldest }] of texts) if (isAbout(decision, hash, oldest)) voices.delete(hash)
    } else if (text !== undefined) {
      const quorum = quorumNow(decision.hash, texts, latest)
      if (!mayCount(decision, text, quorum)) continue
      const said = withVoice(voices.get(decision.hash) ?? [], decision, quorum)
      voices.set(decision.hash, said)
      if (countedVoices(said, quorum, decision.atMs).length < quorum.voices) continue
      // Nobody revives what was replaced by adding one voice to those it had.
      if (latest !== undefined && latest.hash !== decision.hash) voices.delete(latest.hash)
      latest = decision
    }
  }
  return { texts, voices, latest }
}

/** A stop is about every text there was, also where somebody writes the same one again. */
const isAbout = ({ hash, verdict, version }: Decision, ofText: string, oldest: RecordVersion): boolean =>
  hash === ofText || (verdict === 'stop' && oldest.version <= version)

/** Where several must agree, whoever wrote it is none of them. */
const mayCount = ({ by }: Decision, { oldest }: Text, { voices }: Quorum): boolean =>
  voices === 1 || !isSamePerson(by, oldest.by)

/** A text's own quorum, or that of what was approved last, where that is stricter; two people for what came in a file. */
function quorumNow(hash: string, texts: Tally['texts'], latest: Decision | undefined): Quorum {
  const { quorum, oldest } = texts.get(hash) as Text
  const before = latest === undefined || latest.hash === hash ? undefined : texts.get(latest.hash)?.quorum
  const usual = before === undefined ? quorum : stricter(quorum, before)
  if (!isMachine(oldest.by)) return usual
  // Where one person alone decides there is no second to ask.
  return kindOf(oldest.kind).decidesAlone === undefined ? forUnknownAuthor(usual) : usual
}

function judge(
  { hash }: RecordVersion,
  decisions: readonly Decision[],
  { texts, voices, latest }: Tally,
  nowMs: number,
): Omit<VersionState, 'record'> {
  const { oldest } = texts.get(hash) as Text
  const quorum = quorumNow(hash, texts, latest)
  const last = decisions.findLast((each) => isAbout(each, hash, oldest))
  const given = voices.get(hash) ?? []
  const counted = countedVoices(given, quorum, nowMs)
  const isEnough = counted.length >= quorum.voices
  const hasSpoken = (role: Role) => quorum.ofOneRole !== true && counted.some((voice) => voice.role === role)
  const missing = isEnough ? [] : quorum.roles.filter((role) => !hasSpoken(role))
  const told = (state: State, why: string) => ({ state, why, quorum, voices: counted, missing })
  if (last === undefined) return told('proposed', `Nobody has decided yet.${needText(quorum)}`)
  const said = `${last.by.name} on ${dayOf(last.atMs)}: ${last.reason}`
  if (last.verdict === 'reject') return told('rejected', `Rejected by ${said}`)
  if (last.verdict === 'suspend') return told('suspended', `Suspended by ${said}`)
  if (last.verdict === 'stop') return told('suspended', `Stopped, with every version, by ${said}`)
  if (latest !== undefined && latest.hash !== hash && (given.length === 0 || isEnough))
    return told('superseded', `Version ${latest.version} was approved after it.`)
  const ended = given.find(({ untilMs }) => untilMs !== undefined && untilMs <= nowMs)
  if (!isEnough && ended?.untilMs !== undefined)
    return told('expired', `The approval${byWhom(ended, quorum)} ended on ${dayOf(ended.untilMs)}.`)
  if (!isEnough) return told('proposed', `${agreedText(counted)} ${lackText(counted, missing, quorum)}`)
  return told(
    'approved',
    quorum.voices === 1 ? `Approved by ${said}` : `${agreedText(counted)} The last was ${said}`,
  )
}

const byWhom = ({ by, role }: Decision, { voices }: Quorum): string =>
  voices === 1 ? '' : ` of ${by.name} (${role})`

const agreedText = (voices: readonly Decision[]): string =>
  voices.length === 0
    ? 'No approval counts.'
    : `Approved by ${voices.map(({ by, role }) => `${by.name} (${role})`).join(', ')}.`

const needText = (quorum: Quorum): string =>
  quorum.voices === 1 ? '' : ` ${lackText([], quorum.roles, quorum)}`

function lackText(
  counted: readonly Decision[],
  missing: readonly Role[],
  { voices, ofOneRole }: Quorum,
): string {
  const more = voices - counted.length
  return ofOneRole === true
    ? `It came in a file, and nobody knows whose: it takes ${more} more ${more === 1 ? 'person' : 'people'} with the role ${missing.join(' or ')}.`
    : `It takes ${more} more, of different roles: ${missing.join(', ')}.`
}

export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
