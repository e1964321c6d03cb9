import type { State } from '#/register/api.ts'

/** A state as a word; only what waits for a person is coloured. */
export const StateMark = ({ state }: { readonly state: State }) => (
  <span className={state === 'proposed' ? 'record-state waits' : 'record-state'}>
    {state === 'proposed' ? 'waits for approval' : state}
  </span>
)
