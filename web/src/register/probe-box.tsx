import { useState } from 'react'
import type { VersionView } from '#/register/api.ts'
import type { ProbeAnswer } from '#/register/probes/api.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import type { SignedIn } from '../identity/session.ts'
import { contradictionText, endedText, probeRows } from './probe-words.ts'
import { ProblemNote } from './problem-note.tsx'

interface Properties extends Pick<VersionView, 'contradictions'> {
  readonly id: string
  readonly probe: NonNullable<VersionView['probe']>
  readonly person: SignedIn
  readonly csrf: string
  /** Something else may serve from now on. */
  readonly onProbed: () => void
}

const probers = ['security', 'engineering', 'operator', 'owner']

/** What was measured of the connection of an offering, when, and the button that measures again. */
export function ProbeBox({ id, probe, contradictions = [], person, csrf, onProbed }: Properties) {
  const [problem, setProblem] = useState<Problem>()
  const [isProbing, setProbing] = useState(false)
  const [said, setSaid] = useState('')
  const mayProbe = probers.some((role) => person.roles.some((each) => each === role))

  const probeNow = async (): Promise<void> => {
    setProbing(true)
    setProblem(undefined)
    setSaid('')
    try {
      const { changed } = await ask<ProbeAnswer>(`/api/offerings/${encodeURIComponent(id)}/probe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
        body: '{}',
      })
      setSaid(
        changed.length === 0 ? 'Measured; nothing changed.' : `Measured; changed: ${changed.join(', ')}.`,
      )
      onProbed()
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : offline)
    } finally {
      setProbing(false)
    }
  }

  return (
    <section className="sheet-box stack" aria-label="Measured">
      <div className="row spread">
        <h2>Measured</h2>
        <span className="small dim">
          connection <span className="mono">{probe.connection}</span>,{' '}
          {probe.at === null ? 'never probed' : probe.at.slice(0, 16).replace('T', ' ')}
        </span>
      </div>
      {contradictions.map((each) => (
        <p key={each.fact} className="note">
          {contradictionText(each)}
        </p>
      ))}
      {[...probe.problems, ...endedText(probe)].map((each) => (
        <p key={each} className="note">
          {each}
        </p>
      ))}
      <dl className="kv">
        {probeRows(probe).map(([name, text]) => (
          <div key={name} className="pair">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {mayProbe ? (
        <p className="row">
          <button type="button" className="btn" disabled={isProbing} onClick={probeNow}>
            {isProbing ? 'Probing …' : 'Probe now'}
          </button>{' '}
          <span role="status">{said}</span>
        </p>
      ) : null}
      <ProblemNote problem={problem} onAgain={probeNow} />
    </section>
  )
}
