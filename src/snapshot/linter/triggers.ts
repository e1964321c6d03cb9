import { asksCaller, stopsText } from '#/core/finding.ts'
import type { Condition, WrittenTrigger } from '#/register/trigger.ts'
import type { LintFinding } from './api.ts'
import { typesOfFamily } from './scope.ts'
import { type Lint, type LintWorld, openFamilies, rulesOf } from './world.ts'

/** Triggers that can never fire, and those whose owner nobody knows. */
export const lintTriggers: Lint = (world) =>
  world.policies.flatMap(({ record }) =>
    (record.body.triggers ?? []).flatMap((trigger): readonly LintFinding[] => {
      const about = `policy/${record.id} trigger ${trigger.id}`
      const why = whyDead(trigger.when, world)
      return [...(why === undefined ? [] : [dead(about, trigger, why)]), ...unowned(about, trigger, world)]
    }),
  )

const dead = (about: string, { id }: WrittenTrigger, why: string): LintFinding => ({
  ...{ code: 'trigger-dead', severity: 'error', about },
  sentence: `The trigger ${id} can never fire: ${why}.`,
  why: 'Whoever wrote it counts on being told.',
  remedy: 'Correct what it waits for, or take it out.',
})

const unowned = (about: string, { id, owner }: WrittenTrigger, world: LintWorld): readonly LintFinding[] =>
  world.hasAccount(owner)
    ? []
    : [
        {
          ...{ code: 'trigger-owner-unknown', severity: 'warning', about },
          sentence: `The owner of the trigger ${id} has no account here.`,
          why: 'What it finds is theirs to look at.',
          remedy: 'Let the owner sign in once, or name another one.',
        },
      ]

/** Undefined when it may fire. */
function whyDead(condition: Condition, world: LintWorld): string | undefined {
  switch (condition.what) {
    case 'refusals':
      return condition.rule === undefined ? undefined : whyNeverRefuses(condition.rule, world)
    case 'findings':
      return whyUnheard(condition, world)
    case 'spend':
      return world.useCases.some(
        ({ record }) => record.id === condition.useCase && record.body.budgetUsdPerMonth !== undefined,
      )
        ? undefined
        : `no use case ${condition.useCase} serves that has a budget of a month`
    case 'provider-errors':
    case 'unsafe-probe':
      return condition.offering === undefined ||
        world.offerings.some(({ record }) => record.id === condition.offering)
        ? undefined
        : `no offering ${condition.offering} serves`
    case 'exchanges':
      return undefined
  }
}

function whyNeverRefuses(rule: string, world: LintWorld): string | undefined {
  const named = [...rulesOf('policy', world.policies), ...rulesOf('use-case', world.useCases)].filter(
    (each) => each.rule.id === rule,
  )
  if (named.length === 0) return `no rule ${rule} serves`
  return named.some((each) => stopsText(each.rule.action) || asksCaller(each.rule.action))
    ? undefined
    : `the rule ${rule} refuses nothing`
}

function whyUnheard(
  { kind, family }: Extract<Condition, { readonly what: 'findings' }>,
  { isLookedFor, snapshot }: LintWorld,
): string | undefined {
  if (kind?.startsWith('own-') === true)
    return snapshot.patterns.some(({ id }) => kind === `own-${id}`)
      ? undefined
      : `no pattern ${kind.slice('own-'.length)} serves`
  if (kind !== undefined) return isLookedFor(kind) ? undefined : `${kind} is not looked for`
  if (family === undefined || openFamilies.includes(family)) return undefined
  return typesOfFamily(family).some(isLookedFor) ? undefined : `nothing of the family ${family} is looked for`
}
