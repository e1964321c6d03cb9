/**
 * The order of a rotation. Whatever stops it, each step can be done again from what lies on disk, and at no
 * moment is a living data key wrapped under a version that is not in `keys/kek`:
 *
 *     1 added      the new version is durable beside the old one
 *     2 wrapped    living data keys are wrapped anew, some at a time, each time in one transaction; with one that is damaged
 *                  it stays at that: a sound copy of it, in a backup, opens with the old version alone
 *     3 told       `key-rotated` is in the log
 *     4 retired    the old version is out of `keys/kek`
 *     5 destroyed  its guard has destroyed what opened it
 *     6 closed     `key-destroyed` is in the log
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Refusal } from '#/core/refusal.ts'
import type { DamagedKey } from './api.ts'
import type { DataKeys } from './data-keys.ts'
import type { Kek } from './kek.ts'
import type { KeyStore } from './store.ts'

export type RotationStep = 'added' | 'wrapped' | 'told' | 'retired' | 'destroyed' | 'closed'

export interface RotationHooks {
  /** Durable when it resolves. A rotation that is taken up again may tell the same twice. */
  readonly tell: (event: RotationEvent) => Promise<void>
  /** Where sound copies of damaged keys may be found. */
  readonly soundCopy?: Pick<KeyStore, 'findKey'> | undefined
  /** Somebody says that no sound copy is left: damaged keys are forgotten, and the old version goes. */
  readonly givesUpDamaged?: boolean | undefined
  /** For tests: runs after each step is durable. */
  readonly after?: (step: RotationStep) => Promise<void> | void
}

export interface RotationEvent {
  readonly kind: 'key-rotated' | 'key-destroyed'
  /** The version that wraps from now on, or the one that is gone. */
  readonly version: number
  readonly note: string
}

// About five milliseconds of work: whoever waits for an answer meanwhile does not notice.
const wrappedAtOnce = 100

/**
 * Versions that stay because of damaged keys: with the rotation a month that settings begin with, half a year to find a copy.
 * Each is opened at every start, which with a passphrase takes a third of a second, and each opens older copies for longer.
 */
export const mostVersions = 6

/**
 * Gives the keys that are damaged; unless they are given up, the rotation is not over then. Call `finishRotation` before it.
 * Throws `Refusal('keys-damaged')`, with nothing done, when earlier rotations left `mostVersions` versions.
 */
export async function rotate(
  kek: Kek,
  dataKeys: DataKeys,
  hooks: RotationHooks,
): Promise<readonly DamagedKey[]> {
  if (kek.versions >= mostVersions) throw new Refusal('keys-damaged', { versions: kek.versions })
  await kek.addVersion()
  await hooks.after?.('added')
  return finishRotation(kek, dataKeys, hooks)
}

/** Gives damaged keys, also those it gave up. Steps 2 to 4, also of a rotation that was stopped; does nothing when there is none. */
export async function finishRotation(
  kek: Kek,
  dataKeys: DataKeys,
  hooks: RotationHooks,
): Promise<readonly DamagedKey[]> {
  if (!kek.isBetweenVersions) return []
  const damaged: DamagedKey[] = []
  for (let after: string | undefined = ''; after !== undefined; await nextTurn()) {
    const wrapped = dataKeys.rewrap(wrappedAtOnce, after, hooks.soundCopy)
    damaged.push(...wrapped.damaged)
    after = wrapped.next
    await hooks.after?.('wrapped')
  }
  if (damaged.length > 0 && hooks.givesUpDamaged !== true) return damaged
  dataKeys.forget(damaged)
  await hooks.tell({ kind: 'key-rotated', version: kek.newest.version, note: `guarded by ${kek.newest.by}` })
  await hooks.after?.('told')
  await kek.retireOthers()
  await hooks.after?.('retired')
  return damaged
}

/** Steps 5 and 6 for every version that waits for them. A guard that cannot be reached is asked another time. */
export async function destroyRetired(kek: Kek, hooks: RotationHooks): Promise<void> {
  for (const retired of kek.retired) {
    const note = await kek.destroyRetired(retired)
    await hooks.after?.('destroyed')
    await hooks.tell({ kind: 'key-destroyed', version: retired.version, note })
    await kek.forgetRetired(retired.version)
    await hooks.after?.('closed')
  }
}
