import { randomBytes } from 'node:crypto'

export const nonceBytes = 12
// A call of the random source costs a microsecond; one call serves this many nonces.
const pooledNonces = 512

/** What tells two clones of one machine apart, as far as anything does. */
export interface NonceClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Seconds and nanoseconds of a clock that never goes back. */
  readonly hrtime: () => readonly [seconds: number, nanoseconds: number]
}

/**
 * Random nonces of 96 bits. A machine that is cloned while it runs clones the pool and the random generator too, and
 * two texts under one key and nonce would give both away; so the time of the sealing is mixed in. Two clones then
 * share a nonce only when they draw the same bytes at the same nanosecond of their clocks. That is unlikely and not
 * impossible: docs/decisions/0012 says what is left.
 */
export function createNonces(
  random: (bytes: number) => Buffer = randomBytes,
  clock: NonceClock = { now: Date.now, hrtime: process.hrtime },
): () => Buffer {
  let pool: Buffer = Buffer.alloc(0)
  return () => {
    if (pool.length === 0) pool = random(nonceBytes * pooledNonces)
    const nonce = pool.subarray(0, nonceBytes)
    pool = pool.subarray(nonceBytes)
    // Random bits stay random whatever is mixed into them.
    nonce.writeUInt32LE((nonce.readUInt32LE(4) ^ clock.now()) >>> 0, 4)
    nonce.writeUInt32LE((nonce.readUInt32LE(8) ^ clock.hrtime()[1]) >>> 0, 8)
    return nonce
  }
}
