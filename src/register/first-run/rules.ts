import { readFileSync } from 'node:fs'
import { type DataClass, dataClasses, isAtMost } from '#/core/data-class.ts'
import type { Policy } from '../kinds/policy.ts'
import { readRecordFile } from '../read-file.ts'
import type { WrittenRule } from '../rule.ts'
import type { Direct, FirstRunAnswers, MatrixRow, Scheme } from './api.ts'

const fileNames: Readonly<Record<Scheme, string>> = { four: 'four-classes.yaml', three: 'three-classes.yaml' }

/** A scheme Sallyport ships. Throws when its file is not as it must be: it is ours, and a test reads both. */
export function readScheme(scheme: Scheme): Policy {
  const name = fileNames[scheme]
  const url = new URL(`../../../catalogue/schemes/${name}`, import.meta.url)
  const [record] = readRecordFile(readFileSync(url, 'utf8'), name).records
  if (record?.kind !== 'policy') throw new Error(`${name} holds no policy`)
  return record.body as Policy
}

/**
 * The rules for these answers: what serves about findings stays, the scheme adds what it has beside that, and where the
 * interfaces of vendors end is said by the answer. Nothing that protects today is taken away.
 */
export function rulesFor(
  { direct, owner }: Pick<FirstRunAnswers, 'direct' | 'owner'>,
  scheme: Policy,
  serving: readonly WrittenRule[],
): readonly WrittenRule[] {
  const ofVendors = scheme.rules.filter(isOfVendors)
  const added = scheme.rules.filter(
    (rule) => !ofVendors.includes(rule) && !serving.some((each) => each.id === rule.id || covers(each, rule)),
  )
  const vendors = vendorRules(direct, scheme, ofVendors)
  const replaced = new Set([...added, ...vendors].map(({ id }) => id))
  return [...serving.filter(({ id }) => !replaced.has(id)), ...added, ...vendors].map((rule) => ({
    ...rule,
    owner,
  }))
}

/** About the whole exchange, and about nothing but interfaces of vendors. */
const isOfVendors = (rule: WrittenRule): boolean =>
  isWhole(rule) && rule.tiers?.length === 1 && rule.tiers[0] === 'commercial'

const isWhole = ({ types, families, packs }: WrittenRule): boolean =>
  types.length + families.length + packs.length === 0

const stops = ({ action }: WrittenRule): boolean => action === 'block' || action === 'hold'

/** Up to the answer a class goes as the scheme says, at worst with a reason; above it goes to no vendor. */
function vendorRules(
  direct: Direct,
  { classNames = {} }: Policy,
  rules: readonly WrittenRule[],
): readonly WrittenRule[] {
  const nameOf = (each: DataClass): string => classNames[each] ?? each
  const groups = new Map<string, { readonly rule: WrittenRule; readonly classes: DataClass[] }>()
  const put = (each: DataClass, rule: WrittenRule): void => {
    const group = groups.get(rule.id) ?? { rule, classes: [] }
    group.classes.push(each)
    groups.set(rule.id, group)
  }
  for (const each of dataClasses) {
    const said = rules.find(({ classes }) => classes?.includes(each))
    const mayGo = direct !== 'none' && isAtMost(each, direct)
    if (mayGo && said !== undefined) put(each, stops(said) ? withReason(each, nameOf(each)) : said)
    if (!mayGo) put(each, said !== undefined && stops(said) ? said : toNoVendor)
  }
  return [...groups.values()].map(({ rule, classes }) => ({ ...rule, classes }))
}

const plain = {
  ...{ types: [], families: [], packs: [], channels: [] },
  ...{ mayMask: false, direction: 'request' as const, tiers: ['commercial' as const] },
  owner: '',
}

const withReason = (each: DataClass, name: string): WrittenRule => ({
  ...plain,
  id: `${each}-with-reason-to-vendors`,
  title: `${name} goes to a vendor with a reason only`,
  action: 'justify',
})

const toNoVendor: WrittenRule = {
  ...plain,
  id: 'above-direct-to-no-vendor',
  title: 'Goes to no vendor, only to our cloud and our own machines',
  action: 'block',
}

/** The one acts wherever the other would, and does the same. */
const covers = (one: WrittenRule, other: WrittenRule): boolean =>
  !isWhole(one) &&
  one.classes === undefined &&
  one.tiers === undefined &&
  one.audience === undefined &&
  one.unless === undefined &&
  one.channels.length === 0 &&
  one.direction === other.direction &&
  one.action === other.action &&
  (['types', 'families', 'packs'] as const).every((field) =>
    (other[field] as readonly string[]).every((each) => (one[field] as readonly string[]).includes(each)),
  )

const words: Readonly<Partial<Record<WrittenRule['action'], string>>> = {
  block: 'never',
  hold: 'held for a person',
  justify: 'with a reason',
  acknowledge: 'once the notice is read',
}
const strictness = ['acknowledge', 'justify', 'hold', 'block']

/** What the rules about whole exchanges make of each class at each tier. */
export const matrixOf = (rules: readonly WrittenRule[], { classNames = {} }: Policy): readonly MatrixRow[] =>
  dataClasses.map((each) => {
    const at = (tier: 'commercial' | 'cloud' | 'self'): string => {
      const biting = rules.filter(
        (rule) =>
          isWhole(rule) &&
          (rule.classes === undefined || rule.classes.includes(each)) &&
          (rule.tiers === undefined || rule.tiers.includes(tier)),
      )
      const [strictest] = biting.sort(
        (one, other) => strictness.indexOf(other.action) - strictness.indexOf(one.action),
      )
      return strictest === undefined ? 'goes' : (words[strictest.action] ?? strictest.action)
    }
    const name = classNames[each] ?? each
    return { class: each, name, commercial: at('commercial'), cloud: at('cloud'), self: at('self') }
  })
