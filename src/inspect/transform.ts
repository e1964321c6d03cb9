import { changesText, stopsText } from '#/core/finding.ts'
import type { Pseudonyms, Treated } from './api.ts'
import { generalise } from './generalise.ts'

export interface Transformed {
  readonly text: string
  /** How many findings were changed. */
  readonly changed: number
}

/**
 * The text as it may leave. The same text with the same decisions gives the same bytes every time, so that the
 * prompt caches of providers keep working. `treated` in order of position, not overlapping, positions in `text`.
 * Throws an `Error` on a finding that is to be blocked or held: policy has refused such a text before this is called.
 */
export function transformText(
  text: string,
  treated: readonly Treated[],
  pseudonyms: Pseudonyms,
): Transformed {
  let result = ''
  let done = 0
  let changed = 0
  for (const { finding, action } of treated) {
    const { start, end, type } = finding
    if (start < done || end <= start || end > text.length)
      throw new Error(`a finding of ${type} is out of place`)
    if (stopsText(action)) throw new Error(`a finding of ${type} that stops the text came to be transformed`)
    if (!changesText(action)) continue
    result += text.slice(done, start)
    done = end
    changed++
    const value = text.slice(start, end)
    if (action === 'pseudonymise') result += pseudonyms.tokenFor(type, value)
    else if (action === 'mask') result += maskOf(type)
    else if (action === 'generalise') result += generaliseOrMask(type, value)
    else if (endsInSpace(result) && startsWithSpace(text, end)) done = end + 1
    else if (endsInWord(result) && startsWithWord(text, end)) result += ' '
  }
  if (changed === 0) return { text, changed }
  result += text.slice(done)
  // Providers refuse a message without a text.
  return { text: result.trim() === '' ? nothingLeft : result, changed }
}

/** What stands where all of a text was removed. */
const nothingLeft = '[REMOVED]'

/** The kind with what is left of the value, or the kind alone where nothing may be. */
function generaliseOrMask(type: string, value: string): string {
  const left = generalise(type, value)
  const mask = maskOf(type)
  return left === undefined ? mask : `${mask.slice(0, -1)} ${left}]`
}

// What is removed takes one of two spaces with it, and two words it stood between do not become one.
const endsInSpace = (text: string): boolean => text.endsWith(' ')
const startsWithSpace = (text: string, at: number): boolean => text.charAt(at) === ' '
const endsInWord = (text: string): boolean => /[\p{L}\p{N}]$/u.test(text.slice(-2))
const startsWithWord = (text: string, at: number): boolean => /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2))

/** What stands where a value was masked: `[PAYMENT CARD]`. */
export const maskOf = (type: string): string => `[${type.replaceAll('-', ' ').toUpperCase()}]`
