import { z } from 'zod'
import { statefulFeatures } from '#/core/stateful-feature.ts'
import { tiers } from '#/core/tier.ts'
import { fact } from '../fact.ts'
import { flag, id, line, text, title, unique } from '../fields.ts'
import { selfHosted, selfHostedGaps } from '../self-hosted.ts'
import type { Kind } from './kind.ts'

/** Whether what is sent trains a model: never, if one agrees, unless one objects, always. */
export const trains = ['never', 'opt-in', 'opt-out', 'yes'] as const
export type Trains = (typeof trains)[number]

/** How far the region holds: processing stays in one region, in a zone of several, or may be anywhere. */
export const scopes = ['region', 'zone', 'global'] as const
export type Scope = (typeof scopes)[number]

/** Zero retention as an arrangement: there is none, it was asked for, it was granted, it is switched on. */
export const zeroRetentions = ['none', 'requested', 'approved', 'active'] as const

/** Whether people of the processor read what is sent: never, what was flagged, more than that. */
export const humanReviews = ['never', 'flagged', 'sampled'] as const

/** By what personal data may go to another jurisdiction; `not-needed` where no law asks for it. */
export const transferMechanisms = [
  'none',
  'not-needed',
  'adequacy',
  'standard-clauses',
  'binding-rules',
  'data-privacy-framework',
] as const

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

const days = z.int('must be a whole number of days').min(0, 'must be 0 or more').max(36_500)

/** What is known of an offering. Most of it decides the ceiling. None is required: what is missing is unknown, and unknown carries less. */
export const offeringFacts = z.strictObject(
  {
    tier: fact(oneOf(tiers)).optional(),
    /** The company that processes what is sent. */
    processor: fact(line(120)).optional(),
    region: fact(line(120)).optional(),
    regionScope: fact(oneOf(scopes)).optional(),
    /** Days anything of an exchange is kept by the processor; 0 is not at all. */
    retentionDays: fact(days).optional(),
    /** The same of what a classifier flagged, where that is kept longer. */
    flaggedDays: fact(days).optional(),
    humanReview: fact(oneOf(humanReviews)).optional(),
    zeroRetention: fact(oneOf(zeroRetentions)).optional(),
    /** What the arrangement on zero retention does not cover. */
    zeroRetentionExcept: fact(unique(oneOf(statefulFeatures), statefulFeatures.length)).optional(),
    trains: fact(oneOf(trains)).optional(),
    /** A signed agreement on data processing. */
    dpa: fact(flag).optional(),
    /** A signed business associate agreement (45 CFR 164.504(e)). */
    baa: fact(flag).optional(),
    transferMechanism: fact(oneOf(transferMechanisms)).optional(),
    /** Companies that process for the processor. */
    subprocessors: fact(unique(line(120), 100)).optional(),
    /** Like `ISO 27001:2022`. */
    certifications: fact(unique(line(120), 50)).optional(),
    /** The endpoint is reached on private addresses only. */
    privateEndpoint: fact(flag).optional(),
    /** The lowest version of TLS the endpoint takes; a text, since 1.0 is no other number than 1. */
    tlsMinimum: fact(
      z.enum(['1.0', '1.1', '1.2', '1.3'], 'must be "1.0", "1.1", "1.2" or "1.3", in quotes'),
    ).optional(),
    /** Who holds the keys of what is kept. */
    keyManagement: fact(oneOf(['none', 'provider', 'customer'])).optional(),
    /** The maker of the model receives what is sent, or a copy of it, beside the processor; false where the two are one. */
    makerReceives: fact(flag).optional(),
  },
  'must hold facts, each { is, source, asOf, until, by }',
)

export type OfferingFacts = z.infer<typeof offeringFacts>

const usd = z.number('must be a price in USD').min(0, 'must be 0 or more').max(1_000_000)

const schema = z.strictObject({
  title,
  description: text.optional(),
  /** Whose it is: it serves only while this vendor is approved and explained. */
  vendor: id.optional(),
  /** Other names a caller may give as `model`. */
  aliases: unique(
    z
      .string('must be a name')
      .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}$/, 'must be a name of letters, digits and ._:/@+-')
      .refine((name) => name !== 'auto', '"auto" means: choose for me; an offering cannot be called so'),
    20,
  ).default([]),
  /** The entry of the settings that holds URL, region and credential. */
  connection: line(64),
  /** The name the provider knows the model by. */
  model: line(200),
  facts: offeringFacts.default({}),
  /** How it is looked after where the tier is `self`. */
  selfHosted: selfHosted.optional(),
  priceUsdPerMillionTokens: z
    .strictObject({ input: usd, output: usd }, 'must be { input, output }')
    .optional(),
})

export type Offering = z.infer<typeof schema>

export const offering: Kind<Offering> = {
  kind: 'offering',
  called: 'an offering',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  // Since budgets are counted with it, whoever could write a price alone could spend without an end.
  onceImmaterial: ['priceUsdPerMillionTokens'],
  deciders: ['security', 'owner'],
  mayEnd: true,
  mayLowerClass: true,
  references: ({ vendor }) => (vendor === undefined ? [] : [{ field: 'vendor', kind: 'vendor', id: vendor }]),
  check: ({ facts, selfHosted: said }) =>
    said !== undefined && facts.tier?.is !== 'self'
      ? [{ path: ['selfHosted'], problem: 'has a meaning for the tier self only' }]
      : [],
  unready: selfHostedGaps,
}
