import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { WriteEntry } from '../entry.ts'
import type { KeyBook } from './book.ts'
import { hashOf, isKeyText } from './key-text.ts'
import { readPlain } from './plain.ts'
import type { KeyRecord } from './record.ts'
import type { KeyStore } from './store.ts'

/** Where a text of ours was seen that should be nowhere: a channel of an exchange, a draft, a scan, or what somebody sent in. */
export type LeakPlace = string

export interface LeakedKey {
  readonly keyId: string
  /** Whose key it was. */
  readonly personId: string
  readonly label: string | undefined
  readonly where: LeakPlace
}

/** Texts looked at in one report; a text with more is somebody's list. */
const mostTexts = 1_000

export interface Ender {
  /** By id, or by the text of the key. Throws `not-found`. */
  readonly revoke: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: string
  }) => Promise<void>
  /**
   * Revokes every key of ours that stands in `texts`, before this returns; resolves with them once that is on disk.
   * Whoever has the text of a key may end it: it is no secret any more.
   */
  readonly reportLeaked: (texts: readonly string[], where: LeakPlace) => Promise<readonly LeakedKey[]>
  /** Tells about keys that expired since the last time. */
  readonly tellExpired: () => void
  readonly onEnded: (listener: (keyId: string) => void) => void
  readonly tellEnded: (keyId: string) => void
}

export interface EnderParts {
  readonly book: KeyBook
  readonly store: KeyStore
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  /** Told whose key was seen where; the key has ended then. */
  readonly onLeaked: (leaked: LeakedKey) => void
}

export function createEnder({ book, store, writeEntry, clock, onLeaked }: EnderParts): Ender {
  const listeners: ((keyId: string) => void)[] = []
  // Revoked here, but storing or logging it failed: asking again must finish it.
  const unfinished = new Set<string>()
  let expiredUntil = clock.now()

  const tellEnded = (keyId: string): void => {
    for (const listener of listeners) listener(keyId)
  }

  /** In memory, at once: an entry that cannot be written must not keep a leaked key alive. */
  const stop = (key: KeyRecord, reason: string): KeyRecord => {
    const ended = {
      ...key,
      revokedAt: key.revokedAt ?? clock.now(),
      revokedReason: key.revokedReason ?? reason,
    }
    book.put(ended)
    unfinished.add(key.id)
    tellEnded(key.id)
    return ended
  }
  /** A key and all below it. */
  const stopAll = (
    key: KeyRecord,
    reason: string,
    below: readonly KeyRecord[] = book.descendantsOf(key.id),
  ): readonly KeyRecord[] => [
    stop(key, reason),
    ...below
      .filter(({ id, revokedAt }) => revokedAt === undefined || unfinished.has(id))
      .map((child) => stop(child, `it was made with ${key.id}, which ended`)),
  ]
  const keep = async (ended: readonly KeyRecord[], by: string, leakedAt?: LeakPlace): Promise<void> => {
    for (const [index, { id, personId, serviceId, revokedAt, revokedReason = '' }] of ended.entries()) {
      await store.revokeKey(id, revokedAt as number, by, revokedReason)
      const isLeaked = index === 0 && leakedAt !== undefined
      await writeEntry({
        kind: isLeaked ? 'key-leaked' : 'key-revoked',
        subject: personId,
        facts: {
          keyId: id,
          about: by,
          ...(serviceId === undefined ? {} : { service: serviceId }),
          ...(isLeaked ? { reason: `seen in: ${leakedAt}` } : {}),
        },
      })
      unfinished.delete(id)
    }
  }

  return {
    revoke: async ({ id, by, reason }) => {
      const key = isKeyText(id) ? book.findByHash(hashOf(id)) : book.find(id)
      if (key === undefined) throw new Refusal('not-found', { what: 'key' })
      const said = readPlain('reason', reason, 500) ?? ''
      if (key.revokedAt !== undefined && !unfinished.has(key.id)) return
      await keep(stopAll(key, said), by)
    },
    reportLeaked: async (texts, where) => {
      const hashes = new Set(texts.slice(0, mostTexts).filter(isKeyText).map(hashOf))
      const leaked = [...hashes].flatMap((hash) => {
        const key = book.findByHash(hash)
        const isOver = key === undefined || (key.revokedAt !== undefined && !unfinished.has(key.id))
        return isOver ? [] : [{ key, ended: stopAll(key, `${leakedMark}${where}`, book.madeWith(key.id)) }]
      })
      const told = leaked.map(({ key: { id, personId, label } }) => ({ keyId: id, personId, label, where }))
      for (const [index, { ended }] of leaked.entries()) {
        await keep(ended, 'sallyport', where)
        onLeaked(told[index] as LeakedKey)
      }
      return told
    },
    tellExpired: () => {
      const now = clock.now()
      for (const { id, revokedAt, expiresAt } of book.all())
        if (revokedAt === undefined && expiresAt > expiredUntil && expiresAt <= now) {
          tellEnded(id)
          for (const child of book.descendantsOf(id)) tellEnded(child.id)
        }
      expiredUntil = now
    },
    onEnded: (listener) => listeners.push(listener),
    tellEnded,
  }
}

const leakedMark = 'seen in: '

export const isLeaked = ({ revokedReason = '' }: KeyRecord): boolean => revokedReason.startsWith(leakedMark)
