import { lintEnding, lintEverybody, lintGroups, lintOwners, lintUnused, lintUsable } from './access.ts'
import type { LintFinding } from './api.ts'
import { lintDead, lintSecrets, lintTables } from './rules.ts'
import { lintTriggers } from './triggers.ts'
import { lintVendors } from './vendors.ts'
import type { Lint, LintWorld } from './world.ts'

/** Everything that is looked at. A new one is a function here. */
const lints: readonly Lint[] = [
  lintTables,
  lintSecrets,
  lintGroups,
  lintTriggers,
  lintDead,
  lintUsable,
  lintEverybody,
  lintUnused,
  lintVendors,
  lintOwners,
  lintEnding,
]

/** Errors first. */
export function lint(world: LintWorld): readonly LintFinding[] {
  const found = lints.flatMap((each) => each(world))
  return [
    ...found.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ severity }) => severity !== 'error'),
  ]
}

/** What makes a finding the same one in another version of what serves. */
export const keyOf = ({ code, about, sentence }: LintFinding): string => `${code} ${about} ${sentence}`
