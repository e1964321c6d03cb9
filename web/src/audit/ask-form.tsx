import { type FormEvent, useId, useState } from 'react'
import { type AskedWords, askedOf, emptyWords } from './reading-words.ts'
import { useWriting } from './use-writing.ts'
import { WritingProblem } from './writing-problem.tsx'

const kinds = [
  ['receipts', 'Single exchanges'],
  ['person', 'What one person entered'],
  ['query', 'What a question finds now'],
] as const

/** Asks to read what others entered. */
export function AskForm({ csrf, onAsked }: { readonly csrf: string; readonly onAsked: () => void }) {
  const [words, setWords] = useState<AskedWords>(emptyWords)
  const { problem, isSending, write, again } = useWriting(csrf)
  const id = useId()
  const change = (part: Partial<AskedWords>): void => setWords((known) => ({ ...known, ...part }))

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending || !(await write('/api/log/readings', askedOf(words, Date.now())))) return
    setWords(emptyWords)
    onAsked()
  }

  return (
    <form className="asking stack" onSubmit={send} aria-label="Ask for a reading">
      <h2>Ask for a reading</h2>
      <fieldset className="choices">
        <legend>What</legend>
        {kinds.map(([what, label]) => (
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
      {words.what === 'query' ? (
        <div className="field wide">
          <label htmlFor={`${id}-query`}>Question, as the log is searched</label>
          <input
            id={`${id}-query`}
            className="mono"
            required
            placeholder="person:ada@example.com class:restricted since:2d"
            value={words.query}
            onChange={({ target }) => change({ query: target.value })}
          />
        </div>
      ) : words.what === 'receipts' ? (
        <div className="field wide">
          <label htmlFor={`${id}-receipts`}>Receipts, one on a line</label>
          <textarea
            id={`${id}-receipts`}
            className="mono"
            rows={2}
            required
            value={words.receipts}
            onChange={({ target }) => change({ receipts: target.value })}
          />
        </div>
      ) : (
        <div className="terms">
          <div className="field">
            <label htmlFor={`${id}-email`}>E-mail address</label>
            <input
              id={`${id}-email`}
              type="email"
              required
              value={words.email}
              onChange={({ target }) => change({ email: target.value })}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-days`}>Days up to now</label>
            <input
              id={`${id}-days`}
              type="number"
              min={1}
              max={92}
              required
              value={words.days}
              onChange={({ target }) => change({ days: target.value })}
            />
          </div>
        </div>
      )}
      <div className="field wide">
        <label htmlFor={`${id}-reason`}>Reason, which the person concerned will read</label>
        <textarea
          id={`${id}-reason`}
          rows={2}
          required
          minLength={10}
          maxLength={1_000}
          value={words.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-hours`}>Hours until it ends</label>
        <input
          id={`${id}-hours`}
          type="number"
          min={1}
          max={168}
          required
          value={words.hours}
          onChange={({ target }) => change({ hours: target.value })}
        />
      </div>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          Ask
        </button>
        <span className="small faint">Nothing is opened before another person approves.</span>
      </div>
    </form>
  )
}
