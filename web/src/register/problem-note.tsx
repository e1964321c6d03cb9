import type { Problem } from '../core/problem.ts'

/** What went wrong while asking the gate, and the way to ask again. */
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
      <button type="button" className="btn" onClick={onAgain}>
        Try again
      </button>
    </div>
  )
