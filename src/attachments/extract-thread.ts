import { Worker } from 'node:worker_threads'
import type { UnreadReason } from './api.ts'
import type { AttachmentBounds } from './bounds.ts'
import type { ExtractJob } from './extract-worker.ts'
import type { Extracted } from './reading.ts'

/** Buffers of a thread lie outside of its heap, where only looking tells how many there are. */
const memoryCheckMs = 100

/**
 * A thread that reads one file at a time and may be ended at any moment: a file that takes too long or too much
 * memory costs the thread, and the next file gets a new one.
 */
export class ExtractThread {
  readonly #bounds: AttachmentBounds
  #worker: Worker | undefined

  constructor(bounds: AttachmentBounds) {
    this.#bounds = bounds
  }

  /** Throws when the system gives no thread; whatever the file does is told in what it gives. */
  extract(bytes: Uint8Array, readsPictures: boolean): Promise<Extracted> {
    const worker = this.#worker ?? this.#start()
    this.#worker = worker
    // While it works it keeps the process alive; while it waits it does not.
    worker.ref()
    return new Promise((resolve) => {
      let isSettled = false
      const settle = (extracted: Extracted): void => {
        isSettled = true
        clearTimeout(deadline)
        clearInterval(check)
        worker.off('message', settle).off('error', fail).off('exit', end)
        worker.unref()
        resolve(extracted)
      }
      const give = (reason: UnreadReason): void => {
        if (isSettled) return
        this.#worker = undefined
        settle({ texts: [], labels: [], unread: [{ path: '', reason }], pictures: [] })
        void worker.terminate()
      }
      const fail = (error: NodeJS.ErrnoException): void =>
        give(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much-memory' : 'damaged')
      const end = (): void => give('damaged')
      const deadline = setTimeout(give, this.#bounds.milliseconds, 'took-too-long')
      const check = setInterval(() => {
        void buffersOf(worker).then((held) => held > this.#bounds.bufferBytes && give('too-much-memory'))
      }, memoryCheckMs)
      worker.once('message', settle).once('error', fail).once('exit', end)
      worker.postMessage({ bytes, bounds: this.#bounds, readsPictures } satisfies ExtractJob)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #start(): Worker {
    const worker = new Worker(new URL('./extract-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#bounds.heapMebibytes, maxYoungGenerationSizeMb: 64 },
      // Libraries that warn about a file would write into the output of a command.
      stdout: true,
      stderr: true,
      env: {},
    })
    worker.stdout.resume()
    worker.stderr.resume()
    // An end while no file is read concerns nobody: the next file is told, or gets a new thread.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
    })
    return worker
  }
}

/** 0 for a thread that has just ended. */
const buffersOf = async (worker: Worker): Promise<number> => {
  try {
    return (await worker.getHeapStatistics()).external_memory
  } catch {
    return 0
  }
}
