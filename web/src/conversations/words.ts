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
  no: 'not used for training',
  never: 'not used for training',
  yes: 'used for training',
  unknown: 'training use not known',
}

export const trainingOf = (trains: string): string =>
  Object.hasOwn(training, trains) ? (training[trains] as string) : `training: ${trains}`

/** `Kestrel Cloud, Frankfurt`; what is the same or missing is said once. */
export const placeOf = ({ processor, region }: { readonly processor: string; readonly region: string }): string =>
  region === '' || region === processor ? processor : `${processor}, ${region}`

export const count = (number: number, word: string): string => `${number} ${number === 1 ? word : plural(word)}`

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
 * `2 values replaced`. "Replaced" promises that the values come back, so it is said only when nothing was masked;
 * what is not known is not promised.
 */
export function changeText(changed: number, sendings: readonly Sending[]): string {
  if (changed === 0) return 'Nothing replaced'
  return `${count(changed, 'value')} ${changeWord(sendings)}`
}

function changeWord(sendings: readonly Sending[]): string {
  const actions = new Set(sendings.flatMap(({ expected }) => expected ?? []))
  const mayMask = actions.has('mask') || sendings.some(({ mask }) => mask)
  const mayReplace = actions.has('pseudonymise')
  if (mayMask && mayReplace) return 'masked or replaced'
  return mayMask ? 'masked' : 'replaced'
}

/** `14:02`, local. */
export const clockTime = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
