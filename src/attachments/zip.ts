import { crc32, inflateRawSync } from 'node:zlib'
import type { UnreadReason } from './api.ts'
import { type Reading, Unread } from './reading.ts'

/**
 * Archives, read by their central directory. Of what two programs could read differently nothing is taken on trust:
 * sizes and checksums must hold, entries must not overlap, and bytes that belong to no entry are told.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
 */
export interface ZipEntry {
  readonly name: string
  readonly isFolder: boolean
  /** Where its own header begins, and where its bytes do. */
  readonly header: number
  readonly start: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly method: number
  readonly crc: number
  readonly isEncrypted: boolean
}

const signatures = { entry: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const
const endBytes = 22
const longestComment = 65_535
/** Sizes written behind an entry instead of before it, with a signature, for large files. */
const longestDescriptor = 24
/** More than this between entries, or in front of them, is worth telling. */
const freePadding = 1_024

/** Position of the end record, or undefined where there is no archive. */
export function findZipEnd(bytes: Uint8Array): number | undefined {
  const view = viewOf(bytes)
  const last = bytes.length - endBytes
  for (let at = last; at >= 0 && at >= last - longestComment; at--) {
    if (view.getUint32(at, true) !== signatures.end) continue
    const directoryEnd = view.getUint32(at + 12, true) + view.getUint32(at + 16, true)
    if (directoryEnd <= at && at + endBytes + view.getUint16(at + 20, true) <= bytes.length) return at
  }
  return undefined
}

export interface ZipListing {
  readonly entries: readonly ZipEntry[]
  /** As many as the archive says it has, read or not. */
  readonly count: number
  readonly hasHiddenBytes: boolean
}

/** Throws `Unread` for what is no whole archive. Lists at most `most` entries. */
export function listZip(bytes: Uint8Array, most: number): ZipListing {
  const end = findZipEnd(bytes)
  if (end === undefined) throw new Unread('damaged')
  const view = viewOf(bytes)
  const count = view.getUint16(end + 10, true)
  // Zip64 says all ones where the number does not fit; no document within the bounds needs it.
  if (count === 0xffff) throw new Unread('too-many-parts')
  // What stands before an archive shifts every position in it.
  const shift = end - view.getUint32(end + 12, true) - view.getUint32(end + 16, true)
  let at = view.getUint32(end + 16, true) + shift
  const entries: ZipEntry[] = []
  for (let index = 0; index < Math.min(count, most); index++) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.directory) throw new Unread('damaged')
    entries.push(readEntry(bytes, view, at, shift))
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  const isWhole = entries.length === count
  const hasGaps = checkLayout(entries, view.getUint32(end + 16, true) + shift)
  return { entries, count, hasHiddenBytes: isWhole && (hasGaps || at !== end) }
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, shift: number): ZipEntry {
  const flags = view.getUint16(at + 8, true)
  const nameBytes = bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))
  const name = new TextDecoder().decode(nameBytes)
  const local = view.getUint32(at + 42, true) + shift
  if (local + 30 > bytes.length || view.getUint32(local, true) !== signatures.entry)
    throw new Unread('damaged')
  return {
    name,
    isFolder: name.endsWith('/') && view.getUint32(at + 24, true) === 0,
    header: local,
    start: local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true),
    packedBytes: view.getUint32(at + 20, true),
    unpackedBytes: view.getUint32(at + 24, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    isEncrypted: (flags & 0x41) !== 0,
  }
}

/** Throws for entries that overlap: a small archive of them unpacks to any size. True when bytes are left over. */
function checkLayout(entries: readonly ZipEntry[], directoryStart: number): boolean {
  const ordered = [...entries].sort((one, other) => one.start - other.start)
  let free = 0
  let end = 0
  for (const { header, start, packedBytes } of ordered) {
    if (header < end) throw new Unread('bomb')
    free += Math.max(0, header - end - longestDescriptor)
    end = start + packedBytes
  }
  if (end > directoryStart) throw new Unread('damaged')
  return free + directoryStart - end > freePadding
}

/** The bytes of an entry. Throws `Unread` for what cannot or must not be unpacked. */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry, reading: Reading): Uint8Array {
  const { ratio, ratioFreeBytes } = reading.bounds
  if (entry.isEncrypted) throw new Unread('encrypted')
  if (entry.method !== 0 && entry.method !== 8) throw new Unread('unknown-type')
  const packed = bytes.subarray(entry.start, entry.start + entry.packedBytes)
  const most = Math.min(reading.unpackedLeft, Math.max(ratioFreeBytes, packed.length * ratio))
  if (entry.unpackedBytes > most) throw new Unread('bomb')
  const unpacked = entry.method === 0 ? packed : inflate(packed, entry.unpackedBytes)
  reading.takeUnpacked(unpacked.length)
  if (unpacked.length !== entry.unpackedBytes || crc32(unpacked) !== entry.crc) throw new Unread('damaged')
  return unpacked
}

function inflate(packed: Uint8Array, stated: number): Uint8Array {
  try {
    // One byte more than stated, so that an entry that says too little is noticed and not cut off.
    return inflateRawSync(packed, { maxOutputLength: stated + 1 })
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    const reason: UnreadReason = isTooLong ? 'bomb' : 'damaged'
    throw new Unread(reason)
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
