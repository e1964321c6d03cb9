import { randomBytes } from 'node:crypto'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

// One call of the random source serves many ids: a call costs a microsecond, a byte from the pool almost nothing.
const poolBytes = 4_096
let pool = Buffer.alloc(0)
let used = 0

/** `length` characters of a 32-letter alphabet without look-alikes: 5 bits of randomness each. */
export function randomId(length: number): string {
  let id = ''
  for (let index = 0; index < length; index++) {
    if (used >= pool.length) {
      pool = randomBytes(poolBytes)
      used = 0
    }
    id += alphabet[(pool[used++] as number) & 31]
  }
  return id
}

/** Names one request in errors, logs and the answer's `x-request-id`. 80 random bits. */
export const newRequestId = (): string => `req_${randomId(16)}`
