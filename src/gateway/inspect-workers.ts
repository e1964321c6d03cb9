import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Finding } from '#/core/finding.ts'
import { ClientGone } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { InspectJob, InspectResult, TextInChannel } from './inspect-worker.ts'
import type { InspectorFacts, OwnWords } from './inspectors.ts'

/** One core stays for the exchanges; more than this many long texts at once is a load test. */
const mostWorkers = 4

/** The slowest texts take a second for a megabyte, and a body has 32. */
const longestMs = 60_000

/** What waits is a body in memory: some hundred megabytes at most. */
const mostWaiting = 64
const mostWaitingCharacters = 64_000_000

/** Weights, tables and what a hostile megabyte gives in findings stay far below. */
const heapMebibytes = 768

export interface InspectWorkersOptions {
  readonly facts: InspectorFacts
  readonly workers?: number
  readonly longestMs?: number
  readonly mostWaiting?: number
  readonly heapMebibytes?: number
  /** What a worker runs; another one in tests. */
  readonly file?: URL
}

interface Waiting {
  readonly inspector: Pick<Inspector, 'version'>
  readonly own: OwnWords
  readonly texts: readonly TextInChannel[]
  readonly characters: number
  readonly isWanted: () => boolean
  readonly resolve: (findings: Found) => void
  readonly reject: (error: unknown) => void
}

/** One list for each text; undefined when a worker finds by other rules than the main thread. */
type Found = readonly (readonly Finding[])[] | undefined

/**
 * Threads that look at long texts, so that other exchanges go on. They start with the first text and stay. A thread
 * that dies or takes too long costs its job, which is rejected, and the next one gets a new thread.
 */
export class InspectWorkers {
  readonly #options: InspectWorkersOptions
  readonly #idle: Thread[]
  readonly #threads: readonly Thread[]
  readonly #waiting: Waiting[] = []
  #waitingCharacters = 0

  constructor(options: InspectWorkersOptions) {
    this.#options = options
    const count = options.workers ?? Math.max(1, Math.min(mostWorkers, availableParallelism() - 1))
    this.#threads = Array.from({ length: count }, () => new Thread(options))
    this.#idle = [...this.#threads]
  }

  /**
   * Findings of each text. Undefined when a worker does not find by the version that was asked for: it read another
   * knowledge file than the main thread did at start. Rejects with `inspection-busy`, `ClientGone`, or a defect.
   */
  inspect(
    inspector: Pick<Inspector, 'version'>,
    own: OwnWords,
    texts: readonly TextInChannel[],
    isWanted: () => boolean = () => true,
  ): Promise<Found> {
    const characters = texts.reduce((sum, { text }) => sum + text.length, 0)
    const isFull =
      this.#waiting.length >= (this.#options.mostWaiting ?? mostWaiting) ||
      this.#waitingCharacters + characters > mostWaitingCharacters
    if (this.#idle.length === 0 && isFull) return Promise.reject(new Refusal('inspection-busy'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ inspector, own, texts, characters, isWanted, resolve, reject })
      this.#waitingCharacters += characters
      this.#next()
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #next(): void {
    const thread = this.#idle.at(-1)
    const job = thread === undefined ? undefined : this.#waiting.shift()
    if (thread === undefined || job === undefined) return
    this.#waitingCharacters -= job.characters
    if (!job.isWanted()) {
      job.reject(new ClientGone())
      this.#next()
      return
    }
    this.#idle.pop()
    thread
      .inspect(job)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.#idle.push(thread)
        this.#next()
      })
  }
}

/** One thread, one job at a time. */
class Thread {
  readonly #options: InspectWorkersOptions
  #worker: Worker | undefined
  /** Of the job before: its terms and patterns are there still. */
  #version: string | undefined

  constructor(options: InspectWorkersOptions) {
    this.#options = options
  }

  async inspect({ inspector, own, texts }: Waiting): Promise<Found> {
    const isKnown = this.#worker !== undefined && this.#version === inspector.version
    this.#version = inspector.version
    const result = await this.#run(isKnown ? { texts } : { texts, own })
    if ('problem' in result) {
      this.#version = undefined
      throw new Error(`a worker could not inspect: ${result.problem}`)
    }
    return result.version === inspector.version ? result.findings : undefined
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #run(job: InspectJob): Promise<InspectResult> {
    this.#worker ??= this.#start()
    const worker = this.#worker
    // While it works it keeps the process alive; while it waits it does not.
    worker.ref()
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(deadline)
        worker.off('message', take).off('error', fail).off('exit', end)
        worker.unref()
      }
      const take = (result: InspectResult): void => {
        settle()
        resolve(result)
      }
      const fail = (cause: unknown): void => {
        settle()
        if (this.#worker === worker) this.#worker = undefined
        void worker.terminate()
        reject(new Error('a worker that inspected a text ended', { cause }))
      }
      const end = (code: number): void => fail(new Error(`its exit code was ${code}`))
      const limit = this.#options.longestMs ?? longestMs
      const deadline = setTimeout(() => fail(new Error(`it took more than ${limit} ms`)), limit)
      worker.once('message', take).once('error', fail).once('exit', end)
      worker.postMessage(job)
    })
  }

  #start(): Worker {
    const worker = new Worker(this.#options.file ?? new URL('./inspect-worker.ts', import.meta.url), {
      workerData: this.#options.facts,
      resourceLimits: {
        maxOldGenerationSizeMb: this.#options.heapMebibytes ?? heapMebibytes,
        maxYoungGenerationSizeMb: 64,
      },
      env: {},
    })
    // An end while no text is looked at concerns nobody: the next one gets a new thread.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
    })
    return worker
  }
}
