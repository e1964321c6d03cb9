/**
 * Natural group commit: while one commit is being synced, entries wait; when the sync is done, all that waits is laid
 * out and goes out in one write and one sync, of the journal. There is no timer on this path. Headers and payloads are
 * written to their places at the same time and synced there later, many commits together (`settle`).
 *
 * Entries are sealed, hashed and framed here, one after the other, and not when they are handed over: the same work
 * done in a row costs half of what it costs scattered between other steps of an exchange.
 */
import { Batch, type CommitPlace, type WaitingEntry } from './batch.ts'
import type { Disk } from './disk.ts'
import { GrowingFile } from './growing-file.ts'
import { Journal } from './journal.ts'
import { monthOf, payloadFile, payloadMonth, payloadNumber, payloadPath, segmentPath } from './layout.ts'
import { unitsOf } from './payload-text.ts'

/** Where writing goes on after the entries there already are. */
export interface LogPosition {
  readonly segment: number
  readonly segmentEnd: number
  /** `yyyy-mm` of its last entry; undefined while there is none. */
  readonly segmentMonth: string | undefined
  /** `yyyy-mm/number`; undefined before the first payload. */
  readonly payloadFile: string | undefined
  readonly payloadEnd: number
}

export interface CommitterOptions {
  readonly folder: string
  readonly disk: Disk
  readonly segmentBytes: number
  readonly position: LogPosition
  /** Called with all entries of a commit before the first is laid out. Never throws. */
  readonly prepare: (entries: readonly WaitingEntry[], month: string) => void
  /** Puts an entry into the batch, or rejects it. Never throws. */
  readonly layOut: (batch: Batch, waiting: WaitingEntry) => void
  /** Makes room on a full disk. False when it cannot. */
  readonly rescue: () => boolean
  readonly onCommitted: (batch: Batch) => void
  /** Called once, with the first error; nothing is written after it. */
  readonly onFailed: (error: Error) => void
}

/** Laying out more than this at once would hold up everything else for more than some ten milliseconds. */
const commitMaxEntries = 1_000

/**
 * As much is synced at its places at once. The commits that go on wait for the device, too, so it is little: with 4 MB the
 * slowest hundredth took half a millisecond longer.
 */
const settleBytes = 512 * 1_024
/** While the places are behind by this much, commits wait for them. */
const unsettledMaxBytes = 16 * 1_024 * 1_024

export class Committer {
  readonly #options: CommitterOptions
  #position: LogPosition
  /** One serves every commit: the next is laid out when the one before is on disk. */
  readonly #batch: Batch
  #waiting: WaitingEntry[] = []
  #waitingBytes = 0
  #writtenBytes = 0
  #isWriting = false
  #isScheduled = false
  #hasFailed = false
  #segment: { readonly number: number; readonly file: GrowingFile; end: number } | undefined
  #payload: { readonly name: string; readonly file: GrowingFile; end: number } | undefined
  #journal: Journal | undefined
  /** What settles does so one after the other. */
  #settling: Promise<void> = Promise.resolve()
  #settles = 0
  #idle: (() => void)[] = []
  /** Told when no commit is under way. */
  #between: (() => void)[] = []

  constructor(options: CommitterOptions) {
    this.#options = options
    this.#position = options.position
    this.#batch = new Batch(this.#placeAt(0))
  }

  /** Entries and bytes that are not durable yet. */
  get waitingEntries(): number {
    return this.#waiting.length + (this.#isWriting ? this.#batch.entries.length : 0)
  }

  get waitingBytes(): number {
    return this.#waitingBytes + (this.#isWriting ? this.#batch.bytes : 0)
  }

  /** Since the log was opened. */
  get writtenBytes(): number {
    return this.#writtenBytes
  }

  /** Rejects when what is written is not where a start looks for it. */
  async assertInPlace(): Promise<void> {
    await this.#segment?.file.assertNamed()
    await this.#journal?.assertInPlace()
  }

  /** The entry goes out with everything this turn of the event loop adds. */
  add(waiting: WaitingEntry): void {
    this.#waiting.push(waiting)
    this.#waitingBytes += unitsOf(waiting.entry.payload)
    this.#kick()
  }

  #kick(): void {
    if (this.#isWriting || this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.#flush())
  }

  /** Everything not acknowledged, taken out: for refusing it once the log is dead. */
  takeWaiting(): readonly Pick<WaitingEntry, 'reject'>[] {
    this.#hasFailed = true
    const waiting = [...(this.#isWriting ? this.#batch.entries : []), ...this.#waiting]
    this.#isWriting = false
    this.#waiting = []
    this.#waitingBytes = 0
    this.#tellIdle()
    this.#tellBetween()
    return waiting
  }

  /**
   * Resolves once everything acknowledged before is durable at its place, where a start, a reader and a copy look for it,
   * and the journal is free for new commits. Rejects when the log has ended.
   */
  settle(): Promise<void> {
    return this.#settle({ isForgetting: false })
  }

  /** Settles, and leaves nothing of what there is now in the journal, on the device: before a text ends. */
  async settleAndForget(): Promise<void> {
    // Of the file that is written, and of the other. Both are asked for at once: whatever settled in between would turn back to
    // the first, and the other would keep what it holds.
    await Promise.all([this.#settle({ isForgetting: true }), this.#settle({ isForgetting: true })])
  }

  #settle(how: { readonly isForgetting: boolean }): Promise<void> {
    this.#settles++
    const settled = this.#settling
      .then(() => this.#settleNow(how))
      .finally(() => {
        this.#settles--
        this.#settleIfDue()
        if (this.#waiting.length > 0) this.#kick()
      })
    this.#settling = settled.catch(() => undefined)
    return settled
  }

  /**
   * Waits for what is under way, cuts the zeros off all files and closes them, in turn with what settles: a checkpoint may
   * still come due. After a failure nothing is cut.
   */
  async close(): Promise<void> {
    if (this.waitingEntries > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
    // Its failure ends the log, which everybody is told.
    if (!this.#hasFailed) await this.settle().catch(() => undefined)
    const closed = this.#settling.then(() => this.#closeFiles())
    // Whoever closes is told what went wrong; whatever settles after it finds nothing to do.
    this.#settling = closed.catch(() => undefined)
    return closed
  }

  async #closeFiles(): Promise<void> {
    await this.#segment?.file.close(this.#hasFailed ? undefined : this.#segment.end)
    await this.#payload?.file.close(this.#hasFailed ? undefined : this.#payload.end)
    await this.#journal?.close(!this.#hasFailed)
    this.#segment = undefined
    this.#payload = undefined
    this.#journal = undefined
  }

  async #settleNow({ isForgetting }: { readonly isForgetting: boolean }): Promise<void> {
    if (this.#isWriting) await new Promise<void>((resolve) => this.#between.push(resolve))
    if (this.#hasFailed) throw new Error('the log has ended')
    if (this.#journal === undefined || (this.#journal.usedBytes === 0 && !isForgetting)) return
    const written = this.#journal.turn()
    try {
      await Promise.all([this.#segment?.file.synced(), this.#payload?.file.synced()])
      if (isForgetting) await written.wipe()
    } catch (error) {
      this.#fail(error as Error)
      throw error
    }
  }

  #settleIfDue(): void {
    if (this.#settles > 0 || this.#hasFailed || (this.#journal?.usedBytes ?? 0) < settleBytes) return
    // As above.
    this.settle().catch(() => undefined)
  }

  #placeAt(atMs: number): CommitPlace {
    const { segment, segmentEnd, segmentMonth, payloadFile: lastFile, payloadEnd } = this.#position
    const { segmentBytes } = this.#options
    const month = monthOf(atMs)
    // Headers end by whole segments once their month is over, so a later month begins one.
    const isMonthOver = segmentMonth !== undefined && segmentMonth < month
    const isSegmentFull = segmentEnd >= segmentBytes || (segmentEnd > 0 && isMonthOver)
    const goesOn = lastFile !== undefined && payloadMonth(lastFile) === month && payloadEnd < segmentBytes
    return {
      segment: isSegmentFull ? segment + 1 : segment,
      segmentStart: isSegmentFull ? 0 : segmentEnd,
      payloadFile: goesOn
        ? lastFile
        : payloadFile(month, lastFile === undefined ? 1 : payloadNumber(lastFile) + 1),
      payloadStart: goesOn ? payloadEnd : 0,
      month,
    }
  }

  #flush(): void {
    this.#isScheduled = false
    if (this.#isWriting || this.#waiting.length === 0 || this.#hasFailed) return
    // Goes on once it has settled.
    if (this.#settles > 0 && (this.#journal?.usedBytes ?? 0) >= unsettledMaxBytes) return
    const batch = this.#layOut()
    if (batch.entries.length === 0) {
      this.#goOn()
      return
    }
    this.#isWriting = true
    this.#writtenBytes += batch.bytes
    const { place } = batch
    const hasPayloads = batch.payloads.length > 0
    this.#position = {
      segment: place.segment,
      segmentEnd: place.segmentStart + batch.headers.length,
      segmentMonth: place.month,
      payloadFile: hasPayloads ? place.payloadFile : this.#position.payloadFile,
      payloadEnd: hasPayloads ? place.payloadStart + batch.payloads.length : this.#position.payloadEnd,
    }
    if (
      this.#journal !== undefined &&
      this.#segment?.number === place.segment &&
      (!hasPayloads || this.#payload?.name === place.payloadFile)
    ) {
      this.#write(batch)
    } else {
      this.#openFiles(place, hasPayloads)
        .then(() => this.#write(batch))
        .catch((error: Error) => this.#fail(error))
    }
  }

  /** The first entry says which month's file the commit goes to. */
  #layOut(): Batch {
    const entries =
      this.#waiting.length <= commitMaxEntries ? this.#waiting : this.#waiting.slice(0, commitMaxEntries)
    this.#waiting = entries === this.#waiting ? [] : this.#waiting.slice(commitMaxEntries)
    const batch = this.#batch
    batch.begin(this.#placeAt((entries[0] as WaitingEntry).atMs))
    this.#options.prepare(entries, batch.place.month)
    for (const waiting of entries) {
      this.#waitingBytes -= unitsOf(waiting.entry.payload)
      this.#options.layOut(batch, waiting)
    }
    return batch
  }

  #write(batch: Batch): void {
    const { headers, payloads, place } = batch
    const segment = this.#segment
    const payload = payloads.length > 0 ? this.#payload : undefined
    if (segment === undefined || this.#journal === undefined)
      throw new Error('the files of a commit are not open')
    let left = payload === undefined ? 2 : 3
    const done = (error: Error | null): void => {
      if (error !== null) this.#fail(error)
      else if (--left === 0) this.#committed(batch)
    }
    // The places are written while the journal is synced.
    this.#journal.store(batch, done)
    if (this.#hasFailed) return
    if (payload !== undefined) {
      payload.end = place.payloadStart + payloads.length
      payload.file.put(payloads, place.payloadStart, done)
    }
    if (this.#hasFailed) return
    segment.end = place.segmentStart + headers.length
    segment.file.put(headers, place.segmentStart, done)
  }

  #committed(batch: Batch): void {
    if (this.#hasFailed) return
    this.#isWriting = false
    this.#options.onCommitted(batch)
    batch.entries.length = 0
    this.#tellBetween()
    this.#settleIfDue()
    this.#goOn()
  }

  #goOn(): void {
    if (this.#waiting.length > 0) this.#kick()
    else this.#tellIdle()
  }

  #fail(error: Error): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#options.onFailed(error)
  }

  #tellIdle(): void {
    const idle = this.#idle
    this.#idle = []
    for (const go of idle) go()
  }

  #tellBetween(): void {
    const between = this.#between
    this.#between = []
    for (const go of between) go()
  }

  /** A file that is full is settled before the next is begun. */
  async #openFiles(place: CommitPlace, hasPayloads: boolean): Promise<void> {
    const { folder, disk, segmentBytes, rescue } = this.#options
    const growing = { disk, rescue, limitBytes: segmentBytes, onFailed: (error: Error) => this.#fail(error) }
    this.#journal ??= await Journal.open(folder, { ...growing, segmentBytes })
    if (this.#segment?.number !== place.segment) {
      await this.#segment?.file.synced()
      await this.#segment?.file.close(this.#segment.end)
      const path = segmentPath(folder, place.segment)
      const file = await GrowingFile.open(path, { ...growing, usedBytes: place.segmentStart })
      this.#segment = { number: place.segment, file, end: place.segmentStart }
    }
    if (hasPayloads && this.#payload?.name !== place.payloadFile) {
      await this.#payload?.file.synced()
      await this.#payload?.file.close(this.#payload.end)
      const path = payloadPath(folder, place.payloadFile)
      const file = await GrowingFile.open(path, { ...growing, usedBytes: place.payloadStart })
      this.#payload = { name: place.payloadFile, file, end: place.payloadStart }
    }
  }
}
