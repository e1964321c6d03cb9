/**
 * What stands in the log at start. A commit that was never finished is left out (nobody was told of it); anything
 * else that does not fit stops the start: a log that goes on over a gap would hide it.
 */
import { open } from 'node:fs/promises'
import type { EntryFacts } from './api.ts'
import type { KnownCheckpoint } from './checkpoint-file.ts'
import type { LogPosition } from './committer.ts'
import { DayUse } from './day-use.ts'
import { endedBefore, type KeptHeader, readEnded, readKept } from './ended.ts'
import { EntryIndex } from './entry-index.ts'
import type { Header } from './header.ts'
import { listSegments, monthOf, placePath } from './layout.ts'
import { PayloadCheck } from './payload-files.ts'
import type { KnownProgress } from './progress.ts'
import { headerAt } from './read.ts'
import type { Summary } from './summary/summary.ts'
import { findSummaries } from './summary/take-over.ts'
import { CompactTree } from './tree.ts'
import { type WalkEnd, type WalkedEntry, walkEntries } from './walk.ts'

export interface OpenIntent {
  readonly index: number
  readonly alias: string | undefined
  readonly requestId: string | undefined
  readonly progress: KnownProgress | undefined
}

export interface Recovered {
  readonly index: EntryIndex
  readonly tree: CompactTree
  readonly position: LogPosition
  readonly openIntents: readonly OpenIntent[]
  /** What each alias takes of the last day there are entries of. */
  readonly use: DayUse
  /** Wall time of the last entry; undefined when there is none. */
  readonly lastAtMs: number | undefined
  /** Bytes and entries of a commit that was never finished, cut off. */
  readonly tornBytes: number
  readonly tornEntries: number
  /** The last segment that was taken over without its headers being read; undefined when all were. */
  readonly summarised: number | undefined
  /** Why summaries were not relied on after all, though all headers are sound. */
  readonly doubt?: string
}

/**
 * Throws an error that says what is wrong and what to do. Of segments that are summarised and were not touched since,
 * the headers are not read (summary/); with `verifierKey` undefined all are.
 */
export async function recover(
  folder: string,
  known: readonly KnownCheckpoint[],
  verifierKey?: string,
): Promise<Recovered> {
  const segments = await listSegments(folder)
  const summaries = verifierKey === undefined ? [] : await findSummaries(folder, segments, known, verifierKey)
  if (summaries.length > 0) {
    try {
      return await read(folder, segments, known, summaries)
    } catch (error) {
      // The log or its summaries: all headers together say which, and a log that is damaged does not start.
      const doubt = (error as Error).message
      return { ...(await read(folder, segments, known, [])), doubt }
    }
  }
  return read(folder, segments, known, [])
}

async function read(
  folder: string,
  segments: readonly number[],
  known: readonly KnownCheckpoint[],
  summaries: readonly Summary[],
): Promise<Recovered> {
  const firstSegment = segments[0] ?? 1
  const reading = new Reading(known, endedBefore(folder, firstSegment) ?? 0)
  if (reading.index.first > 0) {
    for (const kept of readKept(folder, firstSegment)) reading.takeKept(kept)
    if (summaries.length === 0) for (const leaf of readEnded(folder, firstSegment)) reading.takeEnded(leaf)
  }
  for (const summary of summaries) reading.takeSummary(summary)
  const rest = segments.slice(summaries.length)
  const walk = walkEntries(folder, rest, summaries.length === 0 ? undefined : reading.tree.size)
  let step = walk.next()
  for (; !step.done; step = walk.next()) reading.take(step.value)
  const end = step.value
  if (end.damage !== undefined) throw damaged(folder, end.damage)
  const tornEntries = reading.finish(folder)
  const { tree, index } = reading
  for (const { checkpoint, path } of known) {
    if (checkpoint.size > tree.size) {
      throw damaged(
        folder,
        `it holds ${tree.size} entries, but a signed checkpoint says ${checkpoint.size} (${path})`,
      )
    }
  }
  return {
    tree,
    index,
    position: reading.position(end),
    openIntents: await findOpenIntents(folder, reading),
    use: reading.use,
    lastAtMs: reading.lastAtMs,
    tornBytes: end.tornBytes,
    tornEntries,
    summarised: summaries.at(-1)?.segment,
  }
}

/** Those in summarised segments are looked up; there are a few at most, and mostly none. */
async function findOpenIntents(
  folder: string,
  { index, openIntents }: Reading,
): Promise<readonly OpenIntent[]> {
  const unread = index.openIntents().filter((intent) => !openIntents.has(intent))
  if (unread.length === 0) return [...openIntents.values()]
  const found = new Map<number, OpenIntent>()
  for (const intent of unread) {
    const { subject, facts } = await headerOf(folder, index, intent)
    found.set(intent, { index: intent, alias: subject, requestId: facts.requestId, progress: undefined })
  }
  for (const at of index.ofKind('progress', unread[0] as number)) {
    const { facts } = await headerOf(folder, index, at)
    const open = found.get(facts.intent ?? -1)
    const progress = { index: at, answerBytes: facts.answerBytes ?? 0 }
    if (open !== undefined) found.set(open.index, { ...open, progress })
  }
  return [...found.values(), ...openIntents.values()]
}

async function headerOf(folder: string, index: EntryIndex, entry: number): Promise<Header> {
  const place = index.place(entry)
  if (place === undefined) throw new Error(`the log has no entry ${entry}`)
  const file = await open(placePath(folder, place))
  try {
    return await headerAt(file, place.offset, entry)
  } finally {
    await file.close()
  }
}

class Reading {
  tree = new CompactTree()
  readonly index: EntryIndex
  readonly openIntents = new Map<number, OpenIntent>()
  readonly use = new DayUse()
  readonly #known: readonly KnownCheckpoint[]
  /** Entries of the commit being read: only the last commit of all may be incomplete. */
  #commit: WalkedEntry[] = []
  #last: WalkedEntry | undefined
  #lastPayload: { readonly file: string; readonly end: number } | undefined
  #lastAtMs: number | undefined

  constructor(known: readonly KnownCheckpoint[], first: number) {
    this.#known = known
    this.index = new EntryIndex(first)
    this.#compareRoot()
  }

  /** A header that stayed when its segment ended. */
  takeKept({ segment, offset, header }: KeptHeader): void {
    const { index, kind, atMs, subject } = header
    this.index.keep({ index, segment, offset, kind, atMs, alias: subject })
  }

  /** Of an entry whose segment has ended. */
  takeEnded(leaf: Buffer): void {
    this.tree.push(leaf)
    this.#compareRoot()
  }

  /** Before anything is taken of the segments behind it. */
  takeSummary(summary: Summary): void {
    const { first, count, after, use, lastAtMs, payload } = summary
    const tree = CompactTree.read(first + count, after)
    if (tree === undefined) throw new Error(`the summary of segment ${summary.segment} holds no tree`)
    this.tree = tree
    this.index.addSegment(summary)
    for (const [alias, bytes] of use) this.use.add(alias, lastAtMs, bytes)
    this.#lastAtMs = lastAtMs
    this.#lastPayload = payload ?? this.#lastPayload
    this.#compareRoot()
  }

  take(entry: WalkedEntry): void {
    const first = this.#commit[0]
    if (first !== undefined && (first.segment !== entry.segment || first.commitStart !== entry.commitStart)) {
      for (const finished of this.#commit) this.#keep(finished)
      this.#commit = []
    }
    this.#commit.push(entry)
  }

  /** Keeps the last commit up to the first payload the disk never got. Gives the number of entries left out. */
  finish(folder: string): number {
    const check = new PayloadCheck(folder)
    try {
      for (const [at, entry] of this.#commit.entries()) {
        const { payload, index } = entry.header
        const state = payload === undefined ? 'sound' : check.check(payload)
        if (state === 'damaged') throw damaged(folder, `the payload of entry ${index} was changed`)
        // An erased one was whole once: its entry was acknowledged.
        if (state !== 'sound' && state !== 'erased') return this.#commit.length - at
        this.#keep(entry)
      }
      return 0
    } finally {
      check.close()
    }
  }

  get lastAtMs(): number | undefined {
    return this.#lastAtMs
  }

  position(end: WalkEnd): LogPosition {
    const last = this.#last
    return {
      // A segment may have been begun without a finished commit in it; writing goes on there, never before it.
      segment: end.segment,
      segmentEnd: last?.segment === end.segment ? last.end : 0,
      segmentMonth: this.#lastAtMs === undefined ? undefined : monthOf(this.#lastAtMs),
      payloadFile: this.#lastPayload?.file,
      payloadEnd: this.#lastPayload?.end ?? 0,
    }
  }

  #keep(entry: WalkedEntry): void {
    const { kind, atMs, subject, facts, payload, index } = entry.header
    const intent = kind === 'outcome' ? facts.intent : undefined
    this.tree.push(entry.leaf)
    this.index.add({ segment: entry.segment, offset: entry.offset, kind, atMs, alias: subject, intent })
    if (kind === 'intent') {
      this.openIntents.set(index, { index, alias: subject, requestId: facts.requestId, progress: undefined })
    }
    if (kind === 'progress') this.#follow(index, facts)
    if (intent !== undefined) this.openIntents.delete(intent)
    if (subject !== undefined) {
      this.use.add(subject, atMs, entry.end - entry.offset + (payload?.length ?? 0))
    }
    this.#last = entry
    this.#lastAtMs = atMs
    if (payload !== undefined)
      this.#lastPayload = { file: payload.file, end: payload.offset + payload.length }
    this.#compareRoot()
  }

  #follow(index: number, { intent = -1, answerBytes = 0 }: EntryFacts): void {
    const open = this.openIntents.get(intent)
    if (open !== undefined) this.openIntents.set(intent, { ...open, progress: { index, answerBytes } })
  }

  /** When as many entries are read as a checkpoint covers, the roots must be the same. */
  #compareRoot(): void {
    for (const { checkpoint, path } of this.#known) {
      if (checkpoint.size === this.tree.size && !checkpoint.root.equals(this.tree.root())) {
        throw new Error(
          `the first ${checkpoint.size} entries of the log are not those the checkpoint ${path} covers. ` +
            'Somebody or something changed the log. Keep the folder as it is, and run audit verify.',
        )
      }
    }
  }
}

const damaged = (folder: string, problem: string): Error =>
  new Error(
    `the log in ${folder} cannot go on: ${problem}. Keep the folder as it is, run audit verify, ` +
      'and put back a sound copy that is not older. If there is none, begin a new log with another audit.origin.',
  )
