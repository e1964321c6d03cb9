/**
 * What stands in the log at start. A commit that was never finished is left out (nobody was told of it); anything
 * else that does not fit stops the start: a log that goes on over a gap would hide it.
 */
import type { EntryFacts } from './api.ts'
import type { KnownCheckpoint } from './checkpoint-file.ts'
import type { LogPosition } from './committer.ts'
import { DayUse } from './day-use.ts'
import { endedBefore, type KeptHeader, readEnded, readKept } from './ended.ts'
import { EntryIndex } from './entry-index.ts'
import type { PayloadPlace } from './header.ts'
import { listSegments, monthOf } from './layout.ts'
import { PayloadCheck } from './payload-files.ts'
import type { KnownProgress } from './progress.ts'
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
}

/** Throws an error that says what is wrong and what to do. */
export async function recover(folder: string, known: readonly KnownCheckpoint[]): Promise<Recovered> {
  const segments = await listSegments(folder)
  const firstSegment = segments[0] ?? 1
  const reading = new Reading(known, endedBefore(folder, firstSegment) ?? 0)
  if (reading.index.first > 0) {
    for (const kept of readKept(folder, firstSegment)) reading.takeKept(kept)
    for (const leaf of readEnded(folder, firstSegment)) reading.takeEnded(folder, leaf)
  }
  const walk = walkEntries(folder, segments)
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
    openIntents: [...reading.openIntents.values()],
    use: reading.use,
    lastAtMs: reading.lastAtMs,
    tornBytes: end.tornBytes,
    tornEntries,
  }
}

class Reading {
  readonly tree = new CompactTree()
  readonly index: EntryIndex
  readonly openIntents = new Map<number, OpenIntent>()
  readonly use = new DayUse()
  readonly #known: readonly KnownCheckpoint[]
  /** Entries of the commit being read: only the last commit of all may be incomplete. */
  #commit: WalkedEntry[] = []
  #last: WalkedEntry | undefined
  #lastPayload: PayloadPlace | undefined
  readonly #kept = new Map<number, Buffer>()

  constructor(known: readonly KnownCheckpoint[], first: number) {
    this.#known = known
    this.index = new EntryIndex(first)
    this.#compareRoot()
  }

  /** A header that stayed when its segment ended. All come before the leaves they must have. */
  takeKept({ segment, offset, header, leaf }: KeptHeader): void {
    this.index.keep({ index: header.index, segment, offset })
    this.#kept.set(header.index, leaf)
  }

  /** Of an entry whose segment has ended. */
  takeEnded(folder: string, leaf: Buffer): void {
    const index = this.tree.size
    if (this.#kept.get(index)?.equals(leaf) === false)
      throw damaged(folder, `the header kept of entry ${index} was changed`)
    this.tree.push(leaf)
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
    return this.#last?.header.atMs
  }

  position(end: WalkEnd): LogPosition {
    const last = this.#last
    return {
      // A segment may have been begun without a finished commit in it; writing goes on there, never before it.
      segment: end.segment,
      segmentEnd: last?.segment === end.segment ? last.end : 0,
      segmentMonth: last === undefined ? undefined : monthOf(last.header.atMs),
      payloadFile: this.#lastPayload?.file,
      payloadEnd: this.#lastPayload === undefined ? 0 : this.#lastPayload.offset + this.#lastPayload.length,
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
    if (payload !== undefined) this.#lastPayload = payload
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
