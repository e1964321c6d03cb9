import { asking } from './asking.ts'
import { anywhere, type Judged, judge, type Matter, type Passing, type Place } from './judge.ts'

/** What the rules say of one exchange, for each place it could go to. */
export interface Verdicts {
  readonly of: (place: Place) => Judged
  /** Whether the caller has done all that is asked of them there. */
  readonly isOpen: (passing: Passing) => boolean
}

/**
 * Most companies' rules do not depend on where an exchange goes: it is judged once then, and what stops it is thrown. Else
 * it is judged once for each kind of place, of which there are few.
 */
export function judgeAll(matter: Matter, nowMs: number): Verdicts {
  const isOpen = (passing: Passing) => asking(matter.facts, passing, nowMs).isOpen
  if (!matter.rules.asksOffering) {
    const judged = judge(matter, anywhere)
    if (judged.isStopped) throw judged.refuse(false)
    return { of: () => judged, isOpen }
  }
  const known = new Map<string, Judged>()
  return {
    of: (place) => {
      const key = `${place.tier} ${place.hasBaa}`
      const judged = known.get(key) ?? judge(matter, place)
      known.set(key, judged)
      return judged
    },
    isOpen,
  }
}
