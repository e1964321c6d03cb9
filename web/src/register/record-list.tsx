import { useDeferredValue, useId, useState } from 'react'
import { type RecordKind, type RecordPage, type State, states } from '#/register/api.ts'
import { publicationsHash } from '../publications/words.ts'
import { kindTitles } from './place.ts'
import { ProblemNote } from './problem-note.tsx'
import { RecordTable } from './record-table.tsx'
import { useAsked } from './use-asked.ts'

/** All records of a kind, found by id, title, stage or state, page by page. */
export function RecordList({ kind }: { readonly kind: RecordKind }) {
  const [search, setSearch] = useState('')
  const [state, setState] = useState<State | ''>('')
  /** Where each page that was looked at began; the last one is shown. */
  const [starts, setStarts] = useState<readonly string[]>([''])
  const asked = useDeferredValue(search)
  const query = new URLSearchParams({
    ...(asked.trim() === '' ? {} : { search: asked.trim() }),
    ...(state === '' ? {} : { state }),
    ...(starts.length === 1 ? {} : { after: starts.at(-1) ?? '' }),
  })
  const { value, problem, again } = useAsked<RecordPage>(`/api/records/${kind}?${query}`)
  const field = useId()
  return (
    <>
      <h1>{kindTitles[kind]}</h1>
      <p className="dim">
        What is approved here is what exchanges may use, once it is{' '}
        <a className="link" href={`#${publicationsHash}`}>
          published
        </a>
        . An edit waits while the approved version goes on serving.
      </p>
      <search className="row">
        <label htmlFor={`${field}-search`}>Find</label>
        <input
          id={`${field}-search`}
          type="search"
          value={search}
          maxLength={100}
          placeholder="id, title or state"
          onChange={({ target }) => {
            setSearch(target.value)
            setStarts([''])
          }}
        />
        <label htmlFor={`${field}-state`}>Newest version</label>
        <select
          id={`${field}-state`}
          value={state}
          onChange={({ target }) => {
            setState(states.find((each) => each === target.value) ?? '')
            setStarts([''])
          }}
        >
          <option value="">in any state</option>
          {states.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </search>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : value.records.length === 0 ? (
        <p className="note">
          There is none. Write one in a file and take it over with <code>bin/sallyport apply</code>.
        </p>
      ) : (
        <>
          <RecordTable records={value.records} />
          <div className="row" role="status">
            <span className="small dim">
              {value.records.length} of {value.total}
            </span>
            {starts.length > 1 ? (
              <button type="button" className="btn" onClick={() => setStarts(starts.slice(0, -1))}>
                Back
              </button>
            ) : null}
            {value.next === null ? null : (
              <button type="button" className="btn" onClick={() => setStarts([...starts, value.next ?? ''])}>
                Further
              </button>
            )}
          </div>
        </>
      )}
    </>
  )
}
