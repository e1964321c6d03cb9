import type { Difference, ItemChange, RuleChange } from '#/snapshot/publications/api.ts'
import { changeWords } from './words.ts'

/** What serves differently: records, and each rule before and after. */
export function DifferenceView({ difference }: { readonly difference: Difference }) {
  const { added, changed, takenAway, rules, moreRules } = difference
  if (added.length + changed.length + takenAway.length === 0) return <p>No difference.</p>
  return (
    <>
      <Changes title="Added" changes={added} />
      <Changes title="Changed" changes={changed} />
      <Changes title="Taken away" changes={takenAway} />
      {rules.map((rule) => (
        <RuleView key={`${rule.in} ${rule.is} ${rule.id}`} rule={rule} />
      ))}
      {moreRules === 0 ? null : <p className="small dim">And {moreRules} rules more.</p>}
    </>
  )
}

const Changes = ({ title, changes }: { readonly title: string; readonly changes: readonly ItemChange[] }) =>
  changes.length === 0 ? null : (
    <>
      <h4>{title}</h4>
      <ul>
        {changes.map((each) => (
          <li key={`${each.kind} ${each.id}`}>{changeWords(each)}</li>
        ))}
      </ul>
    </>
  )

const RuleView = ({ rule: { is, id, in: place, before, after } }: { readonly rule: RuleChange }) => (
  <details>
    <summary>
      {is === 'rule' ? 'Rule' : 'Trigger'} {id} of {place}:{' '}
      {before === null ? 'new' : after === null ? 'taken away' : 'changed'}
    </summary>
    {before === null ? null : <RuleText title="Before" rule={before} />}
    {after === null ? null : <RuleText title="After" rule={after} />}
  </details>
)

const RuleText = ({ title, rule }: { readonly title: string; readonly rule: object }) => (
  <>
    <p className="small dim">{title}</p>
    <pre className="scroll mono small">{JSON.stringify(rule, null, 2)}</pre>
  </>
)
