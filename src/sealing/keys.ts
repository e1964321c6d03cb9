/**
 * The keys texts are sealed with, in `keys/` of the data folder:
 *
 *     kek            the key that wraps all others, in versions, each sealed by its guard; 0600
 *     data-keys.db   aliases and wrapped data keys, one per person and month
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '#/core/clock.ts'
import { makeFolder } from '#/core/durable-file.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { DamagedKey, SealingKeys } from './api.ts'
import { DataKeys, recordsPerKey } from './data-keys.ts'
import type { KeyGuards } from './guards/api.ts'
import { unguarded } from './guards/nobody.ts'
import { Kek } from './kek.ts'
import { destroyRetired, finishRotation, type RotationHooks, rotate } from './rotate.ts'
import { KeyStore } from './store.ts'

export interface SealingKeysOptions {
  /** `keys/` of the data folder. */
  readonly folder: string
  readonly isReadOnly?: boolean
  /** Who guards the key-encryption key; nobody when left out. */
  readonly guards?: KeyGuards
  /** `keys.source` of the settings. */
  readonly source?: string
  readonly clock?: Clock
  /** For tests: records one data key may seal. */
  readonly recordsPerKey?: number
  /** For tests: how long what a remote guard opened may be used. */
  readonly leaseMs?: number
}

/** What is done to the keys as a whole, beside using them. */
export interface SealingKeysControl extends SealingKeys {
  /** The guard of the key-encryption key, and what it still has to destroy. */
  readonly guard: () => {
    readonly name: string
    readonly isRemote: boolean
    /** Of the newest version. */
    readonly madeAtMs: number
    readonly waiting: readonly number[]
  }
  /**
   * A new key-encryption key for all living data keys; one rotation at a time. `destroyRetired` ends it. Gives the keys that
   * are damaged, also in `soundCopy`, the path of a copy of data-keys.db: while there are some, the old version stays.
   */
  readonly rotate: (hooks: RotationHooks, soundCopy?: string) => Promise<readonly DamagedKey[]>
  /** Goes on with a rotation that was stopped, or waits for keys that are damaged, which it gives. */
  readonly finishRotation: (hooks: RotationHooks) => Promise<readonly DamagedKey[]>
  /** Has the guard destroy what opened the versions before. Rejects when it cannot now: ask again later. */
  readonly destroyRetired: (hooks: RotationHooks) => Promise<void>
  /** Seals the key-encryption key anew when its guard has a newer key by now. */
  readonly catchUp: () => Promise<void>
  /** Rejects when a file of the keys was removed or replaced: what is sealed from then on might never be opened again. */
  readonly assertInPlace: () => Promise<void>
  /** Asks a remote guard again; without it the keys close a minute after they were opened. */
  readonly renew: () => Promise<void>
}

/** Test 24 of the log's list: a key service that is down is noticed within a minute. */
export const keyLeaseMs = 60_000

/** Opens the keys, and makes those that are missing unless `isReadOnly`. */
export async function openSealingKeys(options: SealingKeysOptions): Promise<SealingKeysControl> {
  const { folder, isReadOnly = false, guards = unguarded, clock = systemClock } = options
  if (!isReadOnly) await makeFolder(folder)
  let store: KeyStore | undefined
  const openStore = (): KeyStore => {
    store ??= new KeyStore(join(folder, 'data-keys.db'), { isReadOnly })
    return store
  }
  try {
    const kek = await Kek.open(
      { path: join(folder, 'kek'), guards, isReadOnly, clock, leaseMs: options.leaseMs ?? keyLeaseMs },
      () => openStore().keks().length === 0,
    )
    if (!isReadOnly) assertSameAge(kek, openStore().keks())
    return compose(options, kek, openStore(), guards)
  } catch (error) {
    store?.close()
    throw error
  }
}

function compose(
  options: SealingKeysOptions,
  kek: Kek,
  store: KeyStore,
  { current }: KeyGuards,
): SealingKeysControl {
  const dataKeys = new DataKeys(store, kek.ring, options.recordsPerKey ?? recordsPerKey)
  const { run: oneAtATime } = createOneAtATime()
  return {
    sealing: (person, month) => dataKeys.sealing(person, month),
    hasKey: (person, month) => dataKeys.hasKey(person, month),
    prepare: (people, month) => dataKeys.prepare(people, month),
    opening: (commitment) => dataKeys.opening(commitment),
    personOf: (alias) => store.personOf(alias),
    aliasesOf: (person) => store.aliasesOf(person),
    destroy: async (scope, what = {}) => dataKeys.destroy(scope, what),
    inventory: () => {
      const { version, madeAtMs } = kek.newest
      return { source: options.source ?? 'file', version, madeAtMs, months: store.months() }
    },
    isOpen: () => kek.ring.isOpen,
    assertInPlace: async () => {
      store.assertInPlace()
      await access(join(options.folder, 'kek'))
    },
    close: () => store.close(),
    guard: () => ({
      name: kek.newest.by,
      madeAtMs: kek.newest.madeAtMs,
      isRemote: current.isRemote,
      waiting: kek.retired.map(({ version }) => version),
    }),
    rotate: (asked, path) =>
      oneAtATime(async () => {
        const soundCopy = path === undefined ? undefined : openCopy(path)
        const hooks = { ...asked, soundCopy }
        try {
          const before = await finishRotation(kek, dataKeys, hooks)
          const damaged = await rotate(kek, dataKeys, hooks)
          return hooks.givesUpDamaged === true ? [...before, ...damaged] : damaged
        } finally {
          soundCopy?.close()
        }
      }),
    finishRotation: (hooks) => oneAtATime(() => finishRotation(kek, dataKeys, hooks)),
    destroyRetired: (hooks) => oneAtATime(() => destroyRetired(kek, hooks)),
    catchUp: () => kek.catchUp(),
    renew: () => kek.renew(),
  }
}

function openCopy(path: string): KeyStore {
  try {
    const copy = new KeyStore(path, { isReadOnly: true })
    // The file is looked at only now.
    copy.findKey('')
    return copy
  } catch (cause) {
    const problem = 'it names no copy of data-keys.db that can be read'
    throw new Refusal('request-invalid', { field: '--from-copy', problem }, { cause })
  }
}

/** An older copy of one file beside the newer other: nothing in it would open, and sealing would fail later. */
function assertSameAge(kek: Kek, keks: readonly number[]): void {
  const lost = keks.filter((version) => !kek.ring.has(version))
  if (lost.length === 0) return
  throw new Error(
    `keys/data-keys.db holds keys that are wrapped under version ${lost.join(', ')} of keys/kek, which has version ${kek.newest.version}: ` +
      'one of the two is an older copy. Put back the newest of both; what was destroyed by a rotation opens nothing any more.',
  )
}
