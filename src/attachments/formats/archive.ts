import type { PartReader } from '../reading.ts'
import { listZip } from '../zip.ts'
import { readOffice } from './office.ts'
import { unpack } from './unpack.ts'

/** An archive: Office documents by their parts, everything else entry by entry, each as a file of its own. */
export const readArchive: PartReader = async (part, reading) => {
  const { entries, count, hasHiddenBytes } = listZip(part.bytes, reading.bounds.parts)
  if (count > entries.length) reading.addUnread(part.path, 'too-many-parts')
  if (hasHiddenBytes) reading.addUnread(part.path, 'hidden-bytes')
  const files = entries.filter(({ isFolder }) => !isFolder)
  const isOffice = files.some(({ name }) => name === '[Content_Types].xml')
  if (isOffice) return readOffice(part, files, reading)
  // Names may say something, too.
  reading.addText(part.path, entries.map(({ name }) => name).join('\n'), 'metadata')
  for (const entry of files) {
    const bytes = unpack(part, entry, reading)
    if (bytes !== undefined) await reading.readInside(part, entry.name, bytes)
  }
}
