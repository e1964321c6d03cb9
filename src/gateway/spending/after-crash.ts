/**
 * What was under way when the process was killed. A provider charges for it, so the budget does: by what the log knows of the
 * exchange, as an answer without usage is counted. Where no content is kept it knows what was set aside for the answer.
 */
import type { AuditLog, EntryHead, EntryKind, OpenedEntry } from '#/audit/api.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { UsableOffering } from '#/policy/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { chargeOf, chargeUnknown } from './cost.ts'
import type { Spending, Spent } from './spending.ts'

export interface AfterCrashServices {
  readonly audit: Pick<AuditLog, 'origin' | 'search' | 'newestHeads' | 'readHeads' | 'open'>
  readonly snapshot: Pick<Snapshot, 'offerings' | 'useCases'>
  readonly spending: Pick<Spending, 'chargeKilled' | 'killedUpTo'>
  readonly writeLine: WriteLine
}

/**
 * Called once at start, before anything is served. Up to where it was counted is written together with what was counted, so a
 * start that is itself killed counts nothing twice and leaves nothing to nobody.
 */
export async function chargeAfterCrash(services: AfterCrashServices): Promise<void> {
  const { audit, spending } = services
  const { origin: log } = audit
  const upTo = await spending.killedUpTo(log)
  const starts = upTo === undefined ? await newestStart(audit) : [upTo, ...(await startsAfter(audit, upTo))]
  for (const start of starts) {
    let entry = start
    for await (const killed of killedBehind(audit, start)) {
      const spent: Spent[] = []
      for (const outcome of killed) spent.push(...(await chargeOne(outcome, services)))
      entry = killed.at(-1)?.index ?? entry
      spending.chargeKilled(spent, { log, entry })
    }
  }
}

/** Before any mark was written only what the newest start found was ever counted. */
const newestStart = async (audit: AfterCrashServices['audit']): Promise<readonly number[]> =>
  (await audit.search({ kinds: ['start'], limit: 1 })).map(({ index }) => index)

/** Indexes of `start` entries behind this one, in order. */
async function startsAfter(audit: AfterCrashServices['audit'], index: number): Promise<readonly number[]> {
  const asked = {
    kinds: ['start'] as const,
    sinceMs: Number.NEGATIVE_INFINITY,
    untilMs: Number.POSITIVE_INFINITY,
  }
  const found: number[] = []
  for (let below = Number.MAX_SAFE_INTEGER; below > index; ) {
    const page = await audit.newestHeads({ ...asked, below, most: 1_000 })
    found.push(...page.heads.map((head) => head.index).filter((each) => each > index))
    below = page.below
  }
  return found.sort((one, other) => one - other)
}

/** What the log may say of itself between a start and the outcomes it writes. */
const ofTheLog: ReadonlySet<EntryKind> = new Set(['clock-jump', 'log-full'])

/** The outcomes the log wrote when it was opened, some at a time and at least once, then none: they stand right behind the start. */
async function* killedBehind(
  audit: AfterCrashServices['audit'],
  from: number,
): AsyncGenerator<readonly EntryHead[]> {
  for (let next = from + 1, isOver = false; !isOver; ) {
    const heads = await audit.readHeads(next, 1_000)
    const end = heads.findIndex((head) => !isKilled(head) && !ofTheLog.has(head.kind))
    isOver = end !== -1 || heads.length === 0
    next += heads.length
    yield heads.slice(0, end === -1 ? undefined : end).filter(isKilled)
  }
}

const isKilled = ({ kind, facts }: EntryHead): boolean =>
  kind === 'outcome' && facts.decision === 'unknown-after-crash'

/** One that cannot be read is told, and does not keep the others from being counted. */
async function chargeOne(outcome: EntryHead, services: AfterCrashServices): Promise<readonly Spent[]> {
  try {
    return await spentOf(outcome, services)
  } catch (error) {
    const what = `what exchange ${outcome.facts.intent} of the log cost before the crash is not counted`
    services.writeLine({ level: 'error', what, problem: describeError(error) })
    return []
  }
}

async function spentOf(
  { facts: { intent = -1, answerBytes = 0 } }: EntryHead,
  { audit, snapshot }: AfterCrashServices,
): Promise<readonly Spent[]> {
  const entry = await audit.open(intent)
  const useCase = snapshot.useCases.get(entry?.facts.useCase ?? '')
  const offering = snapshot.offerings.get(entry?.facts.offering ?? '')
  // Whose it was is not known any more, or it counts to no budget now.
  if (entry?.subject === undefined || useCase?.budget === undefined || offering === undefined) return []
  return [{ useCase, personId: entry.subject, microUsd: costOf(offering, entry, answerBytes) }]
}

function costOf(offering: UsableOffering, { facts, payload }: OpenedEntry, answerBytes: number): number {
  const { sentCharacters, answerMaxTokens } = facts.counts ?? {}
  if (sentCharacters !== undefined && answerMaxTokens !== undefined)
    return chargeUnknown(offering, sentCharacters, answerMaxTokens)
  // What was changed before it left stands in the payload twice.
  const sent = (payload?.length ?? 0) / (facts.decision === 'transform' ? 2 : 1)
  const ended = { status: 200, how: 'unknown-after-crash', usage: undefined, characters: answerBytes }
  return chargeOf(offering, sent, ended)
}
