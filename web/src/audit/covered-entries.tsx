import { useState } from 'react'
import type { DataClass } from '#/core/data-class.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { EntryText } from './entry-text.tsx'
import { moment } from './reading-words.ts'

interface Covered {
  readonly receipt: string
  readonly index: number
  readonly atMs: number
  readonly kind: string
  readonly facts: { readonly class?: DataClass }
}

/** What an open reading covers. Nothing is opened by looking at this list. */
export function CoveredEntries({ reading }: { readonly reading: string }) {
  const { value, problem, again } = useAsked<{ readonly entries: readonly Covered[] }>(
    `/api/log/readings/${reading}/entries`,
  )
  const [opened, setOpened] = useState<number>()
  return (
    <>
      <ProblemNote problem={problem} onAgain={again} />
      {value?.entries.length === 0 ? <p className="note">Nothing was entered in that time.</p> : null}
      <ul className="covered">
        {value?.entries.map(({ receipt, index, atMs, kind, facts }) => (
          <li key={index} className="stack">
            <div className="row spread">
              <span className="row">
                <span className="mono small">{receipt}</span>
                <span className="small dim">{moment(new Date(atMs).toISOString())}</span>
                {facts.class === undefined ? null : <ClassChip of={facts.class} />}
                {kind === 'refusal' ? <span className="small">refused</span> : null}
              </span>
              <button
                type="button"
                className="btn"
                disabled={opened === index}
                onClick={() => setOpened(index)}
              >
                Open, and tell the person
              </button>
            </div>
            {opened === index ? <EntryText path={`/api/log/readings/${reading}/entries/${index}`} /> : null}
          </li>
        ))}
      </ul>
    </>
  )
}
