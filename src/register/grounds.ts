import type { EvidenceDecision, EvidenceRecord, Grounds, GroundsOf } from '#/audit/evidence/api.ts'
import type { Decision, RecordHistory, RecordKind, RecordVersion, Serving } from './api.ts'
import { hashedTextOf } from './read-body.ts'
import type { Register } from './register.ts'
import { stateOf } from './state.ts'

/** A record as it was then, as far as it was published then; undefined when it was not. */
export type PublishedThen = (history: RecordHistory, atMs: number) => RecordHistory | undefined

/**
 * What served when an exchange went: its use case, its offering with its vendor, and every policy, with the decisions on them until then.
 * What was approved by then and not published did not serve.
 */
export const groundsFrom =
  (
    register: Pick<Register, 'list' | 'find'>,
    publishedThen: PublishedThen = (history) => history,
  ): GroundsOf =>
  (facts, atMs): Grounds => {
    const offering = facts.offering === undefined ? undefined : register.find('offering', facts.offering)
    const named = [
      facts.useCase === undefined ? undefined : register.find('use-case', facts.useCase),
      offering,
      ...register.list('policy'),
    ]
    const vendor = offering && servingAt(offering, atMs, publishedThen)?.record.body.vendor
    const vendors = vendor === undefined ? [] : [register.find('vendor', vendor)]
    const histories = [...named, ...vendors].filter((each) => each !== undefined) as readonly RecordHistory[]
    const served = histories.flatMap((history) => groundsAt(history, atMs, publishedThen) ?? [])
    return {
      records: served.map(({ record }) => recordView(record)),
      decisions: served.flatMap(({ decisions }) => decisions.map(decisionView)),
    }
  }

interface ServedAt {
  readonly record: RecordVersion
  /** On this version's material fields, until then. */
  readonly decisions: readonly Decision[]
}

function groundsAt(history: RecordHistory, atMs: number, publishedThen: PublishedThen): ServedAt | undefined {
  const record = servingAt(history, atMs, publishedThen)?.record
  const decisions = history.decisions.filter((each) => each.hash === record?.hash && each.atMs <= atMs)
  return record && { record, decisions }
}

/** What served of a record at a moment, by what was written, decided and published until then. */
export function servingAt<K extends RecordKind>(
  history: RecordHistory<K>,
  atMs: number,
  publishedThen: PublishedThen,
): Serving<K> | undefined {
  const then = {
    ...history,
    versions: history.versions.filter((version) => version.atMs <= atMs),
    decisions: history.decisions.filter((decision) => decision.atMs <= atMs),
  }
  const published = publishedThen(then, atMs) as RecordHistory<K> | undefined
  return published && stateOf(published, atMs).serving
}

const recordView = (record: RecordVersion): EvidenceRecord => ({
  kind: record.kind,
  id: record.id,
  version: record.version,
  hash: record.hash,
  hashed: hashedTextOf(record),
  body: record.body,
  by: record.by.name,
  at: timeOf(record.atMs),
})

const decisionView = (decision: Decision): EvidenceDecision => ({
  kind: decision.kind,
  id: decision.id,
  version: decision.version,
  hash: decision.hash,
  verdict: decision.verdict,
  reason: decision.reason,
  by: decision.by.name,
  role: decision.role,
  isBootstrap: decision.isBootstrap,
  at: timeOf(decision.atMs),
  until: decision.untilMs === undefined ? null : timeOf(decision.untilMs),
  receipt: decision.receipt,
})

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
