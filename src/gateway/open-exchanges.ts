import { Bag, type BagItem } from '#/core/bag.ts'
import { Refusal } from '#/core/refusal.ts'
import { secondsToNextMinute } from '#/core/when.ts'
import type { Reached, Subject } from '#/snapshot/switches/api.ts'
import type { LookAgain } from './rights.ts'

/** An exchange under way: whose it is, and how to end it. */
export interface OpenExchange extends BagItem {
  readonly callerId: string
  readonly personId: string
  readonly keyId: string | undefined
  /** What it goes by, as far as it is known. */
  readonly subject: () => Subject
  /** Whether its caller may still have the answer. */
  readonly lookAgain: LookAgain
  readonly cut: (why: Refusal) => void
}

export interface OpenLimits {
  readonly requestsPerMinute: number
  readonly openPerCaller: number
  readonly openAltogether: number
}

interface Counter {
  open: number
  minute: number
  sentThisMinute: number
}

/** How many callers' counters are kept; beyond it those with nothing open are forgotten, oldest first. */
const keptCallers = 10_000

/**
 * How often rights are looked at again: nobody may read on for more than a second after they ended. What ends by an
 * act (a key revoked, an account ended) is cut at once; this finds what ends by the clock, by roles and by records. The
 * rest of the second is for writing a thousand outcomes.
 */
const lookEveryMs = 250

/**
 * All exchanges under way, with the limits that admit a new one. Rates are counted per clock minute.
 * State of this process only.
 */
export class OpenExchanges {
  readonly #open = new Bag<OpenExchange>()
  readonly #counters = new Map<string, Counter>()
  readonly #limits: OpenLimits
  #timer: NodeJS.Timeout | undefined
  #isStopping = false

  constructor(limits: OpenLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#open.size
  }

  /** Counts an exchange in. Throws `rate-reached`, `too-many-open` or `stopping`. */
  admit(exchange: OpenExchange, nowMs: number): void {
    if (this.#isStopping) throw new Refusal('stopping')
    const { openPerCaller, openAltogether } = this.#limits
    const counter = this.#counterWithinRate(exchange.callerId, nowMs)
    if (counter.open >= openPerCaller)
      throw new Refusal('too-many-open', { limit: openPerCaller, setting: 'limits.openPerCaller' })
    if (this.#open.size >= openAltogether)
      throw new Refusal('too-many-open', { limit: openAltogether, setting: 'limits.openAltogether' })
    counter.sentThisMinute++
    counter.open++
    this.#open.add(exchange)
    this.#timer ??= setInterval(() => this.#tick(), lookEveryMs).unref()
  }

  /** Counts a request of a caller that is no exchange, since nothing leaves. Throws `rate-reached`. */
  count(callerId: string, nowMs: number): void {
    this.#counterWithinRate(callerId, nowMs).sentThisMinute++
  }

  /** One timer for all: a round costs about a microsecond for each open exchange. */
  #tick(): void {
    this.lookAgain()
    if (this.#open.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Ends every open exchange whose caller may not have the answer any more. */
  lookAgain(): void {
    for (const exchange of this.#open.items()) {
      const why = whyOver(exchange)
      if (why !== undefined) exchange.cut(why)
    }
  }

  /** Those a switch is about: each is ended, or for a drill only looked at. */
  reach(isAbout: (subject: Subject) => boolean, isDrill: boolean): Reached {
    const startedAt = performance.now()
    const people = new Set<string>()
    let exchanges = 0
    let slowestMs = 0
    for (const exchange of this.#open.items()) {
      if (!isAbout(exchange.subject())) continue
      const why = isDrill ? undefined : whyOver(exchange)
      if (why !== undefined) exchange.cut(why)
      exchanges++
      people.add(exchange.personId)
      slowestMs = performance.now() - startedAt
    }
    return { exchanges, people, slowestMs: Math.round(slowestMs * 1_000) / 1_000 }
  }

  release(exchange: OpenExchange): void {
    if (!this.#open.remove(exchange)) return
    const counter = this.#counters.get(exchange.callerId)
    if (counter !== undefined) counter.open--
  }

  /** Ends every open exchange of a key or a person whose access ended. */
  cut(ended: { readonly keyId?: string; readonly personId?: string }): void {
    for (const exchange of this.#open.items()) {
      const isTheirs =
        (ended.keyId !== undefined && exchange.keyId === ended.keyId) ||
        (ended.personId !== undefined && exchange.personId === ended.personId)
      if (isTheirs)
        exchange.cut(new Refusal('access-ended', { why: ended.keyId === undefined ? 'account' : 'key' }))
    }
  }

  /** Admits nothing more, and ends what is still open once `graceMs` have passed. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true
    const until = performance.now() + graceMs
    while (this.#open.size > 0 && performance.now() < until) await pause(20)
    for (const exchange of this.#open.items()) exchange.cut(new Refusal('stopping'))
    const cutUntil = performance.now() + 1_000
    while (this.#open.size > 0 && performance.now() < cutUntil) await pause(10)
  }

  /** Throws `rate-reached`. */
  #counterWithinRate(callerId: string, nowMs: number): Counter {
    const { requestsPerMinute } = this.#limits
    const counter = this.#counterOf(callerId, Math.floor(nowMs / 60_000))
    if (counter.sentThisMinute >= requestsPerMinute)
      throw new Refusal('rate-reached', {
        limit: requestsPerMinute,
        setting: 'limits.requestsPerMinute',
        retryAfterSeconds: secondsToNextMinute(nowMs),
      })
    return counter
  }

  #counterOf(callerId: string, minute: number): Counter {
    let counter = this.#counters.get(callerId)
    if (counter === undefined) {
      if (this.#counters.size >= keptCallers) this.#forgetIdle()
      counter = { open: 0, minute, sentThisMinute: 0 }
      this.#counters.set(callerId, counter)
    }
    if (counter.minute !== minute) {
      counter.minute = minute
      counter.sentThisMinute = 0
    }
    return counter
  }

  #forgetIdle(): void {
    for (const [callerId, counter] of this.#counters) {
      if (counter.open === 0) this.#counters.delete(callerId)
      if (this.#counters.size < keptCallers / 2) return
    }
  }
}

/** Rights nobody can tell are none. */
function whyOver(exchange: OpenExchange): Refusal | undefined {
  try {
    return exchange.lookAgain()
  } catch (error) {
    return new Refusal('defect', {}, { cause: error })
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
