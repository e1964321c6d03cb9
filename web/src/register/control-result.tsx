import type { ControlResult } from '#/register/api.ts'

const words: Readonly<Record<ControlResult['state'], string>> = {
  satisfied: 'Satisfied',
  exceptions: 'Not satisfied',
  none: 'No data: there was nothing to count',
}

/** What a control counts now: of how many, which not, since when, and what it does not see. */
export const ControlResultBox = ({ result }: { readonly result: ControlResult }) => (
  <section className="sheet-box stack" aria-label="Result">
    <h2>{words[result.state]}</h2>
    <p>
      {result.exceptionCount} of {result.population} are not as they should be
      {result.since === null ? ', as of now' : `, since ${result.since.slice(0, 10)}`}. Counted at{' '}
      {result.at.slice(0, 16).replace('T', ' ')} UTC.
    </p>
    {result.exceptions.length === 0 ? null : (
      <ul className="bullets" aria-label="Exceptions">
        {result.exceptions.map(({ about, why }) => (
          <li key={`${about} ${why}`}>
            <span className="mono small">{about}</span>: {why}
          </li>
        ))}
        {result.exceptionCount > result.exceptions.length ? (
          <li className="dim">and {result.exceptionCount - result.exceptions.length} more</li>
        ) : null}
      </ul>
    )}
    <ul className="bullets small dim" aria-label="Not seen">
      {result.blind.map((what) => (
        <li key={what}>Not seen: {what}</li>
      ))}
    </ul>
  </section>
)
