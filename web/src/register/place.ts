import type { Role } from '#/core/role.ts'
import type { RecordKind } from '#/register/api.ts'

/** Where in the register somebody is: all of a kind, or one record. */
export interface Place {
  readonly kind: RecordKind
  readonly id: string | undefined
}

export const kindTitles: Readonly<Record<RecordKind, string>> = {
  offering: 'Offerings',
  'use-case': 'Use cases',
  policy: 'Policies',
}

export const kinds = Object.keys(kindTitles) as readonly RecordKind[]

/** Reads `register/offering/west`; undefined for every other page. */
export function readPlace(hash: string): Place | undefined {
  const [page, kind = 'offering', id] = hash.split('/')
  if (page !== 'register') return undefined
  return { kind: kinds.find((each) => each === kind) ?? 'offering', id: id === '' ? undefined : id }
}

export const addressOf = (kind: RecordKind, id?: string): string =>
  `#register/${kind}${id === undefined ? '' : `/${id}`}`

/** Everybody who has a part in deciding sees the register; an employee sees what it leads to. */
export const seesRegister = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'employee')
