import { z } from 'zod'
import { isAtMost } from '#/core/data-class.ts'
import { dataClass, email, flag, group, id, role, text, title, unique } from '../fields.ts'
import type { Quorum } from '../quorum.ts'
import { findImpossible, findUnknownTypes, rules } from '../rule.ts'
import type { Kind } from './kind.ts'
import { findMisplaced, taskFields } from './use-case-task.ts'
import { findProhibited, remindOf, unreadyOf, useCaseTerms } from './use-case-terms.ts'

/** Who stays out whatever lets them in. Not `employee`: a use case for nobody is one to stop. */
const denied = z
  .strictObject(
    {
      roles: unique(
        role.refine(
          (name) => name !== 'employee',
          'must not be employee, which everybody is: stop the use case',
        ),
        20,
      ).optional(),
      people: unique(email, 1_000).optional(),
      groups: unique(group, 100).optional(),
    },
    'must say roles, people or groups',
  )
  .refine(
    ({ roles = [], people = [], groups = [] }) => roles.length + people.length + groups.length > 0,
    'must name at least one role, person or group',
  )

const audience = z
  .strictObject(
    {
      /** Any one of them; `employee` is everybody who signed in. */
      roles: unique(role, 20).default([]),
      /** By e-mail address; bound to the person at the first sign-in. */
      people: unique(email, 1_000).default([]),
      // Left out where nothing is said, as in records from before there were groups.
      groups: unique(group, 100).optional(),
      deny: denied.optional(),
      /** Whether everybody is shown its title and may ask for access by it. */
      isListed: flag.optional(),
    },
    'must say roles, people, groups, or several of them',
  )
  .refine(
    ({ roles, people, groups = [] }) => roles.length + people.length + groups.length > 0,
    'must name at least one role, person or group',
  )

const fields = z.strictObject({
  title,
  owner: email,
  purpose: text,
  audience,
  /** In order of preference: what `auto` goes through. */
  offerings: unique(id, 200).min(1, 'must name at least one offering'),
  highestClass: dataClass,
  /** The lowest class its exchanges have, whatever is found in them. */
  contextClass: dataClass.default('public'),
  /** They replace the company's for the findings they fit. */
  rules,
  /** What to do with parts that cannot be read. */
  unread: z.enum(['refuse', 'allow'], 'must be refuse or allow').default('refuse'),
  /** The class they count as where they are allowed: confidential, or `highestClass` where that is lower. */
  unreadClass: dataClass.optional(),
  ...useCaseTerms,
  ...taskFields,
  /** It serves while this pilot runs, and not above its class. */
  pilot: id.optional(),
  /** What its exchanges draw on: they have at least the class of each, and all must be approved for inference. */
  datasets: unique(id, 50).optional(),
})

const schema = fields
  .refine(({ contextClass, highestClass }) => isAtMost(contextClass, highestClass), {
    path: ['contextClass'],
    message: 'must not be above highestClass: nothing could ever be sent',
  })
  .refine(({ unreadClass = 'public', highestClass }) => isAtMost(unreadClass, highestClass), {
    path: ['unreadClass'],
    message: 'must not be above highestClass: no such part could ever be sent',
  })
  .refine(({ exit, offerings }) => exit === undefined || exit.offering !== offerings[0], {
    path: ['exit', 'offering'],
    message: 'must be another than the first of its offerings: it is where one goes when that fails',
  })

export type UseCase = z.infer<typeof schema>

/** Three people of three different departments: nobody is asked twice, and no department can pass it alone. */
const highRiskQuorum: Quorum = { roles: ['security', 'legal', 'engineering', 'product'], voices: 3 }
const quorums: Readonly<Record<NonNullable<UseCase['risk']>, Quorum>> = {
  minimal: { roles: ['security', 'owner'], voices: 1 },
  limited: { roles: ['security'], voices: 1 },
  high: highRiskQuorum,
}

export const useCase: Kind<UseCase> = {
  kind: 'use-case',
  called: 'a use case',
  schema,
  fields: Object.keys(fields.shape),
  immaterial: ['title'],
  deciders: ['security', 'owner'],
  quorumOf: ({ risk = 'minimal' }) => quorums[risk],
  unready: unreadyOf,
  remind: remindOf,
  mayEnd: true,
  mayLowerClass: true,
  references: ({ offerings, exit, pilot, datasets = [] }) => [
    ...offerings.map((name, index) => ({ field: `offerings.${index}`, kind: 'offering' as const, id: name })),
    ...(exit === undefined ? [] : [{ field: 'exit.offering', kind: 'offering' as const, id: exit.offering }]),
    ...(pilot === undefined ? [] : [{ field: 'pilot', kind: 'pilot' as const, id: pilot }]),
    ...datasets.map((name, index) => ({ field: `datasets.${index}`, kind: 'dataset' as const, id: name })),
  ],
  check: ({ rules: list, practices, template, answerSchema }) => [
    ...findProhibited(practices),
    ...findUnknownTypes(list),
    ...findImpossible(list),
    ...findMisplaced({ template, answerSchema }),
  ],
}
