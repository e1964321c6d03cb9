import { z } from 'zod'
import type { RefusalCode } from '#/core/refusal.ts'
import { flag, id, text, title } from '../fields.ts'
import type { Approval, BodyProblem, Reference } from '../kinds/kind.ts'

/** Refusals of exchanges a clause may name: what the gate itself does, without any rule of the company. */
export const namedRefusals = [
  'finding-blocked',
  'rule-blocked',
  'held',
  'justification-needed',
  'acknowledgement-needed',
  'attachment-unread',
  'class-above-ceiling',
  'class-above-use-case',
  'class-above-key',
  'baa-missing',
  'feature-keeps-data',
  'no-offering',
  'model-unknown',
  'offering-outside-terms',
  'tool-not-allowed',
  'use-case-unknown',
  'budget-spent',
  'rate-reached',
  'stopped-by-switch',
  'log-unavailable',
] as const satisfies readonly RefusalCode[]

/** What can be stopped. The room of switches has the same list, to the right of this one. */
export const namedSwitches = ['all', 'offering', 'use-case', 'person', 'tool', 'key'] as const

const must =
  'must be the id of a rule of this policy, { policy, rule }, { useCase, rule }, { useCase }, { offering }, { switch } or { refusal }'

/** What keeps a clause: a rule, what a record says, a switch somebody can pull, or a refusal of the gate itself. */
const link = z.union(
  [
    id,
    z.strictObject({ policy: id, rule: id }),
    z.strictObject({ useCase: id, rule: id }),
    z.strictObject({ useCase: id }),
    z.strictObject({ offering: id }),
    z.strictObject({ switch: z.enum(namedSwitches) }),
    z.strictObject({ refusal: z.enum(namedRefusals) }),
  ],
  must,
)

const clause = z.strictObject(
  {
    id,
    title: title.optional(),
    text,
    rules: z
      .array(link, 'must be a list')
      .max(50, 'must have at most 50 items')
      .refine(
        (list) => new Set(list.map((each) => JSON.stringify(each))).size === list.length,
        'must not hold the same thing twice',
      )
      .optional(),
    /** Whoever wrote it knows that nothing keeps it. Left out, whoever approves it is told. */
    promiseOnly: flag.optional(),
  },
  'must be a clause: { id, title, text, rules, promiseOnly }',
)

export const policyDocument = z.strictObject(
  {
    purpose: text,
    clauses: z
      .array(clause, 'must be a list of clauses')
      .min(1, 'must have at least one clause')
      .max(100, 'must have at most 100 clauses')
      .refine(
        (list) => new Set(list.map((each) => each.id)).size === list.length,
        'must not hold two clauses with one id',
      ),
  },
  'must be { purpose, clauses }',
)

export type PolicyDocument = z.infer<typeof policyDocument>
export type Clause = PolicyDocument['clauses'][number]
export type Link = z.infer<typeof link>

interface Placed {
  readonly path: readonly (string | number)[]
  readonly link: Link
}

const linksOf = ({ clauses }: PolicyDocument): readonly Placed[] =>
  clauses.flatMap(({ rules = [] }, clauseIndex) =>
    rules.map((each, index) => ({ path: ['document', 'clauses', clauseIndex, 'rules', index], link: each })),
  )

/** What a document says that its own policy contradicts. */
export function findWrongClauses(
  document: PolicyDocument | undefined,
  own: readonly { readonly id: string }[],
): readonly BodyProblem[] {
  if (document === undefined) return []
  const unknown = linksOf(document)
    .filter((placed) => typeof placed.link === 'string' && !own.some(({ id: rule }) => rule === placed.link))
    .map(({ path }) => ({
      path,
      problem: 'is no rule of this policy; { policy, rule } names one of another',
    }))
  const both = document.clauses.flatMap(({ promiseOnly, rules = [] }, index) =>
    promiseOnly === true && rules.length > 0
      ? [
          {
            path: ['document', 'clauses', index, 'promiseOnly'],
            problem: 'must not be true where rules keep the clause',
          },
        ]
      : [],
  )
  return [...unknown, ...both]
}

/** Records a document names: each must be there. */
export const referencesOfDocument = (document: PolicyDocument | undefined): readonly Reference[] =>
  document === undefined
    ? []
    : linksOf(document).flatMap(({ path, link: named }): Reference[] => {
        if (typeof named === 'string') return []
        const at = path.join('.')
        if ('policy' in named) return [{ field: `${at}.policy`, kind: 'policy', id: named.policy }]
        if ('useCase' in named) return [{ field: `${at}.useCase`, kind: 'use-case', id: named.useCase }]
        if ('offering' in named) return [{ field: `${at}.offering`, kind: 'offering', id: named.offering }]
        return []
      })

/** A rule of another record must serve before anybody approves that a clause is kept by it. */
export function clauseWithoutRule(
  document: PolicyDocument | undefined,
  { ruleServesSince, useCaseRuleServes }: Pick<Approval<unknown>, 'ruleServesSince' | 'useCaseRuleServes'>,
): BodyProblem | undefined {
  for (const { path, link: named } of document === undefined ? [] : linksOf(document)) {
    if (typeof named === 'string' || !('rule' in named)) continue
    const serves =
      'policy' in named
        ? ruleServesSince(named.policy, named.rule) !== undefined
        : useCaseRuleServes(named.useCase, named.rule)
    const where = 'policy' in named ? named.policy : named.useCase
    if (!serves) return { path: [...path, 'rule'], problem: `no such rule of ${where} serves` }
  }
  return undefined
}

/** Whether it depends on rules of other records. */
export const namesRulesOfOthers = (document: PolicyDocument | undefined): boolean =>
  document !== undefined &&
  linksOf(document).some(({ link: named }) => typeof named !== 'string' && 'rule' in named)

/** Told to whoever decides: clauses that nothing keeps, and that do not say so. */
export function remindOfPromises(document: PolicyDocument | undefined): readonly string[] {
  const silent = (document?.clauses ?? []).filter(
    ({ rules = [], promiseOnly }) => rules.length === 0 && promiseOnly !== true,
  )
  return silent.length === 0
    ? []
    : [
        `Nothing keeps ${silent.map(({ id: name }) => name).join(', ')}: ${silent.length === 1 ? 'this clause is a promise' : 'these clauses are promises'} only.`,
      ]
}
