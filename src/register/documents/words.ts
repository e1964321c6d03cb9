import type { Action } from '#/core/finding.ts'

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
