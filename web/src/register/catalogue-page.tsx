import { useId, useState } from 'react'
import type { RecordSummary } from '#/register/api.ts'
import type { Comparison, OfferingLine } from '#/register/catalogue/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { ComparisonTable } from './comparison-table.tsx'
import { type CataloguePlace, catalogueAddress } from './place.ts'
import { ProblemNote } from './problem-note.tsx'
import { useAsked } from './use-asked.ts'

/** What is known of offerings before they are yours: the list, and any two side by side. */
export function CataloguePage({ place }: { readonly place: CataloguePlace }) {
  const { value, problem, again } = useAsked<{ readonly offerings: readonly OfferingLine[] }>(
    '/api/catalogue/offerings',
  )
  const own = useAsked<{ readonly records: readonly RecordSummary[] }>('/api/records/offering?limit=500')
  return (
    <>
      <h1>Catalogue</h1>
      <p className="dim">
        What documents say of offerings, and the highest class that gives. A contract overrules it. Draft a
        record with <code>bin/sallyport offering draft</code>.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <Choose
          key={place.compared?.join(' ')}
          offerings={value.offerings}
          records={own.value?.records ?? []}
          compared={place.compared}
        />
      )}
      {place.compared === undefined ? null : <Compared compared={place.compared} />}
      {value === undefined || place.compared !== undefined ? null : <List offerings={value.offerings} />}
    </>
  )
}

interface ChooseProperties {
  readonly offerings: readonly OfferingLine[]
  readonly records: readonly RecordSummary[]
  readonly compared: readonly [string, string] | undefined
}

function Choose({ offerings, records, compared }: ChooseProperties) {
  const field = useId()
  const first = `catalogue:${offerings[0]?.id ?? ''}`
  const [a, setA] = useState(compared?.[0] ?? first)
  const [b, setB] = useState(compared?.[1] ?? first)
  const choices = (
    <>
      <optgroup label="Register">
        {records.map(({ id, title }) => (
          <option key={id} value={`register:${id}`}>
            {title}
          </option>
        ))}
      </optgroup>
      <optgroup label="Catalogue">
        {offerings.map(({ id, title }) => (
          <option key={id} value={`catalogue:${id}`}>
            {title}
          </option>
        ))}
      </optgroup>
    </>
  )
  return (
    <div className="row">
      <div className="field">
        <label htmlFor={`${field}-a`}>First offering</label>
        <select id={`${field}-a`} value={a} onChange={({ target }) => setA(target.value)}>
          {choices}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${field}-b`}>Second offering</label>
        <select id={`${field}-b`} value={b} onChange={({ target }) => setB(target.value)}>
          {choices}
        </select>
      </div>
      <a className="btn" href={catalogueAddress([a, b])}>
        Compare
      </a>
      {compared === undefined ? null : (
        <a className="link" href={catalogueAddress()}>
          All offerings
        </a>
      )}
    </div>
  )
}

function Compared({ compared: [a, b] }: { readonly compared: readonly [string, string] }) {
  const { value, problem, again } = useAsked<Comparison>(
    `/api/catalogue/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`,
  )
  return (
    <>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <ComparisonTable comparison={value} />}
    </>
  )
}

const List = ({ offerings }: Pick<ChooseProperties, 'offerings'>) => (
  <div className="sheet-box scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Id</th>
          <th scope="col">Platform</th>
          <th scope="col">Carries at most</th>
          <th scope="col">Sources differ on</th>
        </tr>
      </thead>
      <tbody>
        {offerings.map(({ id, title, platform, ceiling, conflicts }) => (
          <tr key={id}>
            <td>{title}</td>
            <td className="mono small">{id}</td>
            <td>{platform}</td>
            <td>{ceiling === null ? 'nothing' : <ClassChip of={ceiling} isBare />}</td>
            <td>{conflicts === 0 ? '' : conflicts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
