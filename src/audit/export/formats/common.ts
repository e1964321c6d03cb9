/** What the formats share. */
import type { EntryFacts, EntryKind } from '../../api.ts'

/** Whether it went well, from the header alone: undefined where nothing can have failed or it is not over. */
export function outcomeOf(kind: EntryKind, facts: EntryFacts): 'success' | 'failure' | undefined {
  if (kind === 'refusal' || kind === 'sign-in-failed') return 'failure'
  if (kind === 'outcome') return facts.decision === 'answered' ? 'success' : 'failure'
  return kind === 'intent' ? undefined : 'success'
}

/** Kinds of entries that are steps of an exchange. */
export const isOfExchange = (kind: string): boolean =>
  ['intent', 'outcome', 'refusal', 'progress'].includes(kind)

export interface Tokens {
  readonly input: number
  readonly output: number
}

/** Everything a provider read, from its cache or not, and what it wrote. */
export function tokensOf({ usage }: EntryFacts): Tokens | undefined {
  if (usage === undefined) return undefined
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = usage
  return { input: inputTokens + cacheReadTokens + cacheWriteTokens, output: outputTokens }
}

/** `email x2, iban x1`: kinds and how often, never what was found. */
export const findingsText = ({ findings = [] }: EntryFacts): string =>
  findings.map(({ type, count }) => `${type} x${count}`).join(', ')

/** A copy without what is undefined, null or an empty list or object: such fields are left out everywhere. */
export function withoutEmpty<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutEmpty) as T
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([name, each]) => [name, withoutEmpty(each)] as const)
    .filter(([, each]) => !isEmpty(each))
  return Object.fromEntries(kept) as T
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)
