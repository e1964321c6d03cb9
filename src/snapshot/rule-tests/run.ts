import { type Action, strongerAction } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Inspector, Kind } from '#/inspect/api.ts'
import { kindsOfNames, kinds as knownKinds } from '#/inspect/index.ts'
import type { ExchangeFacts, FoundFact } from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import { decide } from '#/policy/decide.ts'
import { decideAnswer } from '#/policy/decide-answer.ts'
import { defaultUseCase } from '#/policy/use-case.ts'
import { type RuleTest, ruleTestLimits } from '#/register/rule-test.ts'
import type { Snapshot } from '../api.ts'
import type { RuleTestFailure } from './api.ts'

/** A test with the policy it stands in. */
export interface PlacedTest {
  readonly policy: string
  readonly test: RuleTest
}

export interface RuleTestWorld {
  readonly snapshot: Snapshot
  readonly inspector: Inspector
  readonly nowMs: number
  /** Milliseconds of a steady clock. */
  readonly monotonic: () => number
}

/** Every exchange waits meanwhile: a test has microseconds, and all of them together this long. */
export const longestMs = 2_000

/**
 * What came out otherwise, of tests that run with the real detectors and the real decision. What could not be tried in
 * time, or is one test too many, has failed: nobody knows what it would have shown.
 */
export function runRuleTests(tests: readonly PlacedTest[], world: RuleTestWorld): readonly RuleTestFailure[] {
  const startedAt = world.monotonic()
  return tests.flatMap(({ policy, test }, index): readonly RuleTestFailure[] => {
    const isLate = world.monotonic() - startedAt > longestMs
    const isTooMany = index >= ruleTestLimits.together
    const came = isTooMany
      ? `nothing: all policies may have ${ruleTestLimits.together} tests together`
      : isLate
        ? `nothing: all tests together may take ${longestMs} ms`
        : cameOf(test, world)
    const expected = expectedOf(test)
    return came === expected ? [] : [{ policy, id: test.id, title: test.title, expected, came }]
  })
}

type Outcome = RuleTest['expect']

const expectedOf = ({ expect }: RuleTest): string => words(expect)

const words = (outcome: Outcome): string =>
  (['action', 'class', 'leavesAs', 'offering', 'refusal'] as const)
    .flatMap((name) => (outcome[name] === undefined ? [] : [`${name} ${outcome[name]}`]))
    .join(', ')

/** Only what the test asks for: a test of an action does not break when an offering is added. */
function cameOf(test: RuleTest, world: RuleTestWorld): string {
  const outcome = outcomeOf(test, world)
  if (outcome.refusal !== undefined) return words({ refusal: outcome.refusal })
  const asked = Object.entries(test.expect).filter(([, value]) => value !== undefined)
  // A refusal was expected and everything went: what it did is the news.
  if (test.expect.refusal !== undefined) return `it goes: ${words(outcome)}`
  return words(Object.fromEntries(asked.map(([name]) => [name, outcome[name as keyof Outcome]])))
}

function outcomeOf(test: RuleTest, world: RuleTestWorld): Outcome {
  const { given } = test
  const { snapshot, nowMs } = world
  const findings = findingsOf(test, world)
  if (given.channel === 'answer') return { action: answerAction(test, findings, snapshot) }
  const facts: ExchangeFacts = {
    roles: given.roles,
    personId: 'person_of_a_rule_test',
    groups: [],
    keyUseCase: undefined,
    askedUseCase: given.useCase,
    askedModel: given.model,
    declaredClass: given.class,
    wantsMask: given.mask,
    reachable: new Set(snapshot.offerings.keys()),
    findings,
    unread: [],
  }
  try {
    const decision = decide(facts, snapshot, nowMs)
    return {
      action: strictest(decision.actions),
      class: decision.class,
      leavesAs: decision.leavesAs,
      offering: decision.offering.id,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const action = refusedBy[error.code]
    return action === undefined || test.expect.action === undefined ? { refusal: error.code } : { action }
  }
}

/** What a rule does by refusing: whoever expects the action need not know the code. */
const refusedBy: Readonly<Partial<Record<string, Action>>> = {
  'finding-blocked': 'block',
  'rule-blocked': 'block',
  held: 'hold',
  'justification-needed': 'justify',
  'acknowledgement-needed': 'acknowledge',
}

const strictest = (actions: readonly Action[]): Action => actions.reduce(strongerAction, 'note')

function answerAction({ given }: RuleTest, findings: readonly FoundFact[], snapshot: Snapshot): Action {
  const own = snapshot.useCases.get(given.useCase ?? defaultUseCase)?.rules ?? []
  const rules = [...own, ...snapshot.rules]
  return strictest(findings.map((finding) => decideAnswer(rules, finding, 'answer')))
}

function findingsOf({ given }: RuleTest, { inspector, snapshot }: RuleTestWorld): readonly FoundFact[] {
  const common = { channel: given.channel, isFixed: false, field: 'messages.0.content' }
  if (given.text === undefined)
    return (given.findings ?? []).map((type) => {
      const kind = kindOf(type, inspector)
      return { ...common, type, family: kind.family, label: kind.label, class: kind.class }
    })
  const text = typeof given.text === 'string' ? given.text : given.text.join('')
  return inspector.inspect(text, given.channel).map((finding) => {
    const { type, family, start, end } = finding
    const clearings = snapshot.clearings.get(clearingKey(type, text.slice(start, end)))
    return {
      ...common,
      ...{ type, family, label: type, class: inspector.classOf(finding) },
      ...(finding.isContinued ? { isContinued: true } : {}),
      ...(clearings === undefined ? {} : { clearings }),
    }
  })
}

/** A kind that is not looked for, or not known, is like one of the company's own. */
const kindOf = (type: string, inspector: Inspector): Kind =>
  [...inspector.kinds, ...knownKinds, ...kindsOfNames].find((kind) => kind.type === type) ?? {
    type,
    family: 'company',
    class: 'confidential',
    label: type,
  }
