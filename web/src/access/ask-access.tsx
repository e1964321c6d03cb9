import { type FormEvent, useId, useState } from 'react'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { type AskWords, askableRoles, emptyAsk, type Listed, requestOf } from './words.ts'

interface Properties {
  readonly listed: readonly Listed[]
  readonly csrf: string
  readonly onAsked: () => void
}

/** Asks for a use case or a role. */
export function AskAccess({ listed, csrf, onAsked }: Properties) {
  const first: AskWords =
    listed[0] === undefined ? emptyAsk : { ...emptyAsk, what: 'listed', useCase: listed[0].id }
  const [words, setWords] = useState<AskWords>(first)
  const { problem, isSending, write, again } = useWriting(csrf)
  const id = useId()
  const change = (part: Partial<AskWords>): void => setWords((known) => ({ ...known, ...part }))

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending || !(await write('/api/access/requests', requestOf(words)))) return
    setWords(first)
    onAsked()
  }

  return (
    <form className="asking stack" onSubmit={send} aria-label="Ask for access">
      <h2>Ask for more</h2>
      <fieldset className="choices">
        <legend>What</legend>
        {(
          [
            ...(listed.length > 0 ? [['listed', 'A use case of the list'] as const] : []),
            ['named', 'A use case, by its id'],
            ['role', 'A role'],
          ] as const
        ).map(([what, label]) => (
          <label key={what}>
            <input
              type="radio"
              name={`${id}-what`}
              checked={words.what === what}
              onChange={() => change({ what })}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <Target words={words} listed={listed} change={change} />
      <div className="field">
        <label htmlFor={`${id}-days`}>For how many days</label>
        <input
          id={`${id}-days`}
          type="number"
          min={1}
          max={365}
          required
          value={words.days}
          onChange={({ target }) => change({ days: target.value })}
        />
      </div>
      <div className="field wide">
        <label htmlFor={`${id}-reason`}>Reason, which whoever decides reads</label>
        <textarea
          id={`${id}-reason`}
          rows={2}
          required
          minLength={5}
          maxLength={1_000}
          value={words.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </div>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          Ask
        </button>
        <span className="small faint">It goes to the log. What is approved ends by itself.</span>
      </div>
    </form>
  )
}

interface TargetProperties {
  readonly words: AskWords
  readonly listed: readonly Listed[]
  readonly change: (part: Partial<AskWords>) => void
}

function Target({ words, listed, change }: TargetProperties) {
  const id = useId()
  if (words.what === 'role')
    return (
      <div className="field">
        <label htmlFor={id}>Role</label>
        <select id={id} value={words.role} onChange={({ target }) => change({ role: target.value })}>
          {askableRoles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      </div>
    )
  if (words.what === 'named')
    return (
      <div className="field">
        <label htmlFor={id}>Id of the use case</label>
        <input
          id={id}
          className="mono"
          required
          maxLength={64}
          value={words.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </div>
    )
  const chosen = listed.find((each) => each.id === words.useCase)
  return (
    <div className="field">
      <label htmlFor={id}>Use case</label>
      <select id={id} value={words.useCase} onChange={({ target }) => change({ useCase: target.value })}>
        {listed.map((each) => (
          <option key={each.id} value={each.id}>
            {each.title}
          </option>
        ))}
      </select>
      {chosen === undefined ? null : (
        <p className="small dim">
          {chosen.purpose} Owner: {chosen.owner}.
        </p>
      )}
    </div>
  )
}
