import type { DrillReport, Reached, Subject } from './api.ts'
import type { StandingSwitches } from './standing.ts'

/** Beyond this many people a drill no longer tells them apart; what it counts is right all the same. */
const mostPeople = 100_000

interface Counted {
  readonly reached: Reached
  refused: number
  readonly people: Set<string>
}

/** What drills measured so far. In memory: a drill does not outlive the process. */
export interface Drills {
  readonly begin: (id: string, reached: Reached) => void
  /** An exchange was decided and goes. */
  readonly note: (subject: Subject) => void
  /** Undefined for one that did not begin here. */
  readonly reportOf: (id: string) => DrillReport | undefined
  readonly forget: (id: string) => void
}

export function createDrills(standing: StandingSwitches, asks: () => readonly string[]): Drills {
  const counted = new Map<string, Counted>()
  return {
    begin: (id, reached) => {
      counted.set(id, { reached, refused: 0, people: new Set(reached.people) })
    },
    note: (subject) => {
      for (const { id } of standing.drillsOn(subject)) {
        const counts = counted.get(id)
        if (counts === undefined) continue
        counts.refused++
        if (counts.people.size < mostPeople) counts.people.add(subject.personId)
      }
    },
    reportOf: (id) => {
      const counts = counted.get(id)
      if (counts === undefined) return undefined
      const { reached, refused, people } = counts
      return {
        cut: reached.exchanges,
        slowestMs: reached.slowestMs,
        refused,
        people: people.size,
        asks: asks(),
        isInterrupted: false,
      }
    },
    forget: (id) => void counted.delete(id),
  }
}

export const interrupted: DrillReport = {
  cut: 0,
  slowestMs: 0,
  refused: 0,
  people: 0,
  asks: [],
  isInterrupted: true,
}
