import { useEffect, useState } from 'react'
import type { SessionView } from '#/identity/sessions/api.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { Mark } from '../ui/icon.tsx'

export const devicesHash = 'devices'

/** Where somebody is signed in, and how to end it. */
export function DevicesPage({ csrf }: { readonly csrf: string }) {
  useEffect(() => {
    const before = document.title
    document.title = 'My devices – Sallyport'
    return () => {
      document.title = before
    }
  }, [])
  return (
    <div className="chat register">
      <aside className="side" aria-label="My devices">
        <p className="brand">
          <Mark />
          Sallyport
        </p>
        <a className="btn" href="#chat">
          Back to the chat
        </a>
      </aside>
      <main className="scroll">
        <div className="page stack">
          <h1>My devices</h1>
          <p className="dim">
            Where you are signed in. End what you do not know, and tell your IT department: whoever has your
            session acts as you.
          </p>
          <Browsers csrf={csrf} />
        </div>
      </main>
    </div>
  )
}

function Browsers({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<{ readonly sessions: readonly SessionView[] }>('/api/sessions')
  const [failed, setFailed] = useState<Problem>()
  const end = async (path: string): Promise<void> => {
    setFailed(undefined)
    try {
      await ask(path, { method: 'DELETE', headers: { 'x-sallyport-csrf': csrf } })
      if (path === '/api/sessions') window.location.assign('/')
      else again()
    } catch (error) {
      setFailed(error instanceof ProblemError ? error.problem : offline)
    }
  }
  return (
    <section className="stack" aria-label="Browsers">
      <h2>Browsers</h2>
      <ProblemNote problem={failed ?? problem} onAgain={again} />
      <div className="sheet-box scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Network at sign-in</th>
              <th scope="col">Signed in</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="sr">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {value?.sessions.map((session) => (
              <tr key={session.id}>
                <td>
                  {session.browser}
                  {session.isCurrent ? <b> – this one</b> : null}
                </td>
                <td className="mono small">{session.network}</td>
                <td>
                  {moment(session.signedInAt)}
                  {session.methods.length === 0 ? null : (
                    <span className="faint small"> by {session.methods.join(', ')}</span>
                  )}
                </td>
                <td>{moment(session.seenAt)}</td>
                <td>
                  {session.isCurrent ? null : (
                    <button type="button" className="btn" onClick={() => end(`/api/sessions/${session.id}`)}>
                      End
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <button type="button" className="btn" onClick={() => end('/api/sessions')}>
          Sign out everywhere
        </button>
        <span className="small faint">
          This browser too, and tools of the command line. Answers that are being written end within a second.
        </span>
      </div>
    </section>
  )
}

const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
