import type { Bodies, PlanStep, RecordKind } from './api.ts'
import { type Difference, differencesOf } from './differences.ts'

/** A step of a plan with every field that would change. */
export interface RecordDifference extends PlanStep {
  readonly differences: readonly Difference[]
}

export const withDifferences = (
  step: PlanStep,
  before: Bodies[RecordKind] | undefined,
  after: Bodies[RecordKind],
): RecordDifference => ({
  ...step,
  differences: step.change === 'changed' ? differencesOf(before, after) : [],
})
