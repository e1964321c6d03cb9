import { stringify } from 'yaml'
import { type CatalogueOffering, factNames } from './read-catalogue.ts'
import { factsOf } from './view.ts'

export interface DraftNames {
  /** The entry of the settings. */
  readonly connection: string
  /** The name the provider knows the model by. */
  readonly model: string
}

/** A file for `sallyport apply`: the facts with their sources, and as comments what differs and what is unknown. */
export function draftOf(offering: CatalogueOffering, { connection, model }: DraftNames): string {
  const { id, title, platform, models, setting, deployment, notes, facts } = offering
  const record = { kind: 'offering', id, title, connection, model, facts: factsOf(offering) }
  const unknown = factNames.filter((name) => facts[name] === undefined)
  const differing = factNames.flatMap((name) => {
    const { conflicts = [], because, is } = facts[name] ?? {}
    return conflicts.map(
      (each) =>
        `${name} is ${String(is)} here; ${each.source} said ${String(each.is)} on ${each.asOf}. ${because ?? ''}`,
    )
  })
  const comments = [
    `From the catalogue of Sallyport: documents that were read, no contract. ${platform}.`,
    `Holds for: ${[models, setting, deployment].filter((each) => each !== undefined).join('; ')}.`,
    'What your contract says overrules it: write it with "by: contract".',
    ...notes.map((note) => `Note: ${note}`),
    ...differing.map((each) => `Sources differ: ${each}`),
    ...(facts.tier?.is === 'self'
      ? [
          'Own machines are approved once selfHosted is said: { threatModel, patchedOn, runsModelCode: false, isOwnModel }.',
        ]
      : []),
    ...(unknown.length === 0 ? [] : [`Unknown, and so it carries less: ${unknown.join(', ')}.`]),
  ]
  return `${comments.map((each) => `# ${each.trim()}`).join('\n')}\n${stringify({ records: [record] }, { lineWidth: 0 })}`
}
