/**
 * Where a commit becomes durable: one write and one sync of one file that is used again and again, so that no sync waits
 * for the names and sizes of files. Segments and payload files get the same bytes at the same time and are synced later,
 * all commits of a while together; what a crash keeps from them is put there by the next start (`journal-replay.ts`).
 *
 * There are two files in turn. While what stands in one is synced at its places, commits go to the other. Then it is
 * overwritten with zeros: a text that ends must not stay here. A log that was closed has no journal.
 */
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Batch } from './batch.ts'
import type { Disk } from './disk.ts'
import { GrowingFile } from './growing-file.ts'
import { recordHeadBytes, writeRecordHead } from './journal-record.ts'
import { journalPaths } from './layout.ts'

export interface JournalOptions {
  readonly disk: Disk
  /** Of a segment: no more than that is zeroed ahead. */
  readonly segmentBytes: number
  readonly rescue: () => boolean
  readonly onFailed: (error: Error) => void
}

/** Zeros are written ahead up to here. Past it the file grows with what is written. */
const zeroedMaxBytes = 4 * 1_024 * 1_024
/** A buffer that grew past this for one large commit is let go again. */
const keptMaxBytes = 4 * 1_024 * 1_024

interface Half {
  readonly file: GrowingFile
  usedBytes: number
}

export class Journal {
  readonly #halves: readonly [Half, Half]
  #active: Half
  #record: Buffer = Buffer.allocUnsafe(256 * 1_024)

  private constructor(halves: readonly [Half, Half]) {
    this.#halves = halves
    this.#active = halves[0]
  }

  /** Whatever stands in it is gone: everything of it must lie durably at its place. */
  static async open(folder: string, options: JournalOptions): Promise<Journal> {
    const open = async (path: string): Promise<Half> => {
      const limitBytes = Math.min(zeroedMaxBytes, options.segmentBytes)
      const growing = { ...options, usedBytes: 0, limitBytes }
      return { file: await GrowingFile.open(path, growing), usedBytes: 0 }
    }
    const [one, other] = journalPaths(folder)
    return new Journal([await open(one), await open(other)])
  }

  /** Of the file that is written. */
  get usedBytes(): number {
    return this.#active.usedBytes
  }

  async assertInPlace(): Promise<void> {
    for (const { file } of this.#halves) await file.assertNamed()
  }

  /** Makes a commit durable. Called when the one before is. */
  store(batch: Batch, done: (error: Error | null) => void): void {
    const record = this.#lay(batch)
    const at = this.#active.usedBytes
    this.#active.usedBytes += record.length
    this.#active.file.store(record, at, done)
  }

  /**
   * The next commit goes to the other file. What was written before may be wiped once it is synced at its places, and must
   * be before the next turn.
   */
  turn(): { readonly wipe: () => Promise<void> } {
    const [one, other] = this.#halves
    const turned = this.#active
    this.#active = turned === one ? other : one
    const wipe = async (): Promise<void> => {
      await turned.file.wipe(turned.usedBytes)
      turned.usedBytes = 0
    }
    return { wipe }
  }

  /** What was wiped is so on the device, too. */
  async sync(): Promise<void> {
    await Promise.all(this.#halves.map(({ file }) => file.synced()))
  }

  /** Takes the files away when `isSettled`: everything that stands in them lies durably at its place. */
  async close(isSettled: boolean): Promise<void> {
    for (const { file } of this.#halves) await file.close(isSettled ? 0 : undefined)
    if (isSettled) await rm(dirname(this.#halves[0].file.path), { recursive: true })
  }

  #lay(batch: Batch): Buffer {
    const { headers, payloads } = batch
    const length = recordHeadBytes + headers.length + payloads.length
    if (this.#record.length < length || this.#record.length > keptMaxBytes)
      this.#record = Buffer.allocUnsafe(Math.max(length, 256 * 1_024))
    const record = this.#record.subarray(0, length)
    headers.copy(record, recordHeadBytes)
    payloads.copy(record, recordHeadBytes + headers.length)
    writeRecordHead(record, batch)
    return record
  }
}
