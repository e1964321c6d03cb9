import type { KeyBounds } from '#/core/key-bounds.ts'
import { type Asked, type CommandOption, UsageError } from './command.ts'

/** Options that bind a key; what they take is checked where keys are made. */
export const boundOptions: Readonly<Record<string, CommandOption>> = {
  class: { value: 'CLASS', about: 'the highest class that may leave with it' },
  offerings: { value: 'IDS', about: 'the only offerings it reaches, with commas between them' },
  networks: { value: 'CIDRS', about: 'the only networks it is taken from, with commas between them' },
  'per-minute': { value: 'N', about: 'requests a minute' },
  'per-day': { value: 'N', about: 'requests a day (UTC)' },
  'tokens-per-day': { value: 'N', about: 'tokens a day (UTC), in and out' },
}

/** Undefined where nothing binds it. Throws `UsageError` for a number that is none. */
export function readBoundOptions(asked: Asked): Omit<KeyBounds, 'useCase'> | undefined {
  const bounds = {
    highestClass: asked.option('class'),
    offerings: listOf(asked.option('offerings')),
    networks: listOf(asked.option('networks')),
    requestsPerMinute: numberOf(asked, 'per-minute'),
    requestsPerDay: numberOf(asked, 'per-day'),
    tokensPerDay: numberOf(asked, 'tokens-per-day'),
  }
  const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').map((each) => each.trim())

function numberOf(asked: Asked, name: string): number | undefined {
  const text = asked.option(name)
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError(`--${name} must be a whole number from 1 on`)
  return Number(text)
}

/** What a key is bound to, for people. */
export function describeBounds(bounds: KeyBounds): string {
  const { useCase, highestClass, offerings, networks, requestsPerMinute, requestsPerDay, tokensPerDay } =
    bounds
  return [
    ...(useCase === undefined ? [] : [`use case ${useCase}`]),
    ...(highestClass === undefined ? [] : [`up to ${highestClass}`]),
    ...(offerings === undefined ? [] : [`offerings ${offerings.join(', ')}`]),
    ...(networks === undefined ? [] : [`from ${networks.join(', ')}`]),
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests a minute`]),
    ...(requestsPerDay === undefined ? [] : [`${requestsPerDay} requests a day`]),
    ...(tokensPerDay === undefined ? [] : [`${tokensPerDay} tokens a day`]),
  ].join('; ')
}
