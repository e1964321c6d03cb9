import { tarBlockBytes, tarEnd, tarMember } from './tar.ts'

/** The files of an archive that is sound. */
export function readTarFiles(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (let at = 0; archive[at] !== 0; ) {
    const name = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8)
    files.set(name, archive.subarray(at + tarBlockBytes, at + tarBlockBytes + size))
    at += tarBlockBytes * (1 + Math.ceil(size / tarBlockBytes))
  }
  return files
}

export const writeTarFiles = (files: Iterable<readonly [string, Buffer]>): Buffer =>
  Buffer.concat([...[...files].map(([name, bytes]) => tarMember({ name, bytes })), tarEnd])
