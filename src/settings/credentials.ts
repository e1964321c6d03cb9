import { readFileSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Settings, SettingsProblem } from './api.ts'
import { SettingsError } from './problem.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The form of a reference. A literal secret in the settings file is refused by it. */
export const isCredentialReference = (value: string): boolean =>
  /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value) || isFileReference(value)

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

/** What Sallyport proves itself with to a provider. Undefined where the settings name nothing. */
export interface ProviderSecrets {
  readonly clientSecret?: string | undefined
  /** In PEM. */
  readonly clientKey?: string | undefined
}

export interface ResolvedCredentials {
  /** By connection id; undefined for a connection that names no credential. */
  readonly connections: ReadonlyMap<string, string | undefined>
  /** By the id of the provider people sign in with. */
  readonly signIn: ReadonlyMap<string, ProviderSecrets>
  readonly keys: KeySecrets
  /** By the id of the sink. */
  readonly sinks: ReadonlyMap<string, SinkCredentials>
}

/** Every secret the settings refer to, read once at start. Throws one `SettingsError` with all that is missing. */
export function resolveCredentials(settings: Settings, environment: Environment): ResolvedCredentials {
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
  const resolve = (reference: string | undefined, key: string): string | undefined =>
    reference === undefined ? undefined : collect(() => resolveCredential(reference, environment, key))
  const pem = (file: string | undefined, key: string): string | undefined =>
    file === undefined ? undefined : collect(() => readPem(file, key))
  const connections = new Map<string, string | undefined>()
  for (const [id, connection] of Object.entries(settings.connections)) {
    connections.set(id, resolve(connection.credential, `connections.${id}.credential`))
  }
  const signIn = new Map<string, ProviderSecrets>()
  for (const { id, callback, clientSecret, clientKey } of settings.identity.providers) {
    const key = (name: string): string =>
      callback.endsWith(`/${id}`) ? `identity.providers ${id} ${name}` : `identity.${name}`
    signIn.set(id, {
      clientSecret: resolve(clientSecret, key('clientSecret')),
      clientKey: pem(clientKey?.slice(5), key('clientKey')),
    })
  }
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
  if (problems.length > 0) throw new SettingsError(problems)
  return { connections, signIn, keys, sinks }
}

type KeyReference = readonly [key: string, reference: string, read: KeySecrets['credential']]

/** What the keys refer to, so that what is missing is told at start and not at the first use. */
function keyReferences({ keys }: Settings, secrets: KeySecrets): readonly KeyReference[] {
  const all: readonly (readonly [
    key: string,
    reference: string | undefined,
    read: KeySecrets['credential'],
  ])[] = [
    ['keys.passphrase', keys.passphrase, secrets.passphrase],
    ['keys.formerPassphrase', keys.formerPassphrase, secrets.passphrase],
    ['keys.vault.token', keys.vault?.token, secrets.credential],
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
