import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { randomId } from '#/core/id.ts'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const prefix = 'sp_'
const randomLength = 34
const checksumLength = 6

/**
 * A key: `sp_`, 34 random characters (170 bits) and a checksum of 6. The checksum lets a mistyped key be told
 * from an unknown one without a look-up, and lets secret scanners find a key in a file without false alarms.
 */
export function newKeyText(): string {
  const body = `${prefix}${randomId(randomLength)}`
  return `${body}${checksumOf(body)}`
}

const keyLength = prefix.length + randomLength + checksumLength

/**
 * Every character is looked up in a table instead of compared: how long it takes must not follow from which characters
 * they are, for a key that looks like one seen before could be told from others.
 */
export function isKeyText(text: string): boolean {
  if (text.length !== keyLength || !text.startsWith(prefix)) return false
  let isAllowed = 1
  for (let index = prefix.length; index < keyLength; index++)
    isAllowed &= allowed[text.charCodeAt(index)] ?? 0
  return isAllowed === 1 && text.slice(-checksumLength) === checksumOf(text.slice(0, -checksumLength))
}

/** By character code, 1 for those of the alphabet. */
const allowed = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(alphabet.includes(String.fromCharCode(code))),
)

/** Lower 30 bits of the CRC-32 in six letters. A checksum, not a protection: the 170 random bits protect. */
export function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let index = 0; index < checksumLength; index++) {
    text += alphabet[rest & 31]
    rest >>>= 5
  }
  return text
}

/**
 * What is stored of a key or a session token, in hex. Plain SHA-256 is right here: the input is random with 170
 * bits or more, so there is nothing to guess that a slow hash would make slower.
 */
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex')
