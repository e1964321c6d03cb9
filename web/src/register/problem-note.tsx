import type { Problem } from '../core/problem.ts'
import { placeHere, signInAddress } from '../identity/session.ts'

/** What went wrong while asking the gate, and the way on: to ask again, or to sign in and come back here. */
export const ProblemNote = ({
  problem,
  onAgain,
}: {
  readonly problem: Problem | undefined
  readonly onAgain: () => void
}) =>
  problem === undefined ? null : (
    <div role="alert" className="note row spread">
      {problem.message}
      {problem.code === 'sign-in-needed' ? (
        <a className="btn" href={signInAddress(placeHere())}>
          Sign in
        </a>
      ) : (
        <button type="button" className="btn" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  )
