/**
 * How long a thing takes by itself. Where processors are shared, what runs elsewhere on the same core comes in stretches of
 * some seconds, in which all takes up to twice as long: a loop with eight sums that need not wait for each other shows it, one sum
 * alone does not. So a thing is timed in several sweeps, the quickest of each of its steps counts, and it is timed again as long
 * as a step was never undisturbed.
 */
import { setTimeout as pause } from 'node:timers/promises'

/** One thing that is timed. */
export interface Timed {
  /** A round is all of them, one after the other; short ones, for a long step is seldom undisturbed. */
  readonly steps: readonly (() => void)[]
  /** For so many ms it is run in the first sweep, while V8 compiles it, and in each other one. */
  readonly firstMs: number
  readonly ms: number
}

const sweeps = 4
/** With a second in between: a machine that is never free shows what it has. */
const furtherSweeps = 40
const betweenMs = 1_000
/** Times of a step in which nothing else ran on the core. */
const enough = 2

/** Of each, ms of its steps at their quickest. */
export async function quickestOf(things: readonly Timed[]): Promise<readonly number[]> {
  const rounds = things.map(({ steps }) => new Rounds(steps))
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const [index, { firstMs, ms }] of things.entries()) rounds[index]?.go(sweep === 0 ? firstMs : ms)
  for (let sweep = 0; sweep < furtherSweeps; sweep++) {
    const disturbed = things
      .keys()
      .filter((index) => !isDone(rounds[index]))
      .toArray()
    if (disturbed.length === 0) break
    await pause(betweenMs)
    for (const index of disturbed) rounds[index]?.go(things[index]?.ms ?? 0)
  }
  return rounds.map(({ best }) => best)
}

const isDone = (rounds: Rounds | undefined): boolean => rounds === undefined || rounds.isUndisturbed

/** The same of one thing that is timed beside longer work: three seconds, and a minute at most. */
export function quickestMs(...steps: readonly (() => void)[]): number {
  const rounds = new Rounds(steps)
  rounds.go(3_000)
  for (let more = 0; more < 57 && !isDone(rounds); more++) rounds.go(1_000)
  return rounds.best
}

class Rounds {
  readonly #steps: readonly (() => void)[]
  readonly #best: number[]
  readonly #undisturbed: number[]

  constructor(steps: readonly (() => void)[]) {
    this.#steps = steps
    this.#best = steps.map(() => Number.POSITIVE_INFINITY)
    this.#undisturbed = steps.map(() => 0)
  }

  /** One round, and others until so many ms are over. */
  go(ms: number): void {
    const until = performance.now() + ms
    do {
      let wasFree = isFree()
      for (const [index, step] of this.#steps.entries()) {
        this.#best[index] = Math.min(this.#best[index] as number, msOf(step))
        const isStillFree = isFree()
        if (wasFree && isStillFree) this.#undisturbed[index] = (this.#undisturbed[index] as number) + 1
        wasFree = isStillFree
      }
    } while (performance.now() < until)
  }

  get best(): number {
    return this.#best.reduce((sum, ms) => sum + ms, 0)
  }

  get isUndisturbed(): boolean {
    return this.#undisturbed.every((times) => times >= enough)
  }
}

let quickestSums = Number.POSITIVE_INFINITY

/** Whether the core has nothing else to do: the sums take no longer than when they were quickest. */
function isFree(): boolean {
  const took = Math.min(msOf(sums), msOf(sums))
  quickestSums = Math.min(quickestSums, took)
  return took < quickestSums * 1.3
}

const sum = new Int32Array(1)

/** A fifth of a millisecond of a core that has it all to itself. */
function sums(): void {
  let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8]
  for (let at = 0; at < 150_000; at++) {
    a = (a + at) | 0
    b ^= at
    c = (c + at) | 0
    d ^= at
    e = (e + at) | 0
    f ^= at
    g = (g + at) | 0
    h ^= at
  }
  // Kept, or nothing would be summed.
  sum[0] = a + b + c + d + e + f + g + h
}

for (let round = 0; round < 100; round++) sums()

export function msOf(run: () => void): number {
  const startedAt = performance.now()
  run()
  return performance.now() - startedAt
}
