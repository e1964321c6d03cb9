import { useId, useState } from 'react'
import { type AccountPage, type AccountState, accountStates } from '#/identity/accounts/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { AccountRow } from './account-row.tsx'
import { peoplePath, stateWords } from './account-words.ts'
import { Directories } from './directories.tsx'
import type { SignedIn } from './session.ts'

interface Properties {
  readonly person: SignedIn
  readonly csrf: string
}

/** A page of people. */
const pageSize = 50

/** Who there is, what they may do, and the place to end an account. */
export function PeoplePage({ person, csrf }: Properties) {
  return (
    <PageFrame title="People">
      <h1>People</h1>
      <p className="dim">
        Who may come in, and what they may do. Ending an account ends sessions, keys and answers that are
        being written at once.
      </p>
      <Directories csrf={csrf} />
      <PeopleList person={person} csrf={csrf} />
    </PageFrame>
  )
}

function PeopleList({ person, csrf }: Properties) {
  const [text, setText] = useState('')
  const [state, setState] = useState<AccountState | ''>('')
  const [start, setStart] = useState(0)
  const [textId, stateId] = [useId(), useId()]
  const { value, problem, again } = useAsked<AccountPage>(peoplePath(text, state, start, pageSize))
  return (
    <>
      <form
        className="asking terms"
        aria-label="Look for people"
        onSubmit={(event) => event.preventDefault()}
      >
        <div className="field">
          <label htmlFor={textId}>Name or address</label>
          <input
            id={textId}
            type="search"
            maxLength={200}
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              setStart(0)
            }}
          />
        </div>
        <div className="field">
          <label htmlFor={stateId}>State</label>
          <select
            id={stateId}
            value={state}
            onChange={({ target }) => {
              setState(accountStates.find((each) => each === target.value) ?? '')
              setStart(0)
            }}
          >
            <option value="">all</option>
            {accountStates.map((each) => (
              <option key={each} value={each}>
                {stateWords[each]}
              </option>
            ))}
          </select>
        </div>
      </form>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : value.total === 0 ? (
        <p className="note">Nobody fits.</p>
      ) : (
        <>
          <div className="sheet-box scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">State</th>
                  <th scope="col">Roles</th>
                  <th scope="col">Groups</th>
                  <th scope="col">Last seen</th>
                  <th scope="col">Account</th>
                </tr>
              </thead>
              <tbody>
                {value.people.map((account) => (
                  <AccountRow
                    key={account.id}
                    account={account}
                    isSelf={account.id === person.id}
                    isForOwners={account.roles.includes('owner') && !person.roles.includes('owner')}
                    csrf={csrf}
                    onChanged={again}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {value.total <= pageSize ? null : (
            <div className="row spread">
              <button
                type="button"
                className="btn"
                disabled={start === 0}
                onClick={() => setStart(start - pageSize)}
              >
                Before
              </button>
              <span className="small dim">
                {start + 1} to {start + value.people.length} of {value.total}
              </span>
              <button
                type="button"
                className="btn"
                disabled={start + pageSize >= value.total}
                onClick={() => setStart(start + pageSize)}
              >
                Next
              </button>
            </div>
          )}
        </>
      )}
    </>
  )
}
