import type { Grant } from './api.ts'

/** Grants and denials that are in force. */
export interface Standing {
  readonly put: (grant: Grant) => void
  /** Gives whether it was there. */
  readonly remove: (id: string) => boolean
  readonly find: (id: string) => Grant | undefined
  /** Oldest first. What has ended by its date is not among them. */
  readonly all: () => readonly Grant[]
  /** What concerns a person: by id, or by one of their groups. */
  readonly about: (personId: string, groups: readonly string[]) => readonly Grant[]
  /** When the next one ends by its date, in ms; Infinity when none does. */
  readonly nextEndMs: () => number
  /** Those that have ended by their date and were not taken yet. */
  readonly takeEnded: () => readonly Grant[]
}

/** Kept in memory and by whom they concern: roles are worked out for everybody when anything changes. */
export function createStanding(grants: Iterable<Grant>, now: () => number): Standing {
  const known = new Map<string, Grant>()
  const byWho = new Map<string, Set<Grant>>()
  const put = (grant: Grant): void => {
    known.set(grant.id, grant)
    const who = whoOf(grant)
    byWho.set(who, (byWho.get(who) ?? new Set()).add(grant))
  }
  const remove = (id: string): boolean => {
    const grant = known.get(id)
    if (grant === undefined) return false
    known.delete(id)
    const same = byWho.get(whoOf(grant))
    same?.delete(grant)
    if (same?.size === 0) byWho.delete(whoOf(grant))
    return true
  }
  for (const grant of grants) put(grant)
  const inForce = (grant: Grant): boolean => isInForce(grant, now())
  return {
    put,
    remove,
    find: (id) => {
      const grant = known.get(id)
      return grant !== undefined && inForce(grant) ? grant : undefined
    },
    all: () => [...known.values()].filter(inForce),
    about: (personId, groups) =>
      [personId, ...groups].flatMap((who) => [...(byWho.get(who) ?? [])]).filter(inForce),
    nextEndMs: () => {
      const at = now()
      let next = Number.POSITIVE_INFINITY
      for (const { untilMs } of known.values())
        if (untilMs !== undefined && untilMs > at && untilMs < next) next = untilMs
      return next
    },
    takeEnded: () => {
      const ended = [...known.values()].filter((grant) => !inForce(grant))
      for (const { id } of ended) remove(id)
      return ended
    },
  }
}

/** Until its last moment, not in it. */
export const isInForce = ({ untilMs }: Pick<Grant, 'untilMs'>, nowMs: number): boolean =>
  untilMs === undefined || nowMs < untilMs

/** Ids of people start with `person_`, groups have a colon: they cannot be mixed up. */
const whoOf = ({ person, group }: Grant): string => person ?? group ?? ''
