import { useCallback, useEffect, useRef, useState } from 'react'
import type { Choices } from '#/gateway/api.ts'
import { AccessPage } from './access/access-page.tsx'
import { LogPage } from './audit/log-page.tsx'
import { readLogPlace, seesLogPlace } from './audit/log-place.ts'
import { ChatPage } from './conversations/chat-page.tsx'
import { ask } from './core/ask.ts'
import { offline, type Problem, ProblemError } from './core/problem.ts'
import { useHash } from './core/use-hash.ts'
import { GuidePage } from './documents/guide-page.tsx'
import { PoliciesPage } from './documents/policies-page.tsx'
import { guideHash, isDocumentsPlace, policiesHash } from './documents/words.ts'
import { FirstRunPage } from './first-run/first-run-page.tsx'
import { firstRunHash, seesFirstRun } from './first-run/place.ts'
import { DevicesPage, devicesHash } from './identity/devices-page.tsx'
import { elsewhere, mayAdminister, type Whereabouts } from './identity/elsewhere.ts'
import { ElsewherePage } from './identity/elsewhere-page.tsx'
import { keepDraft, takeDraft } from './identity/kept-draft.ts'
import { KeysPage } from './identity/keys-page.tsx'
import { PeoplePage } from './identity/people-page.tsx'
import { isPeoplePlace, seesPeople } from './identity/people-place.ts'
import { readSession, type Session } from './identity/session.ts'
import { SessionEnded } from './identity/session-ended.tsx'
import { onSignedIn } from './identity/sign-in-again.ts'
import { SignInPage } from './identity/sign-in-page.tsx'
import { useSessionEnd } from './identity/use-session-end.ts'
import { PublicationsPage } from './publications/publications-page.tsx'
import { readPublicationPlace } from './publications/words.ts'
import { readPlace, seesRegister } from './register/place.ts'
import { RegisterPage } from './register/register-page.tsx'
import { readSimulatePlace, seesSimulate } from './simulate/place.ts'
import { SimulatePage } from './simulate/simulate-page.tsx'
import { SwitchesPage } from './switches/switches-page.tsx'
import { switchesHash } from './switches/words.ts'
import { TasksPage } from './tasks/tasks-page.tsx'
import { tasksHash } from './tasks/words.ts'
import { ToolsPage } from './tools/tools-page.tsx'
import { toolsHash } from './tools/words.ts'
import { TriggersPage } from './triggers/triggers-page.tsx'
import { seesTriggers, triggersHash } from './triggers/words.ts'
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
    const { roles } = session.person
    const place = seesRegister(roles) ? readPlace(hash) : undefined
    const named = readLogPlace(hash)
    const isAccess = hash === 'access'
    const isKeys = hash === 'keys'
    const logPlace = named !== undefined && seesLogPlace(named, roles) ? named : undefined
    const isTools = hash === toolsHash
    const isDevices = hash === devicesHash
    const isSwitches = hash === switchesHash
    const isTriggers = hash === triggersHash && seesTriggers(roles)
    const isTasks = hash === tasksHash
    const tried = seesSimulate(roles) ? readSimulatePlace(hash) : undefined
    const publication = seesRegister(roles) ? readPublicationPlace(hash) : undefined
    const isFirstRun = hash === firstRunHash && seesFirstRun(roles)
    const isAtPeople = isPeoplePlace(hash) && seesPeople(roles)
    const isRegister = place !== undefined || publication !== undefined || tried !== undefined || isFirstRun
    const isAdministration = isRegister || logPlace === 'readings' || isAtPeople || isSwitches || isTriggers
    const isOwn = isAccess || isKeys || isDevices || isTools || logPlace === 'mine' || isDocumentsPlace(hash)
    const home = elsewhere(
      whereabouts,
      window.location.origin,
      isAdministration ? 'administration' : isOwn ? 'both' : 'chat',
    )
    return (
      <>
        {hasEnded ? (
          <SessionEnded
            onDone={() => setEnded(false)}
            onLeave={() => keepDraft(newestDraft.current, sessionStorage)}
          />
        ) : null}
        {/* The chats of this tab live in the page: looking at the register must not end them. */}
        <div hidden={home !== undefined || isAdministration || isOwn || isTasks}>
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
        {place === undefined || home !== undefined ? null : (
          <RegisterPage
            place={place}
            person={session.person}
            csrf={session.csrf ?? ''}
            onDecided={() => load(readSession())}
          />
        )}
        {publication === undefined || home !== undefined ? null : (
          <PublicationsPage number={publication.number} csrf={session.csrf ?? ''} />
        )}
        {isAccess ? <AccessPage csrf={session.csrf ?? ''} onChanged={() => load(readSession())} /> : null}
        {hash === guideHash ? <GuidePage /> : null}
        {hash === policiesHash ? (
          <PoliciesPage
            person={session.person}
            csrf={session.csrf ?? ''}
            isAdministration={elsewhere(whereabouts, window.location.origin, 'administration') === undefined}
          />
        ) : null}
        {isKeys ? <KeysPage csrf={session.csrf ?? ''} /> : null}
        {logPlace === undefined || home !== undefined ? null : (
          <LogPage place={logPlace} person={session.person} csrf={session.csrf ?? ''} />
        )}
        {tried === undefined || home !== undefined ? null : (
          <SimulatePage key={hash} place={tried} csrf={session.csrf ?? ''} />
        )}
        {isFirstRun && home === undefined ? (
          <FirstRunPage person={session.person} csrf={session.csrf ?? ''} />
        ) : null}
        {isSwitches && home === undefined ? <SwitchesPage csrf={session.csrf ?? ''} /> : null}
        {isTasks && home === undefined ? <TasksPage csrf={session.csrf ?? ''} /> : null}
        {isTools ? <ToolsPage /> : null}
        {isTriggers && home === undefined ? <TriggersPage csrf={session.csrf ?? ''} /> : null}
        {isDevices ? <DevicesPage csrf={session.csrf ?? ''} /> : null}
        {isAtPeople && home === undefined ? (
          <PeoplePage person={session.person} csrf={session.csrf ?? ''} />
        ) : null}
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
