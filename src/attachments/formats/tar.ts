import { gunzipSync } from 'node:zlib'
import { type PartReader, Unread } from '../reading.ts'
import { readTarHeader, tarBlock } from './tar-header.ts'

/** One compressed file: its content is a file of its own. */
export const readGzip: PartReader = async (part, reading) => {
  const { ratio, ratioFreeBytes } = reading.bounds
  const most = Math.min(reading.unpackedLeft, Math.max(ratioFreeBytes, part.bytes.length * ratio))
  const unpacked = unzip(part.bytes, most)
  reading.takeUnpacked(unpacked.length)
  await reading.readInside(part, 'unpacked', unpacked)
}

function unzip(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: most })
  } catch (error) {
    throw new Unread((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged')
  }
}

/** Tape archives, file by file. What says something about the next file is words as well. */
export const readTar: PartReader = async (part, reading) => {
  let at = 0
  for (
    let header = readTarHeader(part.bytes, at);
    header !== undefined;
    header = readTarHeader(part.bytes, at)
  ) {
    const start = at + tarBlock
    const end = start + header.bytes
    if (!reading.takePart()) return reading.addUnread(part.path, 'too-many-parts')
    if (end > part.bytes.length) throw new Unread('damaged')
    if (header.bytes > 0) await reading.readInside(part, header.name, part.bytes.subarray(start, end))
    at = start + Math.ceil(header.bytes / tarBlock) * tarBlock
  }
  // It ends with blocks of zeros; anything else is a header that is broken, and files behind it.
  if (part.bytes.subarray(at).some((byte) => byte !== 0)) throw new Unread('damaged')
}
