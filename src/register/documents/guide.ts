import { hash } from 'node:crypto'
import { type DataClass, dataClasses, isAtMost } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import { kinds, kindsOfNames } from '#/inspect/index.ts'
import type { Rule, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import { ruleRow } from '#/policy/rule-table/api.ts'
import { isOpenTo } from '#/policy/use-case.ts'
import type { Acts } from './acts.ts'
import type { Guide, GuideClass, GuideFound, GuidePlace, GuideRule } from './api.ts'
import { actionWords } from './api.ts'
import { type Ground, type ServingSlice, servingDocuments } from './coverage.ts'

/** A count of what few people entered says whose it was. */
export const fewestPeople = 5

/** On one page: kinds of a class or of a rule, and lines of what was found. */
const shownKinds = 4
const shownFound = 10

/** Use cases an offering is tried in, for one class. Where none of them lets it, the guide says less than is allowed. */
const mostTries = 20

/** Whoever signed in, and nothing more. */
const everybody = { roles: ['employee'] as const, personId: '', groups: [] }

/** The page everybody works by, out of what serves at this moment. */
export function guideOf(ground: Ground, acts: Acts): Guide {
  const { slice, nowMs } = ground
  const classes = dataClasses.map((each) => classOf(each, slice, nowMs))
  const rules = slice.rules.map((rule) => ruleOf(rule, slice))
  return {
    version: slice.version,
    hash: hash('sha256', JSON.stringify({ classes, rules }), 'hex'),
    at: timeOf(nowMs),
    since: timeOf(acts.sinceMs),
    until: timeOf(acts.untilMs),
    classes,
    rules,
    found: foundIn(acts),
    fewestPeople,
    documents: servingDocuments(ground).map(({ record }) => ({
      policy: record.id,
      title: record.body.title,
      version: record.version,
      owner: record.body.owner,
    })),
  }
}

const allKinds = [...kinds, ...kindsOfNames]
const labels = new Map(allKinds.map(({ type, label }) => [type, label]))

const classOf = (of: DataClass, slice: ServingSlice, nowMs: number): GuideClass => ({
  class: of,
  name: slice.classNames?.[of] ?? of,
  holds: heldBy(of),
  goesTo: placesOf(of, slice, nowMs),
})

/** One line a family: `payment: payment card number, ...`. Attempts and topics of no class are no data somebody holds. */
const heldBy = (of: DataClass): readonly string[] =>
  [
    ...Map.groupBy(
      allKinds.filter((kind) => kind.class === of),
      ({ family }) => family,
    ),
  ].map(([family, list]) => `${family}: ${shortened(list.map(({ label }) => label))}`)

const shortened = (list: readonly string[]): string =>
  list.length <= shownKinds
    ? list.join(', ')
    : `${list.slice(0, shownKinds - 1).join(', ')} and ${list.length - shownKinds + 1} more`

/**
 * Where everybody may send something of a class: the gate is asked as an exchange would ask it, in each use case that is open
 * to whoever signed in. A use case with an audience of its own is nobody else's business, and is not here.
 */
function placesOf(of: DataClass, slice: ServingSlice, nowMs: number): readonly GuidePlace[] {
  const open = [...slice.useCases.values()].filter(
    (useCase) => isAtMost(of, useCase.highestClass) && isOpenTo(useCase, everybody, nowMs),
  )
  return [...slice.offerings.values()]
    .filter(({ ceiling }) => isAtMost(of, ceiling))
    .flatMap((offering) => placeIn(of, offering, open, slice, nowMs) ?? [])
}

function placeIn(
  of: DataClass,
  offering: UsableOffering,
  open: readonly UsableUseCase[],
  slice: ServingSlice,
  nowMs: number,
): GuidePlace | undefined {
  const naming = open.filter(({ offerings }) => offerings.includes(offering.id)).slice(0, mostTries)
  const answers = naming.map((useCase) => firstNeeded(of, offering, useCase, slice, nowMs))
  // At once in one of them is at once.
  const first = answers.includes(null) ? null : answers.find((answer) => answer !== undefined)
  if (first === undefined) return undefined
  const { title, processor, region } = offering
  return { title, processor, region, first }
}

/** Null: it goes at once. Undefined: it does not go. */
function firstNeeded(
  of: DataClass,
  offering: UsableOffering,
  useCase: UsableUseCase,
  slice: ServingSlice,
  nowMs: number,
): GuidePlace['first'] | undefined {
  const asked = {
    ...everybody,
    keyUseCase: undefined,
    askedUseCase: useCase.id,
    askedModel: offering.id,
    declaredClass: of,
    wantsMask: false,
    reachable: new Set([offering.id]),
    findings: [],
    unread: [],
  }
  try {
    decide(asked, slice, nowMs)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'justification-needed') return 'reason'
    return error.code === 'acknowledgement-needed' ? 'notice' : undefined
  }
}

function ruleOf(rule: Rule, { classNames }: ServingSlice): GuideRule {
  const { title, also, classes, tiers } = ruleRow(rule, classNames)
  const named = [...rule.families.map((family) => `all ${family}`), ...rule.types.map(labelOf)]
  return {
    title,
    finds: named.length === 0 ? 'the whole text' : shortened(named),
    does: actionWords[rule.action],
    also: [
      ...(classes === 'any' ? [] : [`where it is ${classes}`]),
      ...(tiers === 'any' ? [] : [`where it would go to ${tiers}`]),
      ...also,
    ],
  }
}

/** What the company calls its own values and words may say more than the values: they are told of in one word. */
const labelOf = (type: string): string => labels.get(type) ?? 'value of the company’s own'

const toldActions: ReadonlySet<string> = new Set<Action>(['pseudonymise', 'generalise', 'mask', 'remove'])

/** The company's own cases, as placeholders: of no value is anything kept but its kind. The most first. */
function foundIn({ found }: Acts): readonly GuideFound[] {
  return [...found]
    .flatMap(([key, { exchanges, values, people }]) => {
      const [type = '', action = ''] = key.split(' ')
      if (!toldActions.has(action) || people < fewestPeople) return []
      return [{ placeholder: `[${labelOf(type)}]`, does: actionWords[action as Action], values, exchanges }]
    })
    .sort((one, other) => other.values - one.values)
    .slice(0, shownFound)
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
