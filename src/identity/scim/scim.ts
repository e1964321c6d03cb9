import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import type { Route } from '#/core/http/route.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import type { AboutPerson, People } from '../people.ts'
import type { ScimStatus } from './api.ts'
import { type ClientPeople, createClientPeople } from './client-people.ts'
import { type Clients, createClients, type ScimClient } from './clients.ts'
import { createDirectory, type Directory } from './directory.ts'
import { createPause, openHours, type Pause } from './pause.ts'
import { groupKey, isActive, type ScimUser, userNameOf } from './records.ts'
import { scimRoutes } from './routes.ts'
import { ScimError } from './scim-error.ts'
import { createScimStore } from './store.ts'

export interface ScimServices {
  readonly database: Database
  readonly clients: readonly ScimClient[]
  readonly people: People
  readonly writeEntry: WriteEntry
  readonly writeFailure: (reason: string) => Promise<void>
  readonly publicUrl: () => string
  readonly clock: Clock
  /** Whether a denial stands on this group, `SOURCE:ID`. */
  readonly isDenied: (group: string) => boolean
  readonly onError: (error: unknown) => void
}

export interface Scim {
  readonly routes: readonly Route[]
  readonly status: () => readonly ScimStatus[]
  /** Other tokens a directory may come with, from now on; a directory that is not named keeps its own. */
  readonly renewTokens: Clients['renew']
  /** Ids of the directories whose deactivations wait. */
  readonly paused: () => readonly string[]
  /** Somebody decided that the deactivations that wait are right. Throws `not-found`. */
  readonly resume: (asked: {
    readonly client: string
    readonly hours?: number | undefined
    readonly by: string
  }) => Promise<ScimStatus>
  /**
   * Ends somebody by hand. What a directory has taken before is no longer the directory's to give back.
   */
  readonly endByHand: (asked: AboutPerson) => Promise<void>
  /** Somebody signed in: false when a directory says that this subject has no access any more. */
  readonly meet: (person: Person) => Promise<boolean>
  /** The names of a directory's groups, by `SOURCE:ID` as a person has them. */
  readonly groupNames: () => ReadonlyMap<string, string>
  /** Whether a directory that is configured says that this person is not active. */
  readonly isInactive: (personId: string) => boolean
}

interface Open {
  readonly client: ScimClient
  readonly state: ClientPeople
  readonly pause: Pause
  readonly directory: Directory
}

/** Who waits is shown up to this many. */
const shownWaiting = 100

/** Reads what directories told, once, and puts right what a crash in the middle of a change has left. */
export async function openScim(services: ScimServices): Promise<Scim> {
  const { people, writeEntry, clock } = services
  const store = createScimStore(services.database)
  const states = new Map<string, ClientPeople>()
  const stateOf = (client: string): ClientPeople => {
    const state = states.get(client) ?? createClientPeople()
    states.set(client, state)
    return state
  }
  for (const { id } of services.clients) stateOf(id)
  const times = new Map<string, readonly number[]>()
  for (const user of await store.readUsers()) {
    stateOf(user.client).putUser(user)
    if (user.deactivatedAt !== undefined)
      times.set(user.client, [...(times.get(user.client) ?? []), user.deactivatedAt])
  }
  for (const group of await store.readGroups()) stateOf(group.client).putGroup(group)
  const pauses = new Map((await store.readPauses()).map((each) => [each.client, each]))

  const configured = (): readonly Open[] => open
  const usersOf = (personId: string): readonly ScimUser[] =>
    configured().flatMap(({ state }) => state.userOf(personId) ?? [])
  const alone = createQueue()
  const open = services.clients.map((client): Open => {
    const state = stateOf(client.id)
    const pause = createPause({
      client: client.id,
      stored: pauses.get(client.id),
      deactivatedAt: times.get(client.id) ?? [],
      save: store.savePause,
      writeEntry,
      clock,
    })
    const directory = createDirectory({
      client,
      state,
      store,
      people,
      pause,
      writeEntry,
      clock,
      isDenied: services.isDenied,
      alone,
      isInactiveSomewhere: (personId) => usersOf(personId).some((user) => !isActive(user)),
      isNamedElsewhere: (personId, userId) =>
        usersOf(personId).some((user) => user.id !== userId && isActive(user)),
    })
    return { client, state, pause, directory }
  })
  await reconcile(states, new Set(services.clients.map(({ id }) => id)), people)

  const clients = createClients({ clients: services.clients, clock, writeFailure: services.writeFailure })
  const find = (id: string): Open => {
    const found = open.find(({ client }) => client.id === id)
    if (found === undefined) throw new Refusal('not-found', { what: 'directory' })
    return found
  }
  const statusOf = ({ client, state, pause }: Open): ScimStatus => {
    const { pausedAt, openUntil, waiting, recent } = pause.state()
    return {
      id: client.id,
      issuer: client.issuer,
      subjectFrom: client.subjectFrom,
      state: pausedAt === undefined ? 'running' : 'paused',
      pausedAtMs: pausedAt,
      openUntilMs: openUntil,
      people: state.users.size,
      active: state.activeCount(),
      deactivatedLastHour: recent,
      waiting: waiting.length,
      waitingPeople: waiting.slice(0, shownWaiting).flatMap((id) => {
        const user = state.users.get(id)
        return user === undefined ? [] : [{ personId: user.personId, userName: userNameOf(user) }]
      }),
      groupCount: state.groups.size,
      groups: [...state.groups.values()].map((group) => ({
        key: `${client.id}:${groupKey(group)}`,
        displayName: group.displayName,
        members: group.members.size,
      })),
      tokenUsedAtMs: clients.usedAt(client.id).token,
      formerTokenUsedAtMs: clients.usedAt(client.id).former,
    }
  }

  return {
    routes: scimRoutes({
      clients,
      directoryOf: (id) => find(id).directory,
      publicUrl: services.publicUrl,
      onError: services.onError,
    }),
    status: () => open.map(statusOf),
    renewTokens: clients.renew,
    paused: () => open.flatMap(({ client, pause }) => (pause.isPaused() ? [client.id] : [])),
    resume: ({ client, hours = openHours.default, by }) =>
      alone(async () => {
        const found = find(client)
        await writeEntry({
          kind: 'scim-resumed',
          facts: { about: by, decision: `deactivations of ${client} go on for ${hours} hours` },
        })
        await found.pause.open(hours)
        return statusOf(found)
      }),
    endByHand: async (asked) => {
      // At once, however many changes of directories wait.
      await people.end(asked)
      await alone(async () => {
        const { id, by, reason } = asked
        let isLeft = false
        for (const { directory } of open) isLeft = (await directory.leaveEnded(id)) || isLeft
        if (isLeft) await writeEntry({ kind: 'access-ended', subject: id, facts: { about: by, reason } })
        // A directory may have given it back while this waited.
        await people.end(asked)
      })
    },
    meet: async (person) => {
      for (const { client, directory } of open)
        if (client.issuer === person.issuer && !(await directory.meet(person))) return false
      return true
    },
    groupNames: () =>
      new Map(
        open.flatMap(({ client, state }) =>
          [...state.groups.values()].map(
            (group) => [`${client.id}:${groupKey(group)}`, group.displayName] as const,
          ),
        ),
      ),
    isInactive: (personId) => usersOf(personId).some((user) => !isActive(user)),
  }
}

/**
 * Groups as the directories tell them, whatever was stored of it when the process ended; none of a directory that is
 * no longer configured. Whoever is not active is ended.
 */
async function reconcile(
  states: ReadonlyMap<string, ClientPeople>,
  configured: ReadonlySet<string>,
  people: People,
): Promise<void> {
  for (const [id, state] of states) {
    const isConfigured = configured.has(id)
    const told = new Map<string, readonly string[]>()
    for (const { id: personId } of people.records()) {
      const isTold = people.find(personId)?.groups.some((group) => group.startsWith(`${id}:`))
      if (isTold === true) told.set(personId, [])
    }
    if (isConfigured)
      for (const user of state.users.values()) told.set(user.personId, state.groupKeysOf(user.id))
    await people.setGroupsOf(id, told)
    if (!isConfigured) continue
    for (const user of state.users.values()) {
      if (!isActive(user) && !people.isEnded(user.personId))
        await people.end({ id: user.personId, by: `scim:${id}`, reason: 'scim-deactivated' })
    }
  }
}

/** Directories send one after the other or a few at once; more than this waiting is a directory that runs away. */
const maxWaiting = 200

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  const turns = createOneAtATime()
  let waiting = 0
  return async (work) => {
    if (waiting >= maxWaiting) throw new ScimError(429, 'Too many changes at once.', { retryAfterSeconds: 1 })
    waiting++
    try {
      return await turns.run(work)
    } finally {
      waiting--
    }
  }
}
