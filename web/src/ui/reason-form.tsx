import { type FormEvent, useId, useState } from 'react'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'

interface Properties {
  readonly label: string
  readonly question: string
  readonly button: string
  readonly path: string
  /** What is written beside the reason. */
  readonly more?: object
  readonly csrf: string
  readonly onDone: () => void
  /** With a way to leave it where it was opened by a button. */
  readonly onLeave?: () => void
}

/** A reason, and the button that does it. */
export function ReasonForm({ label, question, button, path, more = {}, csrf, onDone, onLeave }: Properties) {
  const [reason, setReason] = useState('')
  const { problem, isSending, write, again } = useWriting(csrf)
  const field = useId()
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending || !(await write(path, { ...more, reason: reason.trim() }))) return
    setReason('')
    onDone()
  }
  return (
    <form className="stack" aria-label={label} onSubmit={send}>
      <div className="field wide">
        <label htmlFor={field}>{question}</label>
        <input
          id={field}
          required
          minLength={5}
          maxLength={1_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          {button}
        </button>
        {onLeave === undefined ? null : (
          <button type="button" className="btn quiet" onClick={onLeave}>
            Leave it
          </button>
        )}
      </div>
    </form>
  )
}
