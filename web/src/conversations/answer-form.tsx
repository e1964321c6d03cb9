import { type FormEvent, useId, useState } from 'react'
import type { Asks } from '../core/problem.ts'
import type { Answered } from './remedies.ts'

/** As the gate reads reasons. */
const reasonCharacters = { least: 10, most: 500 } as const

interface Properties {
  readonly asks: Asks
  readonly onAnswer: (answered: Answered) => void
}

/** What rules ask before something goes: notices to read, a reason to give, and one button for both. */
export function AnswerForm({ asks: { wantsReason, notices }, onAnswer }: Properties) {
  const id = useId()
  const [reason, setReason] = useState('')
  const written = reason.trim().replace(/\s+/g, ' ')
  const isReady = !wantsReason || written.length >= reasonCharacters.least
  const answer = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const acknowledge = notices.map(({ rule }) => rule)
    onAnswer({ act: 'answer', acknowledge, ...(wantsReason ? { justification: written } : {}) })
  }
  return (
    <form className="asking stack" onSubmit={answer}>
      {notices.map(({ rule, text }) => (
        <blockquote key={rule} className="note">
          {text}
        </blockquote>
      ))}
      {wantsReason ? (
        <div className="field wide">
          <label htmlFor={id}>Reason</label>
          <textarea
            id={id}
            rows={2}
            value={reason}
            required
            minLength={reasonCharacters.least}
            maxLength={reasonCharacters.most}
            aria-describedby={`${id}-help`}
            onChange={({ target }) => setReason(target.value)}
          />
          <p id={`${id}-help`} className="small faint">
            At least {reasonCharacters.least} characters. It is kept sealed in the log, never sent on, and
            holds for the rest of this chat.
          </p>
        </div>
      ) : null}
      <button type="submit" className="btn primary" disabled={!isReady}>
        {notices.length === 0 ? 'Send with this reason' : 'I have read this, send it'}
      </button>
    </form>
  )
}
