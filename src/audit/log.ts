/** The log: what an entry goes through from `append` to its receipt, and what a start and a stop do. */
import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '#/core/clock.ts'
import { makeFolder, writeDurably } from '#/core/durable-file.ts'
import { Refusal } from '#/core/refusal.ts'
import { seal } from '#/sealing/seal.ts'
import type { Appended, AuditLog, NewEntry } from './api.ts'
import type { Batch, WaitingEntry } from './batch.ts'
import { Checkpoints, type KnownCheckpoint, readCheckpointFile, readVerifierKeyFile } from './checkpoints.ts'
import { Committer } from './committer.ts'
import { type Disk, systemDisk } from './disk.ts'
import { formatHeader, type PayloadPlace } from './header.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath, logFolder, verifierKeyPath } from './layout.ts'
import { LogReader } from './read.ts'
import { type OpenIntent, type Recovered, recover } from './recover.ts'
import { freeFloorBytes, SpaceWatch } from './space.ts'

export interface AuditLogOptions {
  /** The audit folder of the data folder; the log makes its own folder for `origin` below it. */
  readonly folder: string
  readonly origin: string
  /** A segment or payload file ends with the first commit that passes this size. */
  readonly segmentBytes: number
  /** Opened by the caller for the same origin, closed by the caller after the log. */
  readonly keys: LogKeys
  readonly clock?: Clock
  /** SHA-256 of the effective settings: stands in the `start` entry. */
  readonly settingsDigest?: string
  readonly version?: string
  /** Called once, with the first error of the disk. From then on nothing may be sent. */
  readonly onDead?: (error: Error) => void
  readonly disk?: Disk
  readonly freeFloorBytes?: number
}

/** Throws when the log that is there cannot be gone on with; the message says what to do. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  if (!(options.segmentBytes >= 4_096 && options.segmentBytes <= 2 ** 31)) {
    throw new Error('audit.segmentBytes must lie between 4,096 and 2,147,483,648')
  }
  if (options.keys.origin !== options.origin) throw new Error('the keys were opened for another log')
  const folder = logFolder(options.folder, options.origin)
  await makeFolder(folder)
  const known = await readKnown(folder, options.keys)
  const recovered = await recover(folder, known)
  const log = new Log(options, folder, recovered, known.at(0))
  await log.start(recovered)
  return {
    origin: options.origin,
    size: () => log.size,
    append: (entry) => log.append(entry),
    open: (index) => log.reader.open(index),
    outcomeOf: (intent) => log.reader.outcomeOf(intent),
    search: (query) => log.reader.search(query),
    readHeads: (from, most) => log.reader.readHeads(from, most),
    checkpoint: () => log.checkpoint,
    isAlive: () => log.isAlive,
    close: () => log.close(),
  }
}

/** The signed checkpoints beside the log and beside the keys, the larger first. */
async function readKnown(folder: string, keys: LogKeys): Promise<KnownCheckpoint[]> {
  const stated = await readVerifierKeyFile(folder)
  if (stated === undefined) await writeDurably(verifierKeyPath(folder), `${keys.verifierKey}\n`)
  else if (stated.trim() !== keys.verifierKey) {
    throw new Error(
      `the log in ${folder} was signed with another key than the one in the keys folder. ` +
        'Put back the keys that belong to this log; a new key cannot go on with it.',
    )
  }
  const beside = await readCheckpointFile(checkpointPath(folder), keys.verifierKey)
  const away = await readCheckpointFile(keys.checkpointPath, keys.verifierKey)
  return [beside, away]
    .filter((each) => each !== undefined)
    .sort((one, other) => other.checkpoint.size - one.checkpoint.size)
}

// More than this waiting means the disk does not keep up. Refusing beats growing until memory ends.
const waitingMaxEntries = 10_000
const waitingMaxBytes = 64 * 1_024 * 1_024

class Log {
  readonly #options: AuditLogOptions
  readonly #clock: Clock
  readonly #keys: LogKeys
  readonly #recovered: Recovered
  readonly #committer: Committer
  readonly #checkpoints: Checkpoints
  readonly #space: SpaceWatch
  readonly #boot = randomBytes(8).toString('hex')
  /** Intents that have no outcome yet, waiting ones counted. */
  readonly #openIntents: Set<number>
  readonly reader: LogReader
  #nextIndex: number
  #isClosing = false
  #death: Error | undefined

  constructor(
    options: AuditLogOptions,
    folder: string,
    recovered: Recovered,
    known: KnownCheckpoint | undefined,
  ) {
    const { index, tree, position, openIntents } = recovered
    const disk = options.disk ?? systemDisk
    const onFailed = (error: Error): void => this.#die(error)
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#keys = options.keys
    this.#recovered = recovered
    this.#nextIndex = index.size
    this.#openIntents = new Set(openIntents.map((intent) => intent.index))
    this.reader = new LogReader(folder, options.keys, index)
    this.#checkpoints = new Checkpoints({
      folder,
      keys: options.keys,
      known,
      state: () => ({ size: tree.size, root: tree.root() }),
      onFailed,
    })
    this.#committer = new Committer({
      folder,
      disk,
      segmentBytes: options.segmentBytes,
      position,
      layOut: (batch, waiting) => this.#layOut(batch, waiting),
      onCommitted: (batch) => this.#acknowledge(batch),
      onFailed,
    })
    this.#space = new SpaceWatch({
      disk,
      folder,
      floorBytes: options.freeFloorBytes ?? freeFloorBytes,
      onFailed,
    })
  }

  get size(): number {
    return this.#recovered.index.size
  }

  get isAlive(): boolean {
    return this.#death === undefined && !this.#isClosing
  }

  get checkpoint(): string | undefined {
    return this.#checkpoints.latest
  }

  async start(recovered: Recovered): Promise<void> {
    await this.#space.check()
    if (this.#space.isLow) {
      this.#space.close()
      throw new Error(
        `there is too little space left for the log in ${this.#options.folder}: free some and start again`,
      )
    }
    const { settingsDigest, version } = this.#options
    const { tornBytes, tornEntries } = recovered
    const isTorn = tornBytes > 0 || tornEntries > 0
    await this.append({
      kind: 'start',
      facts: {
        ...(settingsDigest === undefined ? {} : { settings: settingsDigest }),
        ...(version === undefined ? {} : { version }),
        ...(isTorn
          ? { reason: `unfinished commit cut off: ${tornEntries} entries, ${tornBytes} bytes` }
          : {}),
      },
    })
    await this.#endOpenIntents(recovered.openIntents)
  }

  append(entry: NewEntry): Promise<Appended> {
    return new Promise((resolve, reject) => this.#enqueue(entry, resolve, reject))
  }

  async close(): Promise<void> {
    if (this.#isClosing) return
    const isAlive = this.isAlive
    // The stop entry is the last one: whoever comes later is refused.
    const stopped = isAlive ? this.append({ kind: 'stop', facts: {} }) : Promise.resolve()
    this.#isClosing = true
    this.#space.close()
    try {
      await stopped
    } finally {
      await this.#committer.close()
      await this.#checkpoints.close(this.#death === undefined)
    }
  }

  /** After a crash nobody can say what became of these, and the log says just that. */
  async #endOpenIntents(intents: readonly OpenIntent[]): Promise<void> {
    const atOnce = 1_000
    for (let at = 0; at < intents.length; at += atOnce) {
      const ended = intents.slice(at, at + atOnce).map(({ index, alias, requestId }) => {
        const subject = alias === undefined ? undefined : this.#keys.personOf(alias)
        return this.append({
          kind: 'outcome',
          facts: {
            intent: index,
            decision: 'unknown-after-crash',
            ...(requestId === undefined ? {} : { requestId }),
          },
          ...(subject === undefined ? {} : { subject }),
        })
      })
      await Promise.all(ended)
    }
  }

  #enqueue(entry: NewEntry, resolve: (appended: Appended) => void, reject: (error: Error) => void): void {
    this.#admit(entry)
    const { intent } = entry.facts
    if (entry.kind === 'outcome' && intent !== undefined) this.#openIntents.delete(intent)
    const atMs = this.#clock.now()
    const monoMs = Math.floor(this.#clock.monotonic())
    this.#committer.add({ entry, atMs, monoMs, resolve, reject })
  }

  /** In the order of the calls of `append`, so entries stand in the log in that order. */
  #layOut(batch: Batch, waiting: WaitingEntry): void {
    const { entry, atMs, monoMs, resolve, reject } = waiting
    const { kind, facts } = entry
    const intent = kind === 'outcome' ? facts.intent : undefined
    const index = this.#nextIndex
    try {
      const { alias, payload } = this.#sealInto(batch, entry)
      const header = formatHeader({
        index,
        atMs,
        monoMs,
        boot: this.#boot,
        kind,
        subject: alias,
        facts,
        payload,
      })
      batch.add(header, payload?.length ?? 0, { index, kind, atMs, alias, intent, resolve, reject })
    } catch (error) {
      // It takes no index, so its intent waits for another outcome.
      if (intent !== undefined) this.#openIntents.add(intent)
      reject(error as Error)
      return
    }
    this.#nextIndex++
    if (kind === 'intent') this.#openIntents.add(index)
  }

  #admit({ kind, facts }: NewEntry): void {
    if (this.#death !== undefined)
      throw new Refusal('log-unavailable', { why: 'dead' }, { cause: this.#death })
    if (this.#isClosing) throw new Refusal('log-unavailable', { why: 'closing' })
    // What was begun must be able to end, so an outcome may use the reserve that nothing else may touch.
    const isEnd = kind === 'outcome' || kind === 'stop'
    if (this.#space.isLow && !isEnd) throw new Refusal('log-unavailable', { why: 'disk-nearly-full' })
    const share = isEnd ? 2 : 1
    const isFull =
      this.#committer.waitingEntries >= waitingMaxEntries * share ||
      this.#committer.waitingBytes >= waitingMaxBytes * share
    if (isFull) throw new Refusal('log-unavailable', { why: 'disk-too-slow' })
    if (kind !== 'outcome') return
    if (facts.intent === undefined || !this.#openIntents.has(facts.intent)) {
      throw new Error(`an outcome needs an intent that has none yet, not ${facts.intent}`)
    }
  }

  #sealInto(batch: Batch, entry: NewEntry): { alias: string | undefined; payload: PayloadPlace | undefined } {
    const { kind, facts, subject } = entry
    if (subject === undefined && entry.payload === undefined) return { alias: undefined, payload: undefined }
    let key: ReturnType<LogKeys['sealing']>
    try {
      key = this.#keys.sealing(subject ?? '', batch.place.month)
    } catch (cause) {
      throw new Refusal('log-unavailable', { why: 'keys' }, { cause })
    }
    const { alias } = key
    if (entry.payload === undefined) return { alias, payload: undefined }
    const place = { origin: this.#options.origin, alias, kind, requestId: facts.requestId }
    const laid = batch.lay(seal(key.key, place, entry.payload))
    return { alias, payload: { file: batch.place.payloadFile, key: key.commitment, ...laid } }
  }

  /** Called once the batch is on disk: only now its entries exist for readers and for the tree. */
  #acknowledge(batch: Batch): void {
    const { index, tree } = this.#recovered
    const { segment } = batch.place
    for (const entry of batch.entries) {
      tree.push(entry.leaf)
      index.add({
        segment,
        offset: entry.offset,
        kind: entry.kind,
        atMs: entry.atMs,
        alias: entry.alias,
        intent: entry.intent,
      })
    }
    const { origin } = this.#options
    for (const entry of batch.entries)
      entry.resolve({ index: entry.index, receipt: `${origin}#${entry.index}` })
    this.#checkpoints.isDue()
  }

  /**
   * The first error ends it. The kernel may drop pages it could not write and report that once, so a second
   * sync would succeed and mean nothing: only a start, which reads back what is there, can go on.
   */
  #die(error: Error): void {
    if (this.#death !== undefined) return
    this.#death = error
    this.#space.close()
    const refusal = new Refusal('log-unavailable', { why: 'dead' }, { cause: error })
    for (const entry of this.#committer.takeWaiting()) entry.reject(refusal)
    this.#options.onDead?.(error)
  }
}
