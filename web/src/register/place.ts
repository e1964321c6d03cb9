import type { Role } from '#/core/role.ts'
import type { RecordKind } from '#/register/api.ts'

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

export const kindTitles: Readonly<Record<RecordKind, string>> = {
  offering: 'Offerings',
  'use-case': 'Use cases',
  policy: 'Policies',
}

export const kinds = Object.keys(kindTitles) as readonly RecordKind[]

/** Reads `register/offering/west`; undefined for every other page. */
export function readPlace(hash: string): Place | CataloguePlace | undefined {
  const [page, kind = 'offering', id, other] = hash.split('/')
  if (page !== 'register') return undefined
  if (kind === 'catalogue') return { kind, compared: id && other ? [id, other] : undefined }
  return { kind: kinds.find((each) => each === kind) ?? 'offering', id: id === '' ? undefined : id }
}

export const addressOf = (kind: RecordKind, id?: string): string =>
  `#register/${kind}${id === undefined ? '' : `/${id}`}`

export const catalogueAddress = (compared?: readonly [string, string]): string =>
  ['#register/catalogue', ...(compared ?? [])].join('/')

/** Everybody who has a part in deciding sees the register; an employee sees what it leads to. */
export const seesRegister = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'employee')
