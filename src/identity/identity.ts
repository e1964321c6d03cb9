import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import type { Route } from '#/core/http/route.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Settings } from '#/settings/api.ts'
import type { ScimTokens } from '#/settings/credentials.ts'
import { type Accounts, createAccounts } from './accounts/accounts.ts'
import { accountRoutes } from './accounts/routes.ts'
import type { Identity } from './api.ts'
import { createDoor } from './door.ts'
import { defaultOwner, readAccounts } from './embedded/accounts.ts'
import { createEmbedded, type Embedded } from './embedded/embedded.ts'
import { embeddedClientId, embeddedClientSecret } from './embedded/provider.ts'
import { createFailureWriter, type WriteEntry } from './entry.ts'
import { readIssuer } from './issuer.ts'
import { openKeys } from './keys/keys.ts'
import { createAttempts } from './oidc/attempts.ts'
import { createRelyingParty, type Issuer } from './oidc/relying-party.ts'
import { signInRoutes } from './oidc/routes.ts'
import { styleRoute } from './pages/page.ts'
import { openPeople, type People } from './people.ts'
import { openScim, type Scim } from './scim/scim.ts'
import { readScimClients } from './scim/settings.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { openSessions } from './sessions/sessions.ts'
import { createIdentityStore } from './store.ts'

export interface IdentityServices {
  readonly database: Database
  readonly settings: Pick<Settings, 'identity' | 'host' | 'publicUrl' | 'dataFolder'>
  /** The address people use, known once the server listens. */
  readonly publicUrl: () => string
  readonly clock: Clock
  /** The secret `settings.identity.clientSecret` refers to. */
  readonly clientSecret?: string | undefined
  /** The tokens `settings.identity.scim` refers to, by the id of the directory. */
  readonly scimTokens?: ReadonlyMap<string, ScimTokens> | undefined
  /** Writes into the log; resolves once durable. */
  readonly log: WriteEntry
  readonly writeLine?: WriteLine
}

export interface OpenIdentity extends Identity {
  readonly routes: readonly Route[]
  /** Ids of the people an e-mail address names now. */
  readonly idsOf: (email: string) => readonly string[]
  /** Everybody who has signed in at the configured issuer and has one of these roles. */
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  readonly scim: Scim
  readonly accounts: Accounts
  /** What to tell at start: how to sign in. */
  readonly signInHelp: () => readonly string[]
  /** Stores what is only in memory (when keys and sessions were last used) and stops. */
  readonly close: () => Promise<void>
}

/** How often that is stored. */
const flushMs = 30_000

/** Opens the room on a migrated database. Throws when the settings of the provider cannot serve. */
export async function openIdentity(services: IdentityServices): Promise<OpenIdentity> {
  const { settings, clock, log: writeEntry, writeLine = writeLogLine } = services
  const issuer = readIssuer(settings, services.clientSecret)
  const publicUrl = (): string => new URL(services.publicUrl()).origin
  const redirectUri = (): string => `${publicUrl()}/sign-in/callback`
  const isHttps = (): boolean => publicUrl().startsWith('https:')
  const onError = (what: string) => (error: unknown) =>
    writeLine({ level: 'warning', what, problem: describeError(error) })

  const developmentAccounts = issuer === 'embedded' ? readAccounts(settings.identity.accounts) : undefined
  const store = createIdentityStore(services.database)
  // The development provider's address changes with the port; its people stay the same.
  const issuerName = issuer === 'embedded' ? 'embedded' : issuer.url
  const people = await openPeople({
    store,
    writeEntry,
    clock,
    issuer: issuerName,
    owners: new Set([
      ...settings.identity.owners.map(normalise),
      ...(developmentAccounts === undefined ? [] : [defaultOwner]),
    ]),
  })
  const keys = await openKeys({ store, people, writeEntry, clock })
  const sessions = await openSessions({ store, people, clock })
  people.onEnded((personId) => sessions.forget(personId).catch(onError('ending sessions failed')))
  const writeFailure = createFailureWriter(writeEntry, clock)
  const scim = await openScim({
    database: services.database,
    clients: readScimClients(settings.identity.scim, services.scimTokens, issuerName),
    people,
    writeEntry,
    writeFailure,
    publicUrl,
    clock,
    onError: onError('a request of a directory failed'),
  })
  const accounts = createAccounts({ people, scim, seenAt: sessions.seenAt })

  const embedded: Embedded | undefined =
    developmentAccounts &&
    createEmbedded({
      dataFolder: settings.dataFolder,
      accounts: developmentAccounts,
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
    createKey: keys.create,
    revokeKey: keys.revoke,
    idsOf: (email) => people.findByEmail(email).map(({ id }) => id),
    holdersOf: people.holdersOf,
    scim,
    accounts,
    findPeople: async (email) => people.findByEmail(email),
    findPerson: async (id) => people.find(id),
    grantRoles: people.grantRoles,
    routes: [
      styleRoute(),
      ...signInRoutes({
        publicUrl,
        relyingParty,
        attempts: createAttempts(clock),
        people: { ...people, signIn: signInKnown(people, scim) },
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
        accounts: developmentAccounts?.map(({ email }) => email),
      }),
      ...(embedded?.routes ?? []),
      ...accountRoutes(accounts, scim, (id) => people.find(id)?.roles ?? []),
      ...scim.routes,
    ],
    signInHelp: () =>
      embedded === undefined || developmentAccounts === undefined
        ? []
        : help(developmentAccounts, embedded.password()),
    close: async () => {
      clearInterval(timer)
      await flush()
    },
  }
}

/** A sign-in that also asks the directories: one of them may say that this subject has left. */
const signInKnown =
  (people: People, scim: Scim): People['signIn'] =>
  async (claims) => {
    const person = await people.signIn(claims)
    if (!(await scim.meet(person))) throw new Refusal('account-ended')
    return person
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
