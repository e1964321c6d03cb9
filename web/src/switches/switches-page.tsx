import type { SwitchPage } from '#/snapshot/switches/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { StopForm } from './stop-form.tsx'
import { SwitchCard } from './switch-card.tsx'

/** What is stopped now and by whom, and the place to stop something. */
export function SwitchesPage({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<SwitchPage>('/api/switches')
  return (
    <PageFrame title="Switches" onFocus={again}>
      <h1>Switches</h1>
      <p className="dim">
        A stop holds at once, for answers that are being written, too. Security or an owner releases it; what
        stops everything is released by somebody else than pulled it, as long as there is somebody.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Found page={value} csrf={csrf} onChanged={again} />}
    </PageFrame>
  )
}

function Found({
  page,
  csrf,
  onChanged,
}: {
  readonly page: SwitchPage
  readonly csrf: string
  readonly onChanged: () => void
}) {
  const { standing, past, mayStop } = page
  return (
    <>
      <div className="row spread">
        <h2>Stopped now</h2>
        <button type="button" className="btn" onClick={onChanged}>
          Look again
        </button>
      </div>
      {standing.length === 0 ? <p className="note">Nothing is stopped.</p> : null}
      {standing.map((each) => (
        <SwitchCard key={each.id} view={each} csrf={csrf} onChanged={onChanged} />
      ))}
      {mayStop.length === 0 ? (
        <p className="note">
          Security, an operator or an owner stops something; so does the owner of a use case.
        </p>
      ) : (
        <StopForm page={page} csrf={csrf} onStopped={onChanged} />
      )}
      {past.length === 0 ? null : <h2>Over</h2>}
      {past.map((each) => (
        <SwitchCard key={each.id} view={each} csrf={csrf} onChanged={onChanged} />
      ))}
    </>
  )
}
