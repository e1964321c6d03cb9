import type { AccountState, AccountView, EndReason, RestoreReason } from '#/identity/accounts/api.ts'

export const stateWords: Readonly<Record<AccountState, string>> = {
  active: 'active',
  pending: 'never signed in',
  ended: 'ended',
  former: 'of an earlier provider',
}

export const endWords: Readonly<Record<EndReason, string>> = {
  left: 'Has left the company',
  suspended: 'Is suspended for a time',
  incident: 'An incident is looked into',
  mistake: 'Should never have had access',
  other: 'Another reason',
}

export const restoreWords: Readonly<Record<RestoreReason, string>> = {
  returned: 'Has come back',
  cleared: 'The incident is cleared',
  mistake: 'Was ended by mistake',
  other: 'Another reason',
}

/** Groups as people read them: by name where a directory gave one, else by id. */
export const groupText = ({ groups }: Pick<AccountView, 'groups'>): string =>
  groups.length === 0 ? 'none' : groups.map(({ id, name }) => name ?? id).join(', ')

export const dayOf = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : new Date(atMs).toISOString().slice(0, 10)

/** `2026-11-26 08:15 UTC`, of a time as the gate writes it. */
export const momentOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`

/** Where the people of a question are asked for. */
export function peoplePath(text: string, state: AccountState | '', start: number, limit: number): string {
  const asked = new URLSearchParams({ start: String(start), limit: String(limit) })
  if (text.trim() !== '') asked.set('text', text.trim())
  if (state !== '') asked.set('state', state)
  return `/api/people?${asked}`
}
