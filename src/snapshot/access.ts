import type { Denied, UsableOffering, UsableUseCase } from '#/policy/api.ts'

/** One grant or denial of a use case or an offering, beside the records. */
export interface StandingAccess {
  readonly effect: 'allow' | 'deny'
  readonly what: 'use-case' | 'offering'
  /** The use case's or the offering's. */
  readonly id: string
  /** A person's id, or a group `SOURCE:ID`. */
  readonly person?: string | undefined
  readonly group?: string | undefined
  /** Undefined for a denial that does not end. */
  readonly untilMs: number | undefined
}

/** Grants as pairs, so that the version of a snapshot depends on them. */
export interface PlainUseCase extends Omit<UsableUseCase, 'grants'> {
  readonly grants: readonly (readonly [string, number])[]
}

/** A use case by its record, with what is given and denied of it beside that. */
export const addAccess = (useCase: PlainUseCase, about: readonly StandingAccess[]): PlainUseCase =>
  about.length === 0
    ? useCase
    : { ...useCase, grants: grantsOf(about), deny: withDenials(useCase.deny, about) }

/** The same for an offering, which is only denied: what lets somebody in is a use case. */
export const addDenials = (offering: UsableOffering, about: readonly StandingAccess[]): UsableOffering =>
  about.length === 0 ? offering : { ...offering, deny: withDenials(offering.deny, about) }

function withDenials({ roles, people, groups }: Denied, access: readonly StandingAccess[]): Denied {
  const denials = access.filter(({ effect }) => effect === 'deny')
  return {
    roles,
    people: [...people, ...denials.flatMap(({ person }) => person ?? [])],
    groups: [...groups, ...denials.flatMap(({ group }) => group ?? [])],
  }
}

/** For each person the latest end of what they were given; every grant ends. */
function grantsOf(access: readonly StandingAccess[]): readonly (readonly [string, number])[] {
  const ends = new Map<string, number>()
  for (const { effect, person, untilMs } of access) {
    if (effect !== 'allow' || person === undefined || untilMs === undefined) continue
    ends.set(person, Math.max(untilMs, ends.get(person) ?? 0))
  }
  return [...ends].sort(([one], [other]) => (one < other ? -1 : 1))
}
