import { useId, useState } from 'react'
import type { SwitchView } from '#/snapshot/switches/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { reportWords, timeOf, titleOf } from './words.ts'

interface Properties {
  readonly view: SwitchView
  readonly csrf: string
  readonly onChanged: () => void
}

const stateWords = { stopped: 'stopped', drill: 'drill', released: 'released', over: 'over' } as const

/** One switch: what it stops, who pulled it and why, what a drill measured, and its release. */
export function SwitchCard({ view, csrf, onChanged }: Properties) {
  const { by, at, until, reason, state, report, released, isWritten, mayNotRelease } = view
  const [isOpen, setOpen] = useState(false)
  const stands = state === 'stopped' || state === 'drill'
  return (
    <article className="sheet-box" aria-label={titleOf(view)}>
      <div className="row spread">
        <h3>
          <span className={state === 'stopped' ? 'record-state waits' : 'record-state'}>
            {stateWords[state]}
          </span>{' '}
          {titleOf(view)}
        </h3>
        <span className="small dim">
          {timeOf(at)}
          {until === null ? '' : `, until ${timeOf(until)}`}
        </span>
      </div>
      <p>
        <b>{by}</b> {view.isDrill ? 'began this drill' : 'stopped it'}.
      </p>
      <p className="reason">{reason}</p>
      {isWritten ? null : (
        <p role="alert" className="note">
          It holds, but the log could not take it: have the log repaired, and stop it again.
        </p>
      )}
      {report === null ? null : reportWords(report).map((each) => <p key={each}>{each}</p>)}
      {released === null ? null : (
        <p className="small dim">
          {released.by} released it at {timeOf(released.at)}: {released.reason}
        </p>
      )}
      {!stands ? null : mayNotRelease !== null ? (
        <p className="small dim">{mayNotRelease}</p>
      ) : isOpen ? (
        <ReleaseForm view={view} csrf={csrf} onChanged={onChanged} onLeave={() => setOpen(false)} />
      ) : (
        <div className="row">
          <button type="button" className="btn" onClick={() => setOpen(true)}>
            {state === 'drill' ? 'End the drill' : 'Release'}
          </button>
        </div>
      )}
    </article>
  )
}

function ReleaseForm({ view, csrf, onChanged, onLeave }: Properties & { readonly onLeave: () => void }) {
  const [reason, setReason] = useState('')
  const { problem, isSending, write, again } = useWriting(csrf)
  const field = useId()
  const send = async (): Promise<void> => {
    if (!(await write(`/api/switches/${view.id}/release`, { reason: reason.trim() }))) return
    onLeave()
    onChanged()
  }
  return (
    <form
      className="stack"
      aria-label={`Release ${titleOf(view)}`}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="field wide">
        <label htmlFor={field}>Why it may go on</label>
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
          {view.isDrill ? 'End it' : 'Release it'}
        </button>
        <button type="button" className="btn quiet" onClick={onLeave}>
          Leave it
        </button>
      </div>
    </form>
  )
}
