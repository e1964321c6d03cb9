import { type FormEvent, useId, useState } from 'react'
import type { SwitchPage } from '#/snapshot/switches/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { emptyStop, type StopWords, scopeWords, stopOf, targetWords } from './words.ts'

interface Properties {
  readonly page: SwitchPage
  readonly csrf: string
  readonly onStopped: () => void
}

/** Stops something: what, why, and the button. */
export function StopForm({ page, csrf, onStopped }: Properties) {
  const { mayStop } = page
  const [words, setWords] = useState<StopWords>(() => emptyStop(mayStop))
  const { problem, isSending, write, again } = useWriting(csrf)
  const id = useId()
  const change = (part: Partial<StopWords>): void => setWords((known) => ({ ...known, ...part }))

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending || !(await write('/api/switches', stopOf(words)))) return
    setWords(emptyStop(mayStop))
    onStopped()
  }

  return (
    <form className="asking stack" onSubmit={send} aria-label="Stop something">
      <h2>Stop</h2>
      <div className="field">
        <label htmlFor={`${id}-scope`}>What to stop</label>
        <select
          id={`${id}-scope`}
          value={words.scope}
          onChange={({ target }) =>
            change({ scope: mayStop.find((each) => each === target.value) ?? words.scope, target: '' })
          }
        >
          {mayStop.map((each) => (
            <option key={each} value={each}>
              {scopeWords[each]}
            </option>
          ))}
        </select>
      </div>
      <Target page={page} words={words} change={change} />
      <div className="field wide">
        <label htmlFor={`${id}-reason`}>Reason</label>
        <textarea
          id={`${id}-reason`}
          rows={2}
          required
          minLength={5}
          maxLength={1_000}
          value={words.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </div>
      <label>
        <input
          type="checkbox"
          checked={words.isDrill}
          onChange={({ target }) => change({ isDrill: target.checked, minutes: target.checked ? '10' : '' })}
        />{' '}
        Drill: measure what it would stop, and stop nothing
      </label>
      <div className="field">
        <label htmlFor={`${id}-minutes`}>
          {words.isDrill
            ? 'For how many minutes'
            : 'For how many minutes; nothing means until it is released'}
        </label>
        <input
          id={`${id}-minutes`}
          type="number"
          min={1}
          max={words.isDrill ? 1_440 : 43_200}
          required={words.isDrill}
          value={words.minutes}
          onChange={({ target }) => change({ minutes: target.value })}
        />
      </div>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          {words.isDrill ? 'Begin the drill' : 'Stop'}
        </button>
        <span className="small faint">It holds at once, and goes to the log.</span>
      </div>
    </form>
  )
}

interface TargetProperties {
  readonly page: SwitchPage
  readonly words: StopWords
  readonly change: (part: Partial<StopWords>) => void
}

function Target({ page, words: { scope, target: value }, change }: TargetProperties) {
  const id = useId()
  if (scope === 'all') return null
  const listed = scope === 'offering' ? page.offerings : scope === 'use-case' ? page.useCases : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{targetWords[scope]}</label>
      {listed === undefined ? (
        <input
          id={id}
          required
          maxLength={254}
          autoComplete="off"
          value={value}
          onChange={({ target }) => change({ target: target.value })}
        />
      ) : (
        <select id={id} required value={value} onChange={({ target }) => change({ target: target.value })}>
          <option value="">choose</option>
          {listed.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
