import { type FileHandle, open } from 'node:fs/promises'
import { endedLeaves } from '../ended.ts'
import type { EntryPlace } from '../entry-index.ts'
import { frameBytes, headerMaxBytes, readFrame } from '../frame.ts'
import { placePath } from '../layout.ts'
import { leafHash } from '../tree.ts'

export interface LeafPlaces {
  /** The first entry whose header is kept. */
  readonly first: number
  /** Of any whose header is there. */
  readonly place: (index: number) => EntryPlace | undefined
}

/** A bundle takes some 150 KB; what grew past this for long headers is let go again. */
const keptMaxBytes = 1_024 * 1_024

/** Reads leaves (0x00 and the header) out of the segments of a log, without holding up anything else. */
export class LeafReader {
  readonly #folder: string
  readonly #places: LeafPlaces
  /** Neighbours mostly lie in one segment, so it stays open between them. */
  #segment: { readonly path: string; readonly file: FileHandle } | undefined
  /** What was read last. One serves every call, since a busy second is five megabytes. */
  #space = Buffer.alloc(0)

  constructor(folder: string, places: LeafPlaces) {
    this.#folder = folder
    this.#places = places
  }

  /**
   * The leaves of entries `first` to `end`, the latter not included. All must be durable; at most some hundred. They hold until
   * the next call, which comes when this one is done.
   */
  async read(first: number, end: number): Promise<readonly Buffer[]> {
    if (this.#space.length > keptMaxBytes) this.#space = Buffer.alloc(0)
    const leaves: Buffer[] = []
    let usedBytes = 0
    while (leaves.length < end - first) {
      const row = await this.#readRow(first + leaves.length, end, usedBytes)
      leaves.push(...row.leaves)
      usedBytes += row.bytes
    }
    return leaves
  }

  /** The first entry that can be read. */
  get first(): number {
    return this.#places.first
  }

  /** Hashes of leaves, also of those whose headers have ended. */
  async hashes(first: number, end: number): Promise<readonly Buffer[]> {
    const kept = Math.min(end, Math.max(first, this.first))
    const ended = await endedLeaves(this.#folder, first, kept)
    return [...ended, ...(await this.read(kept, end)).map(leafHash)]
  }

  async close(): Promise<void> {
    await this.#segment?.file.close()
    this.#segment = undefined
  }

  /** The leaves from `first` on that lie in one segment, read at once. */
  async #readRow(
    first: number,
    end: number,
    usedBytes: number,
  ): Promise<{ readonly leaves: readonly Buffer[]; readonly bytes: number }> {
    const start = this.#place(first)
    let last = first
    while (last + 1 < end && this.#place(last + 1).segment === start.segment) last++
    const next = this.#places.place(last + 1)
    const stop =
      next?.segment === start.segment ? next.offset : this.#place(last).offset + frameBytes + headerMaxBytes
    const file = await this.#open(start)
    const length = stop - start.offset
    // Leaves of a row before keep the space they lie in.
    if (usedBytes + length > this.#space.length) {
      this.#space = Buffer.allocUnsafeSlow(usedBytes + length)
    }
    const space = this.#space
    const { bytesRead } = await file.read(space, usedBytes, length, start.offset)
    const bytes = space.subarray(usedBytes, usedBytes + bytesRead)
    const leaves: Buffer[] = []
    for (let index = first; index <= last; index++) {
      const frame = readFrame(bytes, this.#place(index).offset - start.offset)
      if (frame === undefined)
        throw new Error(`entry ${index} of the log cannot be read back: run audit verify`)
      leaves.push(frame.leaf)
    }
    return { leaves, bytes: length }
  }

  #place(index: number): EntryPlace {
    const place = this.#places.place(index)
    if (place === undefined) throw new Error(`the log has no entry ${index}`)
    return place
  }

  async #open(place: EntryPlace): Promise<FileHandle> {
    const path = placePath(this.#folder, place)
    if (this.#segment?.path === path) return this.#segment.file
    await this.close()
    const file = await open(path)
    this.#segment = { path, file }
    return file
  }
}
