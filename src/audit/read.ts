import { type FileHandle, open } from 'node:fs/promises'
import type {
  EntryHead,
  EntryKind,
  EntryQuery,
  HeadsPage,
  HeadsQuery,
  LoggedHead,
  OpenedEntry,
} from './api.ts'
import type { EntryIndex, EntryPlace } from './entry-index.ts'
import { frameBytes, headerMaxBytes, readFrame } from './frame.ts'
import { type Header, readHeader } from './header.ts'
import type { LogKeys } from './keys.ts'
import { placePath } from './layout.ts'
import { erasePayload } from './payload-files.ts'
import { PayloadOpener } from './payload-opener.ts'

/** A search gives at most this many heads, whatever is asked. */
export const searchMaxEntries = 10_000

/** Reads single entries of a log that is open. Only durable entries can be read. */
export class LogReader {
  readonly #folder: string
  readonly #keys: LogKeys
  readonly #index: EntryIndex

  constructor(folder: string, keys: LogKeys, index: EntryIndex) {
    this.#folder = folder
    this.#keys = keys
    this.#index = index
  }

  async open(index: number): Promise<OpenedEntry | undefined> {
    const header = await this.#header(index)
    if (header === undefined) return undefined
    // One for each entry: what an entry refers to is not kept once it is read.
    const opener = new PayloadOpener(this.#folder, this.#keys, (entry) => this.#header(entry))
    const opened = await opener.open(header)
    return {
      ...this.#head(header),
      payload: opened?.bytes,
      ...(opened === undefined || opened.lostParts.length === 0 ? {} : { lostParts: opened.lostParts }),
      ...(opened === undefined || opened.sources.length === 0 ? {} : { sources: opened.sources }),
    }
  }

  async #header(index: number): Promise<Header | undefined> {
    const place = this.#index.place(index)
    const file = place && (await this.#open(place, index))
    if (place === undefined || file === undefined) return undefined
    try {
      return await headerAt(file, place.offset, index)
    } finally {
      await file.close()
    }
  }

  /** Undefined when the segment ended while it was being opened. */
  #open(place: EntryPlace, index: number): Promise<FileHandle | undefined> {
    return open(placePath(this.#folder, place)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && index < this.#index.first && place.isKept !== true) return undefined
      throw error
    })
  }

  async erasePayload(index: number): Promise<boolean> {
    const header = await this.#header(index)
    return header?.payload !== undefined && erasePayload(this.#folder, header.payload)
  }

  async outcomeOf(intent: number): Promise<OpenedEntry | undefined> {
    const outcome = this.#index.outcomeOf(intent)
    return outcome === undefined ? undefined : this.open(outcome)
  }

  /** The `progress` entries that lead to `newest`, oldest first. Each names the one before it. */
  async progressTo(newest: number | undefined): Promise<readonly OpenedEntry[]> {
    const found: OpenedEntry[] = []
    for (let index = newest; index !== undefined; ) {
      const entry = await this.open(index)
      if (entry?.kind !== 'progress')
        throw new Error(`entry ${index} of the log is no progress: run audit verify`)
      found.unshift(entry)
      const before = entry.facts.progress
      // An entry leads back only, so this ends.
      index = before !== undefined && before < index ? before : undefined
    }
    return found
  }

  async search(query: EntryQuery): Promise<readonly EntryHead[]> {
    const aliases = query.personIds && new Set(query.personIds.flatMap((id) => this.#keys.aliasesOf(id)))
    if (aliases?.size === 0) return []
    const candidates = this.#index.candidates({
      aliases,
      sinceMs: query.sinceMs ?? Number.NEGATIVE_INFINITY,
      untilMs: query.untilMs ?? Number.POSITIVE_INFINITY,
      kinds: query.kinds && new Set<EntryKind>(query.kinds),
    })
    const found: EntryHead[] = []
    const limit = Math.min(query.limit, searchMaxEntries)
    // Neighbours mostly lie in one segment, so it stays open between them.
    let segment: { readonly number: number; readonly file: FileHandle } | undefined
    try {
      for (const index of candidates) {
        if (found.length >= limit) break
        if (query.below !== undefined && index >= query.below) continue
        const place = this.#index.place(index)
        if (place === undefined) continue
        if (segment?.number !== place.segment) {
          await segment?.file.close()
          segment = undefined
          const file = await this.#open(place, index)
          if (file === undefined) continue
          segment = { number: place.segment, file }
        }
        const header = await headerAt(segment.file, place.offset, index)
        if (aliases === undefined || (header.subject !== undefined && aliases.has(header.subject))) {
          found.push(this.#head(header))
        }
      }
    } finally {
      await segment?.file.close()
    }
    return found
  }

  async readHeads(from: number, most: number): Promise<readonly LoggedHead[]> {
    const first = Math.max(this.#index.first, from)
    const count = Math.max(0, Math.min(first + most, this.#index.size) - first)
    const indexes = Array.from({ length: count }, (_, at) => first + at)
    return this.#readAll(indexes, ({ header, stored }) => ({
      ...this.#head(header),
      alias: header.subject,
      header: stored.toString('utf8'),
    }))
  }

  async newestHeads({ kinds, ...query }: HeadsQuery): Promise<HeadsPage> {
    const { indexes, below } = this.#index.newest({ ...query, kinds: new Set(kinds) })
    const heads = await this.#readAll(indexes, ({ header }) => this.#head(header))
    const goneBeforeMs = below > 0 ? undefined : this.#index.goneBeforeMs
    const isMissing = goneBeforeMs !== undefined && query.sinceMs < goneBeforeMs
    return isMissing ? { heads, below, goneBeforeMs } : { heads, below }
  }

  /** Of entries in ascending order; headers that lie near each other come with one read. */
  async #readAll<T>(indexes: readonly number[], toHead: (read: ReadHeader) => T): Promise<readonly T[]> {
    const heads: T[] = []
    while (heads.length < indexes.length) {
      for (const read of await this.#readRun(indexes, heads.length)) heads.push(toHead(read))
    }
    return heads
  }

  /** Those from `at` on that lie in one segment and in one piece of it; at least one. */
  async #readRun(indexes: readonly number[], at: number): Promise<readonly ReadHeader[]> {
    const first = indexes[at] as number
    const start = this.#index.place(first)
    if (start === undefined) throw new Error(`there is no entry ${first}`)
    const offsets: number[] = []
    for (let next = at; next < indexes.length; next++) {
      const place = this.#index.place(indexes[next] as number)
      if (place?.segment !== start.segment || place.offset - start.offset > runBytes) break
      offsets.push(place.offset - start.offset)
    }
    const bytes = Buffer.allocUnsafe((offsets.at(-1) ?? 0) + frameBytes + headerMaxBytes)
    const file = await open(placePath(this.#folder, start))
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start.offset)
      const there = bytes.subarray(0, bytesRead)
      return offsets.map((offset, each) => headerIn(there, offset, indexes[at + each] as number))
    } finally {
      await file.close()
    }
  }

  #head(header: Header): EntryHead {
    const { index, atMs, kind, facts, subject } = header
    // Entries of the log itself are sealed for nobody: that is not a person.
    const person = subject === undefined ? undefined : this.#keys.personOf(subject) || undefined
    return { index, atMs, kind, facts, subject: person }
  }
}

interface ReadHeader {
  readonly header: Header
  /** As it is stored; lies in the buffer that was read. */
  readonly stored: Buffer
}

function headerIn(bytes: Buffer, offset: number, index: number): ReadHeader {
  const stored = readFrame(bytes, offset)?.leaf.subarray(1)
  const header = stored && readHeader(stored)
  if (stored === undefined || header?.index !== index) throw unreadable(index)
  return { header, stored }
}

/** Headers lie behind each other, so that hundreds come with one read. */
const runBytes = 256 * 1_024

// Most headers fit; a longer one costs a second read.
const firstReadBytes = 2_048

/** Throws when it cannot be read. */
export async function headerAt(file: FileHandle, offset: number, index: number): Promise<Header> {
  const header =
    (await readAt(file, offset, firstReadBytes)) ?? (await readAt(file, offset, frameBytes + headerMaxBytes))
  if (header?.index === index) return header
  throw unreadable(index)
}

const unreadable = (index: number): Error =>
  new Error(`entry ${index} of the log cannot be read back: run audit verify`)

async function readAt(file: FileHandle, offset: number, bytes: number): Promise<Header | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(bytes), 0, bytes, offset)
  const frame = readFrame(buffer.subarray(0, bytesRead), 0)
  return frame && readHeader(frame.leaf.subarray(1))
}
