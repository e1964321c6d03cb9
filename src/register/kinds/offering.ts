import { z } from 'zod'
import { fact } from '../fact.ts'
import { flag, line, text, title, unique } from '../fields.ts'
import type { Kind } from './kind.ts'

/** Under which terms: a private account, a contract with the vendor, the company's own cloud, the company's own machines. */
export const tiers = ['consumer', 'commercial', 'cloud', 'self'] as const
export type Tier = (typeof tiers)[number]

/** Whether what is sent trains a model: never, if one agrees, unless one objects, always. */
export const trains = ['never', 'opt-in', 'opt-out', 'yes'] as const
export type Trains = (typeof trains)[number]

/** How far the region holds: processing stays in one region, in a zone of several, or may be anywhere. */
export const scopes = ['region', 'zone', 'global'] as const
export type Scope = (typeof scopes)[number]

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

/** Facts the ceiling is computed from. None is required: what is missing is unknown, and unknown carries less. */
export const offeringFacts = z.strictObject(
  {
    tier: fact(oneOf(tiers)).optional(),
    /** The company that processes what is sent. */
    processor: fact(line(120)).optional(),
    region: fact(line(120)).optional(),
    regionScope: fact(oneOf(scopes)).optional(),
    /** Days anything of an exchange is kept by the processor; 0 is not at all. */
    retentionDays: fact(
      z.int('must be a whole number of days').min(0, 'must be 0 or more').max(36_500),
    ).optional(),
    trains: fact(oneOf(trains)).optional(),
    /** A signed agreement on data processing. */
    dpa: fact(flag).optional(),
    /** The endpoint is reached on private addresses only. */
    privateEndpoint: fact(flag).optional(),
    /** The maker of the model receives what is sent, or a copy of it, beside the processor. */
    makerReceives: fact(flag).optional(),
  },
  'must hold facts, each { is, source, asOf, until, by }',
)

export type OfferingFacts = z.infer<typeof offeringFacts>

const usd = z.number('must be a price in USD').min(0, 'must be 0 or more').max(1_000_000)

const schema = z.strictObject({
  title,
  description: text.optional(),
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
  immaterial: ['title', 'description', 'priceUsdPerMillionTokens'],
  deciders: ['security', 'owner'],
  mayEnd: true,
  mayLowerClass: true,
  references: () => [],
  check: () => [],
}
