import { useState } from 'react'
import type { ConnectionView } from '#/register/first-run/api.ts'
import type { ProbeView } from '#/register/probes/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'

interface Properties {
  readonly connection: ConnectionView | undefined
  readonly csrf: string
  readonly onLookAgain: () => void
}

/** Whether the connection is in the settings, and a button that asks it for what costs nothing. */
export function TryIt({ connection, csrf, onLookAgain }: Properties) {
  const [probe, setProbe] = useState<ProbeView>()
  const { problem, isSending, writeFor, again } = useWriting(csrf)
  if (connection === undefined)
    return (
      <div className="row">
        <span>The connection is not in the settings yet.</span>
        <button type="button" className="btn" onClick={onLookAgain}>
          Look again
        </button>
      </div>
    )
  const { id, kind, host, hasCredential } = connection
  const tryIt = async (): Promise<void> => {
    const came = await writeFor<ProbeView>('/api/first-run/try', { connection: id })
    if (came !== undefined) setProbe(came.answer)
  }
  return (
    <>
      <div className="row">
        <span>
          The connection is there: {kind}
          {host === null ? '' : `, ${host}`}
          {hasCredential ? ', with a credential' : ', without a credential'}.
        </span>
        {host === null ? null : (
          <button type="button" className="btn" disabled={isSending} onClick={tryIt}>
            {isSending ? 'Trying …' : 'Try it'}
          </button>
        )}
      </div>
      <WritingProblem problem={problem} again={again} />
      {probe === undefined ? null : <p role="status">{sentenceOf(probe)}</p>}
    </>
  )
}

/** Of the newest probe: whether it answered, and what was in the way. */
function sentenceOf({ availability, problems }: ProbeView): string {
  const answered = availability !== null && availability.answered > 0 && problems.length === 0
  return answered ? 'It answers.' : `It does not answer as it should. ${problems.join(' ')}`
}
