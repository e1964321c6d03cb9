import { machineOf } from '#/core/network.ts'

/**
 * Refused keys of one machine in a minute that are answered and logged one by one. A program with an old key comes by
 * once a request; a person mistypes a few times.
 */
export const triesPerMinute = 20

/** From everywhere together: many machines must not fill the log either. */
export const triesAltogether = 600

/** Machines that are told apart in one minute. */
const keptMachines = 10_000

export interface TooManyTries {
  /** Empty when it is everybody together. */
  readonly machine: string
  readonly tries: number
}

/**
 * Counts keys that were refused, by machine and minute. Nobody guesses one of 2^170 keys; this keeps whoever tries from
 * filling the log and from doing so unseen. A key that is right is never held up: others may share its address.
 */
export interface Guesses {
  /** True while this machine has had its share: then the answer is the same whatever the key was, and no entry is written. */
  readonly isTooMany: (peer: string) => boolean
}

/** `tell` is called once for a machine and minute. */
export function createGuesses(now: () => number, tell: (told: TooManyTries) => void): Guesses {
  const tries = new Map<string, number>()
  let minute = -1
  let altogether = 0
  return {
    isTooMany: (peer) => {
      const current = Math.floor(now() / 60_000)
      if (current !== minute) {
        minute = current
        altogether = 0
        tries.clear()
      }
      altogether++
      if (altogether === triesAltogether + 1) tell({ machine: '', tries: altogether })
      const machine = machineOf(peer)
      const count = (tries.get(machine) ?? 0) + 1
      if (count > 1 || tries.size < keptMachines) tries.set(machine, count)
      if (count === triesPerMinute + 1) tell({ machine, tries: count })
      return count > triesPerMinute || altogether > triesAltogether
    },
  }
}
