/**
 * What was under way when the process was killed. A provider charges for it, so the budget does: by what the log knows of the
 * exchange, as an answer without usage is counted.
 */
import type { AuditLog, EntryHead } from '#/audit/api.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { chargeOf } from './cost.ts'
import type { Spending } from './spending.ts'

export interface AfterCrashServices {
  readonly audit: Pick<AuditLog, 'search' | 'newestHeads' | 'open'>
  readonly snapshot: Pick<Snapshot, 'offerings' | 'useCases'>
  readonly spending: Pick<Spending, 'charge'>
  readonly writeLine: WriteLine
}

/** Called once at start, before anything is served: the outcomes behind the `start` entry are those the log wrote for it. */
export async function chargeAfterCrash(services: AfterCrashServices): Promise<void> {
  const { audit, writeLine } = services
  const [start] = await audit.search({ kinds: ['start'], limit: 1 })
  for await (const outcome of outcomesBehind(audit, start?.index ?? 0)) {
    if (outcome.facts.decision !== 'unknown-after-crash') continue
    try {
      await chargeOne(outcome, services)
    } catch (error) {
      const what = `what exchange ${outcome.facts.intent} of the log cost before the crash is not counted`
      writeLine({ level: 'error', what, problem: describeError(error) })
    }
  }
}

async function* outcomesBehind(audit: AfterCrashServices['audit'], from: number): AsyncGenerator<EntryHead> {
  const asked = {
    kinds: ['outcome'] as const,
    sinceMs: Number.NEGATIVE_INFINITY,
    untilMs: Number.POSITIVE_INFINITY,
  }
  for (let below = Number.MAX_SAFE_INTEGER; below > from; ) {
    const page = await audit.newestHeads({ ...asked, below, most: 1_000 })
    for (const head of page.heads) if (head.index > from) yield head
    below = page.below
  }
}

async function chargeOne(
  { facts: { intent = -1, answerBytes = 0 } }: EntryHead,
  { audit, snapshot, spending }: AfterCrashServices,
): Promise<void> {
  const entry = await audit.open(intent)
  const { useCase: id = '', offering: name = '', decision } = entry?.facts ?? {}
  const useCase = snapshot.useCases.get(id)
  const offering = snapshot.offerings.get(name)
  // Whose it was is not known any more, or it counts to no budget now.
  if (entry?.subject === undefined || useCase?.budget === undefined || offering === undefined) return
  // What was changed before it left stands in the payload twice.
  const sent = (entry.payload?.length ?? 0) / (decision === 'transform' ? 2 : 1)
  const ended = { status: 200, how: 'unknown-after-crash', usage: undefined, characters: answerBytes }
  spending.charge({ useCase, personId: entry.subject, microUsd: chargeOf(offering, sent, ended) })
}
