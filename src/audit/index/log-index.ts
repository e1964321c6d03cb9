/** The index of the log as the server has it: kept in a thread of its own, which follows what is durable. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'
import type { CountedBy, CountLine, FoundRow, IndexState, LogQuestion } from './api.ts'
import type { Page } from './find.ts'
import type { KeeperOptions } from './keeper.ts'
import type { Asking, FromIndex, ToIndex } from './messages.ts'
import { RowsToHand } from './rows-to-hand.ts'
import type { WordPlace } from './store.ts'

export interface LogIndexOptions {
  /** Of the log: `index.db` lies in it. */
  readonly folder: string
  readonly origin: string
  /** Durable entries now. */
  readonly size: () => number
  /** The first entry whose header is kept. */
  readonly first: () => number
  /** Tells what becomes durable; where nobody does, the thread reads all of it. */
  readonly watch?: AuditLog['watch']
  readonly writeLine: WriteLine
  /** How long a question waits for the index to come to what was durable when it was asked. */
  readonly waitMs?: number
}

/** Every question is answered over all that was durable when it was asked, or refused with `index-behind`. */
export interface LogIndex {
  readonly find: (question: LogQuestion, page: Page) => Promise<readonly FoundRow[]>
  readonly count: (
    question: LogQuestion,
    by: CountedBy,
  ) => Promise<{ readonly total: CountLine; readonly lines: readonly CountLine[] }>
  /** What entries ever had there, at most 1000. */
  readonly words: (place: WordPlace) => Promise<readonly string[]>
  readonly state: () => IndexState
  /** Resolves once the old one is gone; `state` tells how far the new one is. */
  readonly rebuild: () => Promise<void>
  /** Resolves once it has come to what is durable now. */
  readonly catchUp: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * How often it looks whether the log has grown. A question waits for the rest anyway, and a command that does one
 * thing and ends needs no index.
 */
const followMs = 2_000
const waitMs = 10_000
/** More at once are refused: each may read the whole index. */
const askingMax = 50
/** A thread that is asked to end is in the middle of a batch or of reading its file through. */
const closeLimitMs = 5_000

export function openLogIndex(options: LogIndexOptions): LogIndex {
  return new ThreadedIndex(options)
}

export const indexPath = (logFolder: string): string => join(logFolder, 'index.db')

interface Asked {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

class ThreadedIndex implements LogIndex {
  readonly #options: LogIndexOptions
  readonly #asked = new Map<number, Asked>()
  readonly #timer: NodeJS.Timeout
  readonly #rows = new RowsToHand()
  #worker: Worker | undefined
  #lastId = 0
  #followed = 0
  #indexed = 0
  #problem: string | undefined
  #isClosed = false

  constructor(options: LogIndexOptions) {
    this.#options = options
    this.#timer = setTimeout(() => this.#follow(), followMs).unref()
    options.watch?.((entries, segment) => this.#rows.add(entries, segment))
  }

  find(question: LogQuestion, page: Page): Promise<readonly FoundRow[]> {
    return this.#ask({ do: 'find', question, page })
  }

  count(question: LogQuestion, by: CountedBy): ReturnType<LogIndex['count']> {
    return this.#ask({ do: 'count', question, by })
  }

  words(place: WordPlace): Promise<readonly string[]> {
    return this.#ask({ do: 'words', place })
  }

  state(): IndexState {
    return { indexed: this.#indexed, entries: this.#options.size(), problem: this.#problem }
  }

  async rebuild(): Promise<void> {
    await this.#ask({ do: 'rebuild' })
  }

  async catchUp(): Promise<void> {
    await this.#ask({ do: 'catch-up' }, Number.MAX_SAFE_INTEGER)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    const worker = this.#worker
    if (worker === undefined) return
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    this.#say({ kind: 'close' })
    // Ended in the middle of a batch it goes on from its cursor at the next start.
    const limit = setTimeout(() => void worker.terminate(), closeLimitMs)
    await ended
    clearTimeout(limit)
  }

  #follow(): void {
    const size = this.#options.size()
    if (size > this.#followed) {
      this.#followed = size
      const rows = this.#rows.take()
      const moved = rows === undefined ? [] : [rows.numbers.buffer]
      this.#say({ kind: 'follow', size, first: this.#options.first(), rows }, moved)
    }
    this.#timer.refresh()
  }

  #ask<T>(asking: Asking, waitsUntilMs?: number): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Refusal('stopping'))
    if (this.#asked.size >= askingMax) {
      return Promise.reject(new Refusal('too-many-open', { limit: askingMax }))
    }
    const id = ++this.#lastId
    const untilMs = waitsUntilMs ?? Date.now() + (this.#options.waitMs ?? waitMs)
    return new Promise<T>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      const { size, first } = this.#options
      this.#say({ kind: 'ask', id, size: size(), first: first(), untilMs, asking })
      // While somebody waits for it, it keeps the process alive.
      this.#worker?.ref()
    })
  }

  #say(message: ToIndex, moved: readonly ArrayBuffer[] = []): void {
    try {
      this.#worker ??= this.#start()
    } catch (error) {
      // The system gives no thread. The next look at the log tries again.
      this.#fail(describeError(error))
      this.#followed = 0
      this.#rows.beginAnew()
      this.#settleAll(new Refusal('index-broken', {}, { cause: error }))
      return
    }
    this.#worker.postMessage(message, moved)
  }

  #start(): Worker {
    const { folder, origin } = this.#options
    const workerData: KeeperOptions = { folder, origin, path: indexPath(folder) }
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
    })
    worker.unref()
    worker.on('message', (message: FromIndex) => this.#hear(message))
    worker.on('error', (error) => this.#fail(error.message))
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      this.#rows.beginAnew()
      this.#followed = 0
      this.#settleAll(new Refusal(this.#isClosed ? 'stopping' : 'index-broken'))
    })
    return worker
  }

  #hear(message: FromIndex): void {
    if (message.kind === 'state') {
      this.#indexed = message.indexed
      if (message.problem === undefined) this.#problem = undefined
      else this.#fail(message.problem)
      return
    }
    if (message.kind === 'rebuilt') {
      this.#tell('the index of the log did not fit the log and is built anew', message.why)
      return
    }
    const asked = this.#asked.get(message.id)
    this.#asked.delete(message.id)
    if (this.#asked.size === 0) this.#worker?.unref()
    if (message.kind === 'answer') asked?.resolve(message.result as never)
    else if (message.kind === 'behind') {
      const entries = this.#options.size()
      asked?.reject(new Refusal('index-behind', { indexed: message.indexed, entries }))
    } else asked?.reject(new Refusal('index-broken', {}, { cause: new Error(message.problem) }))
  }

  /** Said once, not with each look at the log. */
  #fail(problem: string): void {
    if (this.#problem === problem) return
    this.#problem = problem
    this.#tell('the index of the log cannot be kept; exchanges go on', problem)
  }

  #tell(what: string, problem: string): void {
    this.#options.writeLine({ level: 'warning', what, problem })
  }

  #settleAll(refusal: Refusal): void {
    for (const { reject } of this.#asked.values()) reject(refusal)
    this.#asked.clear()
  }
}
