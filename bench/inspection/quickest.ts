/**
 * How long a thing takes by itself. Where processors are shared, what runs elsewhere on the same core comes in stretches of
 * some seconds, in which all takes up to twice as long: a loop with eight sums that need not wait for each other shows it, one sum
 * alone does not. So a thing is timed in several sweeps, its quickest round counts, and it is timed again as long as no
 * round of it was undisturbed.
 */
import { setTimeout as pause } from 'node:timers/promises'

/** One thing that is timed. */
export interface Timed {
  readonly run: () => void
  /** For so many ms it is run in the first sweep, while V8 compiles it, and in each other one. */
  readonly firstMs: number
  readonly ms: number
}

const sweeps = 4
/** With a second in between: a machine that is never free shows what it has. */
const furtherSweeps = 40
const betweenMs = 1_000
/** Rounds in which nothing else ran on the core. */
const enough = 2

/** Of each, ms of its quickest round. */
export async function quickestOf(things: readonly Timed[]): Promise<readonly number[]> {
  const rounds = things.map(({ run }) => new Rounds(run))
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

const isDone = (rounds: Rounds | undefined): boolean => rounds === undefined || rounds.undisturbed >= enough

/** Of one thing that is timed beside longer work, ms of its quickest round: three seconds, and a minute at most. */
export function quickestMs(run: () => void): number {
  const rounds = new Rounds(run)
  rounds.go(3_000)
  for (let more = 0; more < 57 && !isDone(rounds); more++) rounds.go(1_000)
  return rounds.best
}

class Rounds {
  readonly #run: () => void
  best = Number.POSITIVE_INFINITY
  undisturbed = 0

  constructor(run: () => void) {
    this.#run = run
  }

  /** One round, and others until so many ms are over. */
  go(ms: number): void {
    const until = performance.now() + ms
    let wasFree = isFree()
    do {
      this.best = Math.min(this.best, msOf(this.#run))
      const isStillFree = isFree()
      if (wasFree && isStillFree) this.undisturbed++
      wasFree = isStillFree
    } while (performance.now() < until)
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
