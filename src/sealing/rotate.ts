/**
 * The order of a rotation. Whatever stops it, each step can be done again from what lies on disk, and at no
 * moment is a living data key wrapped under a version that is not in `keys/kek`:
 *
 *     1 added      the new version is durable beside the old one
 *     2 wrapped    living data keys are wrapped anew, some at a time, each time in one transaction
 *     3 told       `key-rotated` is in the log
 *     4 retired    the old version is out of `keys/kek`
 *     5 destroyed  its guard has destroyed what opened it
 *     6 closed     `key-destroyed` is in the log
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DataKeys } from './data-keys.ts'
import type { Kek } from './kek.ts'

export type RotationStep = 'added' | 'wrapped' | 'told' | 'retired' | 'destroyed' | 'closed'

export interface RotationHooks {
  /** Durable when it resolves. A rotation that is taken up again may tell the same twice. */
  readonly tell: (event: RotationEvent) => Promise<void>
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

export async function rotate(kek: Kek, dataKeys: DataKeys, hooks: RotationHooks): Promise<void> {
  await kek.addVersion()
  await hooks.after?.('added')
  await finishRotation(kek, dataKeys, hooks)
}

/** Steps 2 to 4, also of a rotation that was stopped; does nothing when there is none. */
export async function finishRotation(kek: Kek, dataKeys: DataKeys, hooks: RotationHooks): Promise<void> {
  if (!kek.isBetweenVersions) return
  for (let wrapped = wrappedAtOnce; wrapped === wrappedAtOnce; await nextTurn()) {
    wrapped = dataKeys.rewrap(wrappedAtOnce)
    await hooks.after?.('wrapped')
  }
  await hooks.tell({ kind: 'key-rotated', version: kek.newest.version, note: `guarded by ${kek.newest.by}` })
  await hooks.after?.('told')
  await kek.retireOthers()
  await hooks.after?.('retired')
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
