import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#/core/clock.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { createRouter } from '#/core/http/router.ts'
import type { LogLine } from '#/core/log-line.ts'
import { openSealingKeys } from '#/sealing/keys.ts'
import { createSealer } from '#/sealing/sealer.ts'
import type { CodingAgentSettings, IdentitySettings } from '#/settings/api.ts'
import type { ProviderSecrets, ScimTokens } from '#/settings/credentials.ts'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { OidcFile } from '#/settings/sign-in-schema.ts'
import type { IdentityEntry } from './entry.ts'
import { type OpenIdentity, openIdentity } from './identity.ts'
import { identityMigrations } from './migrations/index.ts'
import type { Fetch } from './oidc/bounded-fetch.ts'

/** A clock a test can put forward. */
export interface TestClock extends Clock {
  readonly forward: (ms: number) => void
}

export function createTestClock(): TestClock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    monotonic: () => performance.now() + ahead,
    forward: (ms) => {
      ahead += ms
    },
  }
}

export const embeddedSettings: IdentitySettings = {
  kind: 'embedded',
  providers: [],
  owners: [],
  accounts: [],
  scim: [],
  groups: [],
  grants: { mostDays: 90, officeMostDays: 365 },
  keys: { defaultDays: 90, maxDays: 365, alertMachines: 3 },
  workloads: [],
  sessions: { idleMinutes: 480, absoluteHours: 168 },
  stepUpMinutes: 15,
}

/** Identity settings of tests: those of the file, as far as a test says them. */
export type TestIdentity = Partial<IdentitySettings> & Partial<Omit<OidcFile, keyof IdentitySettings>>

const toSettings = ({
  providers,
  owners,
  groups,
  grants,
  keys,
  workloads,
  accounts,
  sessions,
  stepUpMinutes,
  scim,
  ...file
}: TestIdentity) => ({
  ...(file.kind === undefined ? {} : { kind: file.kind }),
  ...(owners === undefined ? {} : { owners }),
  ...(accounts === undefined ? {} : { accounts }),
  ...(groups === undefined ? {} : { groups }),
  ...(grants === undefined ? {} : { grants }),
  ...(keys === undefined ? {} : { keys }),
  ...(workloads === undefined ? {} : { workloads }),
  ...(sessions === undefined ? {} : { sessions }),
  ...(stepUpMinutes === undefined ? {} : { stepUpMinutes }),
  ...(scim === undefined ? {} : { scim }),
  providers: providers ?? (file.issuer === undefined ? [] : readProviders({ ...file, kind: 'oidc' })),
})

export interface TestServer {
  readonly url: string
  readonly identity: OpenIdentity
  readonly clock: TestClock
  /** What was written into the log. */
  readonly entries: readonly IdentityEntry[]
  readonly lines: readonly LogLine[]
  /** Makes every further entry fail. */
  readonly breakLog: () => void
  readonly close: () => Promise<void>
}

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'sallyport-identity-'))
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true })

/** This room alone on a real server: its routes, its store in `folder`, and nothing else of Sallyport. */
export async function startTestServer(
  folder: string,
  options: {
    readonly identity?: TestIdentity
    readonly publicUrl?: string
    readonly clock?: TestClock
    readonly clientSecret?: string
    readonly scimTokens?: ReadonlyMap<string, ScimTokens>
    readonly providerSecrets?: ReadonlyMap<string, ProviderSecrets>
    readonly fetch?: Fetch
    readonly codingAgents?: CodingAgentSettings
  } = {},
): Promise<TestServer> {
  const clock = options.clock ?? createTestClock()
  const entries: IdentityEntry[] = []
  const lines: LogLine[] = []
  let isLogBroken = false
  const database = openSqlite(join(folder, 'store.db'))
  await migrate(database, identityMigrations)

  let handle: ReturnType<typeof createRouter> | undefined
  const server = createServer((request, response) => handle?.(request, response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const keys = await openSealingKeys({ folder: join(folder, 'sealing') })
  const providerSecrets =
    options.providerSecrets ?? new Map([['oidc', { clientSecret: options.clientSecret }]])
  const identity = await openIdentity({
    database,
    settings: {
      identity: { ...embeddedSettings, ...toSettings(options.identity ?? {}) },
      host: '127.0.0.1',
      publicUrl: options.publicUrl,
      dataFolder: folder,
      codingAgents: options.codingAgents ?? { accessMinutes: 60, deviceDays: 30, claudeCode: false },
    },
    exchangePaths: ['/v1/messages'],
    publicUrl: () => options.publicUrl ?? url,
    clock,
    providerSecrets: () => providerSecrets,
    sealer: createSealer(keys, 'identity.example.com'),
    scimTokens: options.scimTokens,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    slice: () => ({ rules: [], offerings: new Map(), useCases: new Map() }),
    log: async (entry) => {
      if (isLogBroken) throw new Error('the log is broken')
      entries.push(entry)
    },
    writeLine: (line) => lines.push(line),
  })
  handle = createRouter(identity.routes, {
    personOf: identity.personOf,
    assertFresh: identity.assertFresh,
    limits: { bodyMaxBytes: 10_000, bodyMaxMs: 5_000, jsonMaxDepth: 10 },
    isOwnHost: () => true,
    writeLine: (line) => lines.push(line),
  })

  return {
    url,
    identity,
    clock,
    entries,
    lines,
    breakLog: () => {
      isLogBroken = true
    },
    close: async () => {
      await identity.close()
      keys.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await database.close()
    },
  }
}
