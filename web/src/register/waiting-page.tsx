import type { RegisterOverview } from '#/register/api.ts'
import { addressOf, kindTitles } from './place.ts'
import { ProblemNote } from './problem-note.tsx'
import { RecordTable } from './record-table.tsx'
import { useAsked } from './use-asked.ts'

/** The first page of the register: what waits for whoever looks, and what there is. */
export function WaitingPage() {
  const { value, problem, again } = useAsked<RegisterOverview>('/api/records')
  const waiting = value?.kinds.reduce((sum, each) => sum + each.waiting, 0) ?? 0
  return (
    <>
      <h1>Waiting for you</h1>
      <p className="dim">
        What you may decide, the oldest first. What is approved is what exchanges may use; an edit waits while
        the approved version goes on serving.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <>
          {value.waiting.length === 0 ? (
            <p className="note">Nothing waits for you.</p>
          ) : (
            <RecordTable records={value.waiting} showsKind />
          )}
          {waiting > value.waiting.length ? (
            <p className="small dim">
              {value.waiting.length} of {waiting} are shown.
            </p>
          ) : null}
          <h2>All records</h2>
          <div className="sheet-box scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Kind</th>
                  <th scope="col">Records</th>
                  <th scope="col">Wait for you</th>
                </tr>
              </thead>
              <tbody>
                {value.kinds.map(({ kind, total, waiting: some }) => (
                  <tr key={kind}>
                    <td>
                      <a className="link" href={addressOf(kind)}>
                        All {kindTitles[kind].toLowerCase()}
                      </a>
                    </td>
                    <td>{total}</td>
                    <td>{some}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  )
}
