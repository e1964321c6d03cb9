/** The log: what an entry goes through from `append` to its receipt, and what a start and a stop do. */
import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '#/core/clock.ts'
import { makeFolder } from '#/core/durable-file.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Appended, AuditLog, LogTree, NewEntry, OnDurable, OpenedEntry } from './api.ts'
import { Ballast } from './ballast.ts'
import type { Batch, LaidEntry, WaitingEntry } from './batch.ts'
import { CheckpointCopies, type CopyTrouble } from './checkpoint-copies.ts'
import type { KnownCheckpoint } from './checkpoint-file.ts'
import { Checkpoints } from './checkpoints.ts'
import { Committer } from './committer.ts'
import { DayUse } from './day-use.ts'
import { type Disk, systemDisk } from './disk.ts'
import { lastingKinds } from './ended.ts'
import { endHeaders, lateCheckpoint } from './ending.ts'
import { EntrySealer } from './entry-sealer.ts'
import { assertExplained } from './explained.ts'
import { formatHeader } from './header.ts'
import { replayJournal } from './journal-replay.ts'
import type { LogKeys } from './keys.ts'
import { readKnownCheckpoints } from './known-checkpoints.ts'
import { logFolder, monthOf } from './layout.ts'
import { type HeldEntry, Newcomers } from './newcomers.ts'
import type { KnownProgress } from './progress.ts'
import { LogReader } from './read.ts'
import { type OpenIntent, type Recovered, recover } from './recover.ts'
import { longLeapMs } from './retention/leap.ts'
import { leastFloorBytes, SpaceWatch } from './space.ts'
import { SummaryKeeper } from './summary/keeper.ts'
import { openLogTree } from './tiles/log-tree.ts'
import { TileKeeper } from './tiles/tile-keeper.ts'
import { assertEndingsSealed } from './unsigned-endings.ts'

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
  /** Folders on other machines that keep a copy of the checkpoint. */
  readonly checkpointCopies?: readonly string[]
  /** Called when a copy cannot be written, and once more when it can again. */
  readonly onCopyTrouble?: (trouble: CopyTrouble) => void
  /** Called when tiles, and so checkpoints, cannot be written; with undefined when they can again. */
  readonly onLate?: (error: Error | undefined) => void
  readonly disk?: Disk
  /** Instead of what follows from the size of the disk (space.ts). */
  readonly freeFloorBytes?: number
  /** Of a file that is given up when the disk is full; none when left out. */
  readonly ballastBytes?: number
  /** What the entries of one person may take of a day, sealed; no limit when left out or 0. */
  readonly personBytesPerDay?: number
  /** How often finished segments are looked for, to be summarised for the next start. */
  readonly summariseEveryMs?: number
  /** How long entries wait for their checkpoint: a second when left out. */
  readonly checkpointEveryMs?: number
  /** Called with what the operator should know and nothing has to wait for. */
  readonly onNote?: (text: string) => void
}

/** Throws when the log that is there cannot be gone on with; the message says what to do. */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  if (!(options.segmentBytes >= 4_096 && options.segmentBytes <= 2 ** 31)) {
    throw new Error('audit.segmentBytes must lie between 4,096 and 2,147,483,648')
  }
  if (options.keys.origin !== options.origin) throw new Error('the keys were opened for another log')
  const folder = logFolder(options.folder, options.origin)
  await makeFolder(folder)
  const known = await readKnownCheckpoints(folder, options)
  const replayed = await replayJournal(folder, known[0]?.checkpoint.size ?? 0)
  if (replayed.entries > 0)
    options.onNote?.(`${replayed.entries} entries of the log were put in place from its journal`)
  const recovered = await recover(folder, known, options.keys.verifierKey)
  const ballast = new Ballast(options.folder, options.ballastBytes ?? 0)
  await ballast.find()
  const log = new Log(options, folder, recovered, known.at(0), ballast)
  await assertExplained(log.reader, recovered.index, known[0]?.checkpoint.size ?? 0)
  await assertEndingsSealed(log.reader, known[0]?.checkpoint.size ?? 0)
  await log.start(recovered, replayed.isThere)
  return {
    origin: options.origin,
    size: () => log.size,
    first: () => log.first,
    watch: (onDurable) => log.watch(onDurable),
    append: (entry) => log.append(entry),
    assertQuota: (personId) => log.assertQuota(personId),
    open: (index) => log.reader.open(index),
    outcomeOf: (intent) => log.reader.outcomeOf(intent),
    progressOf: (intent) => log.progressOf(intent),
    search: (query) => log.reader.search(query),
    signNow: () => log.signNow(),
    erasePayload: (index) => log.erasePayload(index),
    endable: (asked) => log.endable(asked),
    endHeaders: (below) => log.endHeaders(below),
    clockMovedMs: () => log.clockMovedMs(),
    signedAtStart: known[0]?.checkpoint.size ?? 0,
    lastingBefore: (below) => recovered.index.countBefore(below, lastingKinds),
    sourcesOf: async (index) => (await log.reader.open(index))?.sources ?? [],
    readHeads: (from, most) => log.reader.readHeads(from, most),
    newestHeads: (query) => log.reader.newestHeads(query),
    checkpoint: () => log.checkpoint,
    tree: log.tree,
    isAlive: () => log.isAlive,
    isFull: () => log.isFull,
    close: () => log.close(),
  }
}

// More than this waiting means the disk does not keep up. Refusing beats growing until memory ends.
const waitingMaxEntries = 10_000
const waitingMaxBytes = 64 * 1_024 * 1_024

// Clocks that are kept in step move by less than a second. More than a minute hides an hour or a night, or brings back
// what had ended, so the log says it.
const clockJumpMs = 60_000

/** An older version has none, and loses nothing by it. */
const noJournal =
  'it was not closed and has no journal: unless an older version wrote it, entries behind the last checkpoint may be missing'

class Log {
  readonly #options: AuditLogOptions
  readonly #clock: Clock
  readonly #keys: LogKeys
  readonly #recovered: Recovered
  readonly #committer: Committer
  readonly #newcomers: Newcomers
  readonly #checkpoints: Checkpoints
  readonly #tiles: TileKeeper
  readonly #folder: string
  readonly #summaries: SummaryKeeper
  readonly #space: SpaceWatch
  readonly #ballast: Ballast
  /** By person. */
  readonly #use = new DayUse()
  readonly #sealer: EntrySealer
  readonly #boot = randomBytes(8).toString('hex')
  /** Intents that have no outcome yet, waiting ones counted. */
  readonly #openIntents: Map<number, KnownProgress | undefined>
  readonly reader: LogReader
  readonly tree: LogTree
  #onDurable: OnDurable = () => undefined
  /** Wall time less steady time, in milliseconds. */
  #clockAheadMs: number
  #nextIndex: number
  #isStarted = false
  #isClosing = false
  #death: Error | undefined

  constructor(
    options: AuditLogOptions,
    folder: string,
    recovered: Recovered,
    known: KnownCheckpoint | undefined,
    ballast: Ballast,
  ) {
    const { index, tree, position, openIntents } = recovered
    const disk = options.disk ?? systemDisk
    const onFailed = (error: Error): void => this.#die(error)
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#keys = options.keys
    this.#sealer = new EntrySealer(options.origin, options.keys)
    this.#recovered = recovered
    this.#clockAheadMs = this.#clock.now() - Math.floor(this.#clock.monotonic())
    this.#nextIndex = index.size
    this.#openIntents = new Map(openIntents.map((intent) => [intent.index, intent.progress]))
    this.reader = new LogReader(folder, options.keys, index)
    const tiles = new TileKeeper({ folder, places: index, published: known?.checkpoint })
    this.#tiles = tiles
    this.#folder = folder
    const copies = new CheckpointCopies(
      options.checkpointCopies ?? [],
      options.keys,
      options.onCopyTrouble ?? (() => undefined),
    )
    const checkpoints = new Checkpoints({
      folder,
      keys: options.keys,
      known,
      state: () => ({ size: tree.size, root: tree.root() }),
      tiles,
      copies,
      settle: () => this.#committer.settle(),
      everyMs: options.checkpointEveryMs,
      onFailed: (error) => this.#checkpointFailed(error),
      onLate: options.onLate ?? (() => undefined),
    })
    this.#checkpoints = checkpoints
    this.tree = openLogTree({
      folder,
      places: index,
      tiles,
      personOf: (alias) => options.keys.personOf(alias),
      covering: (entry, limitMs) => checkpoints.covering(entry, limitMs),
      rebuild: () => checkpoints.rebuildTiles(),
      health: () => ({ checkpoints: checkpoints.isLate ? 'late' : 'current', copies: copies.state }),
    })
    this.#committer = new Committer({
      folder,
      disk,
      segmentBytes: options.segmentBytes,
      position,
      prepare: (entries, month) => this.#prepareKeys(entries, month),
      layOut: (batch, waiting) => this.#layOut(batch, waiting),
      rescue: () => this.#space.rescue(),
      onCommitted: (batch) => this.#acknowledge(batch),
      onFailed,
    })
    this.#newcomers = new Newcomers({
      monotonic: () => this.#clock.monotonic(),
      isNew: (entry) => this.#isNew(entry),
      goOn: (held) => this.#letIn(held),
    })
    this.#summaries = new SummaryKeeper({
      folder,
      keys: options.keys,
      relied: recovered.summarised,
      range: () => index.segmentsBelow(checkpoints.latest?.checkpoint.size ?? 0),
      firstSegment: () => index.place(index.first)?.segment ?? 1,
      // What would have stopped a start that reads everything stops the log.
      onDamage: onFailed,
      onNote: (text) => options.onNote?.(text),
      ...(options.summariseEveryMs === undefined ? {} : { everyMs: options.summariseEveryMs }),
    })
    if (recovered.doubt !== undefined)
      options.onNote?.(`summaries of the log did not fit it, so everything was read: ${recovered.doubt}`)
    this.#ballast = ballast
    this.#space = new SpaceWatch({
      disk,
      folder,
      floorBytes: options.freeFloorBytes,
      ballast,
      assertInPlace: async () => {
        await this.#committer.assertInPlace()
        await this.#keys.assertInPlace()
      },
      writtenBytes: () => this.#committer.writtenBytes,
      monotonic: () => this.#clock.monotonic(),
      onLow: (reason) => this.#tell({ kind: 'log-full', facts: { reason } }),
      onNoBallast: (reason) => options.onNote?.(reason),
      onFailed,
    })
    for (const [alias, bytes] of recovered.use.entries(this.#clock.now())) {
      const person = this.#keys.personOf(alias)
      if (person !== undefined) this.#use.add(person, this.#clock.now(), bytes)
    }
  }

  get size(): number {
    return this.#recovered.index.size
  }

  get first(): number {
    return this.#recovered.index.first
  }

  get isAlive(): boolean {
    return this.#death === undefined && !this.#isClosing
  }

  get isFull(): boolean {
    return this.#space.isLow
  }

  get checkpoint(): string | undefined {
    return this.#checkpoints.latest?.note
  }

  watch(onDurable: OnDurable): void {
    this.#onDurable = onDurable
  }

  async start(recovered: Recovered, hasJournal: boolean): Promise<void> {
    await this.#space.check()
    if (this.#space.freeBytes < (this.#options.freeFloorBytes ?? leastFloorBytes)) {
      await this.#space.close()
      throw new Error(
        `there is too little space left for the log in ${this.#options.folder}: free some and start again`,
      )
    }
    this.#isStarted = true
    const { settingsDigest, version } = this.#options
    const { tornBytes, tornEntries } = recovered
    const isTorn = tornBytes > 0 || tornEntries > 0
    const { index } = recovered
    const isEnded = index.size === 0 || index.kindOf(index.size - 1) === 'stop'
    const reasons = [
      ...(isTorn ? [`unfinished commit cut off: ${tornEntries} entries, ${tornBytes} bytes`] : []),
      ...(isEnded || hasJournal ? [] : [noJournal]),
    ]
    await this.append({
      kind: 'start',
      facts: {
        ...(settingsDigest === undefined ? {} : { settings: settingsDigest }),
        ...(version === undefined ? {} : { version }),
        ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
      },
    })
    const { lastAtMs } = recovered
    const clockMovedMs = lastAtMs === undefined ? 0 : this.#clock.now() - lastAtMs
    if (clockMovedMs < 0 || clockMovedMs > longLeapMs)
      await this.append({ kind: 'clock-jump', facts: { clockMovedMs } })
    await this.#endOpenIntents(recovered.openIntents)
  }

  async progressOf(intent: number): Promise<readonly OpenedEntry[]> {
    const outcome = this.#recovered.index.outcomeOf(intent)
    const newest =
      outcome === undefined
        ? this.#openIntents.get(intent)?.index
        : (await this.reader.open(outcome))?.facts.progress
    return this.reader.progressTo(newest)
  }

  /** What is signed now has left the journal, too: a text that ends next must not come back from there. */
  async signNow(): Promise<boolean> {
    if (!(await this.#checkpoints.signNow())) return false
    await this.#committer.settleAndForget()
    return true
  }

  erasePayload(index: number): Promise<boolean> {
    this.#sealer.forgetEntry(index)
    return this.reader.erasePayload(index)
  }

  endable(asked: Parameters<AuditLog['endable']>[0]): number {
    const signedSize = this.#checkpoints.latest?.checkpoint.size ?? 0
    return this.#recovered.index.endable({ ...asked, signedSize })
  }

  /** In turn with what writes checkpoints and tiles. */
  async endHeaders(below: number): Promise<void> {
    const { index } = this.#recovered
    const ending = { folder: this.#folder, index, tiles: this.#tiles }
    // The entry that says why is signed before the first goes: an unsigned one could be anybody's.
    if (!(await this.signNow())) throw new Error(lateCheckpoint)
    return this.#summaries.whileEnding(() => this.#checkpoints.inTurn(() => endHeaders(ending, below)))
  }

  clockMovedMs(): number {
    return this.#clock.now() - Math.floor(this.#clock.monotonic()) - this.#clockAheadMs
  }

  append(entry: NewEntry): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#admit(entry)
      if (!this.#newcomers.holds({ entry, resolve, reject })) this.#enqueue({ entry, resolve, reject })
    })
  }

  assertQuota(personId: string): void {
    const { personBytesPerDay = 0 } = this.#options
    if (personBytesPerDay === 0 || this.#use.of(personId, this.#clock.now()) < personBytesPerDay) return
    throw new Refusal('log-quota-spent', { limitMiB: Math.floor(personBytesPerDay / (1_024 * 1_024)) })
  }

  async close(): Promise<void> {
    if (this.#isClosing) return
    const isAlive = this.isAlive
    this.#newcomers.letIn()
    // The stop entry is the last one: whoever comes later is refused.
    const stopped = isAlive ? this.append({ kind: 'stop', facts: {} }) : Promise.resolve()
    this.#isClosing = true
    const looked = this.#space.close()
    try {
      await stopped
    } finally {
      await looked
      await this.#summaries.close()
      await this.#ballast.close()
      await this.#committer.close()
      await this.#checkpoints.close(this.#death === undefined)
    }
  }

  /** After a crash nobody can say what became of these, and the log says just that. */
  async #endOpenIntents(intents: readonly OpenIntent[]): Promise<void> {
    const atOnce = 1_000
    for (let at = 0; at < intents.length; at += atOnce) {
      const ended = intents.slice(at, at + atOnce).map(({ index, alias, requestId, progress }) => {
        const subject = alias === undefined ? undefined : this.#keys.personOf(alias)
        return this.append({
          kind: 'outcome',
          facts: {
            intent: index,
            decision: 'unknown-after-crash',
            ...(requestId === undefined ? {} : { requestId }),
            ...(progress === undefined
              ? {}
              : { progress: progress.index, answerBytes: progress.answerBytes }),
          },
          ...(subject === undefined ? {} : { subject }),
        })
      })
      await Promise.all(ended)
    }
  }

  /** The log may have ended, or run full, meanwhile. */
  #letIn(held: HeldEntry): void {
    try {
      this.#admit(held.entry)
      this.#enqueue(held)
    } catch (error) {
      held.reject(error as Error)
    }
  }

  #enqueue({ entry, resolve, reject }: HeldEntry): void {
    const { intent } = entry.facts
    let progress: KnownProgress | undefined
    if (entry.kind === 'outcome' && intent !== undefined) {
      progress = this.#openIntents.get(intent)
      this.#openIntents.delete(intent)
    }
    const atMs = this.#clock.now()
    const monoMs = Math.floor(this.#clock.monotonic())
    this.#watchClock(atMs, monoMs)
    this.#committer.add({ entry, atMs, monoMs, progress, resolve, reject })
  }

  /** Two numbers compared: cheap enough for every entry, so the jump stands right before the first one after it. */
  #watchClock(atMs: number, monoMs: number): void {
    const clockMovedMs = atMs - monoMs - this.#clockAheadMs
    if (Math.abs(clockMovedMs) <= clockJumpMs) return
    this.#clockAheadMs += clockMovedMs
    this.#tell({ kind: 'clock-jump', facts: { clockMovedMs } }, atMs, monoMs)
  }

  /**
   * An entry of the log itself, which nobody waits for. It can only be lost with a log that dies, and that is told to
   * everybody.
   */
  #tell(entry: NewEntry, atMs = this.#clock.now(), monoMs = Math.floor(this.#clock.monotonic())): void {
    // Nothing is written into a log that may not start.
    if (!this.isAlive || !this.#isStarted) return
    const nobody = (): void => undefined
    this.#committer.add({ entry, atMs, monoMs, progress: undefined, resolve: nobody, reject: nobody })
  }

  /**
   * A key that is new is a transaction of its own, and the process waits for its syncs: when a month turns, everybody's is
   * new. So those of a commit are made together.
   */
  #prepareKeys(entries: readonly WaitingEntry[], month: string): void {
    const people = new Set<string>()
    for (const { entry } of entries) {
      if (entry.subject !== undefined || entry.payload !== undefined) people.add(entry.subject ?? '')
    }
    const startedMs = this.#clock.monotonic()
    try {
      this.#keys.prepare(people, month)
    } catch {
      // Nothing is lost or hidden: each entry asks for its key by itself, and is told what stands in the way.
    }
    this.#newcomers.made(this.#clock.monotonic() - startedMs)
  }

  #isNew({ subject = '' }: NewEntry): boolean {
    try {
      return !this.#keys.hasKey(subject, monthOf(this.#clock.now()))
    } catch {
      // As above: what stands in the way is told where the entry asks for its key.
      return false
    }
  }

  /** In the order they were handed over, so entries stand in the log in that order. */
  #layOut(batch: Batch, waiting: WaitingEntry): void {
    const { entry, atMs, monoMs, resolve, reject } = waiting
    const { kind, facts } = entry
    const intent = kind === 'outcome' || kind === 'progress' ? facts.intent : undefined
    const index = this.#nextIndex
    try {
      const sealed = this.#sealer.seal(batch, entry, index)
      const { alias, payload } = sealed
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
      batch.add(header, payload?.length ?? 0, {
        index,
        kind,
        atMs,
        alias,
        facts,
        resolve,
        reject,
      })
      if (entry.subject !== undefined) {
        this.#use.add(entry.subject, atMs, header.length + (payload?.length ?? 0))
      }
      this.#sealer.keepPieces(sealed)
    } catch (error) {
      // It takes no index, so its intent waits for another outcome.
      if (kind === 'outcome' && intent !== undefined) this.#openIntents.set(intent, waiting.progress)
      reject(error as Error)
      return
    }
    this.#nextIndex++
    if (kind === 'intent') this.#openIntents.set(index, undefined)
  }

  #admit({ kind, facts }: NewEntry): void {
    if (this.#death !== undefined)
      throw new Refusal('log-unavailable', { why: 'dead' }, { cause: this.#death })
    if (this.#isClosing) throw new Refusal('log-unavailable', { why: 'closing' })
    // What was begun must be able to end, so an outcome may use the reserve that nothing else may touch.
    const isEnd = kind === 'outcome' || kind === 'stop' || kind === 'progress'
    // What makes room, and what must not wait for room, goes on too.
    const mayUseReserve = isEnd || kind === 'erase' || kind === 'retention'
    if (this.#space.isLow && !mayUseReserve) throw new Refusal('log-unavailable', { why: 'disk-nearly-full' })
    const share = isEnd ? 2 : 1
    const isFull =
      this.#committer.waitingEntries + this.#newcomers.waitingEntries >= waitingMaxEntries * share ||
      this.#committer.waitingBytes + this.#newcomers.waitingBytes >= waitingMaxBytes * share
    if (isFull) throw new Refusal('log-unavailable', { why: 'disk-too-slow' })
    if (kind !== 'outcome' && kind !== 'progress') return
    if (facts.intent === undefined || !this.#openIntents.has(facts.intent)) {
      throw new Error(
        `${kind === 'outcome' ? 'an outcome' : 'a progress'} needs an intent that has no outcome yet, not ${facts.intent}`,
      )
    }
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
        intent: entry.kind === 'outcome' ? entry.facts.intent : undefined,
      })
      if (entry.kind === 'progress') this.#follow(entry)
    }
    const { origin } = this.#options
    const acknowledge = (entry: Batch['entries'][number]): void =>
      entry.resolve({ index: entry.index, receipt: `${origin}#${entry.index}` })
    // Like after like: what goes to providers now, then what goes to callers. Either takes longer between the other.
    for (const entry of batch.entries) if (entry.kind === 'intent') acknowledge(entry)
    for (const entry of batch.entries) if (entry.kind !== 'intent') acknowledge(entry)
    this.#onDurable(batch.entries, segment)
    this.#checkpoints.isDue()
  }

  /** Of the exchanges that are open only: the outcome of any other names its last progress. */
  #follow({ index, facts: { intent = -1, answerBytes = 0 } }: LaidEntry): void {
    if (this.#openIntents.has(intent)) this.#openIntents.set(intent, { index, answerBytes })
  }

  /** A checkpoint is written anew each second, so one that finds no room may come later; entries cannot. */
  #checkpointFailed(error: Error): void {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') {
      this.#die(error)
      return
    }
    if (!this.#space.rescue()) this.#space.stop('the disk is full')
    this.#checkpoints.isDue()
  }

  /**
   * The first error ends it. The kernel may drop pages it could not write and report that once, so a second
   * sync would succeed and mean nothing: only a start, which reads back what is there, can go on.
   */
  #die(error: Error): void {
    if (this.#death !== undefined) return
    this.#death = error
    // A look that is under way ends by itself: it may be what found the error.
    void this.#space.close()
    const refusal = new Refusal('log-unavailable', { why: 'dead' }, { cause: error })
    for (const entry of this.#committer.takeWaiting()) entry.reject(refusal)
    this.#newcomers.letIn()
    this.#options.onDead?.(error)
  }
}
