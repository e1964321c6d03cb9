import { useState } from 'react'
import type { NoticeView } from '#/audit/reading/api.ts'
import type { DataClass } from '#/core/data-class.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { EntryText } from './entry-text.tsx'
import { moment } from './reading-words.ts'

interface OwnEntry {
  readonly receipt: string
  readonly index: number
  readonly at: string
  readonly kind: string
  readonly facts: { readonly class?: DataClass }
  /** The beginning of what was entered. */
  readonly text: string | null
}

/** Looking at this page is an entry, too: a list of those would tell nothing. */
const ownPath = `/api/log/mine?limit=100&q=${encodeURIComponent('-kind:read')}`

/** Who read what this person entered, and everything the log holds of them. */
export function Mine() {
  const told = useAsked<{ readonly notices: readonly NoticeView[] }>('/api/log/notices')
  const own = useAsked<{ readonly entries: readonly OwnEntry[] }>(ownPath)
  return (
    <>
      <h1>My entries</h1>
      <section className="sheet-box" aria-label="Who read my entries">
        <h2>Who read what I entered</h2>
        <ProblemNote problem={told.problem} onAgain={told.again} />
        {told.value?.notices.length === 0 ? <p>Nobody you could be told of.</p> : null}
        {told.value?.notices.map((notice) => (
          <Told key={notice.reading} notice={notice} />
        ))}
      </section>
      <section className="sheet-box" aria-label="What the log holds of me">
        <h2>What the log holds of me</h2>
        <ProblemNote problem={own.problem} onAgain={own.again} />
        <ul className="covered">
          {own.value?.entries.map((entry) => (
            <Own key={entry.index} entry={entry} />
          ))}
        </ul>
      </section>
    </>
  )
}

const Told = ({ notice }: { readonly notice: NoticeView }) => (
  <div className="stack">
    <p>
      <b>{notice.by}</b> read{' '}
      {notice.entries.length === 1 ? 'this entry' : `${notice.entries.length} entries`}, with the approval of{' '}
      <b>{notice.approvedBy.join(', ')}</b>:
    </p>
    <p className="reason">{notice.reason}</p>
    <ul className="bullets small">
      {notice.entries.map(({ receipt, openedAt }) => (
        <li key={receipt}>
          <span className="mono">{receipt}</span>, opened {moment(openedAt)} UTC
        </li>
      ))}
    </ul>
  </div>
)

function Own({ entry }: { readonly entry: OwnEntry }) {
  const [isOpen, setOpen] = useState(false)
  const { receipt, index, at, kind, facts, text } = entry
  return (
    <li className="stack">
      <div className="row spread">
        <span className="row">
          <span className="mono small">{receipt}</span>
          <span className="small dim">{moment(at)}</span>
          <span className="small">{kind}</span>
          {facts.class === undefined ? null : <ClassChip of={facts.class} />}
        </span>
        <button type="button" className="btn" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close' : 'Read'}
        </button>
      </div>
      {text === null || isOpen ? null : <p className="small dim">{text}</p>}
      {isOpen ? <EntryText path={`/api/log/mine/${index}`} /> : null}
    </li>
  )
}
