/** Words of documents and of the guide, also the page's. No Node imports. */
import type { Action } from '#/core/finding.ts'
import type { ClauseState, GuidePlace, LinkCoverage } from './api.ts'

/** What happens to a value or to a text, as a person says it. */
export const actionWords: Readonly<Record<Action, string>> = {
  note: 'goes as it is and is noted',
  acknowledge: 'goes once a notice was read',
  justify: 'goes once a reason was given',
  pseudonymise: 'is replaced by a stand-in and put back in the answer',
  generalise: 'is made coarser',
  mask: 'is masked',
  remove: 'is removed',
  hold: 'is held for a person',
  block: 'does not leave',
}

export const placeText = ({ title, processor, region, first }: GuidePlace): string =>
  `${title} (${processor}, ${region})${first === null ? '' : `, after a ${first}`}`

export const stateWords: Readonly<Record<ClauseState, string>> = {
  kept: 'Kept by the gate.',
  noted: 'Only noted by the gate.',
  promise: 'Promise only: nothing keeps it.',
}

/** `rule r of rules – Cards: is masked; acted in 3 of 12 exchanges in 30 days`. */
export function linkText(
  { what, does, serves, acted, of, counts, sharedWith }: LinkCoverage,
  days: number,
): string {
  const head = `${what} – ${does}`
  if (!serves) return `${head}; it does not serve`
  if (acted === null) return `${head}; the log does not say how often`
  const often = counts === 'pulls' ? `pulled ${acted} times` : `acted in ${acted} of ${of ?? 0} ${counts}`
  const shared = sharedWith.length === 0 ? '' : `, counted with ${sharedWith.join(', ')}`
  return `${head}; ${often} in ${days} days${shared}`
}
