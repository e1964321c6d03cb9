import { type ChangeLine, describeChange, type SimulationResult } from '#/snapshot/simulate/api.ts'

/** The figures of one simulation, what is not known beside them. */
export function ResultView({ result }: { readonly result: SimulationResult }) {
  const { records, exchanges, replayed, changed, changes, idleRules } = result
  return (
    <section className="stack" aria-label="What would change">
      <h2>
        {changed} of {replayed} exchanges would change
      </h2>
      <p className="dim" role="status">
        {exchanges} exchanges between {day(result.since)} and {day(result.until)} came to the rules;{' '}
        {replayed} were decided again.
        {result.isCut ? ' There were more: these are the newest.' : ''}
      </p>
      <ul className="bullets small">
        {records.map(({ kind, id, version, serving }) => (
          <li key={`${kind}/${id}`}>
            Tried: {kind.replace('-', ' ')} <b>{id}</b>, version {version};{' '}
            {serving === null ? 'nothing serves now' : `version ${serving} serves now`}.
          </li>
        ))}
        {result.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Changes lines={changes} />
      <Counts
        title="By use case"
        lines={result.byUseCase.map(({ value, exchanges: count }) => [value, count])}
      />
      <Counts
        title="By person"
        lines={result.byPerson.map(({ person, exchanges: count }) => [
          person?.email ?? 'not known any more',
          count,
        ])}
      />
      <Counts
        title="Because of"
        lines={result.byCause.map(({ value, exchanges: count }) => [value, count])}
      />
      {idleRules.length === 0 ? null : (
        <p className="note">
          No exchange would have met these rules of the draft: <b>{idleRules.join(', ')}</b>.
        </p>
      )}
      <NotKnown result={result} />
    </section>
  )
}

const Changes = ({ lines }: { readonly lines: readonly ChangeLine[] }) =>
  lines.length === 0 ? null : (
    <div className="sheet-box scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">What would change</th>
            <th scope="col">Exchanges</th>
            <th scope="col">People</th>
            <th scope="col">The newest</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.what} ${line.from} ${line.to}`}>
              <td>{describeChange(line)}</td>
              <td>{line.exchanges}</td>
              <td>{line.people}</td>
              <td>
                <details>
                  <summary className="mono small">{line.samples[0]?.receipt}</summary>
                  <ul className="bullets small">
                    {line.samples.map(({ receipt, at, person, useCase }) => (
                      <li key={receipt}>
                        <span className="mono">{receipt}</span> {at.slice(0, 16).replace('T', ' ')} UTC,{' '}
                        {person?.email ?? 'not known any more'}, {useCase}
                      </li>
                    ))}
                  </ul>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )

const Counts = ({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly (readonly [value: string, count: number])[]
}) =>
  lines.length === 0 ? null : (
    <details open={lines.length <= 10}>
      <summary>
        {title} ({lines.length})
      </summary>
      <ul className="bullets small">
        {lines.map(([value, count]) => (
          <li key={value}>
            <b>{count}</b> {value}
          </li>
        ))}
      </ul>
    </details>
  )

/** An honest figure says what it leaves out. */
const NotKnown = ({ result }: { readonly result: SimulationResult }) => (
  <div className="stack">
    <h2>What is not known</h2>
    <ul className="bullets small">
      {result.unknown.map(({ why, says, exchanges }) => (
        <li key={why}>
          <b>{exchanges} not decided again.</b> {says}
        </li>
      ))}
      {result.notAsThen === 0 ? null : (
        <li>
          What serves now decides <b>{result.notAsThen}</b> otherwise than was decided then. Both sides here
          are of now.
        </li>
      )}
      <li>{result.beforeRules} more were refused before any rule was asked.</li>
      {result.blindSpots.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
    <p className="small dim">
      What was entered opens the way every entry does: <a href="#readings">ask to read it</a>, with a receipt.
    </p>
  </div>
)

const day = (at: string): string => at.slice(0, 10)
