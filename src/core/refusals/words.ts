/** Words and ways on that refusals share. */

import { withArticles } from '../article.ts'
import type { Facts, Remedy } from './entry.ts'

export const remedy = (id: string, text: string): Remedy => ({ id, text })
export const named = (value: Facts[string]): string =>
  Array.isArray(value) ? withArticles(value) : String(value ?? '')
export const list = (value: Facts[string]): string =>
  Array.isArray(value) ? value.join(', ') : String(value ?? '')

/** With a stop behind it, but where it ends as a sentence does: `Did you mean "title"?`. */
export const ended = (problem: string): string => (/[.?]$/.test(problem) ? problem : `${problem}.`)

export const correctAndSend = remedy(
  'correct-request',
  'Correct the request and send it again. Nothing was sent on.',
)
export const tryLater = remedy('retry-later', 'Send the same request again in a moment.')
export const useAuto = (facts: Facts) =>
  facts['autoWorks'] === true
    ? [remedy('use-auto', 'Use the model "auto": another offering may carry this.')]
    : []
export const askOwner = (facts: Facts) =>
  remedy('ask-owner', `Ask ${list(facts['owner']) || 'the owner of the use case'} about this rule.`)
