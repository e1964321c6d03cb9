import { useCallback, useEffect, useRef, useState } from 'react'
import type { Choices } from '#/gateway/api.ts'
import { ChatPage } from './conversations/chat-page.tsx'
import { ask } from './core/ask.ts'
import { offline, type Problem, ProblemError } from './core/problem.ts'
import { useHash } from './core/use-hash.ts'
import { elsewhere, mayAdminister, type Whereabouts } from './identity/elsewhere.ts'
import { ElsewherePage } from './identity/elsewhere-page.tsx'
import { keepDraft, takeDraft } from './identity/kept-draft.ts'
import { readSession, type Session } from './identity/session.ts'
import { SessionEnded } from './identity/session-ended.tsx'
import { onSignedIn } from './identity/sign-in-again.ts'
import { SignInPage } from './identity/sign-in-page.tsx'
import { useSessionEnd } from './identity/use-session-end.ts'
import { pageAt } from './pages.tsx'
import { Mark } from './ui/icon.tsx'

// Asked for before the first component is drawn: nothing can be shown without it.
const firstSession = readSession()

const problemOf = (error: unknown): Problem => (error instanceof ProblemError ? error.problem : offline)

/** Who is asking decides which page there is. */
export function App() {
  const [session, setSession] = useState<Session>()
  const [choices, setChoices] = useState<Choices>()
  const [whereabouts, setWhereabouts] = useState<Whereabouts>()
  const [problem, setProblem] = useState<Problem>()
  const [keptDraft, setKeptDraft] = useState('')
  const [hasEnded, setEnded] = useState(false)
  const newestDraft = useRef('')
  const hash = useHash()

  const load = useCallback(async (first: Promise<Session>): Promise<void> => {
    try {
      const read = await first
      // Only for somebody who is back: whoever gives up signing in finds the draft there the next time.
      if (read.person !== null) setKeptDraft(takeDraft(sessionStorage))
      // Before anything is drawn: the other address has nothing of what is asked for here.
      if (mayAdminister(read.person?.roles ?? []))
        setWhereabouts(await ask<Whereabouts>('/api/administration'))
      setSession(read)
      if (read.person !== null) setChoices(await ask<Choices>('/api/models'))
      setProblem(undefined)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }, [])
  useEffect(() => {
    load(firstSession)
  }, [load])

  const personId = session?.person?.id
  /** Nobody: the page stays as it is, and says so. Somebody else: nothing of the first one may stay. */
  const take = useCallback(
    (read: Session): void => {
      if (personId === undefined) return
      setEnded(read.person === null)
      if (read.person === null) return
      if (read.person.id === personId) setSession(read)
      else window.location.reload()
    },
    [personId],
  )
  /** Reads who is signed in again, for a message that was refused because the session had changed. */
  const refreshSession = useCallback(async (): Promise<Session> => {
    const read = await readSession()
    take(read)
    return read
  }, [take])
  useSessionEnd(session, take)
  useEffect(
    () =>
      onSignedIn(() => {
        refreshSession().catch((error) => setProblem(problemOf(error)))
      }),
    [refreshSession],
  )

  if (session?.person) {
    const page = pageAt(hash, session.person.roles)
    const home = elsewhere(whereabouts, window.location.origin, page?.home ?? 'chat')
    return (
      <>
        {hasEnded ? (
          <SessionEnded
            onDone={() => setEnded(false)}
            onLeave={() => keepDraft(newestDraft.current, sessionStorage)}
          />
        ) : null}
        {/* The chats of this tab live in the page: looking at the register must not end them. */}
        <div hidden={home !== undefined || page !== undefined}>
          <ChatPage
            session={session}
            person={session.person}
            choices={choices}
            problem={problem}
            firstDraft={keptDraft}
            newestDraft={newestDraft}
            onRetry={() => load(readSession())}
            refreshSession={refreshSession}
          />
        </div>
        {home === undefined ? null : <ElsewherePage home={home} hash={hash} />}
        {page === undefined || home !== undefined
          ? null
          : page.show({
              person: session.person,
              csrf: session.csrf ?? '',
              isAdministration:
                elsewhere(whereabouts, window.location.origin, 'administration') === undefined,
              onChanged: () => load(readSession()),
            })}
      </>
    )
  }
  if (session !== undefined) return <SignInPage session={session} />
  return (
    <main className="door" aria-busy={problem === undefined}>
      <Mark />
      {problem === undefined ? (
        <p className="dim" role="status">
          Opening the gate
        </p>
      ) : (
        <div role="alert" className="stack">
          <h1>The gate cannot be reached</h1>
          <p>{problem.message}</p>
          <button type="button" className="btn primary" onClick={() => load(readSession())}>
            Try again
          </button>
        </div>
      )}
    </main>
  )
}
