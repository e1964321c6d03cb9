import { letGo } from '#/core/let-go.ts'
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

/**
 * Hands over the bytes of a payload in one row, which are good until `use` returns. Those of a document are megabytes outside of
 * the heap: left to V8, they would begin a collection of everything every few documents.
 */
export function joined<T>(payload: NonNullable<Payload>, use: (bytes: Uint8Array) => T): T {
  if (payload instanceof Uint8Array) return use(payload)
  const pieces = typeof payload === 'string' ? [payload] : payload
  // A UTF-16 unit becomes at most three bytes.
  if (unitsOf(payload) * 3 <= scratch.length) return use(write(pieces, scratch))
  const space = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0))
  try {
    return use(write(pieces, space))
  } finally {
    letGo(space)
  }
}

function write(pieces: readonly (string | Uint8Array)[], space: Buffer): Uint8Array {
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
