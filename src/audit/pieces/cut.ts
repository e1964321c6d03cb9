/**
 * Where a text is cut into pieces: at places its bytes decide, so that a text that was sent before is cut the same way
 * again wherever it stands, whatever stands before it, and whoever wrote the JSON around it. A rolling hash over the
 * last 32 bytes ends a piece when its upper bits are zero.
 * Source: Xia et al., FastCDC, USENIX ATC 2016: the gear hash, and skipping the least length of a piece.
 */

/** A piece has at least this many bytes: what stands for one takes 3 to 8. */
const leastBytes = 1_024
/** And at most this many, also where the bytes never decide, as in a row of one letter. */
const mostBytes = 16_384
/** Eleven bits: a cut comes every 2 KB, after the least length. */
const cutMask = 0xff_e0_00_00 | 0

// Any fixed numbers will do, as long as they are spread; a small generator makes the same ones at each start.
const gear = new Int32Array(256)
for (let at = 0, state = 0x2545_f491; at < gear.length; at++) {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  gear[at] = state
}

/** The end of the piece that starts at `from`. */
export function endOfPiece(bytes: Uint8Array, from: number): number {
  const most = Math.min(bytes.length, from + mostBytes)
  let hash = 0
  for (let at = from + leastBytes; at < most; at++) {
    hash = ((hash << 1) + (gear[bytes[at] as number] as number)) | 0
    if ((hash & cutMask) === 0) return at + 1
  }
  return most
}
