import { parentPort } from 'node:worker_threads'
import type { AttachmentBounds } from './bounds.ts'
import { extract } from './extract.ts'

/** One file at a time: `{ bytes, bounds }` in, what was read out. */
parentPort?.on('message', async ({ bytes, bounds }: { bytes: Uint8Array; bounds: AttachmentBounds }) => {
  parentPort?.postMessage(await extract(bytes, bounds))
})
