import { useState } from 'react'
import type { SessionsView } from '#/identity/sessions/api.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { momentOf } from './account-words.ts'
import { signOutAtProvider } from './session.ts'
import { Tools } from './tools.tsx'
import { useEnd } from './use-end.ts'

export const devicesHash = 'devices'

/** Where somebody is signed in, with browsers and with tools, and how to end it. */
export const DevicesPage = ({ csrf }: { readonly csrf: string }) => (
  <PageFrame title="My devices">
    <h1>My devices</h1>
    <p className="dim">
      Where you are signed in. End what you do not know, and tell your IT department: whoever has your session
      acts as you.
    </p>
    <Browsers csrf={csrf} />
    <Tools csrf={csrf} />
    <Everywhere csrf={csrf} />
  </PageFrame>
)

function Browsers({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<SessionsView>('/api/sessions')
  const { problem: failed, end } = useEnd(csrf, again)
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
                  {momentOf(session.signedInAt)}
                  {session.methods.length === 0 ? null : (
                    <span className="faint small"> by {session.methods.join(', ')}</span>
                  )}
                </td>
                <td>{momentOf(session.seenAt)}</td>
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
    </section>
  )
}

function Everywhere({ csrf }: { readonly csrf: string }) {
  const { value } = useAsked<SessionsView>('/api/sessions')
  const { problem, end } = useEnd(csrf, () => window.location.assign('/'))
  const { problem: failed, isOnlyHere, signOut } = useSignOutThere(csrf)
  const there = value?.signOutAt ?? undefined
  if (isOnlyHere)
    return (
      <section className="stack" aria-label="Everywhere">
        <p role="alert" className="note">
          You are signed out here, in every browser and tool. {there} offers no sign-out, or cannot be
          reached: sign out there yourself.
        </p>
        <a className="btn" href="/">
          Go on
        </a>
      </section>
    )
  return (
    <section className="stack" aria-label="Everywhere">
      <ProblemNote problem={problem ?? failed} onAgain={() => end('/api/sessions')} />
      <div className="row">
        <button type="button" className="btn" onClick={() => end('/api/sessions')}>
          Sign out everywhere
        </button>
        {there === undefined ? null : (
          <button type="button" className="btn" onClick={signOut}>
            Sign out everywhere, at {there} too
          </button>
        )}
        <span className="small faint">
          This browser too, and every tool. Answers that are being written end within a second.
        </span>
      </div>
    </section>
  )
}

/** The sessions here end first; then the browser is sent to the provider, where it says how. */
function useSignOutThere(csrf: string) {
  const [problem, setProblem] = useState<Problem>()
  const [isOnlyHere, setOnlyHere] = useState(false)
  const signOut = async (): Promise<void> => {
    setProblem(undefined)
    try {
      const { continueAt } = await signOutAtProvider(csrf)
      if (continueAt === null) setOnlyHere(true)
      else window.location.assign(continueAt)
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : offline)
    }
  }
  return { problem, isOnlyHere, signOut }
}
