import type { ReactNode } from 'react'
import type { Role } from '#/core/role.ts'
import { AccessPage } from './access/access-page.tsx'
import { LogPage } from './audit/log-page.tsx'
import { readLogPlace, seesLogPlace } from './audit/log-place.ts'
import { GuidePage } from './documents/guide-page.tsx'
import { PoliciesPage } from './documents/policies-page.tsx'
import { guideHash, policiesHash } from './documents/words.ts'
import { FirstRunPage } from './first-run/first-run-page.tsx'
import { firstRunHash, seesFirstRun } from './first-run/place.ts'
import { DevicesPage, devicesHash } from './identity/devices-page.tsx'
import { KeysPage } from './identity/keys-page.tsx'
import { PeoplePage } from './identity/people-page.tsx'
import { isPeoplePlace, seesPeople } from './identity/people-place.ts'
import type { SignedIn } from './identity/session.ts'
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

/** At which address a page is, where there are two. */
export type Home = 'chat' | 'administration' | 'both'

/** What a page may need to know. */
export interface PageContext {
  readonly person: SignedIn
  readonly csrf: string
  /** Whether what only some roles may do can be done at this address. */
  readonly isAdministration: boolean
  /** What may be asked for changed: sessions and models are read again. */
  readonly onChanged: () => void
}

/** A page beside the chat. */
export interface Page {
  readonly home: Home
  readonly show: (context: PageContext) => ReactNode
}

/** A page that is found by its address alone. */
const named = (
  name: string,
  home: Home,
  show: Page['show'],
  sees: (roles: readonly Role[]) => boolean = () => true,
) => ({ name, home, show, sees })

const namedPages = [
  named('access', 'both', ({ csrf, onChanged }) => <AccessPage csrf={csrf} onChanged={onChanged} />),
  named('keys', 'both', ({ csrf }) => <KeysPage csrf={csrf} />),
  named(devicesHash, 'both', ({ csrf }) => <DevicesPage csrf={csrf} />),
  named(toolsHash, 'both', () => <ToolsPage />),
  named(guideHash, 'both', () => <GuidePage />),
  named(policiesHash, 'both', ({ person, csrf, isAdministration }) => (
    <PoliciesPage person={person} csrf={csrf} isAdministration={isAdministration} />
  )),
  named(tasksHash, 'chat', ({ csrf }) => <TasksPage csrf={csrf} />),
  named(switchesHash, 'administration', ({ csrf }) => <SwitchesPage csrf={csrf} />),
  named(triggersHash, 'administration', ({ csrf }) => <TriggersPage csrf={csrf} />, seesTriggers),
  named(
    firstRunHash,
    'administration',
    ({ person, csrf }) => <FirstRunPage person={person} csrf={csrf} />,
    seesFirstRun,
  ),
]

/** The page at `hash`, for somebody with these roles; undefined where the chat is. */
export function pageAt(hash: string, roles: readonly Role[]): Page | undefined {
  const page = namedPages.find(({ name, sees }) => name === hash && sees(roles))
  return (
    page ??
    logPage(hash, roles) ??
    (seesRegister(roles) ? registerPage(hash) : undefined) ??
    others(hash, roles)
  )
}

function logPage(hash: string, roles: readonly Role[]): Page | undefined {
  const place = readLogPlace(hash)
  if (place === undefined || !seesLogPlace(place, roles)) return undefined
  return {
    home: place === 'mine' ? 'both' : 'administration',
    show: ({ person, csrf }) => <LogPage place={place} person={person} csrf={csrf} />,
  }
}

function registerPage(hash: string): Page | undefined {
  const place = readPlace(hash)
  if (place !== undefined)
    return {
      home: 'administration',
      show: ({ person, csrf, onChanged }) => (
        <RegisterPage place={place} person={person} csrf={csrf} onDecided={onChanged} />
      ),
    }
  const publication = readPublicationPlace(hash)
  if (publication === undefined) return undefined
  return {
    home: 'administration',
    show: ({ csrf }) => <PublicationsPage number={publication.number} csrf={csrf} />,
  }
}

function others(hash: string, roles: readonly Role[]): Page | undefined {
  const tried = seesSimulate(roles) ? readSimulatePlace(hash) : undefined
  if (tried !== undefined)
    return {
      home: 'administration',
      show: ({ csrf }) => <SimulatePage key={hash} place={tried} csrf={csrf} />,
    }
  if (!isPeoplePlace(hash) || !seesPeople(roles)) return undefined
  return { home: 'administration', show: ({ person, csrf }) => <PeoplePage person={person} csrf={csrf} /> }
}
