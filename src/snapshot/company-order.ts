import { type DataClass, dataClasses } from '#/core/data-class.ts'
import { tiers } from '#/core/tier.ts'
import type { HealthNeed, Preference } from '#/policy/api.ts'
import type { Serving } from '#/register/api.ts'

/** What the policies say together of where things go. */
export interface CompanyOrder {
  readonly healthNeeds?: HealthNeed
  readonly preference?: Preference
}

const strictestFirst: readonly HealthNeed[] = ['baa', 'agreement', 'nothing']

/**
 * Of several policies the strictest counts for health data; an order for a class stands in one of them. Throws when two
 * have one for the same class: whichever counted, the other would be silent.
 */
export function companyOrder(policies: readonly Serving<'policy'>[]): CompanyOrder {
  const said = policies.flatMap(({ record }) => record.body.healthNeeds ?? [])
  const healthNeeds = strictestFirst.find((each) => said.includes(each))
  const orders = new Map<DataClass, { readonly by: string; readonly order: readonly string[] }>()
  for (const { record } of policies) {
    for (const dataClass of dataClasses) {
      const order = record.body.preference?.[dataClass]
      if (order === undefined) continue
      const other = orders.get(dataClass)
      if (other !== undefined)
        throw new Error(
          `The policies ${other.by} and ${record.id} both have a preference for ${dataClass}: take it out of one of them.`,
        )
      orders.set(dataClass, { by: record.id, order })
    }
  }
  return {
    ...(healthNeeds === undefined ? {} : { healthNeeds }),
    ...(orders.size === 0
      ? {}
      : { preference: Object.fromEntries([...orders].map(([each, { order }]) => [each, order])) }),
  }
}

/** Entries of an order that prefer nothing: a sentence each. No error, since an offering may be stopped any time. */
export function findUnknownEntries(
  preference: Preference,
  offerings: readonly Serving<'offering'>[],
): readonly string[] {
  const known = new Set<string>([
    ...tiers,
    ...offerings.flatMap(({ record }) => [record.id, record.body.connection]),
  ])
  return Object.entries(preference).flatMap(([dataClass, order]) =>
    order
      .filter((entry) => !known.has(entry))
      .map(
        (entry) =>
          `The preference for ${dataClass} names ${entry}, which is no tier and no connection or id of an offering that serves.`,
      ),
  )
}
