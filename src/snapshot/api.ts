import type { Term } from '#/inspect/api.ts'
import type { Pattern } from '#/inspect/patterns/api.ts'
import type { ClassNames, Clearing, RuleSlice } from '#/policy/api.ts'
import type { WrittenTrigger } from '#/register/trigger.ts'

/** A trigger with the policy it stands in. */
export interface Trigger extends WrittenTrigger {
  readonly policy: string
}

/** The frozen value an exchange reads: everything compiled from the records, under one version. */
export interface Snapshot extends RuleSlice {
  /** Digest of what it was compiled from: the same records give the same version. */
  readonly version: string
  readonly compiledAtMs: number
  readonly terms: readonly Term[]
  readonly patterns: readonly Pattern[]
  readonly classNames?: ClassNames
  /** What is not sensitive, by `clearingKey`. */
  readonly clearings: ReadonlyMap<string, readonly Clearing[]>
  /** Left out where there are none. */
  readonly triggers?: readonly Trigger[]
}
