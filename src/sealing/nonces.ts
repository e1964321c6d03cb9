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
  let used = 0
  return () => {
    if (used >= pool.length) {
      pool = random(nonceBytes * pooledNonces)
      used = 0
    }
    const nonce = pool.subarray(used, used + nonceBytes)
    used += nonceBytes
    // Random bits stay random whatever is mixed into them.
    mix(nonce, 4, clock.now())
    mix(nonce, 8, clock.hrtime()[1])
    return nonce
  }
}

/** The lower 32 bits of a number into four bytes. */
function mix(bytes: Uint8Array, at: number, number: number): void {
  const bits = number | 0
  for (let index = 0; index < 4; index++) bytes[at + index]! ^= bits >>> (index * 8)
}
