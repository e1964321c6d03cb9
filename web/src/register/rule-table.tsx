import type { ClassNames } from '#/policy/api.ts'
import { type ReadableRule, ruleRow } from '#/policy/rule-table/api.ts'

interface Properties {
  readonly rules: readonly ReadableRule[]
  readonly classNames: ClassNames | undefined
}

/** The rules of one version, as one table people can read. */
export function RuleTable({ rules, classNames }: Properties) {
  return (
    <div className="sheet-box scroll">
      <table>
        <caption className="sr">Rules: class of what leaves, tier, what is found, action, owner</caption>
        <thead>
          <tr>
            {['Class', 'Tier', 'What is found', 'Action', 'Rule', 'Owner'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <Row key={rule.id} rule={rule} classNames={classNames} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ rule, classNames }: { readonly rule: ReadableRule } & Pick<Properties, 'classNames'>) {
  const { id, title, classes, tiers, finds, action, also, owner } = ruleRow(rule, classNames)
  return (
    <tr>
      <td>{classes}</td>
      <td>{tiers}</td>
      <td>{finds}</td>
      <td>
        <b>{action}</b>
      </td>
      <th scope="row">
        {title}
        <div className="mono faint small">{id}</div>
        {also.map((each) => (
          <div key={each} className="small dim">
            {each}
          </div>
        ))}
      </th>
      <td className="small">{owner}</td>
    </tr>
  )
}
