/**
 * Says when the next request is due, in a thread of its own: a timer of the event loop counts whole milliseconds, and a loop
 * that looks at the clock all the time would take half a core from what is measured.
 */
import { parentPort, workerData } from 'node:worker_threads'

export interface Pace {
  readonly perSecond: number
  readonly total: number
  /** On the wall clock, in ms: the thread's own steady clock has another zero. */
  readonly startsAt: number
}

const { perSecond, total, startsAt } = workerData as Pace
const sleeper = new Int32Array(new SharedArrayBuffer(4))

for (let index = 0; index < total; index++) {
  const wait = startsAt + (index * 1_000) / perSecond - (performance.timeOrigin + performance.now())
  if (wait > 0) Atomics.wait(sleeper, 0, 0, wait)
  parentPort?.postMessage(index)
}
