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

const shape = new RegExp(`^${prefix}[${alphabet}]{${randomLength + checksumLength}}$`)

export const isKeyText = (text: string): boolean =>
  shape.test(text) && text.slice(-checksumLength) === checksumOf(text.slice(0, -checksumLength))

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
