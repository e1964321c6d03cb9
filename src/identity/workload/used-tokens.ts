import type { Clock } from '#/core/clock.ts'
import { hashOf } from '../keys/key-text.ts'
import { type Claims, TokenRefused } from './platform.ts'
import type { UsedTokenStore } from './store.ts'

/** A token lives for a day at most, so that this is more than one every second. An entry takes some 150 bytes. */
const mostTokens = 100_000

/** Ended ones are looked for this often. */
const cleanEveryMs = 60_000

/** Beyond its end, as a verifier allows clocks to differ. */
const toleranceMs = 60_000

export interface UsedTokens {
  /**
   * The token counts as used from now on, also after a restart. Throws `TokenRefused` for one that was used, that has no id, or
   * when too many are remembered. Gives how to take it back when it gave no key after all.
   */
  readonly use: (claims: Claims) => Promise<() => Promise<void>>
  /**
   * Does what the token asks for, once. It counts as used while `work` runs, and also after a restart once that has succeeded: what
   * failed, or a crash cut off, may be asked for again, so `work` can be done twice.
   */
  readonly useFor: (claims: Claims, work: () => Promise<unknown>) => Promise<void>
}

/** Remembers what was handed in, by issuer and `jti` (RFC 7519, section 4.1.7), until it could not be handed in anyway. */
export async function openUsedTokens(store: UsedTokenStore, clock: Clock): Promise<UsedTokens> {
  const used = new Map<string, number>()
  for (const { hash, untilMs } of await store.read(clock.now())) used.set(hash, untilMs)
  let cleanedAt = clock.monotonic()

  const clean = async (): Promise<void> => {
    if (clock.monotonic() - cleanedAt < cleanEveryMs && used.size < mostTokens) return
    cleanedAt = clock.monotonic()
    const now = clock.now()
    for (const [hash, untilMs] of used) if (untilMs <= now) used.delete(hash)
    await store.removeEnded(now)
  }

  /** In memory, before it is stored: of two that come at once, one counts. */
  const reserve = async ({ iss, jti, exp }: Claims): Promise<readonly [hash: string, untilMs: number]> => {
    if (typeof jti !== 'string' || jti === '')
      throw new TokenRefused('it has no id (jti), and its workload takes a token once')
    await clean()
    const hash = hashOf(JSON.stringify([iss, jti]))
    if (used.has(hash)) throw new TokenRefused('it was used before')
    if (used.size >= mostTokens)
      throw new TokenRefused('too many tokens were taken that have not ended yet; try again later')
    // Its times were checked with the signature. They may have fractions (RFC 7519, section 2), the tables take none.
    const untilMs = Math.ceil(Number(exp) * 1_000) + toleranceMs
    used.set(hash, untilMs)
    return [hash, untilMs]
  }

  return {
    useFor: async (claims, work) => {
      const [hash, untilMs] = await reserve(claims)
      try {
        await work()
        await store.insert(hash, untilMs)
      } catch (error) {
        used.delete(hash)
        throw error
      }
    },
    use: async (claims) => {
      const [hash, untilMs] = await reserve(claims)
      const takeBack = async (): Promise<void> => {
        used.delete(hash)
        await store.remove(hash)
      }
      try {
        await store.insert(hash, untilMs)
      } catch (error) {
        used.delete(hash)
        throw error
      }
      return takeBack
    },
  }
}
