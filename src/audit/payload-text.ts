import type { NewEntry } from './api.ts'

type Payload = NewEntry['payload']

/** What a payload weighs before it is sealed: UTF-16 units of text, or bytes. */
export const unitsOf = (payload: Payload): number =>
  payload === undefined
    ? 0
    : payload instanceof Uint8Array || typeof payload === 'string'
      ? payload.length
      : payload.reduce((sum, piece) => sum + piece.length, 0)

/** One space serves every payload that fits: they are sealed one after the other. */
const scratch = Buffer.alloc(1_024 * 1_024)

/** The bytes of a payload in one row; good until the next call. */
export function joined(payload: NonNullable<Payload>): Uint8Array {
  if (payload instanceof Uint8Array) return payload
  const pieces = typeof payload === 'string' ? [payload] : payload
  // A UTF-16 unit becomes at most three bytes.
  const most = unitsOf(payload) * 3
  const space = most <= scratch.length ? scratch : Buffer.allocUnsafe(most)
  let length = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') length += space.write(piece, length, 'utf8')
    else {
      space.set(piece, length)
      length += piece.length
    }
  }
  return space.subarray(0, length)
}
