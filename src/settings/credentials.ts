import { readFileSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Settings, SettingsProblem } from './api.ts'
import { SettingsError } from './problem.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The form of a reference. A literal secret in the settings file is refused by it. */
export const isCredentialReference = (value: string): boolean =>
  /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value) || isFileReference(value)

const vaultReference = /^vault:((?!\.+[/#])[\w.-]+(?:\/(?!\.+[/#])[\w.-]+)*)#([\w.-]{1,100})$/

/** `vault:PATH#FIELD`: a field of a secret in the key-value engine `vault` names. */
export const isVaultReference = (value: string): boolean => value.length <= 500 && vaultReference.test(value)

export function readVaultReference(reference: string): { readonly path: string; readonly field: string } {
  const [, path, field] = vaultReference.exec(reference) ?? []
  if (path === undefined || field === undefined) throw new Error('this is no reference to a vault')
  return { path, field }
}

export const isFileReference = (value: string): boolean =>
  value.startsWith('file:') && isAbsolute(value.slice(5))

/** Credentials travel in headers; what is longer is not one. */
const maxCredentialBytes = 16 * 1024

/**
 * The secret a reference stands for, without the line end a file may have. `key` is the dotted place in the
 * settings, for the error. Throws `SettingsError` naming the key and the variable or file, never the value.
 */
export function resolveCredential(reference: string, environment: Environment, key: string): string {
  const [place, value] = reference.startsWith('env:')
    ? readVariable(reference.slice(4), environment, key)
    : readSecretFile(reference.slice(5), key)
  if (value === '') throw wrong(key, place, `is empty; put the secret of ${key} into it`)
  // CR, LF or NUL would end the header it travels in, and anything beyond ASCII is read differently by each server.
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw wrong(
      key,
      place,
      'holds a blank, a line break or a character beyond ASCII; it must be one bare secret',
    )
  }
  return value
}

/** Whoever holds it may end every account, so it must be beyond guessing: 32 characters are 160 bits or more. */
const tokenLeast = 32

/** As `resolveCredential`, for a bearer token we are shown. */
function resolveToken(reference: string, environment: Environment, key: string): string {
  const token = resolveCredential(reference, environment, key)
  if (token.length >= tokenLeast) return token
  const place = reference.startsWith('env:')
    ? `environment variable ${reference.slice(4)}`
    : `file ${reference.slice(5)}`
  throw wrong(key, place, `must have at least ${tokenLeast} characters; make one with: openssl rand -hex 32`)
}

/** A passphrase is typed by people and never travels, so blanks and letters of any language are right. */
const passphraseLeast = 12

/** As `resolveCredential`, for a passphrase: one line of at least 12 characters. */
export function resolvePassphrase(reference: string, environment: Environment, key: string): string {
  const [place, value] = reference.startsWith('env:')
    ? readVariable(reference.slice(4), environment, key)
    : readSecretFile(reference.slice(5), key)
  if ([...value].length < passphraseLeast || /[\r\n\0]/.test(value)) {
    throw wrong(key, place, `must hold a passphrase of at least ${passphraseLeast} characters on one line`)
  }
  // However a keyboard puts an accent, it is the same passphrase.
  return value.normalize('NFC')
}

/** Reads secrets of the keys when they are used: whoever renews a token in a file need not start again. */
export interface KeySecrets {
  readonly credential: (reference: string, key: string) => string
  readonly passphrase: (reference: string, key: string) => string
}

export const keySecretsOf = (environment: Environment): KeySecrets => ({
  credential: (reference, key) => resolveCredential(reference, environment, key),
  passphrase: (reference, key) => resolvePassphrase(reference, environment, key),
})

/** What a sink of `audit.export` presents and trusts. Undefined where the settings name nothing. */
export interface SinkCredentials {
  readonly token?: string | undefined
  /** In PEM. */
  readonly ca?: string | undefined
  readonly certificate?: string | undefined
  readonly privateKey?: string | undefined
}

/** The bearer tokens a directory may come with. */
export interface ScimTokens {
  readonly token: string
  readonly formerToken: string | undefined
}

/** What Sallyport proves itself with to a provider. Undefined where the settings name nothing. */
export interface ProviderSecrets {
  readonly clientSecret?: string | undefined
  /** In PEM. */
  readonly clientKey?: string | undefined
}

/** What asks a provider how its account is set. */
export type RetentionSecrets =
  | { readonly kind: 'openai'; readonly credential: string }
  | {
      readonly kind: 'bedrock'
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly sessionToken?: string
    }

export interface ResolvedCredentials {
  /** By connection id; undefined for a connection that names none, or one in a vault, which is read while it is used. */
  readonly connections: ReadonlyMap<string, string | undefined>
  /** By connection id; of those that have one. */
  readonly retention: ReadonlyMap<string, RetentionSecrets>
  /** By the id of the provider people sign in with. */
  readonly signIn: ReadonlyMap<string, ProviderSecrets>
  readonly keys: KeySecrets
  /** By the id of the sink. */
  readonly sinks: ReadonlyMap<string, SinkCredentials>
  /** By the id of the directory in `identity.scim`. */
  readonly scim: ReadonlyMap<string, ScimTokens>
}

type Resolve = (reference: string | undefined, key: string) => string | undefined

interface Collector {
  readonly problems: SettingsProblem[]
  readonly collect: (read: () => string) => string | undefined
  readonly resolve: Resolve
  readonly pem: Resolve
}

/** Reads on after what is missing, so that all of it is told at once. */
function createCollector(environment: Environment): Collector {
  const problems: SettingsProblem[] = []
  const collect = (read: () => string): string | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      problems.push(...error.problems)
      return undefined
    }
  }
  return {
    problems,
    collect,
    resolve: (reference, key) =>
      reference === undefined ? undefined : collect(() => resolveCredential(reference, environment, key)),
    pem: (file, key) => (file === undefined ? undefined : collect(() => readPem(file, key))),
  }
}

/** Of all that the settings refer to, what people sign in with. Throws as `resolveCredentials`. */
export function resolveSignInSecrets(
  settings: Pick<Settings, 'identity'>,
  environment: Environment,
): ReadonlyMap<string, ProviderSecrets> {
  const { problems, resolve, pem } = createCollector(environment)
  const secrets = readSignInSecrets(settings, resolve, pem)
  if (problems.length > 0) throw new SettingsError(problems)
  return secrets
}

/** The same for the tokens directories come with. */
export function resolveScimTokens(
  settings: Pick<Settings, 'identity'>,
  environment: Environment,
): ReadonlyMap<string, ScimTokens> {
  const { problems, collect } = createCollector(environment)
  const tokens = readScimTokens(settings, environment, collect)
  if (problems.length > 0) throw new SettingsError(problems)
  return tokens
}

/** The same for what connections show their providers; undefined for one that is in a vault or has none. */
export function resolveConnectionSecrets(
  settings: Pick<Settings, 'connections'>,
  environment: Environment,
): ReadonlyMap<string, string | undefined> {
  const { problems, resolve } = createCollector(environment)
  const secrets = readConnectionSecrets(settings, resolve)
  if (problems.length > 0) throw new SettingsError(problems)
  return secrets
}

function readConnectionSecrets(
  settings: Pick<Settings, 'connections'>,
  resolve: Resolve,
): ReadonlyMap<string, string | undefined> {
  const secrets = new Map<string, string | undefined>()
  for (const [id, { credential }] of Object.entries(settings.connections)) {
    const isInVault = credential !== undefined && isVaultReference(credential)
    secrets.set(id, isInVault ? undefined : resolve(credential, `connections.${id}.credential`))
  }
  return secrets
}

function readScimTokens(
  { identity }: Pick<Settings, 'identity'>,
  environment: Environment,
  collect: Collector['collect'],
): ReadonlyMap<string, ScimTokens> {
  const tokens = new Map<string, ScimTokens>()
  for (const { id, token, formerToken } of identity.scim) {
    const read = (reference: string | undefined, name: string): string | undefined =>
      reference === undefined
        ? undefined
        : collect(() => resolveToken(reference, environment, `identity.scim ${id} ${name}`))
    const now = read(token, 'token')
    const former = read(formerToken, 'formerToken')
    if (now !== undefined) tokens.set(id, { token: now, formerToken: former })
  }
  return tokens
}

function readSignInSecrets(
  { identity }: Pick<Settings, 'identity'>,
  resolve: Resolve,
  pem: Resolve,
): ReadonlyMap<string, ProviderSecrets> {
  const secrets = new Map<string, ProviderSecrets>()
  for (const { id, callback, clientSecret, clientKey } of identity.providers) {
    const key = (name: string): string =>
      callback.endsWith(`/${id}`) ? `identity.providers ${id} ${name}` : `identity.${name}`
    secrets.set(id, {
      clientSecret: resolve(clientSecret, key('clientSecret')),
      clientKey: pem(clientKey?.slice(5), key('clientKey')),
    })
  }
  return secrets
}

/** Every secret the settings refer to, read once at start. Throws one `SettingsError` with all that is missing. */
export function resolveCredentials(settings: Settings, environment: Environment): ResolvedCredentials {
  const { problems, collect, resolve, pem } = createCollector(environment)
  const connections = readConnectionSecrets(settings, resolve)
  const retention = readRetentionSecrets(settings, resolve)
  const signIn = readSignInSecrets(settings, resolve, pem)
  const keys = keySecretsOf(environment)
  for (const [key, reference, read] of keyReferences(settings, keys)) {
    collect(() => read(reference, key))
  }
  const sinks = new Map<string, SinkCredentials>()
  for (const sink of settings.audit.export) {
    const key = (name: string): string => `audit.export ${sink.id} ${name}`
    sinks.set(sink.id, {
      token: sink.kind === 'splunk-hec' ? resolve(sink.token, key('token')) : undefined,
      ca: sink.kind === 'file' ? undefined : pem(sink.ca, key('ca')),
      certificate: sink.kind === 'syslog' ? pem(sink.certificate, key('certificate')) : undefined,
      privateKey: sink.kind === 'syslog' ? pem(sink.privateKey?.slice(5), key('privateKey')) : undefined,
    })
  }
  const scim = readScimTokens(settings, environment, collect)
  if (problems.length > 0) throw new SettingsError(problems)
  return { connections, retention, signIn, keys, sinks, scim }
}

/** One that is missing is among the problems, and then nothing of this is used. */
function readRetentionSecrets(
  { connections }: Settings,
  resolve: Resolve,
): ReadonlyMap<string, RetentionSecrets> {
  const secrets = new Map<string, RetentionSecrets>()
  for (const [id, { retention }] of Object.entries(connections)) {
    if (retention === undefined) continue
    const read = (reference: string | undefined, name: string): string | undefined =>
      resolve(reference, `connections.${id}.retention.${name}`)
    if (retention.kind === 'openai') {
      const credential = read(retention.credential, 'credential')
      if (credential !== undefined) secrets.set(id, { kind: 'openai', credential })
      continue
    }
    const accessKeyId = read(retention.accessKeyId, 'accessKeyId')
    const secretAccessKey = read(retention.secretAccessKey, 'secretAccessKey')
    const sessionToken = read(retention.sessionToken, 'sessionToken')
    if (accessKeyId !== undefined && secretAccessKey !== undefined)
      secrets.set(id, {
        kind: 'bedrock',
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
      })
  }
  return secrets
}

type KeyReference = readonly [key: string, reference: string, read: KeySecrets['credential']]

/** What the keys refer to, so that what is missing is told at start and not at the first use. */
function keyReferences({ keys, vault }: Settings, secrets: KeySecrets): readonly KeyReference[] {
  const all: readonly (readonly [
    key: string,
    reference: string | undefined,
    read: KeySecrets['credential'],
  ])[] = [
    ['keys.passphrase', keys.passphrase, secrets.passphrase],
    ['keys.formerPassphrase', keys.formerPassphrase, secrets.passphrase],
    ['keys.vault.token', keys.vault?.token, secrets.credential],
    ['vault.token', vault?.token, secrets.credential],
    ['keys.awsKms.accessKeyId', keys.awsKms?.accessKeyId, secrets.credential],
    ['keys.awsKms.secretAccessKey', keys.awsKms?.secretAccessKey, secrets.credential],
    ['keys.awsKms.sessionToken', keys.awsKms?.sessionToken, secrets.credential],
  ]
  return all.flatMap(([key, reference, read]) =>
    reference === undefined ? [] : [[key, reference, read] as const],
  )
}

/** Certificates of a company can be many; this holds hundreds. */
const maxPemBytes = 1024 * 1024

/** Certificates or a key in PEM. Nothing of what stands in the file is ever repeated. */
function readPem(path: string, key: string): string {
  const text = readSmallFile(path, maxPemBytes, key)
  if (!/^-----BEGIN [A-Z0-9 ]+-----$/m.test(text))
    throw wrong(
      key,
      `file ${path}`,
      'holds nothing in PEM (-----BEGIN ...); it must hold certificates or a key',
    )
  return text
}

const wrong = (key: string, place: string, problem: string): SettingsError =>
  new SettingsError([{ key, place, problem }])

function readVariable(name: string, environment: Environment, key: string): [place: string, value: string] {
  const place = `environment variable ${name}`
  const value = environment[name]
  if (value === undefined) {
    throw wrong(
      key,
      place,
      `refers to the environment variable ${name}, which is not set; set it and start again`,
    )
  }
  return [place, value.trim()]
}

function readSecretFile(path: string, key: string): [place: string, value: string] {
  return [`file ${path}`, readSmallFile(path, maxCredentialBytes, key).trim()]
}

function readSmallFile(path: string, mostBytes: number, key: string): string {
  const place = `file ${path}`
  try {
    if (statSync(path).size > mostBytes) {
      throw wrong(
        key,
        place,
        `is larger than ${mostBytes} bytes; the file must hold the secret and nothing else`,
      )
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw wrong(key, place, `refers to the file ${path}, which cannot be read (${reason})`)
  }
}
