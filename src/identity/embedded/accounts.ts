import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { defaultAccounts } from '#/settings/defaults.ts'
import { hashOf } from '../keys/key-text.ts'
import { createRecent } from '../recent.ts'

export interface Account {
  readonly email: string
  readonly name: string
}

/** Who owns a development server nobody has configured. */
export const defaultOwner = 'owner@example.com'

export const readAccounts = (configured: readonly Account[]): readonly Account[] =>
  configured.length === 0
    ? defaultAccounts
    : configured.map(({ email, name }) => ({ email: email.trim().toLowerCase(), name }))

/** Wrong passwords for one account before it has to wait: enough for a hand, too few for a program. */
const maxWrong = 5
const waitMs = 60_000

export type Check = 'right' | 'wrong' | 'wait'

/** Checks an account's password; after a few wrong ones the account waits a minute, whoever asks. */
export function createPasswordCheck(
  accounts: readonly Account[],
  password: () => string,
  clock: Clock,
): (email: string, given: string) => Check {
  const wrong = createRecent<number>({ entries: 1_000, keptMs: waitMs, now: clock.now })
  return (email, given) => {
    const tries = wrong.get(email) ?? 0
    if (tries >= maxWrong) return 'wait'
    // Hashed first, so that both sides have one length and the comparison says nothing about the password.
    const isRight = timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(password())))
    if (isRight && accounts.some((account) => account.email === email)) {
      wrong.delete(email)
      return 'right'
    }
    wrong.set(email, tries + 1)
    return 'wrong'
  }
}
