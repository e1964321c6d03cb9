import { hash } from 'node:crypto'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { inKeyOrder } from '#/core/json.ts'
import { problemOfSources, readAccess } from './access-schema.ts'
import { isHost, isLoopback } from './address.ts'
import type {
  ConnectionSettings,
  IdentitySettings,
  KeySettings,
  SecretStoreSettings,
  Settings,
  SettingsProblem,
} from './api.ts'
import { type Environment, isVaultReference } from './credentials.ts'
import { defaultKeptMinutes, defaultKeyLimitMs, defaultSilenceLimitMs, defaults } from './defaults.ts'
import { readSettingsDocument, type SettingsDocument } from './document.ts'
import { findSinkConflicts, readSink } from './export-sinks.ts'
import { findKeyConflicts, readKeyFields } from './key-schema.ts'
import { readModeration } from './moderation-schema.ts'
import { findNetworkConflicts, readAdmin, readTlsSettings } from './network.ts'
import { readRetention } from './probe-schema.ts'
import { SettingsError } from './problem.ts'
import type { SettingsFile } from './schema.ts'
import { readProviders } from './sign-in-providers.ts'

/** The folder of package.json: paths of the defaults start here, wherever the process was started. */
const projectRoot = join(import.meta.dirname, '..', '..')

/** What whoever starts the process says itself; stands above the environment and the file. */
export interface SettingsOverrides {
  readonly host?: string
  readonly port?: number
  readonly dataFolder?: string
}

/** Settings with the place each value came from. */
export interface TracedSettings {
  readonly settings: Settings
  /** `default`, `given at start`, `environment variable PORT` or `FILE:LINE:COLUMN`; `key` is dotted. */
  readonly sourceOf: (key: string) => string
}

/**
 * Reads the settings once, at start: overrides, then `PORT`, `HOST` and `SALLYPORT_DATA`, then the file that
 * `SALLYPORT_SETTINGS` names, then defaults. Credentials stay references (`resolveCredentials`).
 * Throws `SettingsError` with every problem: its place, its key, and what would be right.
 */
export const readSettings = (environment: Environment, overrides: SettingsOverrides = {}): Settings =>
  traceSettings(environment, overrides).settings

/** As `readSettings`, and tells where each value came from. */
export function traceSettings(environment: Environment, overrides: SettingsOverrides = {}): TracedSettings {
  const said = readEnvironment(environment)
  const file = given(environment['SALLYPORT_SETTINGS'])
  const path = file === undefined ? undefined : resolve(file)
  const { document, problems } = readDocument(path)
  const sourceOf = (key: string): string => {
    if (Object.hasOwn(overrides, key)) return 'given at start'
    return said.sources.get(key) ?? document?.placeOf(key.split('.')) ?? 'default'
  }
  const all = [...said.problems, ...problems]
  if (all.length > 0) throw new SettingsError(all)

  const settings = combine(path, document?.values ?? {}, said.values, overrides)
  const conflicts = findConflicts(settings, sourceOf)
  if (conflicts.length > 0) throw new SettingsError(conflicts)
  return { settings, sourceOf }
}

/** An empty variable counts as not set: that is how a shell unsets one for a single command. */
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

function readDocument(path: string | undefined): {
  readonly document: SettingsDocument | undefined
  readonly problems: readonly SettingsProblem[]
} {
  if (path === undefined) return { document: undefined, problems: [] }
  try {
    return { document: readSettingsDocument(path), problems: [] }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return { document: undefined, problems: error.problems }
  }
}

interface FromEnvironment {
  readonly values: SettingsOverrides
  readonly sources: ReadonlyMap<string, string>
  readonly problems: readonly SettingsProblem[]
}

function readEnvironment(environment: Environment): FromEnvironment {
  const sources = new Map<string, string>()
  const problems: SettingsProblem[] = []
  const take = (variable: string, key: string, problemOf: (value: string) => string | undefined) => {
    const value = given(environment[variable])
    if (value === undefined) return undefined
    const place = `environment variable ${variable}`
    sources.set(key, place)
    const problem = problemOf(value)
    if (problem !== undefined) problems.push({ key, place, problem })
    return value
  }
  const host = take('HOST', 'host', (value) =>
    isHost(value) ? undefined : 'must be a host name or an IP address',
  )
  const port = take('PORT', 'port', (value) =>
    /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'must be a port from 0 to 65535',
  )
  const dataFolder = take('SALLYPORT_DATA', 'dataFolder', (value) =>
    value.includes('\0') ? 'must be a path' : undefined,
  )
  return {
    values: {
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(dataFolder === undefined ? {} : { dataFolder }),
    },
    sources,
    problems,
  }
}

function combine(
  path: string | undefined,
  file: SettingsFile,
  environment: SettingsOverrides,
  overrides: SettingsOverrides,
): Settings {
  const outside = { ...environment, ...overrides }
  // Paths in the file start at the file, so that a folder with both can be moved.
  const beside = (name: string): string =>
    isAbsolute(name) ? name : join(path === undefined ? projectRoot : dirname(path), name)
  const withoutDigest = {
    host: outside.host ?? file.host ?? defaults.host,
    port: outside.port ?? file.port ?? defaults.port,
    dataFolder:
      outside.dataFolder !== undefined
        ? resolve(outside.dataFolder)
        : file.dataFolder !== undefined
          ? beside(file.dataFolder)
          : join(projectRoot, 'data'),
    publicUrl: file.publicUrl === undefined ? defaults.publicUrl : new URL(file.publicUrl).origin,
    hosts: file.hosts?.map((name) => name.toLowerCase()) ?? defaults.hosts,
    trustedProxies: file.trustedProxies ?? defaults.trustedProxies,
    forwardedHeader: file.forwardedHeader ?? defaults.forwardedHeader,
    tls: file.tls && readTlsSettings(file.tls, beside),
    admin: file.admin && readAdmin(file.admin),
    vault: file.vault && readSecretStore(file.vault, beside),
    connections: file.connections === undefined ? defaults.connections : readConnections(file.connections),
    probes: { ...defaults.probes, ...withoutUndefined(file.probes ?? {}) },
    feeds: { ...defaults.feeds, ...withoutUndefined(file.feeds ?? {}) },
    identity: file.identity === undefined ? defaults.identity : readIdentity(file.identity),
    bootstrap: file.bootstrap?.map(beside) ?? defaults.bootstrap,
    limits: { ...defaults.limits, ...withoutUndefined(file.limits ?? {}) },
    inspection: {
      names: file.inspection?.names ?? defaults.inspection.names,
      moderation: file.inspection?.moderation && readModeration(file.inspection.moderation),
    },
    publication: { ...defaults.publication, ...withoutUndefined(file.publication ?? {}) },
    audit: {
      ...defaults.audit,
      ...withoutUndefined(file.audit ?? {}),
      checkpointCopies: file.audit?.checkpointCopies?.map(beside) ?? defaults.audit.checkpointCopies,
      export: (file.audit?.export ?? []).map((sink) => readSink(sink, beside)),
    },
    retention: { ...defaults.retention, ...withoutUndefined(file.retention ?? {}) },
    keys: readKeys(file.keys ?? {}, beside),
    codingAgents: { ...defaults.codingAgents, ...withoutUndefined(file.codingAgents ?? {}) },
  }
  return { ...withoutDigest, file: path, digest: digestOf(withoutDigest) }
}

/** Types of the schema allow an explicit undefined; a spread would let it win over the default. */
const withoutUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never

function readConnections(file: NonNullable<SettingsFile['connections']>): Record<string, ConnectionSettings> {
  const connections: Record<string, ConnectionSettings> = {}
  for (const [id, each] of Object.entries(file)) {
    const { kind, url, region, credential, silenceLimitMs, retention } = each
    connections[id] = {
      kind,
      url,
      region,
      credential,
      silenceLimitMs: silenceLimitMs ?? defaultSilenceLimitMs,
      ...(retention === undefined ? {} : { retention: readRetention(retention) }),
    }
  }
  return connections
}

function readIdentity(file: NonNullable<SettingsFile['identity']>): IdentitySettings {
  const { sessions, stepUpMinutes } = defaults.identity
  const common = {
    sessions: { ...sessions, ...withoutUndefined(file.sessions ?? {}) },
    stepUpMinutes: file.stepUpMinutes ?? stepUpMinutes,
  }
  if (file.kind === 'embedded') {
    return {
      ...defaults.identity,
      ...readAccess(file),
      ...common,
      owners: file.owners ?? defaults.identity.owners,
      accounts: file.accounts ?? defaults.identity.accounts,
      ...readKeyFields(file),
      scim: readScim(file.scim),
    }
  }
  return {
    kind: 'oidc',
    providers: readProviders(file),
    owners: file.owners ?? [],
    accounts: [],
    ...readAccess(file),
    ...common,
    ...readKeyFields(file),
    scim: readScim(file.scim),
  }
}

const readScim = (clients: NonNullable<SettingsFile['identity']>['scim'] = []): IdentitySettings['scim'] =>
  clients.map(({ id, provider, token, formerToken, subjectFrom = 'none' }) => ({
    id,
    provider,
    token,
    formerToken,
    subjectFrom,
  }))

function readKeys(
  { vault, awsKms, ...file }: NonNullable<SettingsFile['keys']>,
  beside: (name: string) => string,
): KeySettings {
  return {
    ...defaults.keys,
    ...withoutUndefined(file),
    vault: vault && {
      url: vault.url,
      mount: vault.mount ?? 'transit',
      key: vault.key,
      token: vault.token,
      namespace: vault.namespace,
      caFile: vault.caFile === undefined ? undefined : beside(vault.caFile),
      limitMs: vault.limitMs ?? defaultKeyLimitMs,
    },
    awsKms: awsKms && {
      region: awsKms.region,
      key: awsKms.key,
      url: awsKms.url,
      accessKeyId: awsKms.accessKeyId,
      secretAccessKey: awsKms.secretAccessKey,
      sessionToken: awsKms.sessionToken,
      limitMs: awsKms.limitMs ?? defaultKeyLimitMs,
    },
  }
}

const readSecretStore = (
  { url, mount, token, namespace, caFile, limitMs, keptMinutes }: NonNullable<SettingsFile['vault']>,
  beside: (name: string) => string,
): SecretStoreSettings => ({
  url,
  mount: mount ?? 'secret',
  token,
  namespace,
  caFile: caFile === undefined ? undefined : beside(caFile),
  limitMs: limitMs ?? defaultKeyLimitMs,
  keptMinutes: keptMinutes ?? defaultKeptMinutes,
})

/** The same settings give the same digest, in whatever order the file has them. References are no secrets. */
const digestOf = (settings: Omit<Settings, 'file' | 'digest'>): string =>
  hash('sha256', JSON.stringify(inKeyOrder(settings)), 'hex')

/** What is right by itself and wrong together. */
function findConflicts(settings: Settings, sourceOf: (key: string) => string): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = []
  const say = (key: string, problem: string) => problems.push({ key, place: sourceOf(key), problem })
  const { host, publicUrl, identity, limits, keys } = settings
  if (identity.kind === 'embedded') {
    const remedy = 'configure identity with kind: oidc for people of other machines'
    const reason = 'the embedded identity provider lets anyone in as anybody and serves only this machine'
    if (!isLoopback(host)) say('host', `is ${host}, but ${reason}; set host to 127.0.0.1, or ${remedy}`)
    if (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname)) {
      say('publicUrl', `is not on this machine, but ${reason}; leave it out, or ${remedy}`)
    }
    const accounts = identity.accounts.map(({ email }) => email.toLowerCase())
    const twice = accounts.find((email, index) => accounts.indexOf(email) !== index)
    if (twice !== undefined) say('identity.accounts', `holds ${twice} twice; an account must stand once`)
  }
  const { idleMinutes, absoluteHours } = identity.sessions
  if (idleMinutes > absoluteHours * 60)
    say(
      'identity.sessions.idleMinutes',
      `must be at most identity.sessions.absoluteHours (${absoluteHours} hours): nobody stays longer than that`,
    )
  for (const { key, problem } of findKeyConflicts(identity.keys, identity.workloads)) say(key, problem)
  const inVault = Object.entries(settings.connections).find(([, each]) =>
    isVaultReference(each.credential ?? ''),
  )
  if (inVault !== undefined && settings.vault === undefined)
    say(
      `connections.${inVault[0]}.credential`,
      'is in a vault, and vault is missing; it must say url and token',
    )
  if (inVault === undefined && settings.vault !== undefined)
    say(
      'vault',
      'is never asked: no connection has a credential vault:PATH#FIELD; name one, or leave vault out',
    )
  for (const [at, { id }] of identity.scim.entries()) {
    if (identity.scim.findIndex((each) => each.id === id) !== at)
      say(`identity.scim.${at}.id`, `is ${id} a second time; each directory has a name of its own`)
  }
  if (keys.source === 'vault' && keys.vault === undefined)
    say('keys.source', 'is vault, and keys.vault is missing; it must say url, key and token')
  if (keys.source === 'aws-kms' && keys.awsKms === undefined)
    say('keys.source', 'is aws-kms, and keys.awsKms is missing; it must say region, key and credentials')
  const unknownSource = problemOfSources(identity)
  if (unknownSource !== undefined) say('identity.groups', unknownSource)
  const { mostDays, officeMostDays } = identity.grants
  if (officeMostDays < mostDays)
    say('identity.grants.officeMostDays', `must be at least identity.grants.mostDays (${mostDays})`)
  if (limits.openPerCaller > limits.openAltogether) {
    say('limits.openPerCaller', `must be at most limits.openAltogether (${limits.openAltogether})`)
  }
  if (settings.publication.secondPerson && settings.publication.mode !== 'by-person')
    say(
      'publication.secondPerson',
      'is true, and publication.mode is automatic, which asks nobody; set publication.mode to by-person',
    )
  for (const { key, problem } of findNetworkConflicts(settings)) say(key, problem)
  problems.push(...findRetentionConflicts(settings, sourceOf))
  for (const { key, problem } of findSinkConflicts(settings)) say(key, problem)
  return problems
}

/** EU AI Act (Regulation (EU) 2024/1689), Articles 19 (1) and 26 (6): logs are kept for at least six months. */
const sixMonthsDays = 180

function findRetentionConflicts(
  { retention }: Settings,
  sourceOf: (key: string) => string,
): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = []
  const say = (key: string, problem: string) => problems.push({ key, place: sourceOf(key), problem })
  const { contentDays, headerDays, belowSixMonths } = retention
  for (const [key, days] of [
    ['retention.contentDays', contentDays],
    ['retention.headerDays', headerDays],
  ] as const) {
    if (days >= sixMonthsDays || belowSixMonths !== undefined) continue
    const remedy = `set at least ${sixMonthsDays}, or give the reason why less is right here as retention.belowSixMonths`
    say(
      key,
      `is ${days}, but logs of high-risk AI systems are kept for six months (EU AI Act, Articles 19 and 26); ${remedy}`,
    )
  }
  if (headerDays < contentDays) {
    say(
      'retention.headerDays',
      `must be at least retention.contentDays (${contentDays}): a text whose owner is not known cannot be erased for them`,
    )
  }
  return problems
}
