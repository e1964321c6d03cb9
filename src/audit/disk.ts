import { fdatasync, fstatSync, write, writeSync } from 'node:fs'
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
  /**
   * Waits for the device, so never on the main thread: a slow disk must not freeze open streams. A file that no longer has a
   * name is an error: what is written there goes with the process.
   */
  readonly sync: (file: number, done: (error: Error | null) => void) => void
  readonly space: (folder: string) => Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
}

export const systemDisk: Disk = {
  write: (file, bytes, position) => writeSync(file, bytes, 0, bytes.byteLength, position),
  writeAhead: (file, bytes, position, done) => write(file, bytes, 0, bytes.byteLength, position, done),
  sync: (file, done) => fdatasync(file, (error) => done(error ?? removalOf(file))),
  space: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  },
}

/** Two microseconds, once for each commit and file. */
function removalOf(file: number): Error | null {
  try {
    return fstatSync(file).nlink > 0 ? null : new Error('a file of the log was removed while it was written')
  } catch (error) {
    return error as Error
  }
}
