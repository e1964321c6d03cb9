import type { Problem } from '../core/problem.ts'
import { asksForSignIn, isStepUp, SignInButton } from '../identity/sign-in-button.tsx'

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
      {asksForSignIn(problem) ? (
        <SignInButton isStepUp={isStepUp(problem)} onDone={onAgain} />
      ) : (
        <button type="button" className="btn" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  )
