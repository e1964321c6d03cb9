import type { FindingCount } from '#/audit/api.ts'
import type { AnswerPiece } from '#/audit/progress.ts'
import type { Usage } from '#/chat/api.ts'
import type { RefusalCode } from '#/core/refusal.ts'
import type { GatewayServices } from '../services.ts'
import { chargeOf, costOf, estimateTokens, usedOf } from '../spending/cost.ts'
import { type Intended, notKept, round } from './intend.ts'

declare const concluded: unique symbol

/** Stage 12: the outcome is on disk. Only now may the end of the answer be released. */
export interface Concluded {
  readonly [concluded]: true
  readonly intended: Intended
}

/** Names of tools an outcome lists; the header of an entry is kept for ever. */
export const mostTools = 100

/** How an exchange ended. */
export interface Ending {
  /** `answered`, or the code of what went wrong, or `client-gone`. */
  readonly how: 'answered' | 'client-gone' | RefusalCode
  /** What of the rights ended, where that ended it: `session`, `use-case`. */
  readonly why?: string | undefined
  /** The switch that ended it. */
  readonly about?: string | undefined
  /** Status the provider answered with; 0 when it did not. */
  readonly status: number
  readonly finish: string | undefined
  readonly usage: Usage | undefined
  readonly tools: readonly string[]
  readonly findings: readonly FindingCount[]
  /** Everything the provider sent, before anything was put back; after `progress` only what came since, in pieces. */
  readonly answer: string | readonly AnswerPiece[]
  /** The last `progress` entry of a long answer. */
  readonly progress: number | undefined
  readonly firstByteAt: number | undefined
  /** Characters of everything the provider sent. */
  readonly characters: number
}

/** Throws `log-unavailable`. */
export async function conclude(
  intended: Intended,
  ending: Ending,
  services: GatewayServices,
): Promise<Concluded> {
  const { received, caller } = intended.transformed.decided.inspected.read.admitted.identified
  const { offering, useCase } = intended.transformed.decided.decision
  const { usage } = ending
  const used = usedOf(ending)
  const costMicroUsd = costOf(offering, used)
  if (caller.keyId !== undefined)
    services.identity.spendKey(caller.keyId, tokensOf(used, intended.prepared.characters, ending.characters))
  intended.reservation?.settle(chargeOf(offering, intended.prepared.characters, ending))
  await services.audit.append({
    kind: 'outcome',
    subject: caller.person.id,
    facts: {
      requestId: received.requestId,
      intent: intended.appended.index,
      progress: ending.progress,
      useCase: useCase.id,
      offering: offering.id,
      decision: ending.how,
      reason: ending.why,
      about: ending.about,
      status: ending.status,
      finish: ending.finish,
      usage,
      costMicroUsd,
      service: caller.service?.id,
      tools: ending.tools.length === 0 ? undefined : ending.tools,
      findings: ending.findings.length === 0 ? undefined : ending.findings,
      timingsMs: timings(intended, ending, services),
    },
    payload: useCase.keepsContent
      ? `{"${typeof ending.answer === 'string' ? 'answer' : 'rest'}":${JSON.stringify(ending.answer)}}`
      : `{${notKept}}`,
  })
  return { intended } as Concluded
}

function timings(intended: Intended, ending: Ending, services: GatewayServices): Record<string, number> {
  const { startedAt } = intended.transformed.decided.inspected.read.admitted.identified.received
  const intend = round(intended.intendedAt - startedAt)
  const total = round(services.clock.monotonic() - startedAt)
  return ending.firstByteAt === undefined
    ? { intend, total }
    : { intend, firstByte: round(ending.firstByteAt - startedAt), total }
}

/**
 * What a key's budget is charged: what the provider says, else an estimate, so that leaving it unsaid is never a way
 * around a budget.
 */
const tokensOf = (usage: Usage | undefined, sent: number, answered: number): number =>
  usage === undefined
    ? estimateTokens(sent + answered)
    : usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens
