import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyGuard } from './api.ts'

/**
 * N = 2^17, r = 8, p = 1: 128 MiB and about half a second for each guess, the first choice of the OWASP password storage
 * cheat sheet (2025). A file may say other parameters: they stand with it, within `costMost`.
 */
const costOfToday = { N: 2 ** 17, r: 8, p: 1 }
const costMost = { N: 2 ** 20, r: 32, p: 16 }

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/**
 * `passphrase` seals; `former`, the one before, still opens, and what it opened is sealed anew. `cost` is another one only in
 * tests that do not look at it.
 */
export const passphraseGuard = (
  passphrase: () => string,
  former: (() => string) | undefined,
  cost = costOfToday,
): KeyGuard => ({
  name: 'passphrase',
  isRemote: false,
  seal: async (kek, version) => {
    const salt = randomBytes(16)
    const nonce = randomBytes(12)
    const key = await deriveKey(passphrase(), salt, cost)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(version))
    const ciphertext = Buffer.concat([cipher.update(kek), cipher.final(), cipher.getAuthTag()])
    key.fill(0)
    const { N, r, p } = cost
    const parts = [salt, nonce, ciphertext].map((part) => part.toString('base64'))
    return { sealed: ['scrypt', N, r, p, ...parts].join(':'), holder: '' }
  },
  open: async ({ sealed }, version) => {
    const bytes = await openWith(passphrase(), sealed, version)
    if (bytes !== undefined) return { bytes, isStale: false }
    const before = former && (await openWith(former(), sealed, version))
    if (before !== undefined) return { bytes: before, isStale: true }
    throw new Error(
      'the passphrase of keys.passphrase does not open keys/kek: give the one it was sealed with' +
        (former === undefined ? '; to change it, name the old one with keys.formerPassphrase' : ''),
    )
  },
  advance: async () => undefined,
  destroy: async () => 'overwritten in keys/kek',
})

/** Undefined when the passphrase is another one. */
async function openWith(passphrase: string, sealed: string, version: number): Promise<Buffer | undefined> {
  const { parameters, salt, nonce, ciphertext } = parse(sealed)
  const key = await deriveKey(passphrase, salt, parameters)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  decipher.setAAD(boundTo(version)).setAuthTag(ciphertext.subarray(-16))
  key.fill(0)
  const bytes = decipher.update(ciphertext.subarray(0, -16))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return bytes
}

function parse(sealed: string) {
  const [kind, N, r, p, ...parts] = sealed.split(':')
  const [salt, nonce, ciphertext] = parts.map((part) => Buffer.from(part, 'base64'))
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  const isWithin = (name: keyof typeof costMost): boolean =>
    Number.isSafeInteger(parameters[name]) && parameters[name] >= 1 && parameters[name] <= costMost[name]
  const isWhole = salt?.length === 16 && nonce?.length === 12 && ciphertext?.length === 48
  if (kind !== 'scrypt' || !isWithin('N') || !isWithin('r') || !isWithin('p') || !isWhole)
    throw new Error('keys/kek is not as Sallyport wrote it: put back the newest copy of it')
  return { parameters, salt, nonce, ciphertext }
}

const deriveKey = (passphrase: string, salt: Buffer, parameters: typeof costMost): Promise<Buffer> =>
  derive(passphrase, salt, 32, { ...parameters, maxmem: 160 * parameters.N * parameters.r })

const boundTo = (version: number): Buffer => Buffer.from(`sallyport key-encryption key v1\n${version}`)
