import { useState } from 'react'
import type { KeyView } from '#/identity/keys/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { describeKeyBounds, describeState, describeUse, type MadeKey } from './key-words.ts'

interface Properties {
  readonly view: KeyView
  readonly csrf: string
  readonly onMade: (made: MadeKey) => void
  readonly onChanged: () => void
}

/** One key: what it may do, how it is used, and how to end it. */
export function KeyCard({ view, csrf, onMade, onChanged }: Properties) {
  const { problem, isSending, write, writeFor, again } = useWriting(csrf)
  const [isAsking, setAsking] = useState(false)
  const isAlive = view.state === 'works' || view.state === 'replaced'
  const name = view.label ?? view.id
  const replace = async (): Promise<void> => {
    const made = await writeFor<MadeKey>(`/api/keys/${view.id}/rotate`, { overlapHours: 24 })
    if (made !== undefined) onMade(made.answer)
  }
  const revoke = async (): Promise<void> => {
    if (await write(`/api/keys/${view.id}/revoke`, {})) onChanged()
    setAsking(false)
  }
  return (
    <section className="sheet-box stack" aria-label={`Key ${name}`}>
      <div className="row spread">
        <h2>{view.label ?? 'Without a name'}</h2>
        <span className="small dim">{describeState(view)}</span>
      </div>
      {view.isLeaked ? (
        <p className="note">
          <b>It was {view.endedWhy} and is revoked.</b> Whoever could read that text could have used it: take
          it out there, and make a new key.
        </p>
      ) : null}
      <p className="small">
        <span className="mono">{view.id}</span>; {describeUse(view)}
        {view.service === null ? '' : `; for ${view.service.label}`}
        {view.parent === null ? '' : `; made with ${view.parent}`}
      </p>
      {describeKeyBounds(view.bounds).length === 0 ? null : (
        <ul className="bullets small">
          {describeKeyBounds(view.bounds).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <WritingProblem problem={problem} again={again} />
      {isAlive ? (
        <div className="row">
          {view.state === 'works' && view.workload === null ? (
            <button type="button" className="btn" disabled={isSending} onClick={replace}>
              Replace, both work for a day
            </button>
          ) : null}
          {isAsking ? (
            <>
              <button type="button" className="btn primary" disabled={isSending} onClick={revoke}>
                Revoke it now
              </button>
              <button type="button" className="btn" onClick={() => setAsking(false)}>
                Keep it
              </button>
            </>
          ) : (
            <button type="button" className="btn" onClick={() => setAsking(true)}>
              Revoke
            </button>
          )}
        </div>
      ) : null}
    </section>
  )
}
