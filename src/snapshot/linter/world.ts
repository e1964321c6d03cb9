import type { Family } from '#/core/finding.ts'
import type { Policy, RecordHistory, Serving, UseCase } from '#/register/api.ts'
import type { Register } from '#/register/register.ts'
import { servingOf } from '#/register/serving.ts'
import type { Snapshot } from '../api.ts'
import type { LintFinding } from './api.ts'

/** What the linter looks at. */
export interface LintWorld {
  readonly snapshot: Snapshot
  readonly offerings: readonly Serving<'offering'>[]
  readonly useCases: readonly Serving<'use-case'>[]
  readonly policies: readonly Serving<'policy'>[]
  readonly vendors: readonly Serving<'vendor'>[]
  readonly nowMs: number
  readonly hasAccount: (email: string) => boolean
  /** Ids of whatever tells of groups: what stands before the colon of a group. */
  readonly groupSources: readonly string[]
  readonly isLookedFor: (type: string) => boolean
}

export type Lint = (world: LintWorld) => readonly LintFinding[]

export type LintServices = Pick<LintWorld, 'hasAccount' | 'groupSources' | 'isLookedFor'>

/** A world out of the register as far as it serves, or would. */
export const lintWorldOf = (
  register: Pick<Register, 'list'>,
  snapshot: Snapshot,
  nowMs: number,
  services: LintServices,
): LintWorld => ({
  ...{ snapshot, nowMs },
  hasAccount: services.hasAccount,
  groupSources: services.groupSources,
  isLookedFor: services.isLookedFor,
  offerings: servingsOf(register.list('offering'), nowMs),
  useCases: servingsOf(register.list('use-case'), nowMs),
  policies: servingsOf(register.list('policy'), nowMs),
  vendors: servingsOf(register.list('vendor'), nowMs),
})

const servingsOf = <K extends 'offering' | 'use-case' | 'policy' | 'vendor'>(
  histories: readonly RecordHistory<K>[],
  nowMs: number,
): readonly Serving<K>[] => histories.flatMap((each) => servingOf(each, nowMs).serving ?? [])

/** A rule as it is written, with the table it stands in. */
export interface PlacedRule {
  readonly kind: 'policy' | 'use-case'
  readonly record: string
  readonly rule: (Policy | UseCase)['rules'][number]
}

export const rulesOf = (
  kind: PlacedRule['kind'],
  servings: readonly (Serving<'policy'> | Serving<'use-case'>)[],
): readonly PlacedRule[] =>
  servings.flatMap(({ record }) =>
    record.body.rules.map((rule): PlacedRule => ({ kind, record: record.id, rule })),
  )

export const placeOf = ({ kind, record, rule }: PlacedRule): string => `${kind}/${record} rule ${rule.id}`

/** Families whose kinds are the company's own, or come and go with what it taught: never said to hold nothing. */
export const openFamilies: readonly Family[] = ['company', 'other']
