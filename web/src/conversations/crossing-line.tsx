import type { ModelChoice } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Mark } from '../ui/icon.tsx'
import type { Crossing, Turn } from './state.ts'
import { changeText, clockTime } from './words.ts'

interface Properties {
  readonly turn: Turn
  readonly crossing: Crossing
  readonly models: readonly ModelChoice[]
  readonly onReceipt: (turnId: string) => void
}

/** The line between question and answer: what was changed, its class, where it went, when, and the receipt. */
export function CrossingLine({ turn, crossing, models, onReceipt }: Properties) {
  const went = models.find(({ id }) => id === crossing.offering)
  return (
    <div className="crossing" role="note" aria-label="Through the gate">
      <span className="arch">
        <Mark />
      </span>
      <b>{changeText(crossing.changed, turn.sending)}</b>
      {crossing.class === undefined ? null : (
        <>
          <Dot />
          <ClassChip of={crossing.class} />
        </>
      )}
      <span className="where">
        <Dot /> {went === undefined ? crossing.offering : `${went.title}, ${went.region}`} <Dot />{' '}
        <time dateTime={new Date(crossing.atMs).toISOString()}>{clockTime(crossing.atMs)}</time>
      </span>
      {crossing.receipt === undefined ? null : (
        <>
          <Dot />
          <button type="button" className="link" onClick={() => onReceipt(turn.id)}>
            Receipt
          </button>
        </>
      )}
    </div>
  )
}

const Dot = () => (
  <span className="sep" aria-hidden="true">
    ·
  </span>
)
