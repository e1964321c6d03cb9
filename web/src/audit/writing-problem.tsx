import { asksForSignIn, isStepUp, SignInButton } from '../identity/sign-in-button.tsx'
import type { Writing } from './use-writing.ts'

/** Why the gate did not take it, and what works now. After a sign-in it is written by itself. */
export const WritingProblem = ({ problem, again }: Pick<Writing, 'problem' | 'again'>) =>
  problem === undefined ? null : (
    <div role="alert" className="note">
      <b>{problem.message}</b>{' '}
      {asksForSignIn(problem) ? (
        <SignInButton isStepUp={isStepUp(problem)} onDone={again} />
      ) : (
        problem.remedies.map(({ text }) => text).join(' ')
      )}
    </div>
  )
