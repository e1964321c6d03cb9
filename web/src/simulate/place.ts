import type { Role } from '#/core/role.ts'
import type { RecordKind } from '#/register/api.ts'
import { kinds } from '../register/place.ts'

/** What is tried: one record that waits, or all of them. */
export type SimulatePlace = { readonly kind: RecordKind; readonly id: string } | 'all'

/** Reads `simulate` and `simulate/policy/company-rules`; undefined for every other page. */
export function readSimulatePlace(hash: string): SimulatePlace | undefined {
  const [page, asked, id] = hash.split('/')
  if (page !== 'simulate') return undefined
  const kind = kinds.find((each) => each === asked)
  return kind === undefined || id === undefined || id === '' ? 'all' : { kind, id }
}

export const simulateAddress = (kind: RecordKind, id: string): string => `#simulate/${kind}/${id}`

/** As the gate decides it again: who may search the log, since a result names people. */
const seers: readonly Role[] = ['auditor', 'security', 'owner']

export const seesSimulate = (roles: readonly Role[]): boolean => roles.some((role) => seers.includes(role))
