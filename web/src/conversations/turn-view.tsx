import { memo } from 'react'
import type { ModelChoice } from '#/gateway/api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CrossingLine } from './crossing-line.tsx'
import { Answer } from './markdown/answer.tsx'
import { ProblemLine, RefusalCard } from './refusal-card.tsx'
import { type Act, type Answered, isRefusal } from './remedies.ts'
import type { Turn } from './state.ts'
import type { Span } from './use-acts.ts'

interface Properties {
  readonly turn: Turn
  /** The turns before the last one; undefined for every other turn. */
  readonly before: readonly Turn[] | undefined
  readonly models: readonly ModelChoice[]
  readonly onAct: (act: Act | Answered, span: Span | undefined) => void
  readonly onReceipt: (turnId: string) => void
}

/** A question, its way through the gate, and what came back. */
export const TurnView = memo(({ turn, before, models, onAct, onReceipt }: Properties) => {
  const { status, answer, problem, crossing } = turn
  const isLast = before !== undefined
  const hasEnded = status === 'answered' || status === 'stopped' || status === 'broken'
  return (
    <article className={isLast ? 'turn last' : 'turn'} aria-label="Message and answer">
      <h2 className="sr">You wrote</h2>
      <div className={status === 'refused' ? 'me unsent' : 'me'}>
        <p>{turn.typed}</p>
      </div>
      {crossing === undefined ? null : (
        <CrossingLine turn={turn} crossing={crossing} models={models} onReceipt={onReceipt} />
      )}
      {status === 'sending' ? <p className="waiting dim small">At the gate</p> : null}
      {answer === '' && status !== 'answering' ? null : (
        <>
          <h2 className="sr">The answer</h2>
          <Answer text={answer} isGrowing={status === 'answering'} />
        </>
      )}
      {status === 'stopped' ? <p className="ended dim">{stoppedText(turn)}</p> : null}
      {turn.finish === 'length' ? (
        <p className="ended dim">The model reached its length limit here.</p>
      ) : null}
      {turn.finish === 'content_filter' ? (
        <p className="ended dim">The provider's own filter ended the answer.</p>
      ) : null}
      {problem === undefined ? null : isRefusal(problem) ? (
        <RefusalCard turn={turn} problem={problem} before={before} onAct={onAct} />
      ) : (
        <ProblemLine turn={turn} problem={problem} before={before} onAct={onAct} />
      )}
      {hasEnded ? (
        <div className="acts">
          {answer === '' ? null : <CopyButton text={answer} label="Copy" />}
          {isLast && problem === undefined ? (
            <button type="button" className="btn quiet" onClick={() => onAct('send-again', undefined)}>
              Ask again
            </button>
          ) : null}
        </div>
      ) : null}
    </article>
  )
})
TurnView.displayName = 'TurnView'

const stoppedText = ({ answer, crossing }: Turn): string => {
  if (answer !== '') return 'You stopped the answer here.'
  return crossing === undefined
    ? 'You stopped it before an answer came. Your draft is kept below.'
    : 'You stopped it before the first word came.'
}
