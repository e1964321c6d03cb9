import type { Family } from '#/core/finding.ts'
import { kindsOfNames, kinds as knownKinds } from '#/inspect/index.ts'
import type { Rule } from '#/policy/api.ts'

/** Which findings a rule is about, compared with another rule. */

const familyOf: ReadonlyMap<string, Family> = new Map(
  [...knownKinds, ...kindsOfNames].map(({ type, family }) => [type, family]),
)

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
