import type { DataClass } from '#/core/data-class.ts'
import type { Sending } from './state.ts'

/** Facts of an offering and counts, as people read them. */

export const classNames: Readonly<Record<DataClass, string>> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
}

/** `kept 0 days`; a time nobody knows is said to be unknown. */
export const keptFor = (days: number | null): string =>
  days === null ? 'time kept not known' : `kept ${days} ${days === 1 ? 'day' : 'days'}`

const training: Readonly<Record<string, string>> = {
  never: 'not used for training',
  'opt-in': 'used for training only if one agrees',
  'opt-out': 'used for training unless one objects',
  yes: 'used for training',
  unknown: 'training use not known',
}

export const trainingOf = (trains: string): string =>
  Object.hasOwn(training, trains) ? (training[trains] as string) : `training: ${trains}`

/** `Kestrel Cloud, Frankfurt`; what is the same or missing is said once. */
export const placeOf = ({
  processor,
  region,
}: {
  readonly processor: string
  readonly region: string
}): string => (region === '' || region === processor ? processor : `${processor}, ${region}`)

export const count = (number: number, word: string): string =>
  `${number} ${number === 1 ? word : plural(word)}`

const plural = (word: string): string => (/(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`)

/** `2 payment card numbers, 1 e-mail address`: the most frequent first, at most three kinds. */
export function countKinds(labels: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const kinds = [...counts].sort((one, other) => other[1] - one[1])
  const shown = kinds.slice(0, 3).map(([label, number]) => count(number, label))
  return kinds.length > 3 ? `${shown.join(', ')} and ${kinds.length - 3} more` : shown.join(', ')
}

/**
 * `2 values replaced`. "Replaced" promises that the values come back, so it is not said alone when the gate
 * announced that something would be masked, which does not.
 */
export function changeText(changed: number, sending: Pick<Sending, 'mask' | 'expected'>): string {
  return changed === 0 ? 'Nothing replaced' : `${count(changed, 'value')} ${changeWord(sending)}`
}

function changeWord({ mask, expected }: Pick<Sending, 'mask' | 'expected'>): string {
  if (expected.some((action) => action === 'generalise' || action === 'remove')) return 'changed'
  const mayMask = mask || expected.includes('mask')
  const mayReplace = expected.includes('pseudonymise')
  if (mayMask && mayReplace) return 'masked or replaced'
  return mayMask ? 'masked' : 'replaced'
}

/** `14:02`, local. */
export const clockTime = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
