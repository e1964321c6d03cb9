/** What the policies that serve come to together, and where they contradict each other. */
import { type DataClass, dataClasses } from '#/core/data-class.ts'
import { type Pattern, patternLimits, stepsOf } from '#/inspect/patterns/index.ts'
import type { ClassNames, Clearing } from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import type { Serving } from '#/register/api.ts'
import type { NotSensitive } from '#/register/not-sensitive.ts'
import { triggerLimits } from '#/register/trigger.ts'
import type { Trigger } from './api.ts'

/** Throws when two policies have a pattern of one id, or when all together cost too much. */
export function patternsOf(policies: readonly Serving<'policy'>[]): readonly Pattern[] {
  const owners = new Map<string, string>()
  for (const { record } of policies) {
    for (const { id } of record.body.patterns) {
      const other = owners.get(id)
      if (other !== undefined)
        throw new Error(
          `The policies ${other} and ${record.id} both have a pattern ${id}: give one of them another id.`,
        )
      owners.set(id, record.id)
    }
  }
  const patterns = policies.flatMap(({ record }) => record.body.patterns)
  const steps = patterns.reduce((sum, each) => sum + stepsOf(each), 0)
  if (steps > patternLimits.stepsTogether)
    throw new Error(
      `The patterns of all policies have ${steps} steps together and may have ${patternLimits.stepsTogether}.`,
    )
  return patterns
}

/** Nothing where no policy names a class. Throws when two policies call a class by different names. */
export function classNamesOf(policies: readonly Serving<'policy'>[]): { readonly classNames?: ClassNames } {
  const names = new Map<DataClass, { readonly name: string; readonly by: string }>()
  for (const { record } of policies) {
    for (const dataClass of dataClasses) {
      const name = record.body.classNames?.[dataClass]
      const known = names.get(dataClass)
      if (name !== undefined && known !== undefined && known.name !== name)
        throw new Error(
          `The policies ${known.by} and ${record.id} call the class ${dataClass} by different names: take one of them out.`,
        )
      if (name !== undefined) names.set(dataClass, { name, by: record.id })
    }
  }
  if (names.size === 0) return {}
  return { classNames: Object.fromEntries([...names].map(([dataClass, { name }]) => [dataClass, name])) }
}

/** Throws when two policies have a trigger of one id, or when there are too many. */
export function triggersOf(policies: readonly Serving<'policy'>[]): {
  readonly triggers?: readonly Trigger[]
} {
  const triggers = policies.flatMap(({ record }) =>
    (record.body.triggers ?? []).map((each) => ({ ...each, policy: record.id })),
  )
  const owners = new Map<string, string>()
  for (const { id, policy } of triggers) {
    const other = owners.get(id)
    if (other !== undefined)
      throw new Error(
        `The policies ${other} and ${policy} both have a trigger ${id}: give one of them another id.`,
      )
    owners.set(id, policy)
  }
  if (triggers.length > triggerLimits.together)
    throw new Error(
      `The policies have ${triggers.length} triggers together and may have ${triggerLimits.together}.`,
    )
  return triggers.length === 0 ? {} : { triggers }
}

/** As pairs, so that the version depends on them. */
export function clearingsOf(
  entries: readonly NotSensitive[],
): readonly (readonly [string, readonly Clearing[]])[] {
  const clearings = new Map<string, readonly Clearing[]>()
  for (const { id, text, types, useCases } of entries) {
    for (const type of types) {
      const key = clearingKey(type, text)
      clearings.set(key, [...(clearings.get(key) ?? []), { id, useCases }])
    }
  }
  return [...clearings]
}
