/**
 * A commit as it lies in the journal, numbers little-endian:
 *
 *     "sallycmt" | version u32 | crc32 u32 | first f64 | entries u32 | frames u32 | payloads u32
 *     | segment u32 | offset u32 | year u16 | month u16 | payload file u32 | offset u32 | frames | payloads
 *
 * `first` is the index of its first entry, `frames` and `payloads` count bytes; where each belongs follows. The crc covers
 * everything from `first` to the end of the frames. The payloads are covered by the hashes in the headers.
 */
import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Batch } from './batch.ts'
import { readFrame } from './frame.ts'
import { readHeader } from './header.ts'
import { payloadFile, payloadMonth, payloadNumber } from './layout.ts'

export const recordHeadBytes = 60
const magic = Buffer.from('sallycmt')
const version = 1
const coveredAt = 16

export interface CommitRecord {
  /** Index of its first entry, and how many there are. */
  readonly first: number
  readonly entries: number
  readonly segment: number
  readonly segmentStart: number
  readonly frames: Buffer
  readonly payloadFile: string
  readonly payloadStart: number
  /** Empty when no entry has one. */
  readonly payloads: Buffer
  /** Where the record ends in the bytes it was read from. */
  readonly end: number
}

/** Fills in what stands before frames and payloads that lie behind it already. */
export function writeRecordHead(record: Buffer, { headers, payloads, entries, place }: Batch): void {
  magic.copy(record)
  record.writeUInt32LE(version, 8)
  record.writeDoubleLE(entries[0]?.index ?? 0, 16)
  record.writeUInt32LE(entries.length, 24)
  record.writeUInt32LE(headers.length, 28)
  record.writeUInt32LE(payloads.length, 32)
  record.writeUInt32LE(place.segment, 36)
  record.writeUInt32LE(place.segmentStart, 40)
  const [year = 0, month = 0] = payloadMonth(place.payloadFile).split('-').map(Number)
  record.writeUInt16LE(year, 44)
  record.writeUInt16LE(month, 46)
  record.writeUInt32LE(payloadNumber(place.payloadFile), 48)
  record.writeUInt32LE(place.payloadStart, 52)
  record.writeUInt32LE(0, 56)
  record.writeUInt32LE(crc32(record.subarray(coveredAt, recordHeadBytes + headers.length)), 12)
}

/** How many bytes the record at `at` says it has; 0 when nothing that begins there can be a record. */
export function claimedBytes(bytes: Buffer, at: number): number {
  if (at + recordHeadBytes > bytes.length || !bytes.subarray(at, at + magic.length).equals(magic)) return 0
  const length = recordHeadBytes + bytes.readUInt32LE(at + 28) + bytes.readUInt32LE(at + 32)
  return at + length > bytes.length ? 0 : length
}

/** The commit at `at`; undefined when there is none whole and sound. Throws when a newer version wrote it. */
export function readRecord(bytes: Buffer, at: number): CommitRecord | undefined {
  const length = claimedBytes(bytes, at)
  if (length === 0) return
  const end = at + length
  const head = bytes.subarray(at, at + recordHeadBytes)
  const framesEnd = at + recordHeadBytes + head.readUInt32LE(28)
  // Before the version is believed: of a head that lies across two sectors a power cut may leave the mark alone.
  if (crc32(bytes.subarray(at + coveredAt, framesEnd)) !== head.readUInt32LE(12)) return
  if (head.readUInt32LE(8) !== version) {
    throw new Error('the journal of the log was written by a newer version: start that one')
  }
  const month = `${String(head.readUInt16LE(44)).padStart(4, '0')}-${String(head.readUInt16LE(46)).padStart(2, '0')}`
  const record: CommitRecord = {
    first: head.readDoubleLE(16),
    entries: head.readUInt32LE(24),
    segment: head.readUInt32LE(36),
    segmentStart: head.readUInt32LE(40),
    frames: bytes.subarray(at + recordHeadBytes, framesEnd),
    payloadFile: payloadFile(month, head.readUInt32LE(48)),
    payloadStart: head.readUInt32LE(52),
    payloads: bytes.subarray(framesEnd, end),
    end,
  }
  return isWhole(record) ? record : undefined
}

/** The next place a record begins at, whole or not; undefined when there is none. */
export function findRecord(bytes: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(magic, from)
  return at < 0 ? undefined : at
}

/** Its frames are those of its entries, and its payloads are those their headers commit to. */
function isWhole({ first, entries, segmentStart, frames, payloads, ...record }: CommitRecord): boolean {
  // Past what is safe, `index++` does not count, and nothing below would be looked at.
  if (!Number.isSafeInteger(first + entries)) return false
  let at = 0
  let payloadAt = 0
  for (let index = first; index < first + entries; index++) {
    const frame = readFrame(frames, at)
    const header = frame && readHeader(frame.leaf.subarray(1))
    if (frame === undefined || header?.index !== index || frame.commitStart !== segmentStart) return false
    at = frame.end
    const { payload } = header
    if (payload === undefined) continue
    const bytes = payloads.subarray(payloadAt, payloadAt + payload.length)
    if (payload.file !== record.payloadFile || payload.offset !== record.payloadStart + payloadAt)
      return false
    if (bytes.length !== payload.length || hash('sha256', bytes, 'hex') !== payload.sha256) return false
    payloadAt += payload.length
  }
  return entries > 0 && at === frames.length && payloadAt === payloads.length
}
