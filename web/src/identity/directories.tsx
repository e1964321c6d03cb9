import type { ScimStatus } from '#/identity/scim/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'

/** The directories that tell Sallyport about people; nothing where there is none. */
export function Directories({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<{ readonly directories: readonly ScimStatus[] }>('/api/scim')
  return (
    <>
      <ProblemNote problem={problem} onAgain={again} />
      {value?.directories.map((each) =>
        each.state === 'paused' ? (
          <Paused key={each.id} directory={each} csrf={csrf} onChanged={again} />
        ) : (
          <p key={each.id} className="dim">
            The directory <b>{each.id}</b> tells of {each.people} people, {each.active} of them active, and of{' '}
            {each.groupCount} groups.
          </p>
        ),
      )}
    </>
  )
}

function Paused({
  directory: { id, waiting, waitingPeople, deactivatedLastHour },
  csrf,
  onChanged,
}: {
  readonly directory: ScimStatus
  readonly csrf: string
  readonly onChanged: () => void
}) {
  const { problem, isSending, write, again } = useWriting(csrf)
  const resume = async (): Promise<void> => {
    if (await write(`/api/scim/${id}/resume`)) onChanged()
  }
  return (
    <section className="note stack" aria-label={`The directory ${id} waits`}>
      <h2>The directory {id} waits for a decision</h2>
      <p>
        It took access from {deactivatedLastHour} people within an hour and wants to go on with {waiting}{' '}
        more. Is that right? When it is not, correct the directory: nothing further happens until somebody
        decides here.
      </p>
      <ul className="bullets small">
        {waitingPeople.map(({ personId, userName }) => (
          <li key={personId}>{userName}</li>
        ))}
      </ul>
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="button" className="btn primary" disabled={isSending} onClick={resume}>
          It is right, go on
        </button>
        <span className="small faint">
          They lose access when the directory asks again. It goes to the log with your name.
        </span>
      </div>
    </section>
  )
}
