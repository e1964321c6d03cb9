import type { DataClass } from '#/core/data-class.ts'
import type { ModelChoice } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import type { Chat } from './state.ts'
import { keptFor, placeOf, trainingOf } from './words.ts'

interface Properties {
  readonly chat: Chat
  readonly models: readonly ModelChoice[]
  /** Where the next message would go. */
  readonly likely: ModelChoice | undefined
  readonly dataClass: DataClass
}

/** Where words go: shown before they do. Press it for all facts. */
export function DestinationChip({ chat, models, likely, dataClass }: Properties) {
  if (models.length === 0) return null
  return (
    <Popover
      buttonClass="dest"
      panelLabel="Where it goes"
      button={
        <>
          <span className="sr">Goes to </span>
          <span>
            <Mark />
            {likely?.title ?? 'No offering carries this as it is'}
          </span>
          {likely === undefined ? null : (
            <>
              <span>{placeOf(likely)}</span>
              <span>{keptFor(likely.retentionDays)}</span>
              <span>{trainingOf(likely.trains)}</span>
            </>
          )}
          <Icon name="down" />
        </>
      }
    >
      {() => (
        <div className="stack">
          <p>
            {chat.model === 'auto'
              ? 'Auto takes the first approved offering that may carry the class of what you send. The gate decides, and each answer says where it went.'
              : 'You chose this offering. It is never swapped for another.'}
          </p>
          {likely === undefined ? (
            <p>
              Nothing approved may carry <ClassChip of={dataClass} isBare /> as it is. Text that is masked or
              replaced does not count.
            </p>
          ) : (
            <OfferingFacts offering={likely} />
          )}
        </div>
      )}
    </Popover>
  )
}

const OfferingFacts = ({ offering }: { readonly offering: ModelChoice }) => (
  <dl className="kv">
    <dt>Offering</dt>
    <dd>{offering.title}</dd>
    <dt>Processor</dt>
    <dd>{offering.processor}</dd>
    <dt>Region</dt>
    <dd>{offering.region}</dd>
    <dt>Kept</dt>
    <dd>{keptFor(offering.retentionDays).replace(/^kept /, '')}</dd>
    <dt>Training</dt>
    <dd>{trainingOf(offering.trains)}</dd>
    <dt>Carries up to</dt>
    <dd>
      <ClassChip of={offering.ceiling} isBare />
    </dd>
    {offering.ceilingReasons.length === 0 ? null : (
      <>
        <dt>Not higher because</dt>
        <dd>
          {offering.ceilingReasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </dd>
      </>
    )}
  </dl>
)
