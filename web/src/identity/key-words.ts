import { type DataClass, dataClasses } from '#/core/data-class.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import type { KeyView } from '#/identity/keys/api.ts'

/** `GET /api/keys`. */
export interface OwnKeys {
  readonly keys: readonly KeyView[]
  readonly services: readonly { readonly id: string; readonly label: string }[]
  readonly policy: { readonly defaultDays: number; readonly maxDays: number }
}

export interface MadeKey {
  readonly id: string
  readonly key: string
  readonly expiresAt: string
}

/** What somebody typed into the form of a new key. */
export interface KeyWords {
  readonly label: string
  readonly days: string
  readonly service: string
  readonly useCase: string
  readonly highestClass: string
  readonly offerings: string
  readonly networks: string
  readonly requestsPerDay: string
}

export const emptyKeyWords = (defaultDays: number): KeyWords => ({
  label: '',
  days: String(defaultDays),
  service: '',
  useCase: '',
  highestClass: '',
  offerings: '',
  networks: '',
  requestsPerDay: '',
})

/** As `POST /api/keys` reads it: what was left empty is left out. */
export function askedKey(words: KeyWords): object {
  const { label, service, days } = words
  const bounds = boundsOf(words)
  return {
    ...(label.trim() === '' ? {} : { label: label.trim() }),
    ...(service === '' ? {} : { service }),
    ...(days.trim() === '' ? {} : { expiresInDays: Number(days) }),
    ...(Object.keys(bounds).length === 0 ? {} : { bounds }),
  }
}

function boundsOf(words: KeyWords): KeyBounds {
  const useCase = words.useCase.trim()
  const highestClass: DataClass | undefined = dataClasses.find((each) => each === words.highestClass)
  const [offerings, networks] = [listOf(words.offerings), listOf(words.networks)]
  return {
    ...(useCase === '' ? {} : { useCase }),
    ...(highestClass === undefined ? {} : { highestClass }),
    ...(offerings.length === 0 ? {} : { offerings }),
    ...(networks.length === 0 ? {} : { networks }),
    ...(words.requestsPerDay.trim() === '' ? {} : { requestsPerDay: Number(words.requestsPerDay) }),
  }
}

const listOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((each) => each !== '')

/** What a key is bound to, a line for each bound. */
export function describeKeyBounds(bounds: KeyBounds): readonly string[] {
  const { useCase, highestClass, offerings, networks, requestsPerMinute, requestsPerDay, tokensPerDay } =
    bounds
  return [
    ...(useCase === undefined ? [] : [`use case ${useCase}`]),
    ...(highestClass === undefined ? [] : [`up to ${highestClass}`]),
    ...(offerings === undefined ? [] : [`only ${offerings.join(', ')}`]),
    ...(networks === undefined ? [] : [`only from ${networks.join(', ')}`]),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests a minute`]),
    ...(requestsPerDay === undefined ? [] : [`${requestsPerDay} requests a day`]),
    ...(tokensPerDay === undefined ? [] : [`${tokensPerDay} tokens a day`]),
  ]
}

const dayOf = (at: string): string => at.slice(0, 10)

/** In which state a key is, in words. */
export function describeState({ state, expiresAt }: KeyView): string {
  if (state === 'revoked') return 'revoked'
  if (state === 'expired') return `ended on ${dayOf(expiresAt)}`
  return state === 'replaced'
    ? `replaced; works until ${dayOf(expiresAt)}`
    : `works until ${dayOf(expiresAt)}`
}

/** When, how often and from where a key was used. */
export function describeUse({ lastUsedAt, uses, machines }: KeyView): string {
  if (lastUsedAt === null) return 'never used'
  const from = machines.length === 1 ? `from ${machines[0]?.address}` : `from ${machines.length} addresses`
  return `last used on ${dayOf(lastUsedAt)}, ${uses === 1 ? 'once' : `${uses} times`}, ${from}`
}

/** Keys that can still be used come first, those that leaked before them: somebody should know. */
export const inOrder = (keys: readonly KeyView[]): readonly KeyView[] =>
  keys.toSorted((one, other) => rankOf(one) - rankOf(other))

const rankOf = ({ isLeaked, state }: KeyView): number =>
  isLeaked ? 0 : state === 'works' || state === 'replaced' ? 1 : 2
