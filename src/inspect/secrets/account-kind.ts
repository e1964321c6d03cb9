import type { Kind } from '../api.ts'

export interface AccountKind extends Kind {
  readonly proof: string
  readonly source: string
}

/**
 * Family network: a host or a number that says where a company is, and opens nothing. Rules against secrets leave it
 * alone; the pack `accounts` names it.
 */
export const accountKind: AccountKind = {
  type: 'service-identifier',
  family: 'network',
  class: 'internal',
  label: 'name or id of an account with a service',
  proof: 'the host of a tenant, or the form or name of an id',
  source: 'documentation of the services',
}
