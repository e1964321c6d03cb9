import { z } from 'zod'
import { termLimits, termProblem } from '#/inspect/index.ts'
import { healthNeeds, preference } from '../company-order.ts'
import {
  clauseWithoutRule,
  findWrongClauses,
  namesRulesOfOthers,
  policyDocument,
  referencesOfDocument,
  remindOfPromises,
} from '../documents/document.ts'
import { dataClass, email, flag, line, text, title } from '../fields.ts'
import { findUnknownCleared, notSensitive } from '../not-sensitive.ts'
import { findWrongPatterns, patterns } from '../pattern.ts'
import { findImpossible, findUnknownTypes, rules } from '../rule.ts'
import { findWrongTests, ruleTests } from '../rule-test.ts'
import { findWrongTriggers, triggerReferences, triggers } from '../trigger.ts'
import type { Kind } from './kind.ts'

const term = z
  .strictObject(
    {
      term: z.string('must be a text'),
      /** Shown in findings instead of the term. */
      label: line(60).default('company term'),
      class: dataClass.default('confidential'),
      isCaseSensitive: flag.default(false),
    },
    'must be a term: { term, label, class, isCaseSensitive }',
  )
  .superRefine((written, context) => {
    const message = termProblem(written)
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['term'], message })
  })

const schema = z.strictObject({
  title,
  owner: email,
  description: text.optional(),
  /** They hold for every use case, unless it has a rule of its own for a finding. */
  rules,
  /** The company's own words: code names, customers. */
  terms: z
    .array(term, 'must be a list of terms')
    .max(termLimits.most, `must have at most ${termLimits.most} terms`)
    .refine(
      (list) => list.reduce((sum, each) => sum + each.term.length, 0) <= termLimits.characters,
      `must have at most ${termLimits.characters} characters together`,
    )
    .default([]),
  /** Forms of the company's own values. Rules name what they find `own-ID`. */
  patterns,
  /** Values of findings that reviewers found not to be sensitive. */
  notSensitive,
  /** What the rules promise, by example: tried before every publication. */
  tests: ruleTests,
  // Left out where nothing is said, as in records from before there were these.
  /** What the company calls our four classes: with three of its own, two have one name. Tables of rules show it. */
  classNames: z
    .strictObject(
      {
        public: line(40).optional(),
        internal: line(40).optional(),
        confidential: line(40).optional(),
        restricted: line(40).optional(),
      },
      'must be { public, internal, confidential, restricted }, each a name',
    )
    .optional(),
  healthNeeds: healthNeeds.optional(),
  preference: preference.optional(),
  /** What people read: clauses, each with what keeps it. */
  document: policyDocument.optional(),
  /** What is watched for, and what happens then. */
  triggers,
})

export type Policy = z.infer<typeof schema>

/** Rules, terms and patterns for the whole company. */
export const policy: Kind<Policy> = {
  kind: 'policy',
  called: 'a policy',
  schema,
  fields: Object.keys(schema.shape),
  // What a class is called decides nothing.
  immaterial: ['title', 'description'],
  // Two policies with different names do not compile, and people choose a class by its name.
  onceImmaterial: ['classNames'],
  deciders: ['security', 'owner'],
  mayEnd: false,
  mayLowerClass: false,
  references: ({ notSensitive: entries, document, triggers: watched = [] }) => [
    ...entries.flatMap(({ useCases }, place) =>
      useCases.map((useCase, index) => ({
        field: `notSensitive.${place}.useCases.${index}`,
        kind: 'use-case' as const,
        id: useCase,
      })),
    ),
    ...referencesOfDocument(document),
    ...triggerReferences(watched),
  ],
  beforeApproval: ({ document }, approval) => clauseWithoutRule(document, approval),
  fileMayApprove: ({ document }) => !namesRulesOfOthers(document),
  remind: ({ document }) => remindOfPromises(document),
  check: ({ rules: list, patterns: written, notSensitive: entries, ...body }) => [
    ...findUnknownTypes(list),
    ...findUnknownCleared(entries),
    ...findImpossible(list),
    ...findWrongPatterns(written),
    ...findWrongTests(body.tests ?? []),
    ...findWrongClauses(body.document, list),
    ...findWrongTriggers(body.triggers ?? []),
  ],
}
