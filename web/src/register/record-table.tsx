import type { RecordSummary } from '#/register/api.ts'
import { addressOf, kindNames } from './place.ts'
import { StateMark } from './state-mark.tsx'

/** Records as lines: what the newest version of each is, and which one serves. */
export const RecordTable = ({
  records,
  showsKind = false,
}: {
  readonly records: readonly RecordSummary[]
  readonly showsKind?: boolean
}) => (
  <div className="sheet-box scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          {showsKind ? <th scope="col">What</th> : null}
          <th scope="col">Id</th>
          <th scope="col">Newest version</th>
          <th scope="col">Serving</th>
        </tr>
      </thead>
      <tbody>
        {records.map(({ kind, id, title, state, version, serving, ends, stage }) => (
          <tr key={`${kind}/${id}`}>
            <td>
              <a className="link" href={addressOf(kind, id)}>
                {title}
              </a>
            </td>
            {showsKind ? <td className="small">{kindNames[kind]}</td> : null}
            <td className="mono small">{id}</td>
            <td>
              {version} <StateMark state={state} />{' '}
              {stage === undefined ? null : <b className="small">{stage}</b>}
            </td>
            <td>
              {serving === null ? 'nothing' : `version ${serving}`}
              {ends ? <span className="small dim"> check facts and certificate by {ends}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
