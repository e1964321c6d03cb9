import { useId, useState } from 'react'
import type { DifferencesView, RecordView } from '#/register/api.ts'
import { valueText } from './fields.ts'
import { ProblemNote } from './problem-note.tsx'
import { useAsked } from './use-asked.ts'

type Compared = Pick<RecordView, 'kind' | 'id' | 'total' | 'serving'>

/** What changed between any two versions: the one that serves, or the one before, and the newest to begin with. */
export function Differences({ record }: { readonly record: Compared }) {
  const { kind, id, total, serving } = record
  const [from, setFrom] = useState(serving !== null && serving < total ? serving : total - 1)
  const [to, setTo] = useState(total)
  const { value, problem, again } = useAsked<DifferencesView>(
    `/api/records/${kind}/${encodeURIComponent(id)}/differences?from=${from}&to=${to}`,
  )
  return (
    <section className="sheet-box stack" aria-label="Differences">
      <div className="row">
        <h2>What changed</h2>
        <VersionField label="from version" value={from} most={total} onChange={setFrom} />
        <VersionField label="to version" value={to} most={total} onChange={setTo} />
      </div>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : value.differences.length === 0 ? (
        <p>Nothing.</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Version {value.from}</th>
                <th scope="col">Version {value.to}</th>
              </tr>
            </thead>
            <tbody>
              {value.differences.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row" className="mono small">
                    {field}
                  </th>
                  <td>{before === undefined ? <span className="dim">not there</span> : valueText(before)}</td>
                  <td>{after === undefined ? <span className="dim">not there</span> : valueText(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

interface VersionFieldProperties {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly onChange: (version: number) => void
}

function VersionField({ label, value, most, onChange }: VersionFieldProperties) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={most}
        value={value}
        onChange={({ target }) => {
          const version = target.valueAsNumber
          if (Number.isInteger(version) && version >= 1 && version <= most) onChange(version)
        }}
      />
    </>
  )
}
