import type { IncomingMessage } from 'node:http'
import type { Clock } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import type { Database } from '#/core/database/api.ts'
import type { Route } from '#/core/http/route.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { RuleSlice } from '#/policy/api.ts'
import { usableFor } from '#/policy/usable.ts'
import type { Sealer } from '#/sealing/sealer.ts'
import type { Settings } from '#/settings/api.ts'
import type { ProviderSecrets, ScimTokens } from '#/settings/credentials.ts'
import { type Access, openAccess } from './access/access.ts'
import type { Grant } from './access/api.ts'
import { accessHandlers } from './access/control.ts'
import { accessRoutes } from './access/routes.ts'
import { createStanding } from './access/standing.ts'
import { createAccessStore } from './access/store.ts'
import { type Accounts, createAccounts } from './accounts/accounts.ts'
import { accountRoutes } from './accounts/routes.ts'
import type { Identity } from './api.ts'
import { openDeviceSignIn } from './devices/device-sign-in.ts'
import { whoamiRoute } from './devices/whoami-route.ts'
import { createDoor } from './door.ts'
import { defaultOwner, readAccounts } from './embedded/accounts.ts'
import { createEmbedded, type Embedded } from './embedded/embedded.ts'
import { createFailureWriter, type WriteEntry } from './entry.ts'
import { createKeyWith, keyHandlers } from './keys/control.ts'
import type { LeakedKey } from './keys/end.ts'
import { type Keys, openKeys } from './keys/keys.ts'
import { keyRoutes } from './keys/routes.ts'
import { createKeyStore } from './keys/store.ts'
import { createKeyWarnings } from './keys/warn.ts'
import type { Fetch } from './oidc/bounded-fetch.ts'
import { signInRoutes } from './oidc/routes.ts'
import { createSignIn } from './oidc/sign-in.ts'
import { styleRoute } from './pages/page.ts'
import { openPeople, type People } from './people.ts'
import { logoutRoutes } from './provider-sessions/logout-routes.ts'
import { openRenewedSessions } from './provider-sessions/open.ts'
import { createRoleSource } from './roles/role-source.ts'
import { roleRoutes } from './roles/routes.ts'
import { openScim, type Scim } from './scim/scim.ts'
import { readScimClients } from './scim/settings.ts'
import { createFreshness } from './sessions/fresh.ts'
import { lookAgainWith } from './sessions/look-again.ts'
import { createOpenSession } from './sessions/open-session.ts'
import { sessionRoutes } from './sessions/routes.ts'
import type { Sessions } from './sessions/sessions.ts'
import { readSignInProviders } from './sign-in-providers.ts'
import { createIdentityStore } from './store.ts'
import { startUpkeep } from './upkeep.ts'
import { workloadRoutes } from './workload/routes.ts'
import { createUsedTokenStore } from './workload/store.ts'
import { openUsedTokens } from './workload/used-tokens.ts'
import { createWorkloads } from './workload/workloads.ts'

export interface IdentityServices {
  readonly database: Database
  readonly settings: Pick<Settings, 'identity' | 'host' | 'publicUrl' | 'dataFolder' | 'codingAgents'>
  /** The address people use, known once the server listens. */
  readonly publicUrl: () => string
  readonly clock: Clock
  /** The tokens `settings.identity.scim` refers to, by the id of the directory. */
  readonly scimTokens?: ReadonlyMap<string, ScimTokens> | undefined
  /** What `settings.identity.providers` refer to, by the id of the provider. */
  readonly providerSecrets?: () => ReadonlyMap<string, ProviderSecrets>
  /** What keeps refresh tokens closed on disk. */
  readonly sealer: Sealer
  /** How identity providers are reached; the platform's unless a test stands in for them. */
  readonly fetch?: Fetch
  /** Paths at which exchanges are served: tools that sign in are told. */
  readonly exchangePaths: readonly string[]
  /** Writes into the log; resolves once durable. */
  readonly log: WriteEntry
  /** What serves now: use cases and offerings access is given to. */
  readonly slice: () => RuleSlice
  readonly writeLine?: WriteLine
  /** Throws `request-invalid` for a use case or an offering no key can be bound to, because it is not there. */
  readonly assertKnown?: (bounds: KeyBounds) => void
  /** Told whose key was seen in a text and has ended, so that a message can be sent. */
  readonly onKeyLeaked?: (leaked: LeakedKey) => void
}

export interface OpenIdentity extends Identity {
  readonly routes: readonly Route[]
  /** Throws `step-up-needed` when the sign-in behind a request is too old. */
  readonly assertFresh: (request: IncomingMessage) => void
  readonly sessions: Pick<Sessions, 'list' | 'endAllOf'>
  /** What the command line asks of this room. */
  readonly handlers: ControlHandlers
  /** Ids of the people with this e-mail address, the one who has held it for longest first. */
  readonly idsOf: (email: string) => readonly string[]
  readonly findByEmail: (email: string) => readonly Person[]
  /** Whether a key or the token of a tool has this id. */
  readonly hasKey: (id: string) => boolean
  /** What a key is bound to, also one that has ended; undefined when none of this id is kept. */
  readonly boundsOf: (id: string) => KeyBounds | undefined
  /** Everybody who has signed in at the configured issuer and has one of these roles. */
  readonly holdersOf: (roles: readonly Role[]) => readonly Person[]
  /** What was given and denied beside the records, as far as it is in force. */
  readonly standing: () => readonly Grant[]
  /** Called the moment that changes. */
  readonly onAccessChanged: (listener: () => void) => void
  /** How often what people have is used. */
  readonly use: Pick<Access['use'], 'noteExchange' | 'noteRoles'>
  /** What the command line asks about access. */
  readonly accessHandlers: ReturnType<typeof accessHandlers>
  /** What of the settings cannot serve as long as records or services are missing. */
  readonly problems: () => readonly string[]
  readonly scim: Scim
  readonly accounts: Accounts
  /** Other tokens directories may come with from now on. */
  readonly renewScimTokens: Scim['renewTokens']
  /** Resolves when no provider is being asked about a session. */
  readonly renewalSettled: () => Promise<void>
  /** What to tell at start: how to sign in. */
  readonly signInHelp: () => readonly string[]
  /** Stores what is only in memory (when keys and sessions were last used) and stops. */
  readonly close: () => Promise<void>
}

/** Opens the room on a migrated database. Throws when the settings of the provider cannot serve. */
export async function openIdentity(services: IdentityServices): Promise<OpenIdentity> {
  const { settings, clock, log: writeEntry, writeLine = writeLogLine } = services
  const publicUrl = (): string => new URL(services.publicUrl()).origin
  const providers = readSignInProviders(settings, services.providerSecrets ?? (() => new Map()), publicUrl)
  const groupSources = [...providers, ...settings.identity.scim].map(({ id }) => id)
  const isHttps = (): boolean => publicUrl().startsWith('https:')
  const onError = (what: string) => (error: unknown) =>
    writeLine({ level: 'warning', what, problem: describeError(error) })

  const isDevelopment = settings.identity.kind === 'embedded'
  const developmentAccounts = isDevelopment ? readAccounts(settings.identity.accounts) : undefined
  const store = createIdentityStore(services.database)
  const accessStore = createAccessStore(services.database)
  const standing = createStanding(await accessStore.readGrants(), clock.now)
  const people = await openPeople({
    roles: createRoleSource(settings.identity.groups, standing),
    store,
    writeEntry,
    clock,
    issuers: new Set(providers.flatMap(({ people: issuers }) => [...issuers])),
    owners: new Set([
      ...settings.identity.owners.map(normalise),
      ...(developmentAccounts === undefined ? [] : [defaultOwner]),
    ]),
  })
  const access = await openAccess({
    standing,
    store: accessStore,
    people,
    writeEntry,
    clock,
    settings: settings.identity,
    slice: services.slice,
  })
  const keyPolicy = settings.identity.keys
  const warnings = createKeyWarnings({ writeEntry, writeLine, onLeaked: services.onKeyLeaked })
  const madeKeys = await openKeys({
    store: createKeyStore(services.database),
    people,
    writeEntry,
    clock,
    policy: keyPolicy,
    ...warnings,
  })
  const signIn = createSignIn({ providers, publicUrl, clock, fetch: services.fetch ?? fetch })
  const renewed = await openRenewedSessions({
    database: services.database,
    settings: settings.identity.sessions,
    sealer: services.sealer,
    // The directories are opened below, before anybody signs in.
    signInKnown: (claims) => signInKnown(people, scim)(claims),
    ...{ people, signIn, publicUrl, clock, writeEntry, onError },
  })
  const { sessions, providerSessions } = renewed
  const deviceSignIn = await openDeviceSignIn({
    database: services.database,
    people,
    writeEntry,
    clock,
    settings: settings.codingAgents,
    publicUrl,
    exchangePaths: services.exchangePaths,
  })
  const { devices } = deviceSignIn
  /** Keys, and the tokens of tools: whichever was seen, its owner is told. */
  const keys: Keys = {
    ...madeKeys,
    reportLeaked: async (texts, where) => {
      // Both stop what is theirs before either waits for the disk.
      const [tools, made] = await Promise.all([
        devices.reportLeaked(texts, where),
        madeKeys.reportLeaked(texts, where),
      ])
      for (const tool of tools) warnings.onLeaked(tool)
      return [...tools, ...made]
    },
  }
  // Given back is the account alone: every tool is signed in anew.
  people.onEnded((personId) =>
    devices.endAllOf(personId).catch(onError('signing out the tools of a person failed')),
  )
  const writeFailure = createFailureWriter(writeEntry, clock)
  const scim = await openScim({
    database: services.database,
    clients: readScimClients(settings.identity.scim, services.scimTokens, providers),
    people,
    writeEntry,
    writeFailure,
    publicUrl,
    clock,
    isDenied: (group) => standing.about(group, []).some(({ effect }) => effect === 'deny'),
    onError: onError('a request of a directory failed'),
  })
  const accounts = createAccounts({ people, scim, seenAt: sessions.seenAt })

  const embedded: Embedded | undefined =
    developmentAccounts &&
    createEmbedded({
      dataFolder: settings.dataFolder,
      accounts: developmentAccounts,
      publicUrl,
      redirectUri: () => `${publicUrl()}/sign-in/callback`,
      clock,
      writeFailure,
      onError: onError('the development provider failed'),
    })
  const door = createDoor(keys, devices, sessions, publicUrl)
  const { assertKnown = () => undefined } = services
  const workloads = createWorkloads({
    workloads: settings.identity.workloads,
    keys,
    people,
    assertKnown,
    clock,
    usedTokens: await openUsedTokens(createUsedTokenStore(services.database, 'used_workload_token'), clock),
  })
  const stopUpkeep = startUpkeep({ keys, sessions, providerSessions, devices, access, onError })

  return {
    identify: door.identify,
    lookAgain: lookAgainWith(people, sessions, keys, devices),
    personOf: door.personOf,
    assertFresh: createFreshness(
      door.sessionOf,
      sessions,
      settings.identity.stepUpMinutes,
      (issuer) => signIn.providerOf(issuer)?.acr,
    ),
    sessions,
    onEnded: (listener) => {
      keys.onEnded((keyId) => listener({ keyId }))
      devices.onEnded((deviceId) => listener({ keyId: deviceId }))
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
    problems: () => [...workloads.problems(), ...idleDenials(standing.all(), groupSources)],
    idsOf: (email) => people.findByEmail(email).map(({ id }) => id),
    findByEmail: people.findByEmail,
    hasKey: (id) => keys.find(id) !== undefined || devices.isLiving(id),
    boundsOf: (id) => keys.find(id)?.bounds,
    holdersOf: people.holdersOf,
    scim,
    renewScimTokens: scim.renewTokens,
    accounts,
    findPeople: async (email) => people.findByEmail(email),
    findPerson: async (id) => people.find(id),
    grantRoles: access.grantRoles,
    standing: standing.all,
    onAccessChanged: access.grants.onChanged,
    use: access.use,
    accessHandlers: accessHandlers(access, people),
    routes: [
      styleRoute(),
      ...signInRoutes({
        publicUrl,
        signIn,
        people: { ...people, signIn: signInKnown(people, scim) },
        clock,
        signedInWith: (request) => door.glanceAt(request)?.person,
        openSession: createOpenSession(sessions, providerSessions.keep, settings.identity.sessions, isHttps),
        writeEntry,
        writeFailure,
        onError: onError('a sign-in failed'),
      }),
      ...sessionRoutes({
        door,
        sessions,
        people,
        endTools: async (personId) => {
          for (const { id } of devices.listOf(personId)) await devices.end(personId, id)
        },
        settings: settings.identity.sessions,
        writeEntry,
        isHttps,
        isDevelopment: embedded !== undefined,
        accounts: developmentAccounts?.map(({ email }) => email),
        signOutAt: renewed.signOutAt,
        readEndSession: renewed.readEndSession,
      }),
      ...logoutRoutes({
        partyOfIssuer: signIn.partyOfIssuer,
        ...{ providerSessions, sessions, people, writeFailure },
        usedTokens: await openUsedTokens(createUsedTokenStore(services.database, 'used_logout_token'), clock),
        isTooMany: keys.isTooMany,
        onError: onError('a logout token was refused'),
      }),
      ...roleRoutes({ access, people }),
      ...accessRoutes({ access, people, useCases: () => services.slice().useCases.values() }),
      ...deviceSignIn.routes(door.sessionOf),
      whoamiRoute(door.identify),
      ...workloadRoutes({ workloads, clock, isTooMany: keys.isTooMany, writeFailure }),
      ...keyRoutes({
        keys,
        identify: door.identify,
        usableFor: (person) => usableFor(person, services.slice(), clock.now()),
        policy: keyPolicy,
      }),
      ...(embedded?.routes ?? []),
      ...accountRoutes(accounts, scim, (id) => people.find(id)?.roles ?? []),
      ...scim.routes,
    ],
    renewalSettled: renewed.renewal.settled,
    signInHelp: () =>
      embedded === undefined || developmentAccounts === undefined
        ? []
        : help(developmentAccounts, embedded.password()),
    close: async () => {
      await renewed.close()
      await stopUpkeep()
    },
  }
}

/** What is denied to a group nobody tells of any more denies nobody: a provider or a directory was taken out of the settings. */
const idleDenials = (grants: readonly Grant[], sources: readonly string[]): readonly string[] =>
  grants.flatMap(({ id, effect, group }) =>
    effect === 'deny' && group !== undefined && !sources.includes(group.slice(0, group.indexOf(':')))
      ? [
          `the denial ${id} is for ${group}, and no sign-in provider or directory of the settings tells of this group: it denies nobody. Put its source back, or deny it to people (bin/sallyport access deny), then end this one`,
        ]
      : [],
  )

/** A sign-in that also asks the directories: one of them may say that this subject has left. */
const signInKnown =
  (people: People, scim: Scim): People['signIn'] =>
  async (claims) => {
    const person = await people.signIn(claims)
    if (!(await scim.meet(person))) throw new Refusal('account-ended')
    return person
  }

const normalise = (email: string): string => email.trim().toLowerCase()

const help = (accounts: readonly { readonly email: string }[], password: string): readonly string[] => [
  `Sign in as ${accounts.map(({ email }) => email).join(' or ')}`,
  `with the development password ${password}`,
]
