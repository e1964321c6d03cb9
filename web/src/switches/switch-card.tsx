import { useState } from 'react'
import type { SwitchView } from '#/snapshot/switches/api.ts'
import { ReasonForm } from '../ui/reason-form.tsx'
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
        <ReasonForm
          label={`Release ${titleOf(view)}`}
          question="Why it may go on"
          button={view.isDrill ? 'End it' : 'Release it'}
          path={`/api/switches/${view.id}/release`}
          csrf={csrf}
          onDone={() => {
            setOpen(false)
            onChanged()
          }}
          onLeave={() => setOpen(false)}
        />
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
