import type { Problem } from '../core/problem.ts'
import { placeHere, signInAddress } from '../identity/session.ts'

/** Why the gate did not take it, and what works now. */
export const WritingProblem = ({ problem }: { readonly problem: Problem | undefined }) =>
  problem === undefined ? null : (
    <div role="alert" className="note">
      <b>{problem.message}</b>{' '}
      {problem.code === 'sign-in-needed' ? (
        <a href={signInAddress(placeHere())}>Sign in again</a>
      ) : (
        problem.remedies.map(({ text }) => text).join(' ')
      )}
    </div>
  )
