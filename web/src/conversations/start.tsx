import type { ReactNode } from 'react'
import type { Choices, ModelChoice } from '#/gateway/api.ts'
import type { Problem } from '../core/problem.ts'
import type { SignedIn } from '../identity/session.ts'
import { Mark } from '../ui/icon.tsx'
import { greet } from './greeting.ts'
import { keptFor, placeOf, trainingOf } from './words.ts'

interface Properties {
  readonly person: SignedIn
  readonly choices: Choices | undefined
  readonly problem: Problem | undefined
  readonly likely: ModelChoice | undefined
  /** Whether what is sent stands in the log. */
  readonly keepsContent: boolean
  readonly onRetry: () => void
  readonly children: ReactNode
}

/** A chat before its first message: the message box, and the way a message takes. */
export const Start = ({ person, choices, problem, likely, keepsContent, onRetry, children }: Properties) => (
  <div className="mid scroll">
    <div className="col">
      <h1>{greet(person.name, new Date().getHours())}</h1>
      {children}
      {problem === undefined ? null : (
        <div className="note row spread" role="alert">
          <span>The models you may use cannot be read now: {problem.message}</span>
          <button type="button" className="btn" onClick={onRetry}>
            Try again
          </button>
        </div>
      )}
      <section className="way" aria-label="What happens to a message">
        <div>
          <h2>You</h2>
          <p>
            {keepsContent
              ? "What you send is written to your company's sealed log before it goes anywhere."
              : "That you send something is written to your company's log before it goes anywhere; your words are not kept."}
          </p>
        </div>
        <div className="gate">
          <h2>
            <Mark />
            The gate
          </h2>
          <p>Checks every word on the way out. What may not leave is replaced, masked, or stops here.</p>
        </div>
        <div>
          <h2>{likely?.title ?? 'The model'}</h2>
          <p>{choices === undefined ? '' : destinationText(likely, choices)}</p>
        </div>
      </section>
    </div>
  </div>
)

function destinationText(likely: ModelChoice | undefined, { models }: Choices): string {
  if (models.length === 0) return 'No offering is open to you yet. Ask the owner of a use case.'
  if (likely === undefined) return 'No approved offering may carry this as it is.'
  const { retentionDays, trains } = likely
  return `${placeOf(likely)}. ${capital(keptFor(retentionDays))}, ${trainingOf(trains)}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
