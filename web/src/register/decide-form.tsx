import { type FormEvent, useId, useState } from 'react'
import { dataClasses } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { RecordView, VersionView } from '#/register/api.ts'
import { classNames } from '../conversations/words.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import { asksForSignIn, isStepUp, SignInButton } from '../identity/sign-in-button.tsx'
import { decisionOf, isOpenTo, meaningOf, verdictsFor, type Words, wroteIt } from './decide.ts'
import { Field, isAtField } from './field.tsx'

interface Properties {
  readonly record: RecordView
  readonly version: VersionView
  readonly email: string
  readonly roles: readonly Role[]
  readonly csrf: string
  readonly onDecided: () => void
}

/** Decides about one version, for whoever has the right. What the gate finds wrong is said at its field. */
export function DecideForm({ record, version, email, roles, csrf, onDecided }: Properties) {
  const open = verdictsFor(record, version).filter((verdict) => isOpenTo(verdict, record, version, roles))
  const isOwn = wroteIt(record, version, email)
  const first = open.find((verdict) => !(isOwn && verdict === 'approve')) ?? 'approve'
  const [words, setWords] = useState<Words>({ verdict: first, reason: '', until: '', highestClass: '' })
  // What serves is not ended by a click on the way: only about a version that waits is something chosen already.
  const [isChosen, setChosen] = useState(version.state === 'proposed')
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const name = useId()
  if (open.length === 0) return null
  const change = (part: Partial<Words>): void => setWords((known) => ({ ...known, ...part }))

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isSending) decide(csrf)
  }
  const decide = async (token: string): Promise<void> => {
    setSending(true)
    setProblem(undefined)
    try {
      await ask('/api/decisions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sallyport-csrf': token },
        body: JSON.stringify(decisionOf(record, version, words)),
      })
      onDecided()
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : offline)
    } finally {
      setSending(false)
    }
  }

  return (
    <form className="decide stack" onSubmit={submit} aria-label={`Decide about version ${version.version}`}>
      <fieldset className="choices">
        <legend>Decide about version {version.version}</legend>
        {open.map((verdict) => (
          <label key={verdict}>
            <input
              type="radio"
              name={name}
              checked={isChosen && words.verdict === verdict}
              disabled={isOwn && verdict === 'approve'}
              onChange={() => {
                setChosen(true)
                change({ verdict })
              }}
            />
            <span>
              {meaningOf(verdict, version.state, version.quorum, { email, roles })}
              {isOwn && verdict === 'approve' ? (
                <span className="faint"> – you wrote this version, so somebody else approves it</span>
              ) : null}
            </span>
          </label>
        ))}
      </fieldset>
      <Field name="reason" label="Reason" problem={problem}>
        {(described) => (
          <textarea
            {...described}
            value={words.reason}
            required
            maxLength={4_000}
            rows={2}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      {isChosen && words.verdict === 'approve' && record.mayEnd ? (
        <Terms words={words} problem={problem} change={change} />
      ) : null}
      {problem === undefined || isAtField(problem) ? null : (
        <div role="alert" className="note">
          <b>{problem.message}</b>{' '}
          {asksForSignIn(problem) ? (
            <SignInButton isStepUp={isStepUp(problem)} onDone={decide} />
          ) : (
            problem.remedies.map(({ text }) => text).join(' ')
          )}
        </div>
      )}
      <div className="row">
        <button
          type="submit"
          className="btn primary"
          disabled={isSending || !isChosen || words.reason.trim() === ''}
        >
          Write the decision
        </button>
        <span className="small faint">It goes to the log with your name, and cannot be taken back.</span>
      </div>
    </form>
  )
}

interface TermsProperties {
  readonly words: Words
  readonly problem: Problem | undefined
  readonly change: (part: Partial<Words>) => void
}

/** What an approval may ask for beside the record. */
const Terms = ({ words, problem, change }: TermsProperties) => (
  <div className="terms">
    <Field name="until" label="Last day (optional)" problem={problem}>
      {(described) => (
        <input
          {...described}
          type="date"
          value={words.until}
          onChange={(event) => change({ until: event.target.value })}
        />
      )}
    </Field>
    <Field name="conditions.highestClass" label="Highest class (optional)" problem={problem}>
      {(described) => (
        <select
          {...described}
          value={words.highestClass}
          onChange={({ target }) =>
            change({ highestClass: dataClasses.find((each) => each === target.value) ?? '' })
          }
        >
          <option value="">as the record says</option>
          {dataClasses.map((each) => (
            <option key={each} value={each}>
              {classNames[each]}
            </option>
          ))}
        </select>
      )}
    </Field>
  </div>
)
