import { type FileHandle, open } from 'node:fs/promises'
import { frameBytes, headerMaxBytes, readFrame } from '../frame.ts'
import { segmentPath } from '../layout.ts'

export interface LeafPlaces {
  readonly place: (index: number) => { readonly segment: number; readonly offset: number } | undefined
}

/** Reads leaves (0x00 and the header) out of the segments of a log, without holding up anything else. */
export class LeafReader {
  readonly #folder: string
  readonly #places: LeafPlaces
  /** Neighbours mostly lie in one segment, so it stays open between them. */
  #segment: { readonly number: number; readonly file: FileHandle } | undefined

  constructor(folder: string, places: LeafPlaces) {
    this.#folder = folder
    this.#places = places
  }

  /** The leaves of entries `first` to `end`, the latter not included. All must be durable; at most some hundred. */
  async read(first: number, end: number): Promise<readonly Buffer[]> {
    const leaves: Buffer[] = []
    while (leaves.length < end - first) leaves.push(...(await this.#readRow(first + leaves.length, end)))
    return leaves
  }

  async close(): Promise<void> {
    await this.#segment?.file.close()
    this.#segment = undefined
  }

  /** The leaves from `first` on that lie in one segment, read at once. */
  async #readRow(first: number, end: number): Promise<readonly Buffer[]> {
    const start = this.#place(first)
    let last = first
    while (last + 1 < end && this.#place(last + 1).segment === start.segment) last++
    const next = this.#places.place(last + 1)
    const stop =
      next?.segment === start.segment ? next.offset : this.#place(last).offset + frameBytes + headerMaxBytes
    const file = await this.#open(start.segment)
    const length = stop - start.offset
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, start.offset)
    const bytes = buffer.subarray(0, bytesRead)
    const leaves: Buffer[] = []
    for (let index = first; index <= last; index++) {
      const frame = readFrame(bytes, this.#place(index).offset - start.offset)
      if (frame === undefined)
        throw new Error(`entry ${index} of the log cannot be read back: run audit verify`)
      leaves.push(frame.leaf)
    }
    return leaves
  }

  #place(index: number): { readonly segment: number; readonly offset: number } {
    const place = this.#places.place(index)
    if (place === undefined) throw new Error(`the log has no entry ${index}`)
    return place
  }

  async #open(number: number): Promise<FileHandle> {
    if (this.#segment?.number === number) return this.#segment.file
    await this.close()
    const file = await open(segmentPath(this.#folder, number))
    this.#segment = { number, file }
    return file
  }
}
