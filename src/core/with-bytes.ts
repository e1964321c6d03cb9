import { letGo } from './let-go.ts'

/** Text and bytes, to be read one after the other. */
export type Pieces = readonly (string | Uint8Array)[]

/**
 * Hands over the bytes of all pieces in one row, which are good until `use` returns: in `scratch` where they fit. Those of a
 * document are megabytes outside of the heap: left to V8, they would begin a collection of everything every few documents.
 */
export function withBytes<T>(pieces: Pieces, scratch: Buffer, use: (bytes: Uint8Array) => T): T {
  let mostBytes = 0
  // A UTF-16 unit becomes at most three bytes.
  for (const piece of pieces) mostBytes += typeof piece === 'string' ? piece.length * 3 : piece.length
  if (mostBytes <= scratch.length) return use(write(pieces, scratch))
  const space = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0))
  try {
    return use(write(pieces, space))
  } finally {
    letGo(space)
  }
}

function write(pieces: Pieces, space: Buffer): Uint8Array {
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
