/**
 * A file of one event a line, for a collector on this machine. It ends with the first batch that passes its size;
 * then it is called `.1`, what was `.1` becomes `.2`, and what is older than `keep` goes.
 */
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from '#/core/durable-file.ts'
import type { FileSinkSettings } from '#/settings/api.ts'
import { type FormattedEvent, type Sink, SinkFailure, type SinkKind } from '../../api.ts'

export const fileSink: SinkKind<'file'> = {
  kind: 'file',
  settleEveryMs: 0,
  describe: ({ path }) => path,
  open: (settings) => new FileSink(settings),
}

class FileSink implements Sink {
  readonly #settings: FileSinkSettings
  #file: FileHandle | undefined
  #bytes = 0

  constructor(settings: FileSinkSettings) {
    this.#settings = settings
  }

  readonly send = (events: readonly FormattedEvent[]) =>
    this.#orFailure(async () => {
      if (this.#bytes >= this.#settings.maxBytes) await this.#turnOver()
      const file = await this.#opened()
      const bytes = Buffer.from(`${events.map(({ line }) => line).join('\n')}\n`)
      await writeWhole(file, bytes)
      this.#bytes += bytes.length
      return { refused: [] }
    })

  readonly settle = () =>
    this.#orFailure(async () => {
      if (this.#file === undefined) return
      await this.#file.sync()
      await this.#assertStillThere(this.#file)
    })

  readonly close = async (): Promise<void> => {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file !== undefined) return this.#file
    const { path } = this.#settings
    await makeFolder(dirname(path))
    const file = await open(path, 'a+', 0o600)
    try {
      this.#bytes = await withoutTornLine(file)
      await syncFolder(dirname(path))
    } catch (error) {
      await file.close()
      throw error
    }
    this.#file = file
    return file
  }

  /** What went into a file somebody moved or removed meanwhile is sent again, into a new one. */
  async #assertStillThere(file: FileHandle): Promise<void> {
    const ours = await file.stat()
    const there = await stat(this.#settings.path)
    if (there.ino === ours.ino && there.dev === ours.dev) return
    throw Object.assign(new Error('another file is there'), { code: 'it was replaced by another file' })
  }

  async #turnOver(): Promise<void> {
    const { path, keep } = this.#settings
    await this.#file?.sync()
    await this.close()
    await rm(`${path}.${keep}`, { force: true })
    for (let number = keep - 1; number >= 1; number--) {
      await rename(`${path}.${number}`, `${path}.${number + 1}`).catch(unlessMissing)
    }
    await rename(path, `${path}.1`).catch(unlessMissing)
    await syncFolder(dirname(path))
    this.#bytes = 0
  }

  /** After a failure the file is opened anew: what a failed write or sync left of it is not known. */
  async #orFailure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      await this.close().catch(() => undefined)
      const { code = 'unknown error' } = cause as NodeJS.ErrnoException
      throw new SinkFailure(`cannot write ${this.#settings.path} (${code})`, { cause })
    }
  }
}

/** Node gives a short write at the end of a disk without an error. */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at)
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' })
    at += bytesWritten
  }
}

const tailBytes = 64 * 1_024

/** Cuts off a line a crash left unfinished: its event is sent again. Gives the size. */
async function withoutTornLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(tailBytes)
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - tailBytes)
    const { bytesRead } = await file.read(tail, 0, end - start, start)
    const lineEnd = tail.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (lineEnd >= 0) {
      const whole = start + lineEnd + 1
      if (whole < size) await file.truncate(whole)
      return whole
    }
    end = start
  }
  if (size > 0) await file.truncate(0)
  return 0
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
