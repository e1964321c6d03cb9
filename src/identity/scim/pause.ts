import type { Clock } from '#/core/clock.ts'
import type { WriteEntry } from '../entry.ts'
import type { PauseRecord } from './records.ts'
import { ScimError } from './scim-error.ts'

/**
 * Deactivations within an hour: Entra ID works in cycles of forty minutes, so a mapping that went wrong shows within
 * one. Up to five pass always, or a company of twenty could not let two people go on one day.
 */
export const pauseRule = { windowMs: 3_600_000, share: 0.1, alwaysPass: 5 }

/** How long nothing is held back after somebody has decided to go on, unless they say otherwise. */
export const openHours = { default: 4, highest: 48 }

/** Both Entra ID and Okta ask again later for a 5xx; half an hour is sooner than their next cycle. */
const retryAfterSeconds = 1_800

/** Whether one more would be too many at once: more than 10 % of those who were active, and more than five. */
export const isTooMany = (recent: number, activeNow: number): boolean =>
  recent + 1 > pauseRule.alwaysPass && recent + 1 > pauseRule.share * (activeNow + recent)

export interface PauseState {
  readonly pausedAt: number | undefined
  readonly openUntil: number | undefined
  /** Ids of SCIM users whose deactivation was held back since the pause, or since the start. */
  readonly waiting: readonly string[]
  readonly recent: number
}

/** A user that is made anew with every try has another id each time; beyond this they are not told apart. */
const keptWaiting = 20_000

/** Holds back the deactivations of one client when there are suddenly many. */
export interface Pause {
  /**
   * Before a deactivation of `userId`. Throws `ScimError` 503 when it has to wait, after having said so in the log the
   * first time.
   */
  readonly admit: (userId: string, activeNow: number) => Promise<void>
  readonly count: () => void
  /** Somebody decided that it is right: nothing waits for so long. */
  readonly open: (hours: number) => Promise<PauseState>
  readonly state: () => PauseState
  readonly isPaused: () => boolean
}

export interface PauseServices {
  readonly client: string
  readonly stored: PauseRecord | undefined
  /** When people of this client were deactivated. */
  readonly deactivatedAt: readonly number[]
  readonly save: (pause: PauseRecord) => Promise<void>
  readonly writeEntry: WriteEntry
  readonly clock: Clock
}

export function createPause({ client, save, writeEntry, clock, ...begun }: PauseServices): Pause {
  let pausedAt = begun.stored?.pausedAt
  let openUntil = begun.stored?.openUntil ?? 0
  let times = [...begun.deactivatedAt].sort((one, other) => one - other)
  const waiting = new Set<string>()

  const recent = (): number => {
    const since = clock.now() - pauseRule.windowMs
    if ((times[0] ?? Number.POSITIVE_INFINITY) <= since) times = times.filter((at) => at > since)
    return times.length
  }
  const state = (): PauseState => ({
    pausedAt,
    openUntil: openUntil > clock.now() ? openUntil : undefined,
    waiting: [...waiting],
    recent: recent(),
  })

  return {
    state,
    isPaused: () => pausedAt !== undefined,
    count: () => times.push(clock.now()),
    admit: async (userId, activeNow) => {
      if (openUntil > clock.now()) return
      const count = recent()
      if (pausedAt === undefined) {
        if (!isTooMany(count, activeNow)) return
        pausedAt = clock.now()
        waiting.add(userId)
        await writeEntry({
          kind: 'scim-paused',
          facts: { about: `scim:${client}`, counts: { deactivated: count, active: activeNow } },
        })
        await save({ client, pausedAt, openUntil })
      }
      if (waiting.size < keptWaiting) waiting.add(userId)
      throw new ScimError(
        503,
        'Sallyport holds back deactivations: too many people would lose access at once. An owner or the security officer decides in Sallyport whether to go on; until then this is to be tried again.',
        { retryAfterSeconds },
      )
    },
    open: async (hours) => {
      openUntil = clock.now() + hours * 3_600_000
      pausedAt = undefined
      waiting.clear()
      times = []
      await save({ client, pausedAt, openUntil })
      return state()
    },
  }
}
