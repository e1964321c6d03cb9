import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import type { Identity, NewKey } from '../api.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { KeyRecord } from '../records.ts'
import type { IdentityStore } from '../store.ts'
import { hashOf, isKeyText, newKeyText } from './key-text.ts'

/** A key always ends. Ninety days is the longest a leaked key should live unnoticed; a year is for machines far away. */
export const keyLifeDays = { default: 90, highest: 365 }

const dayMs = 86_400_000

/** Ended keys are known this long, so that their users read "expired" and not "unknown". */
const endedKeptMs = 90 * dayMs

/** Keys of one person at a time; more is a program that makes keys in a loop. */
const maxLivingKeys = 200

export interface Keys {
  /** Who holds this key. Throws `key-unknown`, `key-expired` and `key-revoked`. */
  readonly identify: (text: string) => Caller
  /** By its id, for an exchange under way. */
  readonly isLiving: (id: string) => boolean
  readonly create: Identity['createKey']
  readonly revoke: Identity['revokeKey']
  readonly onEnded: (listener: (keyId: string) => void) => void
  /** Stores when keys were last used, and tells about keys that expired since. */
  readonly flush: () => Promise<void>
}

export interface KeyServices {
  readonly store: IdentityStore
  readonly people: People
  readonly writeEntry: WriteEntry
  readonly clock: Clock
}

/**
 * All keys in memory, by their hash: an exchange costs one SHA-256 and one look-up. Comparing in constant time is
 * not needed: what an attacker could time is the look-up of a hash, and nobody can aim a hash.
 */
export async function openKeys({ store, people, writeEntry, clock }: KeyServices): Promise<Keys> {
  const byHash = new Map<string, KeyRecord>()
  const hashById = new Map<string, string>()
  const used = new Map<string, number>()
  const listeners: ((keyId: string) => void)[] = []
  // Revoked here, but storing or logging it failed: asking again must finish it.
  const unfinished = new Set<string>()
  let expiredUntil = clock.now()
  const keep = (key: KeyRecord): void => {
    byHash.set(key.hash, key)
    hashById.set(key.id, key.hash)
  }
  for (const key of await store.readKeys(clock.now() - endedKeptMs)) keep(key)

  const isLiving = (id: string): boolean => {
    const key = byHash.get(hashById.get(id) ?? '')
    return key !== undefined && key.revokedAt === undefined && key.expiresAt > clock.now()
  }

  const identify = (text: string): Caller => {
    const key = isKeyText(text) ? byHash.get(hashOf(text)) : undefined
    const person = key === undefined ? undefined : people.findCurrent(key.personId)
    if (key !== undefined && people.isEnded(key.personId)) throw new Refusal('account-ended')
    if (key === undefined || person === undefined) throw new Refusal('key-unknown')
    const now = clock.now()
    if (key.revokedAt !== undefined) throw new Refusal('key-revoked', { revokedOn: dayOf(key.revokedAt) })
    if (key.expiresAt <= now) throw new Refusal('key-expired', { endedOn: dayOf(key.expiresAt) })
    used.set(key.id, now)
    return key.useCase === undefined
      ? { person, keyId: key.id }
      : { person, keyId: key.id, useCase: key.useCase }
  }

  const create: Keys['create'] = async (asked): Promise<NewKey> => {
    const now = clock.now()
    const expiresAtMs = now + readDays(asked.expiresInDays) * dayMs
    const person = await people.findOrInvite(asked.email)
    assertRoom(byHash.values(), person.id, now)
    const text = newKeyText()
    const key: KeyRecord = {
      id: `key_${randomId(16)}`,
      hash: hashOf(text),
      personId: person.id,
      useCase: readPlain('useCase', asked.useCase, 100),
      label: readPlain('label', asked.label, 200),
      createdBy: asked.by,
      createdAt: now,
      expiresAt: expiresAtMs,
      revokedAt: undefined,
      lastUsedAt: undefined,
    }
    await writeEntry({
      kind: 'key-created',
      subject: person.id,
      facts: {
        keyId: key.id,
        about: asked.by,
        ...(key.useCase === undefined ? {} : { useCase: key.useCase }),
      },
    })
    await store.insertKey(key)
    keep(key)
    return { id: key.id, key: text, expiresAtMs }
  }

  /** Stops first and writes after: an entry that cannot be written must not keep a leaked key alive. */
  const revoke: Keys['revoke'] = async ({ id, by, reason }) => {
    const key = byHash.values().find((each) => each.id === id)
    if (key === undefined) throw new Refusal('not-found', { what: 'key' })
    if (key.revokedAt !== undefined && !unfinished.has(id)) return
    const said = readPlain('reason', reason, 500) ?? ''
    const revokedAt = key.revokedAt ?? clock.now()
    byHash.set(key.hash, { ...key, revokedAt })
    unfinished.add(id)
    for (const listener of listeners) listener(id)
    await store.revokeKey(id, revokedAt, by, said)
    await writeEntry({ kind: 'key-revoked', subject: key.personId, facts: { keyId: id, about: by } })
    unfinished.delete(id)
  }

  const flush = async (): Promise<void> => {
    const now = clock.now()
    for (const key of byHash.values()) {
      const justExpired = key.revokedAt === undefined && key.expiresAt > expiredUntil && key.expiresAt <= now
      if (justExpired) for (const listener of listeners) listener(key.id)
    }
    expiredUntil = now
    const batch = new Map(used)
    used.clear()
    try {
      await store.saveUsed(batch)
    } catch (error) {
      for (const [id, at] of batch) if (!used.has(id)) used.set(id, at)
      throw error
    }
  }

  return { identify, isLiving, create, revoke, flush, onEnded: (listener) => listeners.push(listener) }
}

function readDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= keyLifeDays.highest) return days
  throw new Refusal('request-invalid', {
    field: 'expiresInDays',
    problem: `it must be a whole number of days from 1 to ${keyLifeDays.highest}`,
  })
}

function readPlain(field: string, text: string | undefined, maxLength: number): string | undefined {
  if (text === undefined) return undefined
  if (text.length <= maxLength && !/\p{Cc}/u.test(text)) return text
  throw new Refusal('request-invalid', {
    field,
    problem: `it must be one line of at most ${maxLength} characters`,
  })
}

function assertRoom(keys: Iterable<KeyRecord>, personId: string, now: number): void {
  let living = 0
  for (const key of keys) {
    if (key.personId === personId && key.revokedAt === undefined && key.expiresAt > now) living++
  }
  if (living < maxLivingKeys) return
  throw new Refusal('request-invalid', {
    field: 'email',
    problem: `this person has ${maxLivingKeys} keys that still work; revoke one first`,
  })
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
