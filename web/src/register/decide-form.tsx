import { type FormEvent, useId, useState } from 'react'
import { dataClasses } from '#/core/data-class.ts'
import type { RecordView, Verdict, VersionView } from '#/register/api.ts'
import { classNames } from '../conversations/words.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

interface Properties {
  readonly record: RecordView
  readonly version: VersionView
  readonly csrf: string
  readonly onDecided: () => void
}

const meanings: Readonly<Record<Verdict, string>> = {
  approve: 'Approve: it serves from now on',
  reject: 'Reject',
  suspend: 'Suspend this version until somebody approves it again',
  stop: 'Stop every version at once',
}

/** Only verdicts that have a meaning for it: rules that serve are only ever replaced. */
const verdictsFor = ({ mayEnd }: RecordView, { state }: VersionView): readonly Verdict[] => {
  if (state === 'approved') return mayEnd ? ['suspend', 'stop', 'approve'] : []
  return ['approve', 'reject']
}

export function DecideForm({ record, version, csrf, onDecided }: Properties) {
  const open = verdictsFor(record, version)
  const [verdict, setVerdict] = useState<Verdict>(open[0] ?? 'approve')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [highestClass, setHighestClass] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const name = useId()
  if (open.length === 0) return null
  const isApproval = verdict === 'approve'

  const decide = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setSending(true)
    setProblem(undefined)
    try {
      await ask('/api/decisions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
        body: JSON.stringify({
          kind: record.kind,
          id: record.id,
          version: version.version,
          verdict,
          reason,
          ...(isApproval && until !== '' ? { until } : {}),
          ...(isApproval && highestClass !== '' ? { conditions: { highestClass } } : {}),
        }),
      })
      setReason('')
      onDecided()
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : offline)
    } finally {
      setSending(false)
    }
  }

  return (
    <form className="decide stack" onSubmit={decide}>
      <fieldset className="stack">
        <legend>Decide about version {version.version}</legend>
        {open.map((each) => (
          <label key={each} className="row">
            <input type="radio" name={name} checked={verdict === each} onChange={() => setVerdict(each)} />
            {meanings[each]}
          </label>
        ))}
      </fieldset>
      <label className="stack">
        Reason
        <textarea
          value={reason}
          required
          maxLength={4_000}
          rows={2}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {isApproval && record.mayEnd ? (
        <div className="row">
          <label>
            Until (last day, optional){' '}
            <input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <label>
            Highest class (optional){' '}
            <select value={highestClass} onChange={(event) => setHighestClass(event.target.value)}>
              <option value="">as computed</option>
              {dataClasses.map((each) => (
                <option key={each} value={each}>
                  {classNames[each]}
                </option>
              ))}
            </select>
          </label>
        </div>
      ) : null}
      {problem === undefined ? null : (
        <div role="alert" className="note">
          <b>{problem.message}</b> {problem.remedies.map(({ text }) => text).join(' ')}
        </div>
      )}
      <div>
        <button type="submit" className="btn primary" disabled={isSending || reason.trim() === ''}>
          Write the decision
        </button>
      </div>
    </form>
  )
}
