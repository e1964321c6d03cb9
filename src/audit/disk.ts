import { fdatasync, write, writeSync } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** What a commit asks of the disk. Tests hand in one that fails, writes short, or counts. */
export interface Disk {
  /**
   * Hands the bytes to the kernel and gives the number it took. Synchronous on purpose: copying a commit into the
   * page cache takes some ten microseconds, sending it to another thread and back takes more.
   */
  readonly write: (file: number, bytes: Uint8Array, position: number) => number
  /** For zeros written ahead: large, and nobody waits for them. */
  readonly writeAhead: (
    file: number,
    bytes: Uint8Array,
    position: number,
    done: (error: Error | null, writtenBytes: number) => void,
  ) => void
  /** Waits for the device, so never on the main thread: a slow disk must not freeze open streams. */
  readonly sync: (file: number, done: (error: Error | null) => void) => void
  readonly space: (folder: string) => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
}

export const systemDisk: Disk = {
  write: (file, bytes, position) => writeSync(file, bytes, 0, bytes.byteLength, position),
  writeAhead: (file, bytes, position, done) => write(file, bytes, 0, bytes.byteLength, position, done),
  sync: (file, done) => fdatasync(file, done),
  space: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  },
}
