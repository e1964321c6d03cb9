import { type Action, changesText, stopsText, strongerAction } from '#/core/finding.ts'
import type { Rule } from '#/policy/api.ts'
import { ruleOf } from '#/register/rule.ts'
import type { LintFinding } from './api.ts'
import { coverIndex, covers, isSameScope, isWhole, typesOfFamily } from './scope.ts'
import { type Lint, type LintWorld, openFamilies, type PlacedRule, placeOf, rulesOf } from './world.ts'

/** A table of rules among which the strictest wins: the company's, or those of one use case. */
type Table = readonly PlacedRule[]

const tablesOf = ({ policies, useCases }: LintWorld): readonly Table[] => [
  rulesOf('policy', policies),
  ...useCases.map((each) => rulesOf('use-case', [each])).filter((table) => table.length > 0),
]

/** What of two rules of one table can never both be meant, or one of which never counts. */
export const lintTables: Lint = (world) =>
  tablesOf(world).flatMap((table) => {
    const rules = table.map((placed) => ({ placed, rule: ruleOf(placed.rule) }))
    const mayCover = coverIndex(rules, (each) => each.rule)
    return rules.flatMap(({ placed, rule }): readonly LintFinding[] => {
      const other = mayCover(rule).find(
        (each) =>
          each.rule.action !== rule.action &&
          strongerAction(each.rule.action, rule.action) === each.rule.action &&
          covers(each.rule, rule),
      )
      if (other === undefined) return []
      return [
        isSameScope(other.rule, rule) ? contradiction(placed, other.placed) : outdone(placed, other.placed),
      ]
    })
  })

const contradiction = (weaker: PlacedRule, stricter: PlacedRule): LintFinding => ({
  code: 'rules-contradict',
  severity: 'error',
  about: placeOf(weaker),
  sentence: `The rules ${weaker.rule.id} and ${stricter.rule.id} are about the very same findings, and one says ${weaker.rule.action}, the other ${stricter.rule.action}.`,
  why: `The stricter one counts, so ${weaker.rule.id} never does; whoever wrote it expects something else.`,
  remedy: `Take one of the two out of ${weaker.kind} ${weaker.record} or ${stricter.kind} ${stricter.record}.`,
})

const outdone = (weaker: PlacedRule, stricter: PlacedRule): LintFinding => ({
  code: 'rule-dead',
  severity: 'warning',
  about: placeOf(weaker),
  sentence: `The rule ${weaker.rule.id} never counts: ${stricter.rule.id} is stricter for everything it names.`,
  why: 'Among the rules of a table that fit, the strictest wins.',
  remedy: `Take it out, or narrow ${stricter.rule.id} down.`,
})

/** Rules of the company that every use case replaces, and rules about what nobody looks for. */
export const lintDead: Lint = (world) => {
  const replacing = world.useCases.map(({ record }) => record.body.rules.map(ruleOf))
  const shadowed = rulesOf('policy', world.policies).filter(
    ({ rule }) =>
      rule.direction === 'request' &&
      replacing.length > 0 &&
      replacing.every((rules) => rules.some((each) => covers(each, ruleOf(rule)))),
  )
  const all = [...rulesOf('policy', world.policies), ...rulesOf('use-case', world.useCases)]
  return [
    ...shadowed.map(
      (placed): LintFinding => ({
        code: 'rule-dead',
        severity: 'warning',
        about: placeOf(placed),
        sentence: `The rule ${placed.rule.id} never counts: every use case has a rule of its own for what it names.`,
        why: "Rules of a use case that fit a finding replace the company's for it.",
        remedy: 'Take the rule out, or take the rules out of the use cases.',
      }),
    ),
    ...all
      .filter(({ rule }) => isUnheard(ruleOf(rule), world))
      .map(
        (placed): LintFinding => ({
          code: 'rule-dead',
          severity: 'warning',
          about: placeOf(placed),
          sentence: `The rule ${placed.rule.id} never fits: nothing it names is looked for.`,
          why: 'Names of people, places and organisations, and what a moderation model finds, are looked for where the settings say so.',
          remedy:
            'Set inspection.names to true or name an offering in inspection.moderation in the settings, or take the rule out.',
        }),
      ),
  ]
}

function isUnheard(rule: Rule, { isLookedFor }: LintWorld): boolean {
  if (isWhole(rule)) return false
  const { types, families } = rule
  const isHeard = (type: string): boolean => type.startsWith('own-') || isLookedFor(type)
  const isOpen = families.some((family) => openFamilies.includes(family))
  return !isOpen && !types.some(isHeard) && !families.some((family) => typesOfFamily(family).some(isHeard))
}

/**
 * Secrets that are found and sent all the same. Where a use case replaces a stricter rule of the company by it, the gate
 * was opened by an exception; else it is at least told.
 */
export const lintSecrets: Lint = (world) => {
  const company = rulesOf('policy', world.policies).map(({ rule }) => ruleOf(rule))
  const stricter = company.some(({ action, ...rule }) => !mayGoAsItIs(action) && isAboutSecrets(rule))
  return [...rulesOf('policy', world.policies), ...rulesOf('use-case', world.useCases)]
    .filter(
      ({ rule }) => mayGoAsItIs(rule.action) && rule.direction === 'request' && isAboutSecrets(ruleOf(rule)),
    )
    .filter(({ kind }) => kind === 'use-case' || !stricter)
    .map((placed): LintFinding => {
      const isException = placed.kind === 'use-case' && stricter
      return {
        code: 'secrets-only-noted',
        severity: isException ? 'error' : 'warning',
        about: placeOf(placed),
        sentence:
          placed.rule.action === 'note'
            ? `The rule ${placed.rule.id} only notes secrets: passwords and keys that are found leave as they are.`
            : `The rule ${placed.rule.id} lets secrets go once the caller has answered: passwords and keys that are found leave as they are.`,
        why: isException
          ? "It replaces the company's stricter rule for this use case."
          : 'Whoever holds a key that left can use it until somebody changes it.',
        remedy: 'Block, remove or mask secrets; a value that is none goes under notSensitive.',
      }
    })
}

const secretTypes: ReadonlySet<string> = new Set(typesOfFamily('secret'))

const mayGoAsItIs = (action: Action): boolean => !changesText(action) && !stopsText(action)

const isAboutSecrets = ({ types, families }: Pick<Rule, 'types' | 'families'>): boolean =>
  families.includes('secret') || types.some((type) => secretTypes.has(type))
