import type { SessionView } from '#/identity/sessions/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { momentOf } from './account-words.ts'
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
  const { value, problem, again } = useAsked<{ readonly sessions: readonly SessionView[] }>('/api/sessions')
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
  const { problem, end } = useEnd(csrf, () => window.location.assign('/'))
  return (
    <section className="stack" aria-label="Everywhere">
      <ProblemNote problem={problem} onAgain={() => end('/api/sessions')} />
      <div className="row">
        <button type="button" className="btn" onClick={() => end('/api/sessions')}>
          Sign out everywhere
        </button>
        <span className="small faint">
          This browser too, and every tool. Answers that are being written end within a second.
        </span>
      </div>
    </section>
  )
}
