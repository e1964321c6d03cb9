import type { Usage } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { UsableOffering } from '#/policy/api.ts'

type Priced = Pick<UsableOffering, 'priceMicroUsdPerMillionTokens'>

/**
 * An answer whose length nobody limits: the most that models of this time write at once (GPT-5 and Claude Opus 4
 * families: 128,000 tokens, by their model pages of 2026).
 */
export const longestAnswerTokens = 128_000

const price = (
  { priceMicroUsdPerMillionTokens }: Priced,
  input: number,
  output: number,
): number | undefined =>
  priceMicroUsdPerMillionTokens === undefined
    ? undefined
    : Math.ceil(
        (input * priceMicroUsdPerMillionTokens.input + output * priceMicroUsdPerMillionTokens.output) /
          1_000_000,
      )

/** Millionths of a US dollar; undefined when no price or no usage is known. Unknown is never counted as nothing. */
export const costOf = (offering: Priced, usage: Usage | undefined): number | undefined =>
  usage === undefined
    ? undefined
    : price(offering, usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens, usage.outputTokens)

/** What a request says of how long its answers may be. */
interface Limited {
  readonly maxOutputTokens: number | undefined
  readonly body: JsonObject
}

/** The most a request can cost: a token is at least one byte of it, and each answer is as long as it may be. */
export const worstCostOf = (offering: Priced, sentBytes: number, limited: Limited): number | undefined =>
  price(offering, sentBytes, mostAnsweredTokens(limited))

/** The most tokens all answers to a request can have together. */
export function mostAnsweredTokens({ maxOutputTokens, body }: Limited): number {
  const { n } = body
  const limits = [maxOutputTokens, body['max_tokens'], body['max_completion_tokens']].filter(
    (limit) => typeof limit === 'number',
  )
  // Where several are said, some providers know the one and some the other.
  const longest = limits.length === 0 ? longestAnswerTokens : Math.max(...limits)
  const answers = typeof n === 'number' && Number.isInteger(n) && n > 0 ? n : 1
  return longest * answers
}

/** Three characters count as one token: more than any common language needs. */
export const estimateTokens = (characters: number): number => Math.ceil(characters / 3)

/** How an exchange ended, as far as money goes. */
interface Ended {
  readonly status: number
  readonly how: string
  readonly usage: Usage | undefined
  readonly characters: number
}

/**
 * What the provider said it used. Some say at the beginning how much they read and at the end how much they wrote: of an answer that
 * was cut in between, by a switch or by a caller who left, what came of it is estimated.
 */
export function usedOf({
  how,
  usage,
  characters,
}: Pick<Ended, 'how' | 'usage' | 'characters'>): Usage | undefined {
  if (usage === undefined || how === 'answered') return usage
  return { ...usage, outputTokens: Math.max(usage.outputTokens, estimateTokens(characters)) }
}

/** What it is counted as: what the provider says, else an estimate, so that leaving it unsaid is no way around a budget. */
export function chargeOf(offering: Priced, sentCharacters: number, ended: Ended): number {
  const { status, how, characters } = ended
  const cost = costOf(offering, usedOf(ended))
  if (cost !== undefined) return cost
  // Nobody charges for what was refused, or never reached anybody.
  if (status >= 400 || how === 'provider-unreachable') return 0
  return price(offering, estimateTokens(sentCharacters), estimateTokens(characters)) ?? 0
}

/**
 * What counts of an exchange of which the log knows no more than how much was sent: as much as was set aside for its answer.
 * Nobody can say that it was shorter.
 */
export const chargeUnknown = (offering: Priced, sentCharacters: number, answerMaxTokens: number): number =>
  price(offering, estimateTokens(sentCharacters), answerMaxTokens) ?? 0
