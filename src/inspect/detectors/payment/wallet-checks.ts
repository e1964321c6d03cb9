/** The checks inside addresses of wallets. Pure. */
import { sha256 } from '@noble/hashes/sha2.js'
import { keccak256 } from './keccak.ts'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/**
 * Version byte, twenty bytes and four of a double SHA-256 over both. Source: Bitcoin, `src/base58.cpp`.
 * Versions 0 and 5 are the addresses that begin with 1 and 3.
 */
export function isBase58Address(address: string): boolean {
  const bytes = bytesOfBase58(address)
  if (bytes === undefined || (bytes[0] !== 0 && bytes[0] !== 5)) return false
  const sum = sha256(sha256(bytes.subarray(0, 21)))
  return bytes.subarray(21).every((byte, index) => byte === sum[index])
}

/** Twenty-five bytes, or undefined when the number is larger or a character is none of the alphabet. */
function bytesOfBase58(address: string): Uint8Array | undefined {
  const bytes = new Uint8Array(25)
  for (const character of address) {
    let carry = base58.indexOf(character)
    if (carry === -1) return undefined
    for (let index = bytes.length - 1; index >= 0; index--) {
      carry += (bytes[index] as number) * 58
      bytes[index] = carry & 0xff
      carry >>= 8
    }
    if (carry > 0) return undefined
  }
  return bytes
}

const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
/** Ends of the sum of bech32 and bech32m. */
const ends: readonly number[] = [1, 0x2bc830a3]

/** `prefix` and `1` and data with a sum of six characters. Source: BIP 173 and BIP 350. Lower case. */
export function isBech32Address(prefix: string, data: string): boolean {
  let sum = 1
  const add = (value: number): void => {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) sum ^= generator
  }
  for (const character of prefix) add(character.charCodeAt(0) >> 5)
  add(0)
  for (const character of prefix) add(character.charCodeAt(0) & 31)
  for (const character of data) {
    const value = bech32.indexOf(character)
    if (value === -1) return false
    add(value)
  }
  return ends.includes(sum)
}

/** Forty digits of base sixteen in lower case. */
const lower = new Uint8Array(40)

/** Upper case where a Keccak hash of the digits says so. Source: EIP-55. `digits` are forty of base sixteen. */
export function hasMixedCaseSum(digits: string): boolean {
  for (let index = 0; index < lower.length; index++) lower[index] = digits.charCodeAt(index) | 0x20
  const hash = keccak256(lower)
  for (let index = 0; index < lower.length; index++) {
    const code = digits.charCodeAt(index)
    if (code < upperA) continue
    // Of two digits the first is told by the upper half of a byte.
    const isUpper = (((hash[index >> 1] as number) >>> (index % 2 === 0 ? 7 : 3)) & 1) === 1
    if (code < lowerA !== isUpper) return false
  }
  return true
}

const upperA = 65
const lowerA = 97
