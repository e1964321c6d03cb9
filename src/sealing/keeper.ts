/** Looks after the key-encryption key while Sallyport runs: renews it, rotates it in time, and tells the log. */
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { DamagedKey, KeyStatus } from './api.ts'
import { keyLeaseMs, type SealingKeysControl } from './keys.ts'
import type { RotationEvent, RotationHooks } from './rotate.ts'

/** What the log is told. No key, and nobody's name outside the sealed part. */
export interface KeyEntry {
  readonly kind: RotationEvent['kind'] | 'alert'
  readonly facts: {
    readonly about: string
    readonly version: string
    readonly reason: string
    readonly counts?: Readonly<Record<string, number>>
  }
  /** Sealed: who asked. Of an alert which keys are damaged, at most a hundred. */
  readonly payload: string
}

export interface KeyKeeperOptions {
  readonly keys: SealingKeysControl
  readonly rotateEveryDays: number
  /** Durable when it resolves. */
  readonly log: (entry: KeyEntry) => Promise<unknown>
  readonly clock: Clock
  readonly writeLine: WriteLine
  /** For tests: how long what a remote guard opened may be used. */
  readonly leaseMs?: number
}

export interface HowRotated {
  /** Path of a copy of data-keys.db, to take from it what is damaged here. */
  readonly soundCopy?: string | undefined
  readonly givesUpDamaged?: boolean | undefined
}

export interface KeyKeeper {
  /** Ends what an earlier process left undone, and looks after the keys until `close`. */
  readonly start: () => Promise<void>
  /** Resolves once the new version serves and the old one is out of `keys/kek`. */
  readonly rotate: (by: string, how?: HowRotated) => Promise<KeyStatus>
  readonly status: () => KeyStatus
  readonly isOpen: () => boolean
  readonly close: () => void
}

const dayMs = 86_400_000
/** Rotations are due in days, and a guard that refused is asked again. */
const lookEveryMs = 3_600_000

/** Names of damaged keys that are shown: more say nothing more. */
const shownDamaged = 100

const areDamaged = 'data keys are damaged'

const describeDamaged = (damaged: readonly DamagedKey[]): string => {
  const months = [...new Set(damaged.map(({ month = 'unknown' }) => month))].sort()
  return (
    `${damaged.length} data keys are damaged (of ${months.slice(0, 24).join(', ')}), so the older version of keys/kek, which opens sound ` +
    'copies of them, stays. Name a copy with keys rotate --from-copy FILE, or, when there is none, keys rotate --give-up-damaged'
  )
}

const notOpened = 'the key service does not open the keys'

export function keepKeys(options: KeyKeeperOptions): KeyKeeper {
  const { keys, clock, rotateEveryDays, writeLine, leaseMs = keyLeaseMs } = options
  const problems = new Map<string, string>()
  let damaged: readonly DamagedKey[] = []
  let alerted = ''
  let looking: NodeJS.Timeout | undefined
  let renewing: NodeJS.Timeout | undefined
  let isClosed = false

  const hooksFor = (by: string): RotationHooks => ({
    tell: async ({ kind, version, note }) => {
      const facts = { about: 'keys/kek', version: String(version), reason: note }
      await options.log({ kind, facts, payload: JSON.stringify({ by }) })
    },
  })

  /** What fails here is tried again later: it is told, and stands in the status until it is done. */
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      problems.delete(what)
    } catch (error) {
      problems.set(what, `${what}: ${describeError(error)}`)
      if (!isClosed) writeLine({ level: 'warning', what, problem: describeError(error) })
    }
  }

  const destroyWaiting = (by: string): Promise<void> =>
    attempt('an old version of the key-encryption key is not destroyed yet', () =>
      keys.destroyRetired(hooksFor(by)),
    )

  const rotate = async (by: string, { soundCopy, givesUpDamaged }: HowRotated): Promise<void> => {
    await noteDamaged(by, await keys.rotate({ ...hooksFor(by), givesUpDamaged }, soundCopy), givesUpDamaged)
    await destroyWaiting(by)
  }

  /** Told once for as long as this runs, in the log and on standard error; the status shows it until it is over. */
  const noteDamaged = async (by: string, found: readonly DamagedKey[], areGivenUp = false): Promise<void> => {
    damaged = areGivenUp ? [] : found
    problems.delete(areDamaged)
    if (damaged.length > 0) problems.set(areDamaged, describeDamaged(damaged))
    const names = found.map(({ commitment }) => commitment).join()
    if (found.length === 0 || (names === alerted && !areGivenUp)) return
    const reason = areGivenUp ? 'damaged-keys-given-up' : 'keys-damaged'
    const version = String(keys.inventory().version)
    await options.log({
      kind: 'alert',
      facts: { about: 'keys/data-keys.db', version, reason, counts: { keys: found.length } },
      payload: JSON.stringify({ by, damaged: found.slice(0, shownDamaged) }),
    })
    alerted = names
    if (!areGivenUp) writeLine({ level: 'error', what: areDamaged, problem: describeDamaged(found) })
  }

  const nextRotationMs = (): number => keys.guard().madeAtMs + rotateEveryDays * dayMs

  const look = async (): Promise<void> => {
    const by = `every ${rotateEveryDays} days`
    await attempt('a rotation of the keys waits', async () => {
      const stopped = 'a rotation that was stopped'
      await noteDamaged(stopped, await keys.finishRotation(hooksFor(stopped)))
      if (clock.now() >= nextRotationMs()) await noteDamaged(by, await keys.rotate(hooksFor(by)))
      await keys.destroyRetired(hooksFor(by))
    })
    if (keys.guard().isRemote)
      await attempt('the key of keys is not sealed with the newest key of its guard', keys.catchUp)
  }

  // Asked again after a third of the time the keys may be used; once that fails, every thirtieth of it.
  const renewLater = (delayMs: number): void => {
    renewing = setTimeout(async () => {
      const wasOpen = keys.isOpen()
      await attempt(notOpened, () => keys.renew())
      if (isClosed) return
      if (!wasOpen && keys.isOpen())
        writeLine({ level: 'info', what: 'the key service opens the keys again' })
      renewLater(problems.has(notOpened) ? leaseMs / 30 : leaseMs / 3)
    }, delayMs).unref()
  }

  const status = (): KeyStatus => {
    const { name, isRemote, waiting } = keys.guard()
    return {
      ...keys.inventory(),
      guard: name,
      isOpen: keys.isOpen(),
      isRemote,
      nextRotationMs: nextRotationMs(),
      rotateEveryDays,
      notYetDestroyed: waiting,
      damaged: damaged.slice(0, shownDamaged),
      problems: [...problems.values()],
    }
  }

  return {
    start: async () => {
      await look()
      looking = setInterval(() => void look(), lookEveryMs).unref()
      if (keys.guard().isRemote) renewLater(leaseMs / 3)
    },
    rotate: async (by, how = {}) => {
      await rotate(by, how)
      return status()
    },
    status,
    isOpen: () => keys.isOpen(),
    close: () => {
      isClosed = true
      clearInterval(looking)
      clearTimeout(renewing)
    },
  }
}
