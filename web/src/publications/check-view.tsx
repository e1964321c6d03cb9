import type { LintFinding } from '#/snapshot/linter/api.ts'
import type { Check } from '#/snapshot/publications/api.ts'

/** What stands in the way, and what should be looked at. */
export function CheckView({ check }: { readonly check: Check }) {
  const { doesNotCompile, failures, tests, findings } = check
  const isNothing = doesNotCompile === null && failures.length + findings.length === 0
  return (
    <>
      {doesNotCompile === null ? null : (
        <p role="alert" className="note">
          <b>It does not compile.</b> {doesNotCompile}
        </p>
      )}
      {failures.length === 0 ? null : (
        <ul>
          {failures.map(({ policy, id, title, expected, came }) => (
            <li key={`${policy} ${id}`}>
              <span className="record-state waits">red</span> {title} <span className="mono small">{id}</span>
              : expected {expected}, came {came}
            </li>
          ))}
        </ul>
      )}
      {findings.length === 0 ? null : (
        <ul>
          {findings.map((each) => (
            <Finding key={`${each.code} ${each.about} ${each.sentence}`} finding={each} />
          ))}
        </ul>
      )}
      <p className="small dim">
        {isNothing ? 'Nothing was found. ' : ''}
        {tests === 0
          ? 'No policy has rule tests.'
          : `${tests - failures.length} of ${tests} rule tests are green.`}
      </p>
    </>
  )
}

const Finding = ({ finding: { severity, sentence, why, remedy } }: { readonly finding: LintFinding }) => (
  <li>
    <span className={severity === 'error' ? 'record-state waits' : 'record-state'}>{severity}</span>{' '}
    {sentence}{' '}
    <span className="dim">
      {why} {remedy}
    </span>
  </li>
)
