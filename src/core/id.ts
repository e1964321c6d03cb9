import { randomBytes } from 'node:crypto'

const alphabet = Buffer.from('abcdefghijkmnpqrstuvwxyz23456789', 'latin1')

// One call of the random source serves many ids: a call costs a microsecond, a byte from the pool almost nothing.
const poolBytes = 4_096
/** Letters already. */
let pool = Buffer.alloc(0)
let used = 0

/** `length` characters, 4,096 at most, of a 32-letter alphabet without look-alikes: 5 bits of randomness each. */
export function randomId(length: number): string {
  if (length > poolBytes) throw new Error(`an id has at most ${poolBytes} characters`)
  if (used + length > pool.length) {
    pool = randomBytes(poolBytes)
    for (let index = 0; index < poolBytes; index++)
      pool[index] = alphabet[(pool[index] as number) & 31] as number
    used = 0
  }
  used += length
  return pool.toString('latin1', used - length, used)
}

/** For each unit of ASCII its place in that alphabet; of others five bits. */
const placesInAlphabet = Uint8Array.from({ length: 128 }, (_, code) => {
  const place = alphabet.indexOf(code)
  return place === -1 ? code & 31 : place
})

/** The last `length` characters of an id, at most ten, as a number: ids made here have the same only when these are the same. */
export function numberOfId(id: string, length: number): number {
  let number = 0
  for (let at = Math.max(0, id.length - length); at < id.length; at++)
    number = number * 32 + (placesInAlphabet[id.charCodeAt(at) & 127] as number)
  return number
}

/** Names one request in errors, logs and the answer's `x-request-id`. 80 random bits. */
export const newRequestId = (): string => `req_${randomId(16)}`
