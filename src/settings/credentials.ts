import { readFileSync, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Settings, SettingsProblem } from './api.ts'
import { SettingsError } from './problem.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The form of a reference. A literal secret in the settings file is refused by it. */
export const isCredentialReference = (value: string): boolean =>
  /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value) || (value.startsWith('file:') && isAbsolute(value.slice(5)))

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

export interface ResolvedCredentials {
  /** By connection id; undefined for a connection that names no credential. */
  readonly connections: ReadonlyMap<string, string | undefined>
  readonly clientSecret: string | undefined
  readonly keys: KeySecrets
}

/** Every secret the settings refer to, read once at start. Throws one `SettingsError` with all that is missing. */
export function resolveCredentials(settings: Settings, environment: Environment): ResolvedCredentials {
  const problems: SettingsProblem[] = []
  const resolve = (
    reference: string | undefined,
    key: string,
    read = (given: string) => resolveCredential(given, environment, key),
  ): string | undefined => {
    if (reference === undefined) return undefined
    try {
      return read(reference)
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      problems.push(...error.problems)
      return undefined
    }
  }
  const connections = new Map<string, string | undefined>()
  for (const [id, connection] of Object.entries(settings.connections)) {
    connections.set(id, resolve(connection.credential, `connections.${id}.credential`))
  }
  const clientSecret = resolve(settings.identity.clientSecret, 'identity.clientSecret')
  const keys = keySecretsOf(environment)
  for (const [key, reference, read] of keyReferences(settings, keys)) {
    resolve(reference, key, (given) => read(given, key))
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return { connections, clientSecret, keys }
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
  const place = `file ${path}`
  try {
    if (statSync(path).size > maxCredentialBytes) {
      throw wrong(
        key,
        place,
        `is larger than ${maxCredentialBytes} bytes; the file must hold the secret and nothing else`,
      )
    }
    return [place, readFileSync(path, 'utf8').trim()]
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw wrong(key, place, `refers to the file ${path}, which cannot be read (${reason})`)
  }
}
