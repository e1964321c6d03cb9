import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from '#/core/durable-file.ts'

/** What a copy asks of the disk. Tests hand in one that is full. */
export interface CopyDisk {
  /** Gives the bytes it took. */
  readonly write: (file: FileHandle, bytes: Uint8Array) => Promise<number>
}

export const systemCopyDisk: CopyDisk = {
  write: async (file, bytes) => (await file.write(bytes)).bytesWritten,
}

export interface Copied {
  readonly bytes: number
  readonly sha256: string
}

const chunkBytes = 1_024 * 1_024

/**
 * Copies a file up to `limitBytes`, durably and for its owner only, and gives the hash of what was written. Fails
 * when the target is there. Every write is checked: a full disk may take a part without an error.
 */
export async function copyFile(
  from: string,
  to: string,
  options: {
    readonly limitBytes?: number | undefined
    readonly disk?: CopyDisk
    readonly onBytes?: (bytes: number) => void
  } = {},
): Promise<Copied> {
  const { limitBytes = Number.POSITIVE_INFINITY, disk = systemCopyDisk, onBytes } = options
  await makeFolder(dirname(to))
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const buffer = Buffer.allocUnsafe(chunkBytes)
      let bytes = 0
      while (bytes < limitBytes) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(chunkBytes, limitBytes - bytes), bytes)
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        const taken = await disk.write(target, chunk)
        if (taken !== bytesRead) throw new Error(`the disk took ${taken} of ${bytesRead} bytes: is it full?`)
        hash.update(chunk)
        bytes += bytesRead
        onBytes?.(bytesRead)
      }
      await target.sync()
      return { bytes, sha256: hash.digest('hex') }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
    await syncFolder(dirname(to))
  }
}

export async function hashFile(path: string): Promise<Copied> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
