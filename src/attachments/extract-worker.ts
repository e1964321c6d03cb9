import { parentPort } from 'node:worker_threads'
import type { AttachmentBounds } from './bounds.ts'
import { extract } from './extract.ts'

/** What a thread is asked for. */
export interface ExtractJob {
  readonly bytes: Uint8Array
  readonly bounds: AttachmentBounds
  readonly readsPictures: boolean
}

/** One file at a time: a job in, what was read out. */
parentPort?.on('message', async ({ bytes, bounds, readsPictures }: ExtractJob) => {
  parentPort?.postMessage(await extract(bytes, bounds, readsPictures))
})
