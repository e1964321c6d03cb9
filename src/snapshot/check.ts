import { describeError } from '#/core/log-line.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { Register } from '#/register/register.ts'
import type { Snapshot } from './api.ts'
import { type Compiled, type CompileServices, compileSnapshot } from './compile.ts'
import type { LintFinding } from './linter/api.ts'
import { keyOf, lint } from './linter/lint.ts'
import { type LintServices, type LintWorld, lintWorldOf } from './linter/world.ts'
import type { Check } from './publications/api.ts'
import { type PlacedTest, runRuleTests } from './rule-tests/run.ts'

/** What is needed to look at records before they serve. */
export interface CheckServices extends Omit<CompileServices, 'register'> {
  readonly groupSources: LintServices['groupSources']
  /** The detectors an exchange under this snapshot is looked at with. */
  readonly inspectorFor: (snapshot: Pick<Snapshot, 'terms' | 'patterns'>) => Inspector
  /** Milliseconds of a steady clock. */
  readonly monotonic: () => number
}

export interface Checked {
  readonly check: Check
  /** Undefined when it does not compile. */
  readonly compiled: Compiled | undefined
}

/**
 * Whether records may serve: they compile, every rule test comes out as it says, and the linter finds no error that is
 * not in what serves already (`standing`): holding a publication back would not take that one away.
 */
export function checkRecords(
  services: CheckServices,
  register: Pick<Register, 'list'>,
  asked: { readonly digest: string; readonly nowMs: number; readonly standing: () => ReadonlySet<string> },
): Checked {
  const { digest, nowMs, standing } = asked
  let compiled: Compiled
  try {
    compiled = compileSnapshot({ ...services, register }, nowMs)
  } catch (error) {
    const doesNotCompile = describeError(error)
    return {
      compiled: undefined,
      check: { digest, doesNotCompile, failures: [], tests: 0, findings: [], isGreen: false },
    }
  }
  const { snapshot } = compiled
  const world = lintWorldOf(register, snapshot, nowMs, {
    hasAccount: (email) => services.findPersonIds(email).length > 0,
    groupSources: services.groupSources,
    isLookedFor: services.isLookedFor,
  })
  const tests = testsOf(world)
  const failures =
    tests.length === 0
      ? []
      : runRuleTests(tests, {
          ...{ snapshot, nowMs },
          inspector: services.inspectorFor(snapshot),
          monotonic: services.monotonic,
        })
  const findings = lint(world)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const isGreen = failures.length === 0 && (errors.length === 0 || isIn(standing(), errors))
  return {
    compiled,
    check: { digest, doesNotCompile: null, failures, tests: tests.length, findings, isGreen },
  }
}

const isIn = (known: ReadonlySet<string>, errors: readonly LintFinding[]): boolean =>
  errors.every((each) => known.has(keyOf(each)))

const testsOf = ({ policies }: LintWorld): readonly PlacedTest[] =>
  policies.flatMap(({ record }) => (record.body.tests ?? []).map((test) => ({ policy: record.id, test })))

/** Errors that serve: a publication that has them, too, makes nothing worse. */
export const standingErrors = ({ findings }: Check): ReadonlySet<string> =>
  new Set(findings.filter(({ severity }) => severity === 'error').map(keyOf))

/** The first thing that is wrong, as a sentence for the operator's log. */
export function firstProblem({ doesNotCompile, failures, findings }: Check): string {
  if (doesNotCompile !== null) return doesNotCompile
  const [failure] = failures
  if (failure !== undefined)
    return `The rule test ${failure.id} of ${failure.policy} expects ${failure.expected}, and it came out as ${failure.came}.`
  const error = findings.find(({ severity }) => severity === 'error')
  return error === undefined ? 'Nothing is wrong.' : `${error.sentence} ${error.remedy}`
}
