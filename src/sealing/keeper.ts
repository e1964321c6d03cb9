/** Looks after the key-encryption key while Sallyport runs: renews it, rotates it in time, and tells the log. */
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { KeyStatus } from './api.ts'
import { keyLeaseMs, type SealingKeysControl } from './keys.ts'
import type { RotationEvent, RotationHooks } from './rotate.ts'

/** What the log is told. No key, and nobody's name outside the sealed part. */
export interface KeyEntry {
  readonly kind: RotationEvent['kind']
  readonly facts: { readonly about: string; readonly version: string; readonly reason: string }
  /** Sealed: who asked. */
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

export interface KeyKeeper {
  /** Ends what an earlier process left undone, and looks after the keys until `close`. */
  readonly start: () => Promise<void>
  /** Resolves once the new version serves and the old one is out of `keys/kek`. */
  readonly rotate: (by: string) => Promise<KeyStatus>
  readonly status: () => KeyStatus
  readonly isOpen: () => boolean
  readonly close: () => void
}

const dayMs = 86_400_000
/** Rotations are due in days, and a guard that refused is asked again. */
const lookEveryMs = 3_600_000

const notOpened = 'the key service does not open the keys'

export function keepKeys(options: KeyKeeperOptions): KeyKeeper {
  const { keys, clock, rotateEveryDays, writeLine, leaseMs = keyLeaseMs } = options
  const problems = new Map<string, string>()
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

  const rotate = async (by: string): Promise<void> => {
    await keys.rotate(hooksFor(by))
    await destroyWaiting(by)
  }

  const nextRotationMs = (): number => keys.guard().madeAtMs + rotateEveryDays * dayMs

  const look = async (): Promise<void> => {
    const by = `every ${rotateEveryDays} days`
    await attempt('a rotation of the keys waits', async () => {
      await keys.finishRotation(hooksFor('a rotation that was stopped'))
      if (clock.now() >= nextRotationMs()) await keys.rotate(hooksFor(by))
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
      problems: [...problems.values()],
    }
  }

  return {
    start: async () => {
      await look()
      looking = setInterval(() => void look(), lookEveryMs).unref()
      if (keys.guard().isRemote) renewLater(leaseMs / 3)
    },
    rotate: async (by) => {
      await rotate(by)
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
