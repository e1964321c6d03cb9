import { useId, useState } from 'react'
import { type AccountView, endReasons, restoreReasons } from '#/identity/accounts/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { dayOf, endWords, groupText, restoreWords, stateWords } from './account-words.ts'

interface Properties {
  readonly account: AccountView
  readonly isSelf: boolean
  /** Only an owner ends the account of an owner. */
  readonly isForOwners: boolean
  readonly csrf: string
  readonly onChanged: () => void
}

/** One person, and what can be done with the account. */
export function AccountRow({ account, isSelf, isForOwners, csrf, onChanged }: Properties) {
  const { id, name, email, state, roles, seenAtMs, endedAtMs } = account
  const [isOpen, setOpen] = useState(false)
  return (
    <tr>
      <td>
        <b>{name}</b>
        <br />
        <span className="small dim">{email}</span>
        <br />
        <span className="mono small faint">{id}</span>
      </td>
      <td>
        {stateWords[state]}
        {endedAtMs === undefined ? null : <span className="small faint"> since {dayOf(endedAtMs)}</span>}
      </td>
      <td>{roles.join(', ')}</td>
      <td className="small">{groupText(account)}</td>
      <td>{dayOf(seenAtMs)}</td>
      <td>
        {isSelf ? (
          <span className="faint">you</span>
        ) : isForOwners ? (
          <span className="faint">an owner decides</span>
        ) : isOpen ? (
          <ReasonForm account={account} csrf={csrf} onChanged={onChanged} onLeave={() => setOpen(false)} />
        ) : (
          <button type="button" className="btn" onClick={() => setOpen(true)}>
            {state === 'ended' ? 'Give back' : 'End'}
            <span className="sr"> the account of {name}</span>
          </button>
        )}
      </td>
    </tr>
  )
}

function ReasonForm({
  account: { id, name, state },
  csrf,
  onChanged,
  onLeave,
}: Omit<Properties, 'isSelf' | 'isForOwners'> & { readonly onLeave: () => void }) {
  const isEnded = state === 'ended'
  const words: Readonly<Record<string, string>> = isEnded ? restoreWords : endWords
  const reasons: readonly string[] = isEnded ? restoreReasons : endReasons
  const [reason, setReason] = useState(reasons[0] ?? 'other')
  const { problem, isSending, write, again } = useWriting(csrf)
  const field = useId()
  const send = async (): Promise<void> => {
    if (!(await write(`/api/people/${id}/${isEnded ? 'restore' : 'end'}`, { reason }))) return
    onLeave()
    onChanged()
  }
  return (
    <form
      className="asking stack"
      aria-label={`${isEnded ? 'Give back' : 'End'} the account of ${name}`}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="field">
        <label htmlFor={field}>Why</label>
        <select id={field} value={reason} onChange={({ target }) => setReason(target.value)}>
          {reasons.map((each) => (
            <option key={each} value={each}>
              {words[each]}
            </option>
          ))}
        </select>
      </div>
      <p className="small dim">
        {isEnded
          ? 'Keys that have not run out work again; old sessions do not.'
          : 'Sessions, keys and answers that are being written end at once.'}
      </p>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending}>
          {isEnded ? 'Give back' : 'End the account'}
        </button>
        <button type="button" className="btn quiet" onClick={onLeave}>
          Leave it
        </button>
      </div>
    </form>
  )
}
