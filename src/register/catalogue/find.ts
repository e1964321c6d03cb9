import { didYouMean } from '#/settings/nearest.ts'
import type { Probed } from '../probes/api.ts'
import type { Register } from '../register.ts'
import { stateOf } from '../state.ts'
import type { OfferingView } from './api.ts'
import { readCatalogueOfferings } from './read-catalogue.ts'
import { viewOfCatalogue, viewOfRecord } from './view.ts'

type Records = Pick<Register, 'find' | 'list'>

/**
 * An offering by `register:ID`, `catalogue:ID`, or its id alone: then the register's, when there is one, goes first.
 * Of a record it is the version that serves, else the newest. Without `records` only the catalogue is looked into.
 */
export function findOffering(
  named: string,
  records: Records | undefined,
  nowMs: number,
  probedAt: (connection: string) => Probed | undefined,
): OfferingView | undefined {
  const [, place, name = ''] = /^(?:(register|catalogue):)?(.*)$/s.exec(named) ?? []
  const history = place === 'catalogue' ? undefined : records?.find('offering', name)
  if (history !== undefined) {
    const record = stateOf(history, nowMs).serving?.record ?? history.versions.at(-1)
    if (record !== undefined) return viewOfRecord(name, record.body, nowMs, probedAt(record.body.connection))
  }
  const listed = place === 'register' ? undefined : readCatalogueOfferings().find(({ id }) => id === name)
  return listed === undefined ? undefined : viewOfCatalogue(listed, nowMs)
}

/** What somebody can do about a name that is not there. */
export function problemOf(named: string, records: Records | undefined): string {
  const there = [
    ...(records?.list('offering') ?? []).map(({ id }) => id),
    ...readCatalogueOfferings().map(({ id }) => id),
  ]
  const meant = didYouMean(named.replace(/^(register|catalogue):/, ''), there)
  return `there is no such offering, in the register or in the catalogue.${meant}`
}
