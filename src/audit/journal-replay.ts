/**
 * What a start, and a verifier, make of the journal: the commits in it that the segments and payload files may not hold
 * yet, because a crash came before they were synced there.
 */
import { constants, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from '#/core/durable-file.ts'
import { frameBytes, headerMaxBytes, readFrame } from './frame.ts'
import { type CommitRecord, claimedBytes, findRecord, readRecord } from './journal-record.ts'
import { journalPaths, payloadPath, segmentPath } from './layout.ts'

export interface Journaled {
  /** In the order of their entries. */
  readonly records: readonly CommitRecord[]
  /** False when there is no journal: an older version wrote the log, or somebody took it away. */
  readonly isThere: boolean
}

/** Throws when a newer version wrote it. */
export function readJournal(folder: string): Journaled {
  const files = journalPaths(folder).flatMap(readIfThere)
  const records = files.flatMap(recordsIn).sort((one, other) => one.first - other.first)
  return { records, isThere: files.length > 0 }
}

export interface Replayed {
  readonly isThere: boolean
  /** Entries that did not lie at their places. */
  readonly entries: number
}

/**
 * Puts what no checkpoint covers at its places, durably. What one covers lies there already, and may have been erased
 * since. Throws when something else stands at a place.
 */
export async function replayJournal(folder: string, signedSize: number): Promise<Replayed> {
  const { records, isThere } = readJournal(folder)
  const files = new Map<string, FileHandle>()
  let entries = 0
  try {
    for (const record of records) {
      if (record.first < signedSize) continue
      let isNew = false
      // Before its payloads are written: those of another entry may stand there.
      await assertNoOther(folder, record)
      for (const [path, bytes, at] of placesOf(folder, record)) {
        const file = files.get(path) ?? (await openPlace(path))
        files.set(path, file)
        if (await holds(file, bytes, at)) continue
        isNew = true
        const { bytesWritten } = await file.write(bytes, 0, bytes.length, at)
        if (bytesWritten !== bytes.length)
          throw new Error(`the disk took ${bytesWritten} of ${bytes.length} bytes for ${path}: is it full?`)
      }
      if (isNew) entries += record.entries
    }
    // What was there already, too: perhaps the kernel has it, and the device does not.
    for (const file of files.values()) await file.datasync()
  } finally {
    for (const file of files.values()) await file.close()
  }
  return { isThere, entries }
}

/** Where a start would go on putting commits at their places; undefined when all of them lie there. */
export async function firstWaiting(folder: string, signedSize: number): Promise<CommitRecord | undefined> {
  for (const record of readJournal(folder).records) {
    if (record.first < signedSize) continue
    for (const [path, bytes, at] of placesOf(folder, record)) {
      const file = await open(path, 'r').catch(notThere)
      const isThere = file !== undefined && (await holds(file, bytes, at))
      await file?.close()
      if (!isThere) return record
    }
  }
  return undefined
}

type Place = readonly [path: string, bytes: Buffer, at: number]

/** The payloads first, as in the order a header promises them. */
function placesOf(folder: string, record: CommitRecord): readonly Place[] {
  const segment: Place = [segmentPath(folder, record.segment), record.frames, record.segmentStart]
  if (record.payloads.length === 0) return [segment]
  return [[payloadPath(folder, record.payloadFile), record.payloads, record.payloadStart], segment]
}

async function openPlace(path: string): Promise<FileHandle> {
  await makeFolder(dirname(path))
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  await syncFolder(dirname(path))
  return file
}

async function holds(file: FileHandle, bytes: Buffer, at: number): Promise<boolean> {
  const there = Buffer.alloc(bytes.length)
  const { bytesRead } = await file.read(there, 0, there.length, at)
  return bytesRead === bytes.length && there.equals(bytes)
}

/** Of two sound headers for one entry somebody wrote one by hand. */
async function assertNoOther(folder: string, record: CommitRecord): Promise<void> {
  const { segment, segmentStart, frames, first } = record
  const file = await open(segmentPath(folder, segment), 'r').catch(notThere)
  if (file === undefined) return
  // The other may be longer, and then be the only one that is whole.
  const there = Buffer.alloc(frames.length + frameBytes + headerMaxBytes)
  try {
    await file.read(there, 0, there.length, segmentStart)
  } finally {
    await file.close()
  }
  let index = first
  for (let own = readFrame(frames, 0); own !== undefined; own = readFrame(frames, own.end)) {
    const other = readFrame(there, own.start)
    if (other !== undefined && !own.leaf.equals(other.leaf)) throw otherwise(index)
    index++
  }
}

const otherwise = (index: number): Error =>
  new Error(
    `entry ${index} stands in the journal of the log and, otherwise, in its segment. Somebody or something changed one of ` +
      'them. Keep the folder as it is, and run audit verify.',
  )

/** More than a log writes: the places are behind by 16 MB, and a commit comes, of all that may wait in memory. */
const journalMaxBytes = 1_024 * 1_024 * 1_024

const noJournalOfOurs = 'somebody or something else wrote it. Keep the folder as it is, and run audit verify.'

/**
 * A crash leaves one commit broken, and damage a few. As many that each claim the whole file would be read for hours.
 */
const brokenTimes = 16

function readIfThere(path: string): readonly Buffer[] {
  try {
    const found = statSync(path)
    if (!found.isFile()) throw new Error(`${path} is not a file: ${noJournalOfOurs}`)
    const { size } = found
    if (size > journalMaxBytes)
      throw new Error(`${path} has ${size} bytes, more than a log writes: ${noJournalOfOurs}`)
    return [readFileSync(path)]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new Error(`${dirname(path)} is not a folder: ${noJournalOfOurs}`)
    throw error
  }
}

/**
 * All of them, not only those that stand in a row from the beginning: a crash while a file is overwritten leaves holes, and
 * then what is left lies at its places already. Where one is lost that did not, its segment has a hole, or ends there.
 */
function recordsIn(bytes: Buffer): readonly CommitRecord[] {
  const records: CommitRecord[] = []
  let brokenBytes = 0
  for (let at = findRecord(bytes, 0); at !== undefined; ) {
    const record = readRecord(bytes, at)
    if (record !== undefined) records.push(record)
    else brokenBytes += claimedBytes(bytes, at)
    if (brokenBytes > bytes.length * brokenTimes)
      throw new Error(`the journal of the log is full of broken commits: ${noJournalOfOurs}`)
    at = findRecord(bytes, record?.end ?? at + 1)
  }
  return records
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
