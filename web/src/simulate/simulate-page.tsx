import { type FormEvent, useId, useState } from 'react'
import { longestDays, type SimulationView, usualDays } from '#/snapshot/simulate/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import { readChosenText } from '../core/chosen-text.ts'
import { addressOf } from '../register/place.ts'
import { RegisterLink } from '../register/register-link.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import type { SimulatePlace } from './place.ts'
import { ResultView } from './result-view.tsx'
import { useSimulation } from './use-simulation.ts'

interface Properties {
  readonly place: SimulatePlace
  readonly csrf: string
}

/** What would change if what waits were approved: tried on the exchanges of the last days. */
export function SimulatePage({ place, csrf }: Properties) {
  const { view, problem, follow, cancel } = useSimulation(csrf)
  return (
    <PageFrame title="What would change?" navigation={<RegisterLink />}>
      <h1>What would change?</h1>
      <p className="dim">
        Every exchange of the last days is decided again, by what serves now and by the draft, out of what the
        log says of it. No text is opened and nothing is changed. That you asked is written to the log first.
      </p>
      <AskForm place={place} csrf={csrf} isRunning={view?.state === 'running'} onBegun={follow} />
      {problem === undefined ? null : (
        <p role="alert" className="note">
          {problem.message}
        </p>
      )}
      {view === undefined ? null : <Shown view={view} onCancel={cancel} />}
    </PageFrame>
  )
}

interface AskProperties extends Properties {
  readonly isRunning: boolean
  readonly onBegun: (view: SimulationView | undefined) => void
}

function AskForm({ place, csrf, isRunning, onBegun }: AskProperties) {
  const [days, setDays] = useState(String(usualDays))
  const [file, setFile] = useState<File>()
  const [wrongFile, setWrongFile] = useState<string>()
  const { problem, isSending, writeFor, again } = useWriting(csrf)
  const id = useId()

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isSending || isRunning) return
    onBegun(undefined)
    setWrongFile(undefined)
    // Read when it is sent: what was changed since it was chosen cannot be, and that is said.
    const chosen = file === undefined ? undefined : await readChosenText(file)
    if (chosen !== undefined && 'problem' in chosen) return setWrongFile(chosen.problem)
    const waiting = place === 'all' ? place : [place]
    const draft =
      file === undefined || chosen === undefined
        ? { waiting }
        : { file: { fileName: file.name, text: chosen.text } }
    const begun = await writeFor<SimulationView>('/api/simulations', { draft, days: Number(days) })
    if (begun !== undefined) onBegun(begun.answer)
  }

  return (
    <form className="asking stack" onSubmit={send} aria-label="Try a draft">
      <p>
        {file === undefined ? (
          <Tried place={place} />
        ) : (
          <>
            The records of <b>{file.name}</b> are tried.
          </>
        )}
      </p>
      <div className="row">
        <div className="field">
          <label htmlFor={`${id}-days`}>Days back</label>
          <input
            id={`${id}-days`}
            type="number"
            min={1}
            max={longestDays}
            required
            value={days}
            onChange={({ target }) => setDays(target.value)}
          />
        </div>
        <div className="field wide">
          <label htmlFor={`${id}-file`}>A file of records instead (optional)</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".yaml,.yml"
            onChange={({ target }) => setFile(target.files?.[0])}
          />
        </div>
      </div>
      {wrongFile === undefined ? null : (
        <div role="alert" className="note">
          <b>{wrongFile}</b>
        </div>
      )}
      <WritingProblem problem={problem} again={again} />
      <div className="row">
        <button type="submit" className="btn primary" disabled={isSending || isRunning}>
          Try it
        </button>
      </div>
    </form>
  )
}

const Tried = ({ place }: { readonly place: SimulatePlace }) =>
  place === 'all' ? (
    <>All records that wait for an approval are tried together.</>
  ) : (
    <>
      The version of{' '}
      <a className="link" href={addressOf(place.kind, place.id)}>
        {place.id}
      </a>{' '}
      that waits is tried. <a href="#simulate">Try all that waits</a> instead.
    </>
  )

function Shown({ view, onCancel }: { readonly view: SimulationView; readonly onCancel: () => void }) {
  if (view.result !== null) return <ResultView result={view.result} />
  if (view.state !== 'running')
    return <p className="note">{view.problem ?? 'It was cancelled: nothing is known.'}</p>
  return (
    <div className="note row spread">
      <p role="status">
        {view.exchanges} exchanges decided again, {Math.floor(view.share * 100)} % of the log looked at.
      </p>
      <button type="button" className="btn" onClick={onCancel}>
        Cancel
      </button>
    </div>
  )
}
