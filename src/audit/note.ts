/**
 * Checkpoints as signed notes, so that any client of transparency logs can check them.
 * Source: C2SP signed-note v1.0.0 and tlog-checkpoint v1.0.0.
 */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/** Printable, no space, no plus (the format's separators), short enough for a folder name once escaped. */
const originShape = /^(?!\.+$)[\x21-\x2a\x2c-\x7e]{1,80}$/

export function assertOrigin(origin: string): void {
  if (originShape.test(origin)) return
  throw new Error(
    `audit.origin ${JSON.stringify(origin)} cannot name a log: use 1 to 80 printable ASCII characters ` +
      'without space and plus, such as "sallyport.example.com/log"',
  )
}

/** One folder per origin; two origins never share one. */
export const originFolder = (origin: string): string => encodeURIComponent(origin).replaceAll('*', '%2A')

/**
 * Which algorithm a key is for stands in its first byte. A new one is a line here; what is not here is refused by
 * its number. Source: C2SP signed-note, "Signature types".
 */
const algorithms = {
  ed25519: { type: 1, keyBytes: 32, signatureBytes: 64 },
} as const

type Algorithm = keyof typeof algorithms

const algorithmOf = (type: number | undefined): Algorithm | undefined =>
  (Object.keys(algorithms) as Algorithm[]).find((name) => algorithms[name].type === type)

const dash = '\u2014'

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** The public half as text: `name+hash+base64(algorithm || key)`. */
export function formatVerifierKey(origin: string, publicKey: KeyObject): string {
  const key = typedKey(publicKey)
  return `${origin}+${keyHash(origin, key).toString('hex')}+${key.toString('base64')}`
}

export interface VerifierKey {
  readonly origin: string
  readonly algorithm: Algorithm
  readonly hash: Buffer
  readonly publicKey: KeyObject
}

/** Undefined when the text is no verifier key that can be used here; `problemOfVerifierKey` says why. */
export function readVerifierKey(text: string): VerifierKey | undefined {
  const parts = partsOf(text)
  const algorithm = algorithmOf(parts?.key[0])
  if (parts === undefined || algorithm === undefined || problemOfVerifierKey(text) !== undefined)
    return undefined
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: parts.key.subarray(1).toString('base64url') }
  return {
    origin: parts.origin,
    algorithm,
    hash: parts.hash,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  }
}

/** What is wrong with a verifier key, as the end of a sentence; undefined when it can be used. */
export function problemOfVerifierKey(text: string): string | undefined {
  const parts = partsOf(text)
  if (parts === undefined) return 'is not a verifier key: that is NAME+HASH+KEY on one line'
  const { origin, hash: stated, key } = parts
  if (!keyHash(origin, key).equals(stated)) return 'is not a verifier key: its hash does not fit'
  const algorithm = algorithmOf(key[0])
  if (algorithm === undefined) {
    const known = Object.entries(algorithms).map(([name, { type }]) => `${type} (${name})`)
    return `is a key of the signature type ${key[0]}, which cannot be checked here; this can be: ${known.join(', ')}`
  }
  return key.length === 1 + algorithms[algorithm].keyBytes
    ? undefined
    : 'is not a verifier key: its length is wrong'
}

function partsOf(
  text: string,
): { readonly origin: string; readonly hash: Buffer; readonly key: Buffer } | undefined {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n?$/.exec(text)
  if (parts === null) return undefined
  const [origin, hashHex, encoded] = parts.slice(1) as [string, string, string]
  const key = Buffer.from(encoded, 'base64')
  if (key.length < 2 || key.toString('base64') !== encoded) return undefined
  return { origin, hash: Buffer.from(hashHex, 'hex'), key }
}

export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`
  const ours = keyHash(checkpoint.origin, typedKey(createPublicKey(privateKey)))
  const signature = Buffer.concat([ours, sign(null, Buffer.from(text), privateKey)])
  return `${text}\n${dash} ${checkpoint.origin} ${signature.toString('base64')}\n`
}

/** The checkpoint a note states, when the key signed it; undefined for anything else. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  const isSigned = note
    .slice(end + 2, -1)
    .split('\n')
    .some((line) => isSignature(line, text, key))
  return isSigned ? readCheckpoint(text, key.origin) : undefined
}

function isSignature(line: string, text: string, key: VerifierKey): boolean {
  const [mark, name, encoded, ...rest] = line.split(' ')
  if (mark !== dash || name !== key.origin || encoded === undefined || rest.length > 0) return false
  const bytes = Buffer.from(encoded, 'base64')
  // A base64 text has other spellings that decode alike; only ours counts.
  const { signatureBytes } = algorithms[key.algorithm]
  if (bytes.toString('base64') !== encoded || bytes.length !== 4 + signatureBytes) return false
  return (
    bytes.subarray(0, 4).equals(key.hash) && verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))
  )
}

function readCheckpoint(text: string, origin: string): Checkpoint | undefined {
  const [name, size, root] = text.split('\n')
  if (name !== origin || size === undefined || root === undefined) return undefined
  if (!/^(0|[1-9][0-9]{0,14})$/.test(size)) return undefined
  return isHashText(root) ? { origin, size: Number(size), root: Buffer.from(root, 'base64') } : undefined
}

/** 32 bytes in base64, in the one spelling that counts. */
export function isHashText(text: string): boolean {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === 32 && bytes.toString('base64') === text
}

function typedKey(publicKey: KeyObject): Buffer {
  const raw = publicKey.export({ format: 'jwk' }).x
  if (raw === undefined) throw new Error('the signing key of the log is not an Ed25519 key')
  return Buffer.concat([Buffer.from([algorithms.ed25519.type]), Buffer.from(raw, 'base64url')])
}

const keyHash = (origin: string, key: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), key]), 'buffer').subarray(0, 4)
