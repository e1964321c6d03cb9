import type { PublicationPage, Waiting } from '#/snapshot/publications/api.ts'
import { ReasonForm } from '../ui/reason-form.tsx'
import { CheckView } from './check-view.tsx'
import { DifferenceView } from './difference-view.tsx'
import { timeOf } from './words.ts'

interface Properties {
  readonly page: PublicationPage
  readonly waiting: Waiting
  readonly csrf: string
  readonly onDone: () => void
}

/** What was approved and does not serve yet: the difference, what was found in it, and the button. */
export function WaitingCard({ page, waiting, csrf, onDone }: Properties) {
  const { digest, difference, check, asked } = waiting
  const { mayPublish, secondPerson, mode, isHeld } = page
  return (
    <section className="sheet-box" aria-label="What waits">
      <h2>What waits</h2>
      {check.isGreen ? null : (
        <p role="alert" className="note">
          It cannot be published: see below what stands in the way.
        </p>
      )}
      <DifferenceView difference={difference} />
      <CheckView check={check} />
      {asked === null ? null : (
        <p>
          <b>{asked.by}</b> asked to publish it at {timeOf(asked.at)}: {asked.reason}
        </p>
      )}
      {!mayPublish ? (
        <p className="small dim">Security or an owner publishes it.</p>
      ) : !check.isGreen || (mode === 'automatic' && !isHeld) ? null : (
        <ReasonForm
          label="Publish what waits"
          question="Why it may serve"
          button={secondPerson && asked === null ? 'Ask to publish it' : 'Publish it'}
          path="/api/publications"
          more={{ digest }}
          csrf={csrf}
          onDone={onDone}
        />
      )}
    </section>
  )
}
