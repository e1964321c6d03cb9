/**
 * How a header lies in a segment, numbers little-endian:
 *
 *     length u32 | crc32 u32 | commit u32 | kind u8 | 0x00 | header
 *
 * `length` counts the header's bytes. The crc covers everything after itself. `commit` is where in the segment
 * the commit starts that wrote this frame: it tells a commit that was never finished from damage to a finished
 * one. The zero before the header is RFC 6962's mark of a leaf, so a leaf is hashed where it lies.
 */
import { readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { type EntryKind, entryKinds } from './api.ts'

/** Bytes before the header. */
export const frameBytes = 14
/** The entry bundles of tlog-tiles count an entry's length in 16 bits. */
export const headerMaxBytes = 65_535

const crcAt = 4
const commitAt = 8
const kindAt = 12
/** Where the bytes of the leaf start. */
export const leafAt = 13

/** On disk for ever: a code is never given to another kind. */
const kindCodes: Readonly<Record<EntryKind, number>> = {
  intent: 1,
  outcome: 2,
  refusal: 3,
  'sign-in': 4,
  'sign-in-failed': 5,
  'sign-out': 6,
  'key-created': 7,
  'key-revoked': 8,
  record: 9,
  decision: 10,
  snapshot: 11,
  read: 12,
  start: 13,
  stop: 14,
  progress: 15,
  'clock-jump': 28,
  'log-full': 29,
  erase: 20,
  retention: 21,
  hold: 22,
  'hold-ended': 23,
  backup: 25,
  'key-rotated': 26,
  'key-destroyed': 27,
  'read-request': 16,
  'read-approval': 17,
  'read-ended': 18,
  'read-notice': 19,
  export: 24,
  'key-replaced': 32,
  'key-leaked': 33,
  alert: 44,
  'workload-sign-in': 45,
  'access-ended': 30,
  'access-restored': 31,
  'session-ended': 38,
  'step-up': 39,
  'role-granted': 40,
  'role-ended': 41,
  'access-request': 42,
  'access-decision': 43,
  'device-approved': 34,
  'device-refused': 35,
  'scim-change': 36,
  'scim-paused': 37,
  'scim-resumed': 46,
  'service-changed': 47,
  publication: 48,
  probe: 49,
  simulation: 50,
  moderation: 53,
  'session-renewed': 52,
}

const kindsByCode = new Map(entryKinds.map((kind) => [kindCodes[kind], kind]))

export const kindCode = (kind: EntryKind): number => kindCodes[kind]
export const kindOf = (code: number): EntryKind | undefined => kindsByCode.get(code)

/** Fills in what stands before a header that already lies at `at + frameBytes`. */
export function sealFrame(
  bytes: Buffer,
  at: number,
  frame: { readonly headerLength: number; readonly commitStart: number; readonly kind: EntryKind },
): void {
  const end = at + frameBytes + frame.headerLength
  bytes.writeUInt32LE(frame.headerLength, at)
  bytes.writeUInt32LE(frame.commitStart, at + commitAt)
  bytes[at + kindAt] = kindCodes[frame.kind]
  bytes[at + leafAt] = 0
  bytes.writeUInt32LE(crc32(bytes.subarray(at + commitAt, end)), at + crcAt)
}

export interface Frame {
  readonly commitStart: number
  readonly kind: EntryKind
  /** 0x00 and the header: what the leaf is the hash of. Lies in the reader's buffer: copy it to keep it. */
  readonly leaf: Buffer
  /** Of this frame and of the next, in the bytes given. */
  readonly start: number
  readonly end: number
}

/** The frame at `at`; undefined when there is none whole and sound. */
export function readFrame(bytes: Buffer, at: number): Frame | undefined {
  if (at + frameBytes > bytes.length) return undefined
  const length = bytes.readUInt32LE(at)
  const kind = kindOf(bytes[at + kindAt] as number)
  const end = at + frameBytes + length
  if (length === 0 || length > headerMaxBytes || end > bytes.length) return undefined
  if (kind === undefined || bytes[at + leafAt] !== 0) return undefined
  if (crc32(bytes.subarray(at + commitAt, end)) !== bytes.readUInt32LE(at + crcAt)) return undefined
  return {
    commitStart: bytes.readUInt32LE(at + commitAt),
    kind,
    leaf: bytes.subarray(at + leafAt, end),
    start: at,
    end,
  }
}

const chunkBytes = 1_024 * 1_024

export interface PlacedFrame extends Frame {
  /** In the file. */
  readonly offset: number
}

/** The frames of an open file from `start` on; returns the offset at which no further frame was found. */
export function* readFrames(file: number, start = 0): Generator<PlacedFrame, number> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  let base = start
  let filled = 0
  let at = 0
  for (;;) {
    const frame = readFrame(buffer.subarray(0, filled), at)
    if (frame !== undefined) {
      yield { ...frame, offset: base + at }
      at = frame.end
      continue
    }
    // Perhaps only the buffer ends here: move what is left to its front and read on.
    buffer.copyWithin(0, at, filled)
    base += at
    filled -= at
    at = 0
    const got = readSync(file, buffer, filled, chunkBytes - filled, base + filled)
    if (got === 0) return base
    filled += got
    if (readFrame(buffer.subarray(0, filled), 0) === undefined && filled === chunkBytes) return base
  }
}
