/**
 * Brings the log to one sink, from its cursor on, for as long as the process runs. Nothing waits for it: it reads what
 * is durable already, a batch at a time, and when the sink is down the log is its queue.
 */
import { setTimeout } from 'node:timers/promises'
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { SinkSettings } from '#/settings/api.ts'
import type { AuditLog, LoggedHead } from '../api.ts'
import type { ExportedPerson } from './api.ts'
import {
  type EventFormat,
  type ExportEvent,
  type FormattedEvent,
  type RefusedEvent,
  type Sink,
  SinkFailure,
} from './api.ts'
import { type Position, readCursor, writeCursor } from './cursor.ts'
import { checkpointEvent, entryEvent, sizeOf } from './events.ts'

export interface ForwarderServices {
  readonly settings: SinkSettings
  readonly cursorPath: string
  readonly log: Pick<AuditLog, 'origin' | 'size' | 'first' | 'readHeads' | 'checkpoint'>
  readonly format: EventFormat
  readonly openSink: () => Sink
  /** A connection may stay open for so long before what it carried is made sure of. */
  readonly settleEveryMs: number
  readonly findPerson: (id: string) => Promise<ExportedPerson | undefined>
  readonly clock: Clock
  /** Resolves early when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. */
  readonly random: () => number
  readonly writeLine: WriteLine
}

export type SinkState = 'waiting' | 'current' | 'behind' | 'failing' | 'stopped'

export interface SinkStatus {
  readonly state: SinkState
  /** Entries that have not arrived. */
  readonly lag: number
  readonly next: number
  readonly checkpoint: number
  /** Events the sink did not want; a note that says so went in the place of each. */
  readonly refused: number
  /** Entries whose headers ended before the sink took them. */
  readonly missed: number
  readonly lastError: string | undefined
  readonly lastErrorAtMs: number | undefined
  readonly lastArrivedAtMs: number | undefined
}

/** Headers of a batch are held at once: about 400 KB, 13 MB at the very most. */
const batchEntries = 200
/** Read and formatted at once, about a millisecond; then exchanges have their turn for at least as long. */
const sliceEntries = 25
const breathMs = 1
/** Made sure of at the latest after so many, so that a failure repeats no more than these. */
const settleMaxEntries = 5_000
/** Shorter than the second between two checkpoints, so that each goes out while the sink keeps up. */
const pollMs = 500
const firstRetryMs = 1_000
/** A stop waits no longer for a sink. */
const lastSettleMs = 2_000
const retryMaxMs = 60_000

export class Forwarder {
  readonly #services: ForwarderServices
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined
  #sink: Sink | undefined
  /** What has arrived, and what was handed over since. */
  #arrived: Position = { next: 0, checkpoint: -1 }
  #sent: Position = { next: 0, checkpoint: -1 }
  #settledAtMs = 0
  #failures = 0
  #refused = 0
  #missed = 0
  #lastError: string | undefined
  #lastErrorAtMs: number | undefined
  #lastArrivedAtMs: number | undefined
  #isStopped = false

  constructor(services: ForwarderServices) {
    this.#services = services
  }

  /** Finds the place to go on from, and keeps it: a new sink that starts now must not start later. Never throws. */
  async prepare(): Promise<void> {
    const { cursorPath, log, settings } = this.#services
    try {
      const found = await readCursor(cursorPath)
      const size = log.size()
      const known = Math.max(found?.next ?? 0, found?.checkpoint ?? 0)
      if (known > size) {
        throw new Error(
          `the cursor knows ${known} entries and the log has ${size}: it was put back from an older copy. ` +
            `Remove ${cursorPath} once you know why`,
        )
      }
      this.#arrived = found ?? { next: settings.from === 'now' ? size : log.first(), checkpoint: -1 }
      if (found === undefined) await writeCursor(cursorPath, this.#arrived)
      this.#sent = this.#arrived
    } catch (error) {
      this.#isStopped = true
      this.#note(describeError(error))
      this.#say('error', 'a sink of the log does not start')
    }
  }

  start(): void {
    if (this.#isStopped || this.#running !== undefined) return
    this.#settledAtMs = this.#services.clock.monotonic()
    this.#running = this.#run()
  }

  /** Makes sure of what was handed over, unless that takes too long: it would be sent again. */
  async close(): Promise<void> {
    this.#stop.abort()
    const tooLate = globalThis.setTimeout(() => void this.#letGo(), lastSettleMs)
    await this.#running
    clearTimeout(tooLate)
  }

  status(): SinkStatus {
    const { next, checkpoint } = this.#arrived
    return {
      state: this.#state(),
      lag: Math.max(0, this.#services.log.size() - next),
      next,
      checkpoint,
      refused: this.#refused,
      missed: this.#missed,
      lastError: this.#lastError,
      lastErrorAtMs: this.#lastErrorAtMs,
      lastArrivedAtMs: this.#lastArrivedAtMs,
    }
  }

  #state(): SinkState {
    if (this.#isStopped) return 'stopped'
    if (this.#failures > 0) return 'failing'
    if (this.#services.log.size() > this.#arrived.next)
      return this.#running === undefined ? 'waiting' : 'behind'
    return 'current'
  }

  async #run(): Promise<void> {
    const { pause } = this.#services
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        if (!(await this.#round())) await pause(pollMs, signal)
      } catch (error) {
        await this.#failed(error)
        if (!signal.aborted) await pause(this.#retryAfterMs(error), signal)
      }
    }
    if (!this.#isSettled()) await this.#settle().catch((error: unknown) => this.#note(describeError(error)))
    await this.#letGo()
  }

  /** Hands over one batch, or makes sure of what was handed over. False when there is nothing to do. */
  async #round(): Promise<boolean> {
    const events = await this.#nextEvents()
    if (events.length > 0) {
      await this.#handOver(events)
      if (this.#sent.next - this.#arrived.next < settleMaxEntries && !this.#isSettleDue()) return true
    } else if (this.#isSettled() || !this.#isSettleDue()) return false
    await this.#settle()
    return true
  }

  #isSettled(): boolean {
    return this.#sent.next === this.#arrived.next && this.#sent.checkpoint === this.#arrived.checkpoint
  }

  #isSettleDue(): boolean {
    const { clock, settleEveryMs } = this.#services
    return clock.monotonic() - this.#settledAtMs >= settleEveryMs
  }

  /** A long way behind is no reason to keep exchanges waiting: it is gone in slices. */
  async #nextEvents(): Promise<readonly FormattedEvent[]> {
    const { log, clock } = this.#services
    const events: FormattedEvent[] = []
    this.#passEnded()
    for (let from = this.#sent.next; events.length < batchEntries; from += sliceEntries) {
      const heads = await log.readHeads(from, sliceEntries)
      for (const head of heads) events.push(this.#formatted(await this.#eventOf(head)))
      if (heads.length < sliceEntries || this.#stop.signal.aborted) break
      await setTimeout(breathMs)
    }
    const note = log.checkpoint()
    if (note !== undefined && sizeOf(note) > this.#sent.checkpoint) {
      events.push(this.#formatted(checkpointEvent(log.origin, note, clock.now())))
    }
    return events
  }

  /** What retention ended before the sink took it cannot be sent any more. It is said, and counted. */
  #passEnded(): void {
    const first = this.#services.log.first()
    if (this.#sent.next >= first) return
    this.#missed += first - this.#sent.next
    this.#note(
      `${first - this.#sent.next} entries from ${this.#sent.next} on had ended before this sink took them`,
    )
    this.#say('warning', 'headers of the log ended before a sink took them')
    this.#sent = { ...this.#sent, next: first }
    this.#arrived = { ...this.#arrived, next: first }
  }

  async #eventOf(head: LoggedHead): Promise<ExportEvent> {
    const { log, settings, findPerson } = this.#services
    if (!settings.people || head.subject === undefined) return entryEvent(log.origin, head, undefined)
    const person = await findPerson(head.subject)
    // Nothing else that is known of a person goes out.
    return entryEvent(log.origin, head, person && { email: person.email, name: person.name })
  }

  #formatted(event: ExportEvent): FormattedEvent {
    return { event, line: this.#services.format.format(event) }
  }

  async #handOver(events: readonly FormattedEvent[]): Promise<void> {
    this.#sink ??= this.#services.openSink()
    const { refused } = await this.#sink.send(events)
    if (refused.length > 0) await this.#replace(events, refused)
    for (const { event } of events) {
      if (event.is === 'entry') this.#sent = { ...this.#sent, next: event.head.index + 1 }
      if (event.is === 'checkpoint') this.#sent = { ...this.#sent, checkpoint: event.size }
    }
  }

  /** What a sink does not want must not stop what follows, and must not be missing without a trace either. */
  async #replace(events: readonly FormattedEvent[], refused: readonly RefusedEvent[]): Promise<void> {
    const ids = new Set(refused.map(({ id }) => id))
    const notes = events.flatMap(({ event }) => (ids.has(event.id) ? [this.#formatted(noteOf(event))] : []))
    const answer = await this.#sink?.send(notes)
    const again = answer?.refused[0]
    if (again !== undefined) {
      throw new SinkFailure(`${again.id} is refused, and so is the note that says so: ${again.why}`)
    }
    const [first] = refused
    this.#note(`${refused.length} events were refused; the first is ${first?.id}: ${first?.why}`)
    // Told once; the status counts on.
    if (this.#refused === 0) this.#say('warning', 'a sink of the log refuses events')
    this.#refused += refused.length
  }

  async #settle(): Promise<void> {
    const { clock, cursorPath } = this.#services
    await this.#sink?.settle()
    await writeCursor(cursorPath, this.#sent)
    this.#arrived = this.#sent
    this.#settledAtMs = clock.monotonic()
    this.#lastArrivedAtMs = clock.now()
    if (this.#failures > 0) this.#say('info', 'a sink of the log takes events again')
    this.#failures = 0
  }

  /** Everything that has not arrived is sent again. */
  async #failed(error: unknown): Promise<void> {
    this.#failures++
    this.#sent = this.#arrived
    this.#note(describeError(error))
    if (this.#failures === 1 && !this.#stop.signal.aborted)
      this.#say('warning', 'a sink of the log takes no events; it is tried again')
    await this.#letGo()
  }

  /** Twice as long each time up to a minute, and by half at random, so that gateways do not come back in step. */
  #retryAfterMs(error: unknown): number {
    const asked = error instanceof SinkFailure ? (error.retryAfterMs ?? 0) : 0
    const doubled = Math.min(retryMaxMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 16))
    return Math.max(asked, doubled * (0.5 + this.#services.random() / 2))
  }

  async #letGo(): Promise<void> {
    const sink = this.#sink
    this.#sink = undefined
    try {
      await sink?.close()
    } catch (error) {
      this.#note(describeError(error))
    }
  }

  #note(problem: string): void {
    this.#lastError = problem
    this.#lastErrorAtMs = this.#services.clock.now()
  }

  #say(level: 'info' | 'warning' | 'error', what: string): void {
    const { settings, writeLine } = this.#services
    const problem = level === 'info' ? settings.id : `${settings.id}: ${this.#lastError}`
    writeLine({ level, what, problem })
  }
}

/** The same entry with nothing but what says which one it is and when. */
function noteOf(event: ExportEvent): ExportEvent {
  if (event.is !== 'entry') return event
  const { index, atMs, kind, alias } = event.head
  const facts = { reason: 'this sink refused the event; the log has it' }
  const header = JSON.stringify({ index, kind, refusedBySink: true })
  return {
    ...event,
    person: undefined,
    head: { index, atMs, kind, alias, facts, subject: undefined, header },
  }
}
