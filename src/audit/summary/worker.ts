/** The thread that reads finished segments once more: it makes their summaries, or shows that they still say the same. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { CompactTree } from '../tree.ts'
import { type Summarised, summarise } from './summarise.ts'

export interface ReadAsked {
  readonly folder: string
  readonly from: number
  readonly to: number
  /** Of the tree in front of `from`; undefined for the first segment there is. */
  readonly before: { readonly size: number; readonly peaks: readonly string[] } | undefined
}

export type FromReader = Summarised | { readonly segment: number; readonly damage: string }

if (parentPort === null) throw new Error('this file is a thread of its own')
const port = parentPort
const { folder, from, to, before } = workerData as ReadAsked

// Of a thread, on Linux alone; elsewhere it would slow the whole server down.
if (process.platform === 'linux') setPriority(0, 10)

const nothing = new Int32Array(new SharedArrayBuffer(4))
/** Three parts rest to one part work: a quarter of a core at most, for as long as it takes. */
let workedFrom = performance.now()
const breathe = (): void => {
  Atomics.wait(nothing, 0, 0, 3 * (performance.now() - workedFrom))
  workedFrom = performance.now()
}

let segment = from
try {
  const tree = before && CompactTree.read(before.size, before.peaks)
  for (const summarised of summarise(folder, from, to, tree, breathe)) {
    port.postMessage(summarised satisfies FromReader)
    segment++
  }
} catch (error) {
  port.postMessage({ segment, damage: (error as Error).message } satisfies FromReader)
}
port.close()
