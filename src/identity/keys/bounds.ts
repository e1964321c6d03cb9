import { z } from 'zod'
import { dataClasses, isAtMost } from '#/core/data-class.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { holdsNetwork, networksOf, readNetwork } from '#/core/network.ts'
import { Refusal } from '#/core/refusal.ts'

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'it takes an id of lower-case letters, digits and hyphens')
const count = z.int('it takes a whole number').min(1, 'it takes a whole number from 1 on').max(1_000_000_000)

/** Bounds as somebody asks for them. */
export const boundsSchema = z.strictObject({
  useCase: id.optional(),
  highestClass: z.enum(dataClasses, `it takes one of ${dataClasses.join(', ')}`).optional(),
  offerings: z.array(id).min(1, 'it takes at least one offering').max(50).optional(),
  networks: z
    .array(
      z
        .string()
        .refine(
          (text) => readNetwork(text) !== undefined,
          'it takes networks such as 192.0.2.0/24 or 2001:db8::/32',
        ),
    )
    .min(1, 'it takes at least one network')
    .max(20)
    .optional(),
  requestsPerMinute: count.optional(),
  requestsPerDay: count.optional(),
  tokensPerDay: count.optional(),
})

/**
 * What a child of a key with the bounds `parent` is bound to: what it asks for, and the parent's bound where it says
 * nothing. Throws `key-wider` naming the bound that would be wider.
 */
export function narrow(asked: KeyBounds, parent: KeyBounds): KeyBounds {
  for (const bound of bounds) {
    if (asked[bound] !== undefined && parent[bound] !== undefined && !fits[bound](asked, parent))
      throw new Refusal('key-wider', { bound })
  }
  return withoutUndefined({ ...parent, ...withoutUndefined(asked) })
}

export const withoutUndefined = (bounds: KeyBounds): KeyBounds =>
  Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined))

type Bound = keyof KeyBounds

/** Whether one bound of a child, where both have it, is within the parent's. A bound without an entry does not compile. */
const fits: Readonly<Record<Bound, (child: KeyBounds, parent: KeyBounds) => boolean>> = {
  useCase: (child, parent) => child.useCase === parent.useCase,
  highestClass: (child, parent) =>
    isAtMost(child.highestClass ?? 'restricted', parent.highestClass ?? 'restricted'),
  offerings: (child, parent) => (child.offerings ?? []).every((each) => parent.offerings?.includes(each)),
  networks: (child, parent) =>
    networksOf(child.networks ?? []).every((inner) =>
      networksOf(parent.networks ?? []).some((outer) => holdsNetwork(outer, inner)),
    ),
  requestsPerMinute: (child, parent) => atMost(child.requestsPerMinute, parent.requestsPerMinute),
  requestsPerDay: (child, parent) => atMost(child.requestsPerDay, parent.requestsPerDay),
  tokensPerDay: (child, parent) => atMost(child.tokensPerDay, parent.tokensPerDay),
}

const bounds = Object.keys(fits) as readonly Bound[]

const atMost = (child: number | undefined, parent: number | undefined): boolean =>
  (child ?? Number.POSITIVE_INFINITY) <= (parent ?? Number.POSITIVE_INFINITY)
