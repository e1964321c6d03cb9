/** What the tests of this room share: logs in temporary folders, and disks that fail on purpose. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { AuditLog, NewEntry } from './api.ts'
import { type Disk, systemDisk } from './disk.ts'
import { readFrame } from './frame.ts'
import { type LogKeys, openLogKeys } from './keys.ts'
import { type AuditLogOptions, openAuditLog } from './log.ts'

export const origin = 'log.example.com/test'

export interface OpenedForTest {
  readonly log: AuditLog
  readonly keys: LogKeys
  /** Closes both. */
  readonly close: () => Promise<void>
}

/** What is still open in a folder when its test ends. */
const closers = new Map<string, (() => Promise<void>)[]>()

/** A temporary folder; what `openIn` opened in it is closed with the test. */
export async function newFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-audit-'))
  context.after(async () => {
    for (const close of closers.get(folder) ?? []) await close()
    closers.delete(folder)
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** Opens a log as the server does: `audit/` and `keys/` in a data folder. */
export async function openIn(
  dataFolder: string,
  options: Partial<Omit<AuditLogOptions, 'keys' | 'folder'>> = {},
): Promise<OpenedForTest> {
  const keys = await openLogKeys({ folder: join(dataFolder, 'keys'), origin: options.origin ?? origin })
  try {
    const log = await openAuditLog({
      folder: join(dataFolder, 'audit'),
      origin,
      segmentBytes: 64 * 1_024,
      keys,
      freeFloorBytes: 0,
      ...options,
    })
    let isClosed = false
    const close = async (): Promise<void> => {
      if (isClosed) return
      isClosed = true
      await log.close()
      keys.close()
    }
    closers.set(dataFolder, [...(closers.get(dataFolder) ?? []), close])
    return { log, keys, close }
  } catch (error) {
    keys.close()
    throw error
  }
}

export const folderOf = (dataFolder: string): string => join(dataFolder, 'audit', encodeURIComponent(origin))

export const firstSegment = (dataFolder: string): string =>
  join(folderOf(dataFolder), 'seg', '0000000001.seg')

/** What a power cut leaves: the files as they are while the log is open. */
export async function copyAsCrashed(dataFolder: string, context: TestContext): Promise<string> {
  const copy = await newFolder(context)
  await cp(dataFolder, copy, { recursive: true })
  return copy
}

/** As one leaves it that has no journal: a version before there was one, or somebody who took it away. */
export const withoutJournal = (dataFolder: string): Promise<void> =>
  rm(join(folderOf(dataFolder), 'commits'), { recursive: true })

export const intentOf = (person: string, text: string, requestId = 'req_one'): NewEntry => ({
  kind: 'intent',
  subject: person,
  facts: { requestId, useCase: 'general-assistant', class: 'internal', decision: 'allow' },
  payload: JSON.stringify({
    typed: { messages: [{ role: 'user', content: text }] },
    sent: null,
    replaced: [],
  }),
})

export const outcomeOf = (intent: number, person: string, requestId = 'req_one'): NewEntry => ({
  kind: 'outcome',
  subject: person,
  facts: { intent, requestId, status: 200, finish: 'stop' },
  payload: JSON.stringify({ answer: 'The answer.' }),
})

/** One whole exchange. Gives the index of its intent. */
export async function appendExchange(
  log: AuditLog,
  person: string,
  text: string,
  requestId = 'req_one',
): Promise<number> {
  const { index } = await log.append(intentOf(person, text, requestId))
  await log.append(outcomeOf(index, person, requestId))
  return index
}

/** One whose answer was written down while it came. Gives the index of its intent. */
export async function appendLongExchange(
  log: AuditLog,
  person: string,
  { isOpen = false }: { readonly isOpen?: boolean } = {},
): Promise<number> {
  const { index } = await log.append(intentOf(person, 'a long answer, please'))
  const progress = await log.append({
    kind: 'progress',
    subject: person,
    facts: { intent: index, requestId: 'req_one', answerBytes: 10 },
    payload: JSON.stringify({ salt: '00', pieces: [{ slot: 0, text: 'The heron ' }] }),
  })
  if (isOpen) return index
  const { facts, ...rest } = outcomeOf(index, person)
  await log.append({
    ...rest,
    facts: { ...facts, progress: progress.index },
    payload: JSON.stringify({ rest: [{ slot: 0, text: 'flies.' }] }),
  })
  return index
}

/** A disk whose faults a test switches on while the log runs. */
export class FaultyDisk implements Disk {
  syncs = 0
  writes = 0
  failingWrite: Error | undefined
  failingSync: Error | undefined
  /** Bytes fewer than asked that a write takes, without an error. */
  shortBy = 0
  /** While it says so, a write takes one byte. */
  isFull: () => boolean = () => false
  free = Number.MAX_SAFE_INTEGER
  total = Number.MAX_SAFE_INTEGER
  /** While set, syncs wait. */
  #held: (() => void)[] | undefined

  hold(): void {
    this.#held = []
  }

  letGo(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const go of held) go()
  }

  readonly write: Disk['write'] = (file, bytes, position) => {
    this.writes++
    if (this.failingWrite !== undefined) throw this.failingWrite
    const length = this.isFull() ? 1 : bytes.byteLength - this.shortBy
    return systemDisk.write(file, bytes.subarray(0, length), position)
  }

  readonly writeAhead: Disk['writeAhead'] = systemDisk.writeAhead

  readonly sync: Disk['sync'] = (file, done) => {
    this.syncs++
    const { failingSync } = this
    const go = (): void => {
      if (failingSync === undefined) systemDisk.sync(file, done)
      else done(failingSync)
    }
    if (this.#held === undefined) go()
    else this.#held.push(go)
  }

  readonly space: Disk['space'] = async () => ({ freeBytes: this.free, totalBytes: this.total })
}

/** A small seeded generator, so that a failing case can be run again. Source: Park and Miller, 1988. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Offsets of the frames of a segment. */
export function framesOf(segment: Buffer): readonly { readonly start: number; readonly end: number }[] {
  const frames: { start: number; end: number }[] = []
  for (let frame = readFrame(segment, 0); frame !== undefined; frame = readFrame(segment, frame.end)) {
    frames.push({ start: frame.start, end: frame.end })
  }
  return frames
}
