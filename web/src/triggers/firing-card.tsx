import { useState } from 'react'
import type { FiringView } from '#/snapshot/triggers/api.ts'
import { timeOf } from '../switches/words.ts'
import { ReasonForm } from '../ui/reason-form.tsx'
import { cameOf, targetWords } from './words.ts'

interface Properties {
  readonly view: FiringView
  readonly mayClose: boolean
  readonly csrf: string
  readonly onChanged: () => void
}

/** A trigger that fired: on whom, what came of it, and what somebody said who looked at it. */
export function FiringCard({ view, mayClose, csrf, onChanged }: Properties) {
  const { title, trigger, policy, condition, owner, at, state, isWritten, closed } = view
  const [isOpen, setOpen] = useState(false)
  return (
    <article className="sheet-box" aria-label={title}>
      <div className="row spread">
        <h3>
          {state === 'open' ? <span className="record-state waits">to look at</span> : null} {title}
        </h3>
        <span className="small dim">{timeOf(at)}</span>
      </div>
      <p>
        <b>{targetWords(view)}</b>: {condition}.
      </p>
      <p>{cameOf(view)}</p>
      <p className="small dim">
        The trigger {trigger} of the policy {policy}. Whose it is: {owner}.
      </p>
      {isWritten ? null : (
        <p role="alert" className="note">
          The log could not take it: have the log repaired.
        </p>
      )}
      {closed === null ? null : (
        <p className="small dim">
          {closed.by} looked at it at {timeOf(closed.at)}: {closed.reason}
        </p>
      )}
      {state !== 'open' ? null : !mayClose ? (
        <p className="small dim">Security or an owner closes it.</p>
      ) : isOpen ? (
        <ReasonForm
          label={`Close ${title}`}
          question="What came of it"
          button="Close it"
          path={`/api/triggers/firings/${view.id}/close`}
          csrf={csrf}
          onDone={() => {
            setOpen(false)
            onChanged()
          }}
          onLeave={() => setOpen(false)}
        />
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          I have looked at it
        </button>
      )}
    </article>
  )
}
