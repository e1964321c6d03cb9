import type { Pseudonyms, Treated } from './api.ts'

export interface Transformed {
  readonly text: string
  /** How many findings were masked or replaced. */
  readonly changed: number
}

/**
 * The text as it may leave. The same text with the same decisions gives the same bytes every time, so that the
 * prompt caches of providers keep working. `treated` in order of position, not overlapping, positions in `text`.
 * Throws an `Error` on a finding that is to be blocked: policy has refused such a text before this is called.
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
    if (action === 'block')
      throw new Error(`a finding of ${type} that is to be blocked came to be transformed`)
    if (action === 'note') continue
    result += text.slice(done, start)
    result += action === 'mask' ? maskOf(type) : pseudonyms.tokenFor(type, text.slice(start, end))
    done = end
    changed++
  }
  return changed === 0 ? { text, changed } : { text: result + text.slice(done), changed }
}

/** What stands where a value was masked: `[PAYMENT CARD]`. */
export const maskOf = (type: string): string => `[${type.replaceAll('-', ' ').toUpperCase()}]`
