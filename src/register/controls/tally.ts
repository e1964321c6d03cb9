import type { ControlException } from './api.ts'

/** As many exceptions as somebody reads; all of them are counted. */
const shownExceptions = 100

/** What a query counts: of how many, which not, and what it could not see. */
export interface Counted {
  readonly population: number
  readonly exceptionCount: number
  readonly exceptions: readonly ControlException[]
  readonly blind: readonly string[]
}

export interface Tally {
  readonly count: () => void
  /** Something that was counted is not as it should be. */
  readonly except: (about: string, why: string) => void
  readonly blindTo: (what: string) => void
  readonly counted: () => Counted
}

export function createTally(): Tally {
  let population = 0
  let exceptionCount = 0
  const exceptions: ControlException[] = []
  const blind: string[] = []
  return {
    count: () => {
      population++
    },
    except: (about, why) => {
      exceptionCount++
      if (exceptions.length < shownExceptions) exceptions.push({ about, why })
    },
    blindTo: (what) => blind.push(what),
    counted: () => ({ population, exceptionCount, exceptions, blind }),
  }
}
