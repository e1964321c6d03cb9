import type { Usage } from '#/chat/api.ts'
import type { UsableOffering } from '#/policy/api.ts'
import type { GatewayServices } from '../services.ts'
import { costOf, estimateTokens } from '../spending/cost.ts'
import type { Decided } from '../stages/decide.ts'

/** What asking came to. `isServed`: the model took the texts, so that somebody charges for them. */
export interface Served {
  readonly isServed: boolean
  /** As the model says it; undefined when it does not. */
  readonly usage: Usage | undefined
}

const input = (inputTokens: number): Usage => ({
  inputTokens,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
})

/**
 * Sets aside what asking about these texts can cost: of the budget of the use case and of the person, as the exchange itself
 * does. Gives what takes what it came to, also from the budget of the key, and says it in millionths of a US dollar where a price
 * is known. Throws `budget-spent`.
 */
export function chargeFor(
  offering: Pick<UsableOffering, 'id' | 'priceMicroUsdPerMillionTokens'>,
  texts: readonly string[],
  { decision, inspected }: Pick<Decided, 'decision' | 'inspected'>,
  { spending, identity }: Pick<GatewayServices, 'spending' | 'identity'>,
): (served: Served) => number | undefined {
  const { caller } = inspected.read.admitted.identified
  // A token is at least one byte.
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const worstMicroUsd = costOf(offering, input(bytes))
  // One without a price was not reached for a use case with a budget (reach.ts).
  const reservation =
    worstMicroUsd === undefined
      ? undefined
      : spending.reserve({
          useCase: decision.useCase,
          personId: caller.person.id,
          worstMicroUsd,
          isLimited: true,
        })
  return ({ isServed, usage }) => {
    if (!isServed) {
      reservation?.settle(0)
      return undefined
    }
    const characters = texts.reduce((sum, text) => sum + text.length, 0)
    const counted = usage ?? input(estimateTokens(characters))
    const costMicroUsd = costOf(offering, counted)
    reservation?.settle(costMicroUsd ?? 0)
    if (caller.keyId !== undefined)
      identity.spendKey(
        caller.keyId,
        counted.inputTokens + counted.cacheReadTokens + counted.cacheWriteTokens + counted.outputTokens,
      )
    return costMicroUsd
  }
}
