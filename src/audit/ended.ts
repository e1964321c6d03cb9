/**
 * Segments whose headers retention ended. Of each the hashes of its leaves stay, 32 bytes an entry in the order of the
 * log, in `ended/`: so the tree, its tiles and every proof of what is left can be made anew out of what is kept. Headers
 * that later entries rest on stay as they are, in frames, beside the hashes.
 */
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, writeDurably } from '#/core/durable-file.ts'
import type { EntryFacts, EntryKind } from './api.ts'
import { readFrames } from './frame.ts'
import { type Header, readHeader } from './header.ts'
import { endedPath, keptPath } from './layout.ts'
import { leafHash } from './tree.ts'

export const hashBytes = 32

/**
 * Headers that never end. An exchange of today rests on approvals and snapshots of years ago, and what is missing must
 * always be explained. They name nobody once their aliases are destroyed.
 */
export const lastingKinds: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'record',
  'decision',
  'snapshot',
  'publication',
  'hold',
  'hold-ended',
  'erase',
  'retention',
])

/** What a `retention` entry says of the headers that end: those before index `below`, and the root they lead to, in hex. */
export type EndedHeaders = NonNullable<EntryFacts['ended']>

/** Entries of the segments before this one, which have all ended; undefined when the hashes of one are not there. */
export function endedBefore(folder: string, segment: number): number | undefined {
  let entries = 0
  for (let number = 1; number < segment; number++) {
    const bytes = statSync(endedPath(folder, number), { throwIfNoEntry: false })?.size
    if (bytes === undefined || bytes === 0 || bytes % hashBytes !== 0) return undefined
    entries += bytes / hashBytes
  }
  return entries
}

/** The leaves of the segments before this one, in order. Reads a file at once: some 3 MB. */
export function* readEnded(folder: string, segment: number): Generator<Buffer> {
  for (let number = 1; number < segment; number++) {
    const bytes = readFileSync(endedPath(folder, number))
    for (let at = 0; at < bytes.length; at += hashBytes) yield bytes.subarray(at, at + hashBytes)
  }
}

export interface KeptHeader {
  readonly segment: number
  /** Of its frame in the file of kept ones. */
  readonly offset: number
  readonly header: Header
}

/** The headers that stayed of the segments before this one, in order. Throws when one is not what its leaf is the hash of. */
export function* readKept(folder: string, segment: number): Generator<KeptHeader> {
  let first = 0
  for (let number = 1; number < segment; number++) {
    const path = keptPath(folder, number)
    const size = statSync(path, { throwIfNoEntry: false })?.size
    if (size !== undefined) yield* readKeptOf(folder, number, first, size)
    first += statSync(endedPath(folder, number)).size / hashBytes
  }
}

function* readKeptOf(folder: string, segment: number, first: number, size: number): Generator<KeptHeader> {
  const leaves = readFileSync(endedPath(folder, segment))
  const file = openSync(keptPath(folder, segment), 'r')
  let before = first - 1
  try {
    const frames = readFrames(file)
    let step = frames.next()
    for (; !step.done; step = frames.next()) {
      const { leaf, offset } = step.value
      const header = readHeader(leaf.subarray(1))
      const at = ((header?.index ?? 0) - first) * hashBytes
      if (header === undefined || !leafHash(leaf).equals(leaves.subarray(at, at + hashBytes)))
        throw new Error(`a header kept of the ended segment ${segment} was changed: run audit verify`)
      // They are counted, so that none may stand for one that was taken away.
      if (header.index <= before)
        throw new Error(`a header kept of the ended segment ${segment} stands twice: run audit verify`)
      before = header.index
      yield { segment, offset, header }
    }
    if (step.value !== size)
      throw new Error(`headers kept of the ended segment ${segment} cannot be read: run audit verify`)
  } finally {
    closeSync(file)
  }
}

/** Leaves `first` to `end`, the latter not included; all must have ended. */
export async function endedLeaves(folder: string, first: number, end: number): Promise<readonly Buffer[]> {
  const leaves: Buffer[] = []
  let start = 0
  for (let segment = 1; leaves.length < end - first; segment++) {
    const file = await open(endedPath(folder, segment))
    try {
      const count = (await file.stat()).size / hashBytes
      const from = Math.max(first, start)
      const length = Math.max(0, Math.min(end, start + count) - from) * hashBytes
      const bytes = Buffer.allocUnsafe(length)
      await file.read(bytes, 0, length, (from - start) * hashBytes)
      for (let at = 0; at < length; at += hashBytes) leaves.push(bytes.subarray(at, at + hashBytes))
      start += count
    } finally {
      await file.close()
    }
  }
  return leaves
}

/** Durable when it resolves. The leaves come last: where they are, the rest is whole. */
export async function writeEnded(
  folder: string,
  segment: number,
  { leaves, kept }: { readonly leaves: Uint8Array; readonly kept: Uint8Array },
): Promise<void> {
  const path = endedPath(folder, segment)
  await makeFolder(dirname(path))
  if (kept.length > 0) await writeDurably(keptPath(folder, segment), kept)
  await writeDurably(path, leaves)
}

/** A header may come from a folder somebody else prepared. */
export function readEndedFact(value: unknown): EndedHeaders | undefined {
  const { below, root, kept } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<EndedHeaders>
  if (!Number.isSafeInteger(below) || (below as number) <= 0) return undefined
  if (typeof root !== 'string' || !/^[0-9a-f]{64}$/.test(root)) return undefined
  return { below: below as number, root, ...(typeof kept === 'number' ? { kept } : {}) }
}
