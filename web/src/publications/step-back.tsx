import { useState } from 'react'
import type { PublicationPage } from '#/snapshot/publications/api.ts'
import { ReasonForm } from '../ui/reason-form.tsx'
import { DifferenceView } from './difference-view.tsx'

interface Properties {
  readonly page: PublicationPage
  readonly csrf: string
  readonly onDone: () => void
}

/** The version before, at once: what that would change is shown first. */
export function StepBack({ page: { stepBack, mayPublish }, csrf, onDone }: Properties) {
  const [isOpen, setOpen] = useState(false)
  if (stepBack === null || !mayPublish) return null
  if (!isOpen)
    return (
      <div className="row">
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          One step back
        </button>
      </div>
    )
  return (
    <section className="sheet-box" aria-label="One step back">
      <h2>One step back</h2>
      <p>
        The version before serves again at once, but for what was stopped, suspended or has ended since.
        Nothing is published by itself until somebody publishes.
      </p>
      <DifferenceView difference={stepBack} />
      <ReasonForm
        label="Make the step back"
        question="Why"
        button="Make the step back"
        path="/api/publications/rollback"
        csrf={csrf}
        onDone={() => {
          setOpen(false)
          onDone()
        }}
      />
      <button type="button" className="btn quiet" onClick={() => setOpen(false)}>
        Leave it
      </button>
    </section>
  )
}
