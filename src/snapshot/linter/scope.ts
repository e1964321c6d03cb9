import type { Family } from '#/core/finding.ts'
import { kindsOfNames, kinds as knownKinds } from '#/inspect/index.ts'
import { typeOfPattern } from '#/inspect/patterns/index.ts'
import type { Rule } from '#/policy/api.ts'

/** Which findings a rule is about, compared with another rule. */

const familyOf: ReadonlyMap<string, Family> = new Map(
  [...knownKinds, ...kindsOfNames].map(({ type, family }) => [type, family]),
)

/** The family of a kind of finding, the company's own among them; undefined for one nobody looks for. */
export const familyOfType = (type: string): Family | undefined =>
  familyOf.get(type) ?? (isOwn(type) ? 'company' : undefined)

const isOwn = (type: string): boolean => type === companyTerm || type.startsWith(typeOfPattern(''))
const companyTerm = 'company-term'

/** Kinds of a family that are known by name. */
export const typesOfFamily = (family: Family): readonly string[] =>
  [...familyOf].flatMap(([type, its]) => (its === family ? [type] : []))

/** Everything else a rule says narrows it down; what this file does not know of must not be taken for nothing. */
const scope: ReadonlySet<string> = new Set([
  ...['id', 'title', 'types', 'families', 'packs', 'channels', 'action', 'mayMask', 'direction', 'owner'],
  // What is asked of the caller, not when.
  ...['notice', 'rememberedDays', 'version'],
])

const isNarrowed = (rule: Rule): boolean =>
  Object.entries(rule).some(
    ([field, value]) =>
      !scope.has(field) && value !== undefined && !(Array.isArray(value) && value.length === 0),
  )

/** About the exchange, whatever is found in it. */
export const isWhole = ({ types, families }: Rule): boolean => types.length + families.length === 0

/** Rules by what they name: what covers a rule stands under the first thing that rule names. */
export function coverIndex<T>(
  entries: readonly T[],
  ruleIn: (entry: T) => Rule,
): (rule: Rule) => readonly T[] {
  const byName = new Map<string, T[]>()
  for (const entry of entries) {
    const { types, families } = ruleIn(entry)
    for (const name of [...types, ...families.map(familyName)]) {
      const there = byName.get(name)
      if (there === undefined) byName.set(name, [entry])
      else there.push(entry)
    }
  }
  const under = (name: string): readonly T[] => byName.get(name) ?? []
  return ({ types: [type], families: [family] }) => {
    if (type === undefined) return family === undefined ? [] : under(familyName(family))
    const its = familyOf.get(type)
    return its === undefined ? under(type) : [...under(type), ...under(familyName(its))]
  }
}

const familyName = (family: Family): string => `family ${family}`

/** Whether every finding that fits `other` fits `rule`, too. */
export function covers(rule: Rule, other: Rule): boolean {
  if (rule.direction !== other.direction || isNarrowed(rule) || isWhole(rule) || isWhole(other)) return false
  const inTypes = (type: string): boolean => {
    const family = familyOf.get(type)
    return rule.types.includes(type) || (family !== undefined && rule.families.includes(family))
  }
  return (
    other.types.every(inTypes) &&
    other.families.every((each) => rule.families.includes(each)) &&
    (rule.channels.length === 0 ||
      (other.channels.length > 0 && other.channels.every((each) => rule.channels.includes(each))))
  )
}

/** Whether two rules are about the very same findings. */
export const isSameScope = (one: Rule, other: Rule): boolean => covers(one, other) && covers(other, one)
