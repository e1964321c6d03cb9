/** A log that grows as a test likes, without a disk, and a clock that only waiting moves. */
import type { Clock } from '#/core/clock.ts'
import type { LoggedHead } from '../api.ts'
import type { ForwarderServices } from './forwarder.ts'

export const origin = 'log.example.com/test'

export function growingLog() {
  const heads: LoggedHead[] = []
  let note: string | undefined
  let first = 0
  return {
    log: {
      origin,
      size: () => heads.length,
      first: () => first,
      readHeads: async (from: number, most: number) => {
        const start = Math.max(first, from)
        return heads.slice(start, start + most)
      },
      checkpoint: () => note,
    } satisfies ForwarderServices['log'],
    grow: (entries: number, atMs = 1_000): void => {
      for (let left = entries; left > 0; left--) {
        const index = heads.length
        const facts = { requestId: `req_${index}`, decision: 'allow' }
        const header = JSON.stringify({ v: 1, index, atMs, kind: 'intent', facts })
        heads.push({
          index,
          atMs,
          kind: 'intent',
          facts,
          subject: 'person-ada',
          alias: 'a'.repeat(32),
          header,
        })
      }
    },
    endBefore: (index: number): void => {
      first = index
    },
    sign: (): void => {
      note = `${origin}\n${heads.length}\n${'A'.repeat(43)}=\n\n\u2014 ${origin} signature\n`
    },
  }
}

/** Time that stands still unless somebody waits; `onWait` may do what the world does meanwhile. */
export function waitingClock(onWait: (nowMs: number) => void = () => undefined) {
  let nowMs = Date.UTC(2026, 10, 23)
  const clock: Clock = { now: () => nowMs, monotonic: () => nowMs }
  const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
    nowMs += ms
    onWait(nowMs)
    // Lets sockets and files have their turn, and a test see what has come of it.
    if (!signal.aborted) await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, pause }
}

/** Waits for what other parts of this process are about to bring about. */
export async function until(isSo: () => boolean, what: string, withinMs = 20_000): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
