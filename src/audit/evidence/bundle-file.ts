import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from '#/core/durable-file.ts'
import { Refusal } from '#/core/refusal.ts'
import { type ListedFile, listFile } from './manifest.ts'
import { tarEnd, tarMember } from './tar.ts'

/** Thousands of files of a kilobyte each: written one by one they would cost a call each. */
const writtenAtOnceBytes = 1_024 * 1_024

/** An archive while it is made. It has its name only once it is whole and on disk. */
export class BundleFile {
  readonly #path: string
  readonly #file: FileHandle
  readonly listed: ListedFile[] = []
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #bytes = 0

  private constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  /** Throws `request-invalid` when there is a file already, or none can be made there. */
  static async create(path: string): Promise<BundleFile> {
    try {
      // Both names: evidence is never written over.
      await (await open(path, 'wx', 0o600)).close()
      await rm(path)
      return new BundleFile(path, await open(partOf(path), 'wx', 0o600))
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      const problem =
        code === 'EEXIST'
          ? 'there is a file already, and nothing is written over; name another one'
          : `no new file can be made there (${code})`
      throw new Refusal('request-invalid', { field: 'out', problem }, { cause: error })
    }
  }

  get bytes(): number {
    return this.#bytes
  }

  /** `isListed`: it stands in the manifest. */
  async add(name: string, content: string | Uint8Array, isListed = true): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    if (isListed) this.listed.push(listFile(name, bytes))
    await this.#write(tarMember({ name, bytes }))
  }

  async finish(): Promise<void> {
    await this.#write(tarEnd)
    await this.#flush()
    await this.#file.sync()
    await this.#file.close()
    await rename(partOf(this.#path), this.#path)
    await syncFolder(dirname(this.#path))
  }

  async abandon(): Promise<void> {
    await this.#file.close()
    await rm(partOf(this.#path), { force: true })
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    this.#bytes += bytes.length
    if (this.#waitingBytes >= writtenAtOnceBytes) await this.#flush()
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting, this.#waitingBytes)
    this.#waiting = []
    this.#waitingBytes = 0
    for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten
  }
}

/** What a bundle is called while it is made. */
export const partOf = (path: string): string => `${path}.part`
