import type { Comparison, FactView, OfferingView } from '#/register/catalogue/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'

/** Two offerings side by side: facts, where they differ, and why each carries no more. */
export function ComparisonTable({ comparison: { a, b, facts } }: { readonly comparison: Comparison }) {
  return (
    <div className="sheet-box scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">{a.title}</th>
            <th scope="col">{b.title}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Holds for</th>
            <Scope of={a} />
            <Scope of={b} />
          </tr>
          {facts.map(({ name, differs }) => (
            <tr key={name}>
              <th scope="row">
                {name}
                {differs ? <b> differs</b> : null}
              </th>
              <Cell fact={a.facts[name]} />
              <Cell fact={b.facts[name]} />
            </tr>
          ))}
          <tr>
            <th scope="row">Carries at most</th>
            <Ceiling of={a} />
            <Ceiling of={b} />
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const Scope = ({
  of: { from, platform, models, setting, deployment, notes },
}: {
  readonly of: OfferingView
}) => (
  <td className="small">
    {from === 'register'
      ? 'the record of the register'
      : [platform, models, setting, deployment].filter((each) => each !== null).join('; ')}
    {notes.map((note) => (
      <div key={note} className="dim">
        {note}
      </div>
    ))}
  </td>
)

const Cell = ({ fact }: { readonly fact: FactView | undefined }) =>
  fact === undefined ? (
    <td className="dim">unknown</td>
  ) : (
    <td>
      {said(fact.is)}
      {fact.hasEnded ? ' (ended: counts as unknown)' : ''}
      <div className="small dim">
        {fact.by}, <Source of={fact.source} />, as of {fact.asOf}
        {fact.until === null ? '' : `, ends on ${fact.until}`}
      </div>
      {fact.conflicts.map(({ is, source, asOf }) => (
        <div key={source} className="small">
          Also said: <b>{said(is)}</b>, <Source of={source} />, as of {asOf}
        </div>
      ))}
      {fact.because === null ? null : <div className="small">{fact.because}</div>}
    </td>
  )

const said = (is: FactView['is']): string => (typeof is === 'object' ? is.join(', ') || 'none' : String(is))

/** An address as its host, to be opened; in a record a source may be any text. */
const Source = ({ of: source }: { readonly of: string }) =>
  /^https:\/\//.test(source) && URL.canParse(source) ? (
    <a className="link" href={source} title={source} target="_blank" rel="noopener noreferrer">
      {new URL(source).hostname}
    </a>
  ) : (
    source
  )

const Ceiling = ({ of: { ceiling } }: { readonly of: OfferingView }) => (
  <td>
    {ceiling.class === null ? <b>nothing</b> : <ClassChip of={ceiling.class} />}
    <ul className="bullets small">
      {ceiling.reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </td>
)
