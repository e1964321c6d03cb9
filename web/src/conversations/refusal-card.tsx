import { useId } from 'react'
import type { Problem } from '../core/problem.ts'
import { RefusedGlyph, UnknownGlyph } from '../ui/icon.tsx'
import { AnswerForm } from './answer-form.tsx'
import { excerptOf } from './excerpt.ts'
import { messagesFor, textAt } from './history.ts'
import { type Act, type Answered, leftNothing, ownerOf, remedyRows, whatLeft } from './remedies.ts'
import type { Turn } from './state.ts'
import type { Span } from './use-acts.ts'
import { clockTime } from './words.ts'

interface Properties {
  readonly turn: Turn
  readonly problem: Problem
  /** The turns before; undefined when the conversation has gone on, and the remedies with it. */
  readonly before: readonly Turn[] | undefined
  readonly onAct: (act: Act | Answered, span: Span | undefined) => void
}

/** A refusal: that nothing left, what was found and where, why, and what works now. */
export function RefusalCard({ turn, problem, before, onAct }: Properties) {
  const id = useId()
  const rules = [...new Set(problem.findings.flatMap(({ rule }) => rule ?? []))]
  const owner = ownerOf(problem)
  return (
    <section className="plate refusal" aria-labelledby={id} role="alert">
      <header>
        <span className="state state-refused">
          <RefusedGlyph />
          Refused
        </span>
        <span>
          {whatLeft(problem)}
          {before === undefined ? '' : ' Your draft is kept below.'}
        </span>
        <span className="end">{clockTime(turn.atMs)}</span>
      </header>
      <div className="body">
        <h2 id={id}>{problem.message}</h2>
        <Evidence turn={turn} problem={problem} before={before} />
        <dl className="kv">
          {rules.length === 0 ? null : (
            <>
              <dt>{rules.length === 1 ? 'Rule' : 'Rules'}</dt>
              <dd>{rules.join(', ')}</dd>
            </>
          )}
          {owner === undefined ? null : (
            <>
              <dt>Owner</dt>
              <dd>{owner}</dd>
            </>
          )}
          {problem.requestId === undefined ? null : (
            <>
              <dt>Request</dt>
              <dd className="mono">{problem.requestId}</dd>
            </>
          )}
        </dl>
      </div>
      {before === undefined ? null : <Remedies turn={turn} problem={problem} before={before} onAct={onAct} />}
    </section>
  )
}

function Evidence({ turn, problem, before }: Omit<Properties, 'onAct'>) {
  if (problem.findings.length === 0 || before === undefined) return null
  const messages = messagesFor(before, turn.typed)
  const fields = [...new Set(problem.findings.map(({ field }) => field))].slice(0, 3)
  return fields.map((field) => {
    const text = textAt(messages, field)
    const places = problem.findings.filter((place) => place.field === field)
    if (text === undefined)
      return <p key={field} className="evidence">{`${places[0]?.label ?? 'Found'} at ${field}`}</p>
    return (
      <p key={field} className="evidence">
        {isNewest(field, messages.length) ? null : <span className="faint">In an earlier message: </span>}
        {excerptOf(text, places).map((piece, index) =>
          piece.label === undefined ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
            <mark key={index} className="found bad" title={piece.label}>
              {piece.text}
              <span className="sr"> ({piece.label})</span>
            </mark>
          ),
        )}
      </p>
    )
  })
}

const isNewest = (field: string, messages: number): boolean => field === `messages.${messages - 1}.content`

function Remedies({ turn, problem, before, onAct }: Properties & { readonly before: readonly Turn[] }) {
  const id = useId()
  const newest = messagesFor(before, turn.typed).length
  const here = problem.findings.find(({ field }) => isNewest(field, newest))
  const rows = remedyRows(problem, problem.findings.length > 0 && here === undefined)
  const span: Span | undefined = here === undefined ? undefined : [here.start, here.end]
  const asking = rows.find(({ id: remedy }) => remedy === 'justify' || remedy === 'acknowledge')
  const first = asking === undefined ? rows.find(({ button }) => button !== undefined) : undefined
  return (
    <section className="remedies" aria-labelledby={id}>
      <h3 id={id}>What works now</h3>
      <ul>
        {rows.map((row) => (
          <li key={`${row.id} ${row.text}`}>
            <p>
              <b>{row.title}</b>
              {row.text}
            </p>
            {row === asking && problem.asks !== undefined ? (
              <AnswerForm asks={problem.asks} onAnswer={(answered) => onAct(answered, span)} />
            ) : null}
            {row.button === undefined ? null : (
              <RemedyButton {...row.button} isFirst={row === first} onPress={(act) => onAct(act, span)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const RemedyButton = ({
  label,
  act,
  isFirst,
  onPress,
}: {
  readonly label: string
  readonly act: Act
  readonly isFirst: boolean
  readonly onPress: (act: Act) => void
}) => (
  <button type="button" className={isFirst ? 'btn primary' : 'btn'} onClick={() => onPress(act)}>
    {label}
  </button>
)

/** Something failed on the way, rather than being refused by a rule: what happened, and what works now. */
export function ProblemLine({ turn, problem, before, onAct }: Properties) {
  return (
    <section className="plate trouble" role="alert" aria-label="What happened">
      <header>
        <span className="state">
          <UnknownGlyph />
          {turn.answer !== '' ? 'Not complete' : leftNothing(problem) ? 'Not sent' : 'No answer'}
        </span>
        <span>{keptText(turn, problem)}</span>
        <span className="end">{clockTime(turn.atMs)}</span>
      </header>
      <div className="body">
        <p>{problem.message}</p>
        {problem.requestId === undefined ? null : (
          <p className="faint small">
            Request <span className="mono">{problem.requestId}</span>
          </p>
        )}
      </div>
      {before === undefined ? null : (
        <Remedies turn={turn} problem={withAWayOn(problem)} before={before} onAct={onAct} />
      )}
    </section>
  )
}

function keptText({ answer, status }: Turn, problem: Problem): string {
  if (answer !== '') return 'What came of the answer stays.'
  const nothing = leftNothing(problem) ? `${whatLeft(problem)} ` : ''
  return status === 'refused'
    ? `${nothing}Your draft is kept below.`
    : `${nothing}Your message is kept above.`
}

/** A problem always has something to press. */
const withAWayOn = (problem: Problem): Problem => ({
  ...problem,
  remedies: problem.remedies.some(({ id }) => ['sign-in', 'retry-later', 'wait'].includes(id))
    ? problem.remedies
    : [...problem.remedies, { id: 'retry-later', text: 'The same message, as it is.' }],
})
