import { generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { randomId } from '#/core/id.ts'

/** What the development provider keeps, one set per data folder, readable by the owner of the files only. */
export interface ProviderSecrets {
  /** A private JWK (P-256). */
  readonly signingKey: Readonly<Record<string, string>>
  readonly cookieKey: string
}

const secretsSchema = z.object({
  signingKey: z.record(z.string(), z.string()),
  cookieKey: z.string().min(32),
})

export function readOrCreateSecrets(dataFolder: string): ProviderSecrets {
  const file = join(keyFolder(dataFolder), 'development-provider.json')
  const text = readOrCreate(file, () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const signingKey = {
      ...privateKey.export({ format: 'jwk' }),
      kid: randomId(12),
      alg: 'ES256',
      use: 'sig',
    }
    return `${JSON.stringify({ signingKey, cookieKey: randomBytes(32).toString('base64url') })}\n`
  })
  try {
    return secretsSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file} cannot be read; remove it and start again to make a new one`, { cause: error })
  }
}

/** Three groups of five characters: 75 random bits that can be typed from a terminal. */
export function readOrCreatePassword(dataFolder: string): string {
  const file = join(keyFolder(dataFolder), 'development-password')
  const password = readOrCreate(file, () => `${randomId(5)}-${randomId(5)}-${randomId(5)}\n`).trim()
  if (password.length < 8)
    throw new Error(`${file} holds no password; remove it and start again to make a new one`)
  return password
}

function keyFolder(dataFolder: string): string {
  const folder = join(dataFolder, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function readOrCreate(file: string, create: () => string): string {
  try {
    chmodSync(file, 0o600)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  writeWhole(file, create())
  return readFileSync(file, 'utf8')
}

/** Written beside and linked into place: a crash leaves no half file, and of two starts at once the first one wins. */
function writeWhole(file: string, text: string): void {
  const part = `${file}.${randomId(8)}`
  const handle = openSync(part, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
    linkSync(part, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    unlinkSync(part)
  }
}
