import type { Approvers, FirstRunPlan } from '#/register/first-run/api.ts'
import type { Problem } from '../core/problem.ts'
import { kindNames } from '../register/place.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Approval } from './approval.tsx'
import { Ceiling } from './ceiling.tsx'

interface Properties {
  readonly plan: FirstRunPlan | undefined
  readonly problem: Problem | undefined
  readonly isCurrent: boolean
  readonly approvers: Approvers
}

/** What would be written, as far as the answers go. */
export function PlanView({ plan, problem, isCurrent, approvers }: Properties) {
  return (
    <section className="stack" aria-label="What will be written" aria-busy={!isCurrent}>
      <h2>What will be written</h2>
      {problem === undefined ? null : (
        <p role="alert" className="note">
          {problem.message}
        </p>
      )}
      {plan === undefined ? (
        <p className="dim">Answer the first question, and it stands here.</p>
      ) : (
        <>
          <Matrix plan={plan} />
          {plan.offerings.map((each) => (
            <div key={each.id} className="note">
              <b>{each.id}</b> over <span className="mono">{each.connection}</span>
              {each.isConnected ? '' : ', which is not in the settings yet'}
              <Ceiling of={each} />
            </div>
          ))}
          <ul className="bullets">
            {plan.plan.map(({ kind, id, change, version, fields }) => (
              <li key={`${kind}/${id}`}>
                {kindNames[kind]} <b>{id}</b>, {change}
                {change === 'same' ? '' : `, version ${version}`}
                {fields.length === 0 ? '' : ` (${fields.join(', ')})`}
              </li>
            ))}
          </ul>
          {plan.notes.length === 0 ? null : (
            <ul className="bullets note">
              {plan.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          <details>
            <summary>The records, as a file</summary>
            <CopyButton text={plan.text} label="Copy the file" />
            <pre className="mono small scroll">{plan.text}</pre>
          </details>
          <Approval approvers={approvers} />
        </>
      )}
    </section>
  )
}

const Matrix = ({ plan: { matrix } }: { readonly plan: FirstRunPlan }) => (
  <div className="sheet-box scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Vendors</th>
          <th scope="col">Our cloud</th>
          <th scope="col">Own machines</th>
        </tr>
      </thead>
      <tbody>
        {matrix.map(({ class: of, name, commercial, cloud, self }) => (
          <tr key={of}>
            <th scope="row">
              {name}
              {name.toLowerCase() === of ? '' : ` (${of})`}
            </th>
            <td>{commercial}</td>
            <td>{cloud}</td>
            <td>{self}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
