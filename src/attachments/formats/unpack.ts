import { joinPath, type Part, type Reading, Unread } from '../reading.ts'
import { unpackEntry, type ZipEntry } from '../zip.ts'

/** The bytes of an entry; undefined, and told, when they cannot be had. */
export function unpack(part: Part, entry: ZipEntry, reading: Reading): Uint8Array | undefined {
  const path = joinPath(part.path, entry.name)
  if (!reading.takePart()) {
    reading.addUnread(path, 'too-many-parts')
    return undefined
  }
  try {
    return unpackEntry(part.bytes, entry, reading)
  } catch (error) {
    if (!(error instanceof Unread)) throw error
    reading.addUnread(path, error.reason)
    return undefined
  }
}
