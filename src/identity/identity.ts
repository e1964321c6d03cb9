import type { Clock } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import type { Database } from '#/core/database/api.ts'
import type { Route } from '#/core/http/route.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Settings } from '#/settings/api.ts'
import type { Identity } from './api.ts'
import { createDoor } from './door.ts'
import { defaultOwner, readAccounts } from './embedded/accounts.ts'
import { createEmbedded, type Embedded } from './embedded/embedded.ts'
import { embeddedClientId, embeddedClientSecret } from './embedded/provider.ts'
import { createFailureWriter, type WriteEntry } from './entry.ts'
import { readIssuer } from './issuer.ts'
import { createKeyWith, keyHandlers } from './keys/control.ts'
import type { LeakedKey } from './keys/end.ts'
import { openKeys } from './keys/keys.ts'
import { keyRoutes } from './keys/routes.ts'
import { createKeyStore } from './keys/store.ts'
import { createKeyWarnings } from './keys/warn.ts'
import { createAttempts } from './oidc/attempts.ts'
import { createRelyingParty, type Issuer } from './oidc/relying-party.ts'
import { signInRoutes } from './oidc/routes.ts'
import { styleRoute } from './pages/page.ts'
import { openPeople } from './people.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { openSessions } from './sessions/sessions.ts'
import { createIdentityStore } from './store.ts'
import { workloadRoutes } from './workload/routes.ts'
import { createWorkloads } from './workload/workloads.ts'

export interface IdentityServices {
  readonly database: Database
  readonly settings: Pick<Settings, 'identity' | 'host' | 'publicUrl' | 'dataFolder'>
  /** The address people use, known once the server listens. */
  readonly publicUrl: () => string
  readonly clock: Clock
  /** The secret `settings.identity.clientSecret` refers to. */
  readonly clientSecret?: string | undefined
  /** Writes into the log; resolves once durable. */
  readonly log: WriteEntry
  readonly writeLine?: WriteLine
  /** Throws `request-invalid` for a use case or an offering no key can be bound to, because it is not there. */
  readonly assertKnown?: (bounds: KeyBounds) => void
  /** Told whose key was seen in a text and has ended, so that a message can be sent. */
  readonly onKeyLeaked?: (leaked: LeakedKey) => void
}

export interface OpenIdentity extends Identity {
  readonly routes: readonly Route[]
  /** What the command line asks of this room. */
  readonly handlers: ControlHandlers
  /** Ids of the people an e-mail address names now. */
  readonly idsOf: (email: string) => readonly string[]
  /** Everybody who has signed in at the configured issuer and has one of these roles. */
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  /** What of the settings cannot serve as long as records or services are missing. */
  readonly problems: () => readonly string[]
  /** What to tell at start: how to sign in. */
  readonly signInHelp: () => readonly string[]
  /** Stores what is only in memory (when keys and sessions were last used) and stops. */
  readonly close: () => Promise<void>
}

/** How often that is stored. */
const flushMs = 30_000
/** An expired key must not keep a stream open: access is never older than this. */
const expiryMs = 1_000

/** Opens the room on a migrated database. Throws when the settings of the provider cannot serve. */
export async function openIdentity(services: IdentityServices): Promise<OpenIdentity> {
  const { settings, clock, log: writeEntry, writeLine = writeLogLine } = services
  const issuer = readIssuer(settings, services.clientSecret)
  const publicUrl = (): string => new URL(services.publicUrl()).origin
  const redirectUri = (): string => `${publicUrl()}/sign-in/callback`
  const isHttps = (): boolean => publicUrl().startsWith('https:')
  const onError = (what: string) => (error: unknown) =>
    writeLine({ level: 'warning', what, problem: describeError(error) })

  const accounts = issuer === 'embedded' ? readAccounts(settings.identity.accounts) : undefined
  const store = createIdentityStore(services.database)
  const people = await openPeople({
    store,
    writeEntry,
    clock,
    // The development provider's address changes with the port; its people stay the same.
    issuer: issuer === 'embedded' ? 'embedded' : issuer.url,
    owners: new Set([
      ...settings.identity.owners.map(normalise),
      ...(accounts === undefined ? [] : [defaultOwner]),
    ]),
  })
  const keyPolicy = settings.identity.keys
  const keys = await openKeys({
    store: createKeyStore(services.database),
    people,
    writeEntry,
    clock,
    policy: keyPolicy,
    ...createKeyWarnings({ writeEntry, writeLine, onLeaked: services.onKeyLeaked }),
  })
  const sessions = await openSessions({ store, people, clock })
  const writeFailure = createFailureWriter(writeEntry, clock)

  const embedded: Embedded | undefined =
    accounts &&
    createEmbedded({
      dataFolder: settings.dataFolder,
      accounts,
      publicUrl,
      redirectUri,
      clock,
      writeFailure,
      onError: onError('the development provider failed'),
    })
  const relyingParty = createRelyingParty(
    () => (issuer === 'embedded' ? embeddedIssuer(publicUrl()) : issuer),
    redirectUri,
    clock,
  )
  const door = createDoor(keys, sessions, publicUrl)
  const { assertKnown = () => undefined } = services
  const workloads = createWorkloads({
    workloads: settings.identity.workloads,
    keys,
    people,
    assertKnown,
    clock,
  })
  const expiring = setInterval(keys.tellExpired, expiryMs).unref()
  const flush = async (): Promise<void> => {
    await keys.flush()
    await sessions.flush()
  }
  const timer = setInterval(
    () => flush().catch(onError('storing when keys were used failed')),
    flushMs,
  ).unref()

  return {
    identify: door.identify,
    personOf: door.personOf,
    onEnded: (listener) => {
      keys.onEnded((keyId) => listener({ keyId }))
      people.onEnded((personId) => listener({ personId }))
    },
    endAccess: people.end,
    restoreAccess: people.restore,
    createKey: createKeyWith({ keys, people }),
    revokeKey: keys.revoke,
    admitKey: keys.admit,
    spendKey: keys.spend,
    reportLeaked: keys.reportLeaked,
    handlers: keyHandlers(keys),
    problems: workloads.problems,
    idsOf: (email) => people.findByEmail(email).map(({ id }) => id),
    holdersOf: people.holdersOf,
    findPeople: async (email) => people.findByEmail(email),
    findPerson: async (id) => people.find(id),
    grantRoles: people.grantRoles,
    routes: [
      styleRoute(),
      ...signInRoutes({
        publicUrl,
        relyingParty,
        attempts: createAttempts(clock),
        people,
        sessions,
        writeEntry,
        writeFailure,
        onError: onError('a sign-in failed'),
      }),
      ...sessionRoutes({
        sessionOf: door.sessionOf,
        end: sessions.end,
        writeEntry,
        isHttps,
        isDevelopment: embedded !== undefined,
        accounts: accounts?.map(({ email }) => email),
      }),
      ...workloadRoutes({ workloads, clock, isTooMany: keys.isTooMany, writeFailure }),
      ...keyRoutes({ keys, identify: door.identify, assertKnown, policy: keyPolicy }),
      ...(embedded?.routes ?? []),
    ],
    signInHelp: () =>
      embedded === undefined || accounts === undefined ? [] : help(accounts, embedded.password()),
    close: async () => {
      clearInterval(timer)
      clearInterval(expiring)
      await flush()
    },
  }
}

const embeddedIssuer = (publicUrl: string): Issuer => ({
  url: `${publicUrl}/oidc`,
  clientId: embeddedClientId,
  clientSecret: embeddedClientSecret,
})

const normalise = (email: string): string => email.trim().toLowerCase()

const help = (accounts: readonly { readonly email: string }[], password: string): readonly string[] => [
  `Sign in as ${accounts.map(({ email }) => email).join(' or ')}`,
  `with the development password ${password}`,
]
