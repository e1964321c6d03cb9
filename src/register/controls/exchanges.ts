import type { AuditLog, LoggedHead } from '#/audit/api.ts'
import { type DataClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { RecordHistory } from '../api.ts'
import { ceilingOf } from '../ceiling.ts'
import { type PublishedThen, servingAt } from '../grounds.ts'
import type { Tally } from './tally.ts'

export type ReadableLog = Pick<AuditLog, 'origin' | 'size' | 'readHeads'>

/** One look at a control reads so many entries, the newest; what is older is said not to be seen. */
const mostEntries = 100_000
const entriesAtOnce = 1_000

/** An exchange may still run so long; after that it should have ended. */
const underWayMs = 3_600_000

/** Every exchange has the entry before it was sent, and the one of how it ended. */
export async function exchangesHaveBothEntries(
  log: ReadableLog,
  sinceMs: number,
  nowMs: number,
  tally: Tally,
): Promise<void> {
  const open = new Map<number, number>()
  for await (const head of headsSince(log, sinceMs, tally)) {
    if (head.kind === 'intent') {
      tally.count()
      if (head.atMs + underWayMs < nowMs) open.set(head.index, head.atMs)
    }
    if (head.kind === 'outcome' && head.facts.intent !== undefined) open.delete(head.facts.intent)
  }
  for (const index of open.keys()) tally.except(`${log.origin}#${index}`, 'it has no outcome')
  tally.blindTo('Exchanges that did not come through this Sallyport.')
}

/** Nothing left for an offering that may not carry its class, by what served when it left. */
export async function exchangesStayBelowCeilings(
  log: ReadableLog,
  findOffering: (id: string) => RecordHistory<'offering'> | undefined,
  publishedThen: PublishedThen,
  sinceMs: number,
  tally: Tally,
): Promise<void> {
  for await (const { kind, index, atMs, facts } of headsSince(log, sinceMs, tally)) {
    if (kind !== 'intent' || facts.offering === undefined || facts.leavesAs === undefined) continue
    tally.count()
    const ceiling = ceilingAt(findOffering(facts.offering), atMs, publishedThen)
    if (ceiling === undefined || !isAtMost(facts.leavesAs, ceiling))
      tally.except(
        `${log.origin}#${index}`,
        `${facts.leavesAs} to ${facts.offering}, which could carry ${ceiling ?? 'nothing'} then`,
      )
  }
  tally.blindTo(
    'Data that was not found to be of its class, and what probes had measured of the offering then.',
  )
}

function ceilingAt(
  history: RecordHistory<'offering'> | undefined,
  atMs: number,
  publishedThen: PublishedThen,
): DataClass | undefined {
  const served = history && servingAt(history, atMs, publishedThen)
  if (served === undefined) return undefined
  const { record, approval } = served
  const computed = ceilingOf(record.body.facts, atMs).class
  return computed && lowerClass(computed, approval.conditions.highestClass ?? computed)
}

/** Heads since then, oldest first, as far back as is read. */
async function* headsSince(log: ReadableLog, sinceMs: number, tally: Tally): AsyncGenerator<LoggedHead> {
  const size = log.size()
  const first = Math.max(0, size - mostEntries)
  for (let from = first; from < size; ) {
    const heads = await log.readHeads(from, Math.min(entriesAtOnce, size - from))
    if (heads.length === 0) return
    if (from === first && (heads[0]?.index ?? 0) > 0 && (heads[0]?.atMs ?? 0) > sinceMs)
      tally.blindTo(
        `What is older than ${new Date(heads[0]?.atMs ?? 0).toISOString()}: ${
          heads[0]?.index === first
            ? `one look reads the newest ${mostEntries} entries`
            : 'it has ended in the log'
        }.`,
      )
    yield* heads.filter(({ atMs }) => atMs >= sinceMs)
    from = (heads.at(-1)?.index ?? from) + 1
  }
}
