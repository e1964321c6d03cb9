import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parseYaml } from '#/core/yaml.ts'
import { documentDays, type Fact } from '../fact.ts'
import { day, dayAfter, id, line } from '../fields.ts'
import { offeringFacts } from '../kinds/offering.ts'
import type { Conflict, FactName, FactValue } from './api.ts'

/** A fact of the catalogue: one of an offering, with what other sources say of the same thing. */
export interface CatalogueFact extends Fact<FactValue> {
  readonly until: string
  readonly conflicts: readonly Conflict[]
  readonly because: string | undefined
}

/** Facts belong to platform x models x setting of the account x deployment, never to a vendor alone. */
export interface CatalogueOffering {
  readonly id: string
  readonly title: string
  readonly platform: string
  readonly models: string
  readonly setting: string | undefined
  readonly deployment: string | undefined
  readonly notes: readonly string[]
  readonly facts: Readonly<Partial<Record<FactName, CatalogueFact>>>
}

export const factNames = Object.keys(offeringFacts.shape) as readonly FactName[]

const source = line(500).regex(/^https:\/\/[^\s/]+\.[^\s/]+\//, 'must be an https address')

const conflict = (value: z.ZodType<FactValue>) => z.strictObject({ is: value, source, asOf: day })

/** The fact of an offering, stricter: from a document at an address. Where sources differ it says why this one. */
function catalogueFact(name: FactName) {
  const value = offeringFacts.shape[name].unwrap().shape.is as z.ZodType<FactValue>
  return z
    .strictObject({
      is: value,
      source,
      asOf: day,
      until: day.optional(),
      by: z.literal('doc'),
      because: line(300).optional(),
      conflicts: z.array(conflict(value)).min(1).max(10).optional(),
    })
    .refine(({ because, conflicts }) => (because === undefined) === (conflicts === undefined), {
      path: ['because'],
      message: 'must stand beside conflicts, and only there',
    })
    .transform(({ conflicts = [], until, because, ...fact }): CatalogueFact => {
      return { ...fact, until: until ?? dayAfter(fact.asOf, documentDays), because, conflicts }
    })
}

const facts = z.strictObject(
  Object.fromEntries(factNames.map((name) => [name, catalogueFact(name).optional()])),
) as unknown as z.ZodType<CatalogueOffering['facts']>

const fileShape = z.strictObject({
  platform: line(120),
  offerings: z
    .array(
      z.strictObject({
        id,
        title: line(120),
        models: line(200),
        setting: line(200).optional(),
        deployment: line(200).optional(),
        notes: z.array(line(300)).max(10).default([]),
        facts,
      }),
    )
    .min(1)
    .max(100),
})

/** One file of the catalogue. Throws when it is not as it must be: it is ours, and a test reads all of them. */
export function readOfferings(text: string, fileName: string): readonly CatalogueOffering[] {
  const read = fileShape.safeParse(parseYaml(text, fileName).value)
  if (!read.success) throw new Error(`${fileName}: ${z.prettifyError(read.error)}`)
  const { platform, offerings } = read.data
  return offerings.map(({ setting, deployment, ...each }) => ({ ...each, platform, setting, deployment }))
}

export const catalogueFolder = fileURLToPath(new URL('../../../catalogue/offerings', import.meta.url))

let whole: readonly CatalogueOffering[] | undefined

/** All offerings of the catalogue in the order of ids. Read when first asked for: most starts never ask. */
export function readCatalogueOfferings(): readonly CatalogueOffering[] {
  whole ??= readdirSync(catalogueFolder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => readOfferings(readFileSync(join(catalogueFolder, name), 'utf8'), name))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
  return whole
}
