import type { Role } from '#/core/role.ts'
import { type RecordKind, recordKinds } from '#/register/api.ts'

/** Where in the register somebody is: all of a kind, or one record. */
export interface Place {
  readonly kind: RecordKind
  readonly id: string | undefined
}

/** The catalogue of offerings: the list, or two of them side by side. */
export interface CataloguePlace {
  readonly kind: 'catalogue'
  /** What is compared; `register:ID` or `catalogue:ID`. Both or none. */
  readonly compared: readonly [string, string] | undefined
}

/** What waits for whoever looks. */
export interface WaitingPlace {
  readonly kind: 'waiting'
}

export const kindTitles: Readonly<Record<RecordKind, string>> = {
  offering: 'Offerings',
  'use-case': 'Use cases',
  policy: 'Policies',
  dataset: 'Datasets',
  pilot: 'Pilots',
  incident: 'Incidents',
  review: 'Reviews',
  control: 'Controls',
  vendor: 'Vendors',
  tool: 'Tools',
}

/** One of them. */
export const kindNames: Readonly<Record<RecordKind, string>> = {
  offering: 'offering',
  'use-case': 'use case',
  policy: 'policy',
  dataset: 'dataset',
  pilot: 'pilot',
  incident: 'incident',
  review: 'review',
  control: 'control',
  vendor: 'vendor',
  tool: 'tool',
}

export { recordKinds as kinds }

/** Reads `register/offering/west`; undefined for every other page. */
export function readPlace(hash: string): Place | CataloguePlace | WaitingPlace | undefined {
  const [page, name, id, other] = hash.split('/')
  if (page !== 'register') return undefined
  if (name === 'catalogue') return { kind: name, compared: id && other ? [id, other] : undefined }
  const kind = recordKinds.find((each) => each === name)
  return kind === undefined ? { kind: 'waiting' } : { kind, id: id === '' ? undefined : id }
}

export const addressOf = (kind: RecordKind, id?: string): string =>
  `#register/${kind}${id === undefined ? '' : `/${id}`}`

export const waitingAddress = '#register'

export const catalogueAddress = (compared?: readonly [string, string]): string =>
  ['#register/catalogue', ...(compared ?? [])].join('/')

/** Everybody who has a part in deciding sees the register; an employee sees what it leads to. */
export const seesRegister = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'employee')
