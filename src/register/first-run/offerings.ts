import type { CatalogueOffering } from '../catalogue/read-catalogue.ts'
import { factsOf } from '../catalogue/view.ts'
import { ceilingOf } from '../ceiling.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import type { AnsweredProvider, FirstRunAnswers, Home, PlannedOffering } from './api.ts'
import { homeOf } from './connect.ts'

/** An offering as it will be proposed, with what the other records need to know of it. */
export interface DraftedOffering {
  readonly planned: PlannedOffering
  readonly home: Home | undefined
  readonly body: Readonly<Record<string, unknown>>
  /** What its record still lacks, as sentences. */
  readonly notes: readonly string[]
}

export interface OfferingGround {
  readonly find: (id: string) => CatalogueOffering | undefined
  readonly isConnected: (connection: string) => boolean
  /** The day of the answers, `2026-11-26`. */
  readonly today: string
  readonly nowMs: number
}

/** One record for each provider. Throws what `ground.find` throws. */
export function draftOfferings(
  { providers, owner }: Pick<FirstRunAnswers, 'providers' | 'owner'>,
  needEntry: (index: number) => CatalogueOffering,
  { isConnected, today, nowMs }: Omit<OfferingGround, 'find'>,
): readonly DraftedOffering[] {
  const ids = idsOf(providers)
  const aliases = aliasesOf(providers)
  return providers.map((provider, index) => {
    const entry = needEntry(index)
    const { connection, model } = provider
    const facts = { ...factsOf(entry), ...saidFacts(provider, factsOf(entry), owner, today) }
    const ceiling = ceilingOf(facts, nowMs)
    const tier = facts.tier?.is ?? 'commercial'
    const id = ids[index] ?? entry.id
    const alias = aliases[index]
    const looked = tier === 'self' ? lookedAfter(provider) : undefined
    return {
      planned: {
        id,
        title: entry.title,
        tier,
        connection,
        isConnected: isConnected(connection),
        ceiling: ceiling.class ?? null,
        reasons: ceiling.reasons,
      },
      home: homeOf(entry),
      body: {
        title: entry.title,
        ...(alias === undefined ? {} : { aliases: [alias] }),
        connection,
        model,
        ...(looked === undefined ? {} : { selfHosted: looked }),
        facts,
      },
      notes:
        tier === 'self' && looked === undefined
          ? [`${id} is approved once its threat model and the day of its last patches are said.`]
          : [],
    }
  })
}

/** The id of the catalogue; with the model where one entry is taken twice. */
function idsOf(providers: readonly AnsweredProvider[]): readonly string[] {
  const taken = new Set<string>()
  return providers.map(({ offering, model }) => {
    const isTwice = providers.filter((each) => each.offering === offering).length > 1
    const plain = isTwice ? slugOf(`${offering}-${model}`) : offering
    let id = plain
    for (let number = 2; taken.has(id); number++) id = `${plain.slice(0, 60)}-${number}`
    taken.add(id)
    return id
  })
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/-+$/, '')

/** Clients may go on asking by the name of the model, where one provider alone has it. */
const aliasesOf = (providers: readonly AnsweredProvider[]): readonly (string | undefined)[] =>
  providers.map(({ model }) =>
    /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}$/.test(model) &&
    model !== 'auto' &&
    providers.filter((each) => each.model === model).length === 1
      ? model
      : undefined,
  )

/** What the company says itself: of its own machines it is a document, of a provider what was agreed. */
function saidFacts(
  { region, agreement, keptDays }: AnsweredProvider,
  known: OfferingFacts,
  owner: string,
  today: string,
): Partial<OfferingFacts> {
  const by = known.tier?.is === 'self' ? ('doc' as const) : ('contract' as const)
  const said = { source: `Said by ${owner} at the first run`, asOf: today, by }
  return {
    ...(region === undefined ? {} : { region: { is: region, ...said } }),
    ...(region === undefined || known.regionScope !== undefined
      ? {}
      : { regionScope: { is: 'region' as const, ...said } }),
    ...(agreement === undefined ? {} : { dpa: { is: true, ...said, source: agreement, by: 'contract' } }),
    ...(keptDays === undefined ? {} : { retentionDays: { is: keptDays, ...said } }),
  }
}

const lookedAfter = ({ threatModel, patchedOn }: AnsweredProvider) =>
  threatModel === undefined || patchedOn === undefined
    ? undefined
    : { threatModel, patchedOn, runsModelCode: false, isOwnModel: false }
