import { useId, useState } from 'react'
import type { ReadingView } from '#/audit/reading/api.ts'
import { CoveredEntries } from './covered-entries.tsx'
import { coversText, moment, stateWords } from './reading-words.ts'
import { useWriting } from './use-writing.ts'
import { WritingProblem } from './writing-problem.tsx'

interface Properties {
  readonly reading: ReadingView
  readonly csrf: string
  readonly onChanged: () => void
}

/** One reading: who, why, what, until when, and what can be done with it now. */
export function ReadingCard({ reading, csrf, onChanged }: Properties) {
  const { id, state, decisions, ended, isMine, mayDecide } = reading
  const [isShown, setShown] = useState(false)
  return (
    <div className="stack">
      <div className="row spread">
        <h2>
          <span className={state === 'waiting' ? 'record-state waits' : 'record-state'}>
            {stateWords[state]}
          </span>{' '}
          <span className="mono small faint">{id}</span>
        </h2>
        <span className="small dim">until {moment(reading.until)} UTC</span>
      </div>
      <p>
        <b>{reading.by}</b> asked on {moment(reading.askedAt)} to read {coversText(reading)}.
      </p>
      <p className="reason">{reading.reason}</p>
      {decisions.length === 0 ? null : (
        <ul className="bullets small" aria-label="Decisions">
          {decisions.map(({ by, role, verdict, reason, at }) => (
            <li key={at}>
              {moment(at)}: {by} ({role}) – <b>{verdict === 'approve' ? 'approved' : 'declined'}</b>: {reason}
            </li>
          ))}
        </ul>
      )}
      {state === 'waiting' && reading.approvalsNeeded > 1 ? (
        <p className="small dim">
          Asked for at the command line of the machine, where nobody is signed in: {reading.approvalsNeeded}{' '}
          people approve.
        </p>
      ) : null}
      {ended === null ? null : (
        <p className="small dim">
          {ended.by} ended it on {moment(ended.at)}.
        </p>
      )}
      {mayDecide ? <Decide id={id} csrf={csrf} onChanged={onChanged} /> : null}
      {isMine && state === 'open' ? (
        isShown ? (
          <CoveredEntries reading={id} />
        ) : (
          <div className="row">
            <button type="button" className="btn primary" onClick={() => setShown(true)}>
              Show what it covers
            </button>
          </div>
        )
      ) : null}
      {state === 'waiting' || state === 'open' ? <End id={id} csrf={csrf} onChanged={onChanged} /> : null}
    </div>
  )
}

type Acting = Pick<Properties, 'csrf' | 'onChanged'> & { readonly id: string }

function Decide({ id, csrf, onChanged }: Acting) {
  const [reason, setReason] = useState('')
  const { problem, isSending, write, again } = useWriting(csrf)
  const field = useId()
  const decide = async (verdict: 'approve' | 'decline'): Promise<void> => {
    if (await write(`/api/log/readings/${id}/decision`, { verdict, reason })) onChanged()
  }
  const isOff = isSending || reason.trim() === ''
  return (
    <div className="decide stack">
      <div className="field wide">
        <label htmlFor={field}>Why you approve or decline, which the person concerned may read</label>
        <textarea
          id={field}
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
        <span className="small faint">It goes to the log with your name, and cannot be taken back.</span>
      </div>
    </div>
  )
}

function End({ id, csrf, onChanged }: Acting) {
  const { problem, isSending, write, again } = useWriting(csrf)
  const end = async (): Promise<void> => {
    if (await write(`/api/log/readings/${id}/end`)) onChanged()
  }
  return (
    <>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="button" className="btn quiet" disabled={isSending} onClick={end}>
          End this reading
        </button>
      </div>
    </>
  )
}
