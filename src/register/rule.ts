import { z } from 'zod'
import { dataClasses } from '#/core/data-class.ts'
import { actions, asksCaller, families, stopsText, wholeActions } from '#/core/finding.ts'
import { roles } from '#/core/role.ts'
import { type Channel, channels } from '#/core/segment.ts'
import {
  harmChannels,
  kindsOfNames,
  kinds as kindsOfRules,
  packNames,
  scoredChannels,
  typesOfPack,
} from '#/inspect/index.ts'
import { typeOfPattern } from '#/inspect/patterns/api.ts'
import { liftingFacts, type Rule, servingTiers } from '#/policy/api.ts'
import { didYouMean } from '#/settings/nearest.ts'
import { dataClass, email, flag, group, id, line, role, title, unique } from './fields.ts'
import type { BodyProblem } from './kinds/kind.ts'

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

/** Where answers have text; everything else is part of a request. */
const answerChannels: readonly string[] = ['answer', 'tool-arguments']

/** A rule as it is written: what may be left out has its plainest meaning. */
const rule = z
  .strictObject(
    {
      id,
      title,
      types: unique(id, 200).default([]),
      families: unique(oneOf(families), families.length).default([]),
      packs: unique(oneOf(packNames), packNames.length).default([]),
      channels: unique(oneOf(channels), channels.length).default([]),
      action: oneOf(actions),
      mayMask: flag.default(false),
      classes: unique(dataClass, dataClasses.length).min(1, 'must name a class, or be left out').optional(),
      tiers: unique(oneOf(servingTiers), servingTiers.length)
        .min(1, 'must name a tier, or be left out')
        .optional(),
      audience: z
        .strictObject(
          {
            roles: unique(role, roles.length).optional(),
            groups: unique(group, 100).optional(),
          },
          'must be { roles, groups }',
        )
        .refine((said) => (said.roles ?? []).length + (said.groups ?? []).length > 0, {
          message: 'must name a role or a group, or be left out',
        })
        .optional(),
      unless: z.strictObject({ offering: oneOf(liftingFacts) }, 'must be { offering: baa }').optional(),
      notice: line(600).optional(),
      rememberedDays: z
        .int('must be a whole number of days')
        .min(1, 'must be 1 or more')
        .max(365, 'must be 365 or less')
        .optional(),
      direction: oneOf(['request', 'answer']).default('request'),
      owner: email,
    },
    'must be a rule',
  )
  .superRefine((written, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    for (const [path, problem] of findContradictions(written)) say(path, problem)
    const silent = written.channels.filter((channel) =>
      written.direction === 'answer' ? !answerChannels.includes(channel) : channel === 'answer',
    )
    if (silent.length > 0)
      say('channels', `must be channels of the ${written.direction}; ${silent.join(', ')} is not`)
  })

export type WrittenRule = z.infer<typeof rule>

type Problem = readonly [path: string, problem: string]

/** What a rule says that it cannot mean. */
function findContradictions(written: WrittenParts): Problem[] {
  const { action, mayMask, notice, rememberedDays } = written
  const problems = isWhole(written) ? findWrongOfWhole(written) : []
  if (mayMask && !stopsText(action) && !asksCaller(action))
    problems.push(['mayMask', 'has a meaning for the actions block, hold, justify and acknowledge only'])
  if (action === 'acknowledge' && notice === undefined)
    problems.push(['notice', 'is missing: it is what people say they have read'])
  if (action !== 'acknowledge' && notice !== undefined)
    problems.push(['notice', 'has a meaning for the action acknowledge only'])
  if (action !== 'acknowledge' && rememberedDays !== undefined)
    problems.push(['rememberedDays', 'has a meaning for the action acknowledge only'])
  return written.direction === 'answer' ? [...problems, ...findWrongOfAnswers(written)] : problems
}

type WrittenParts = Pick<
  WrittenRule,
  | 'types'
  | 'families'
  | 'packs'
  | 'channels'
  | 'action'
  | 'mayMask'
  | 'direction'
  | 'classes'
  | 'tiers'
  | 'notice'
  | 'rememberedDays'
>

/** Names no kind of finding: it is about the whole exchange. */
const isWhole = ({ types, families, packs }: WrittenParts): boolean =>
  types.length + families.length + packs.length === 0

function findWrongOfWhole({ classes, tiers: named, action, direction, channels, mayMask }: WrittenParts) {
  const problems: Problem[] = []
  if (classes === undefined && named === undefined) {
    problems.push([
      'types',
      'must name a kind of finding, or families or packs must, or classes or tiers: the rule would never act',
    ])
  }
  if (!wholeActions.includes(action)) {
    const can = wholeActions.join(', ')
    problems.push([
      'action',
      `must be one of ${can} where no kind of finding is named: there is no value to change`,
    ])
  }
  if (direction === 'answer')
    problems.push(['direction', 'must be request where no kind of finding is named'])
  if (channels.length > 0)
    problems.push([
      'channels',
      'has a meaning only where a kind of finding is named: the rule is about the whole exchange',
    ])
  if (mayMask)
    problems.push([
      'mayMask',
      'has a meaning only where a kind of finding is named: there is no value to mask',
    ])
  return problems
}

function findWrongOfAnswers({ action, classes }: WrittenParts): Problem[] {
  const problems: Problem[] = []
  if (action === 'pseudonymise') {
    problems.push([
      'action',
      'must not be pseudonymise: an answer goes to the person, there is nobody to hide it from and restore it for',
    ])
  }
  if (asksCaller(action))
    problems.push(['action', `must not be ${action}: an answer is there already, and its question has gone`])
  if (classes !== undefined)
    problems.push(['classes', 'has a meaning for requests only: classes are of what leaves'])
  return problems
}

export const rules = z
  .array(rule, 'must be a list of rules')
  .max(500, 'must have at most 500 rules')
  .refine(
    (list) => new Set(list.map(({ id: name }) => name)).size === list.length,
    'must not hold two rules with one id',
  )
  .default([])

/** Every kind a rule may name. Those of names are found where the settings have names looked for. */
const findingKinds = [...kindsOfRules, ...kindsOfNames]

/** A rule as it is decided by: its packs are the kinds there are of them today. */
export const ruleOf = ({ packs, types, ...written }: WrittenRule): Rule => ({
  ...written,
  types: [...new Set([...types, ...packs.flatMap((pack) => typesOfPack(pack, findingKinds))])],
})

/** What patterns of the company find: whether there is such a pattern is known when the snapshot is compiled. */
const isOwnType = (type: string): boolean => type.startsWith(typeOfPattern(''))

const knownTypes = findingKinds.map(({ type }) => type)

/** A rule for a kind that nobody finds would be silent for ever: a typing mistake must not open the gate. */
export const findUnknownTypes = (list: readonly WrittenRule[]): readonly BodyProblem[] =>
  list.flatMap(({ types }, index) => findUnknownNames(types, ['rules', index, 'types']))

/** Names of kinds that stand at a path, as far as nobody finds them. */
export const findUnknownNames = (
  types: readonly string[],
  path: BodyProblem['path'],
): readonly BodyProblem[] =>
  types.flatMap((type, place) =>
    knownTypes.includes(type) || isOwnType(type)
      ? []
      : [
          {
            path: [...path, place],
            problem: `is no kind of finding.${didYouMean(type, knownTypes) || ` There are: ${knownTypes.join(', ')}.`}`,
          },
        ],
  )

/** Attempts to take over the model, requests for harm and topics hold no value, and are looked for in some channels only. */
const heardIn = (type: string): readonly Channel[] | undefined =>
  /^(?:(?:suspected-)?prompt-injection|topic-[a-z]+)$/.test(type)
    ? scoredChannels
    : type.startsWith('harm-')
      ? harmChannels
      : undefined

/**
 * What a rule cannot do with these: they may be noted, blocked, or masked or removed, which takes them out. They cannot be
 * replaced and put back nor made coarser, and where they are not looked for a rule would be silent.
 */
export const findImpossible = (list: readonly WrittenRule[]): readonly BodyProblem[] =>
  list.flatMap((written, index) => {
    const named = written.types.filter((type) => heardIn(type) !== undefined)
    const isOnly =
      named.length === written.types.length && written.families.length + written.packs.length === 0
    const say = (field: string, problem: string): BodyProblem => ({ path: ['rules', index, field], problem })
    const heard = new Set(named.flatMap((type) => heardIn(type) ?? []))
    const unheard = written.channels.filter((channel) => !heard.has(channel))
    const ofPacks = written.packs.flatMap((pack) => typesOfPack(pack, findingKinds))
    const hasNoValue =
      written.families.includes('other') || [...named, ...ofPacks].some((type) => heardIn(type) !== undefined)
    if ((written.action === 'pseudonymise' || written.action === 'generalise') && hasNoValue) {
      return [
        say(
          'action',
          'must be note, mask, remove or block for attempts to take over the model, requests for harm and topics: they hold no value',
        ),
      ]
    }
    if (named.length === 0 || !isOnly) return []
    if (written.direction === 'answer') {
      return [say('direction', `must be request: ${named.join(', ')} is not looked for in answers`)]
    }
    return unheard.length === 0
      ? []
      : [
          say(
            'channels',
            `must be among ${[...heard].join(', ')}: ${named.join(', ')} is not looked for in ${unheard.join(', ')}`,
          ),
        ]
  })
