/**
 * Makes the summaries of a log that is open, in a thread of its own: of segments that were finished since, and once
 * after each start of all of them: a start that relied on summaries is thereby shown that their headers say the same.
 */
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { makeFolder, writeDurably } from '#/core/durable-file.ts'
import type { LogKeys } from '../keys.ts'
import { bodyOf, saysTheSame, signSummary, summaryPath } from './summary.ts'
import type { FromReader, ReadAsked } from './worker.ts'

export interface SummaryKeeperOptions {
  readonly folder: string
  readonly keys: Pick<LogKeys, 'origin' | 'signingKey'>
  /** The last segment a start took over without reading it. */
  readonly relied: number | undefined
  /** The first segment, and the last that is finished and covered by a checkpoint; undefined when there is none. */
  readonly range: () => { readonly first: number; readonly last: number } | undefined
  /** The first segment whose headers are there. */
  readonly firstSegment: () => number
  /** A segment that a start relied on cannot be read, or says something else than its summary. */
  readonly onDamage: (error: Error) => void
  /** Summaries cannot be made: the next start takes longer. */
  readonly onNote: (text: string) => void
  /** How often it is looked, the first time so long after the start. */
  readonly everyMs?: number
}

const everyMs = 30_000
/** A quarter of an hour. */
const skippedAfterProblem = 30

export class SummaryKeeper {
  readonly #options: SummaryKeeperOptions
  readonly #timer: NodeJS.Timeout
  /** How far this process has read, and the tree there. */
  #read: { readonly segment: number; readonly size: number; readonly peaks: readonly string[] } | undefined
  #work: Promise<void> | undefined
  #worker: Worker | undefined
  #isPaused = false
  #noted: string | undefined
  #looksToSkip = 0

  constructor(options: SummaryKeeperOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.look(), options.everyMs ?? everyMs).unref()
  }

  /** Does what there is to do, one thing at a time. Never rejects. */
  look(): Promise<void> {
    if (this.#isPaused) return Promise.resolve()
    if (this.#looksToSkip > 0) {
      this.#looksToSkip--
      return Promise.resolve()
    }
    this.#work ??= this.#readOn()
      .catch((error: Error) => this.#note(error.message))
      .finally(() => {
        this.#work = undefined
      })
    return this.#work
  }

  /** Ends segments: nothing reads them meanwhile, and their summaries go with them. */
  async whileEnding(end: () => Promise<void>): Promise<void> {
    await this.#pause()
    try {
      await end()
      const first = this.#options.firstSegment()
      for (const name of await namesIn(join(this.#options.folder, 'summary')))
        if (Number.parseInt(name, 10) < first) await rm(join(this.#options.folder, 'summary', name))
    } finally {
      this.#isPaused = false
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#pause()
  }

  async #pause(): Promise<void> {
    this.#isPaused = true
    await this.#worker?.terminate()
    await this.#work
  }

  async #readOn(): Promise<void> {
    const range = this.#options.range()
    if (range === undefined) return
    const before = this.#read !== undefined && this.#read.segment >= range.first - 1 ? this.#read : undefined
    const from = before === undefined ? range.first : before.segment + 1
    if (from > range.last) return
    await this.#readIn({ folder: this.#options.folder, from, to: range.last, before })
  }

  async #readIn(asked: ReadAsked): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: asked,
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 },
    })
    worker.unref()
    this.#worker = worker
    let taking = Promise.resolve()
    const ended = new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromReader) => {
        taking = taking.then(() => this.#take(message))
        taking.catch(reject)
      })
      worker.once('error', reject)
      worker.once('exit', () => resolve())
    })
    try {
      await ended
      await taking
    } finally {
      this.#worker = undefined
      await worker.terminate()
    }
  }

  async #take(message: FromReader): Promise<void> {
    if (this.#isPaused) return
    const { segment } = message
    if ('damage' in message) return this.#damaged(segment, message.damage)
    const { size, peaks } = message
    const body = Buffer.from(message.body)
    const there = await readIfThere(summaryPath(this.#options.folder, segment))
    if (this.#isRelied(segment) && there !== undefined && !saysTheSame(bodyOf(there), body))
      return this.#damaged(segment, `segment ${segment} says something else than its summary`)
    if (there === undefined || !bodyOf(there).equals(body)) await this.#write(segment, body)
    this.#read = { segment, size, peaks }
  }

  async #write(segment: number, body: Buffer): Promise<void> {
    const { folder, keys } = this.#options
    const path = summaryPath(folder, segment)
    await makeFolder(dirname(path))
    await writeDurably(path, signSummary(keys.origin, body, keys.signingKey))
  }

  /** Without summaries the next start reads everything, and says what is wrong. */
  async #damaged(segment: number, problem: string): Promise<void> {
    await rm(join(this.#options.folder, 'summary'), { recursive: true, force: true })
    if (this.#isRelied(segment)) this.#options.onDamage(new Error(`${problem}: run audit verify`))
    else this.#note(`${problem}: run audit verify`)
  }

  #isRelied(segment: number): boolean {
    return segment <= (this.#options.relied ?? 0)
  }

  /** Said once, not with each look, and not tried with each either: it may mean reading a whole log. */
  #note(problem: string): void {
    this.#looksToSkip = skippedAfterProblem
    if (this.#noted === problem) return
    this.#noted = problem
    this.#options.onNote(`summaries of the log cannot be made: ${problem}`)
  }
}

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

const readIfThere = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
