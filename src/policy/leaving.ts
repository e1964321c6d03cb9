import type { DataClass } from '#/core/data-class.ts'
import { type Action, changesText } from '#/core/finding.ts'
import type { Clearing, FoundFact } from './api.ts'

/** What leaves, as far as it decides where to. */
export interface Leaving {
  readonly class: DataClass
  /** Kinds of health data that leave as they were entered, by label. */
  readonly health: readonly string[]
}

const noHealth: readonly string[] = []
const noFindings: readonly FoundFact[] = []

/**
 * A value that is masked, replaced, made coarser or removed is gone, and one a reviewer found not to be sensitive is none.
 */
export function leavingOf(
  findings: readonly FoundFact[],
  cleared: readonly (Clearing | undefined)[],
  actions: readonly Action[],
  leavesAs: DataClass,
): Leaving {
  const health = findings.some(({ family }) => family === 'health')
    ? findings.filter(
        ({ family }, index) =>
          family === 'health' && cleared[index] === undefined && !changesText(actions[index] as Action),
      )
    : noFindings
  return {
    class: leavesAs,
    health: health.length === 0 ? noHealth : [...new Set(health.map(({ label }) => label))],
  }
}
