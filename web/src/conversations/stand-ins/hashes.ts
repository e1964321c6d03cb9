/**
 * For the worker of the page, in place of `@noble/hashes` and `hash-wasm`, which are many times as large: the checks inside addresses
 * of wallets need two hashes of one block. They tell a typing mistake, and guard nothing.
 */

/** Of up to 55 bytes. Source: FIPS 180-4. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const words = new Uint32Array(64)
  const view = new DataView(blockOf(bytes).buffer)
  view.setUint32(60, bytes.length * 8)
  for (let index = 0; index < 64; index++) {
    if (index < 16) words[index] = view.getUint32(index * 4)
    else {
      const early = at(words, index - 15)
      const late = at(words, index - 2)
      words[index] =
        at(words, index - 16) +
        at(words, index - 7) +
        (right(early, 7) ^ right(early, 18) ^ (early >>> 3)) +
        (right(late, 17) ^ right(late, 19) ^ (late >>> 10))
    }
  }
  let [a, b, c, d, e, f, g, h] = start as Eight
  for (let index = 0; index < 64; index++) {
    const one =
      h +
      (right(e, 6) ^ right(e, 11) ^ right(e, 25)) +
      ((e & f) ^ (~e & g)) +
      at(steps, index) +
      at(words, index)
    const other = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[a, b, c, d, e, f, g, h] = [(one + other) | 0, a, b, c, (d + one) | 0, e, f, g]
  }
  const sum = new Uint8Array(32)
  const out = new DataView(sum.buffer)
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries())
    out.setUint32(index * 4, at(start, index) + value)
  return sum
}

type Eight = [number, number, number, number, number, number, number, number]

const at = (list: ArrayLike<number>, index: number): number => list[index] as number
const right = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** Of a root, the 32 bits after the point. */
const bitsOf = (root: number): number => ((root % 1) * 0x1_0000_0000) | 0

const primes: number[] = []
for (let number = 2; primes.length < 64; number++)
  if (primes.every((prime) => number % prime !== 0)) primes.push(number)
const steps = primes.map((prime) => bitsOf(Math.cbrt(prime)))
const start = primes.slice(0, 8).map((prime) => bitsOf(Math.sqrt(prime)))

/** The bytes with the first byte of the padding behind them. */
function blockOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 55) throw new Error('a hash of one block takes at most 55 bytes')
  const block = new Uint8Array(64)
  block.set(bytes)
  block[bytes.length] = 0x80
  return block
}

const rounds = 24

/** A block of Keccak-256. */
const wordsOfBlock = 34

/** Keccak-256 of up to 135 bytes. Source: The Keccak reference, version 3.0. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  // Lanes of 64 bits, the lower word of each first.
  const lanes = new Uint32Array(50)
  const state = new Uint8Array(lanes.buffer)
  state.set(bytes)
  state[bytes.length] = 1
  lanes[wordsOfBlock - 1] = at(lanes, wordsOfBlock - 1) | 0x8000_0000
  for (let round = 0; round < rounds; round++) mix(lanes, round)
  return state.subarray(0, 32)
}

const columns = new Uint32Array(10)
const moved = new Uint32Array(50)

function mix(lanes: Uint32Array, round: number): void {
  for (let index = 0; index < 10; index++)
    columns[index] =
      at(lanes, index) ^
      at(lanes, index + 10) ^
      at(lanes, index + 20) ^
      at(lanes, index + 30) ^
      at(lanes, index + 40)
  for (let lane = 0; lane < 25; lane++) {
    const next = ((lane + 1) % 5) * 2
    const before = ((lane + 4) % 5) * 2
    const [low, high] = [at(columns, next), at(columns, next + 1)]
    const one = at(lanes, lane * 2) ^ at(columns, before) ^ ((low << 1) | (high >>> 31))
    const other = at(lanes, lane * 2 + 1) ^ at(columns, before + 1) ^ ((high << 1) | (low >>> 31))
    const by = at(turns, lane)
    const to = at(places, lane) * 2
    const [first, second] = by < 32 ? [one, other] : [other, one]
    const rest = by % 32
    moved[to] = rest === 0 ? first : (first << rest) | (second >>> (32 - rest))
    moved[to + 1] = rest === 0 ? second : (second << rest) | (first >>> (32 - rest))
  }
  for (let row = 0; row < 50; row += 10)
    for (let index = 0; index < 10; index++)
      lanes[row + index] =
        at(moved, row + index) ^ (~at(moved, row + ((index + 2) % 10)) & at(moved, row + ((index + 4) % 10)))
  lanes[0] = at(lanes, 0) ^ at(constants, round * 2)
  lanes[1] = at(lanes, 1) ^ at(constants, round * 2 + 1)
}

/** By how much each lane is turned, and where it goes. */
const turns = new Uint8Array(25)
const places = new Uint8Array(25)
for (let step = 0, x = 1, y = 0; step < rounds; step++) {
  turns[x + 5 * y] = (((step + 1) * (step + 2)) / 2) % 64
  ;[x, y] = [y, (2 * x + 3 * y) % 5]
}
for (let lane = 0; lane < 25; lane++) {
  const [x, y] = [lane % 5, Math.floor(lane / 5)]
  places[lane] = y + 5 * ((2 * x + 3 * y) % 5)
}

/** Each bit is one of a shift register's. */
const constants = new Uint32Array(2 * rounds)
for (let round = 0, register = 1; round < rounds; round++)
  for (let bit = 0; bit < 7; bit++) {
    const place = (1 << bit) - 1
    const word = round * 2 + (place >> 5)
    if (register & 1) constants[word] = at(constants, word) | (1 << (place & 31))
    register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
  }
