import { useId, useState } from 'react'
import type { RequestView } from '#/identity/access/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { count } from '../conversations/words.ts'
import { dayOf, stateWords, targetText } from './words.ts'

interface Properties {
  readonly request: RequestView
  readonly csrf: string
  readonly onChanged: () => void
}

/** One request: who asks for what and why, what became of it, and what can be done with it now. */
export function RequestCard({ request, csrf, onChanged }: Properties) {
  const { id, state, person, by, reason, days, at, decision, isMine, mayDecide } = request
  return (
    <section className="sheet-box" aria-label={`Request ${id}`}>
      <div className="row spread">
        <h3>
          <span className={state === 'waiting' ? 'record-state waits' : 'record-state'}>
            {stateWords[state]}
          </span>
        </h3>
        <span className="small dim">asked on {dayOf(at)}</span>
      </div>
      <p>
        <b>{by}</b> asks for {targetText(request)}
        {person === by ? '' : ` for ${person}`}, for {count(days, 'day')}.
      </p>
      <p className="reason">{reason}</p>
      {decision === null || state === 'withdrawn' ? null : (
        <p className="small dim">
          {decision.by} {state} it on {dayOf(decision.at)}: {decision.reason}
        </p>
      )}
      {mayDecide ? <Decide request={request} csrf={csrf} onChanged={onChanged} /> : null}
      {isMine && state === 'waiting' ? <Withdraw id={id} csrf={csrf} onChanged={onChanged} /> : null}
    </section>
  )
}

function Decide({ request: { id, days }, csrf, onChanged }: Properties) {
  const [reason, setReason] = useState('')
  const [given, setGiven] = useState(String(days))
  const { problem, isSending, write, again } = useWriting(csrf)
  const field = useId()
  const decide = async (verdict: 'approve' | 'decline'): Promise<void> => {
    const terms = verdict === 'approve' ? { days: Number(given) } : {}
    if (await write(`/api/access/requests/${id}/decision`, { verdict, reason: reason.trim(), ...terms }))
      onChanged()
  }
  const isOff = isSending || reason.trim().length < 5
  return (
    <div className="decide asking stack">
      <div className="field">
        <label htmlFor={`${field}-days`}>Days it is given for</label>
        <input
          id={`${field}-days`}
          type="number"
          min={1}
          max={days}
          value={given}
          onChange={({ target }) => setGiven(target.value)}
        />
      </div>
      <div className="field wide">
        <label htmlFor={`${field}-reason`}>Why you approve or decline</label>
        <textarea
          id={`${field}-reason`}
          rows={2}
          maxLength={1_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="button" className="btn primary" disabled={isOff} onClick={() => decide('approve')}>
          Approve
        </button>
        <button type="button" className="btn" disabled={isOff} onClick={() => decide('decline')}>
          Decline
        </button>
        <span className="small faint">It goes to the log with your name.</span>
      </div>
    </div>
  )
}

function Withdraw({ id, csrf, onChanged }: Omit<Properties, 'request'> & { readonly id: string }) {
  const { problem, isSending, write, again } = useWriting(csrf)
  const withdraw = async (): Promise<void> => {
    if (await write(`/api/access/requests/${id}/withdraw`)) onChanged()
  }
  return (
    <>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="button" className="btn quiet" disabled={isSending} onClick={withdraw}>
          Withdraw it
        </button>
      </div>
    </>
  )
}
