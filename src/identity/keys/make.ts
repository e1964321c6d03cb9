import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { Refusal } from '#/core/refusal.ts'
import type { WriteEntry } from '../entry.ts'
import type { MadeKey } from './api.ts'
import { type KeyBook, longestLine } from './book.ts'
import { narrow, withoutUndefined } from './bounds.ts'
import { hashOf, newKeyText } from './key-text.ts'
import { readPlain } from './plain.ts'
import type { KeyRecord } from './record.ts'
import type { KeyStore } from './store.ts'

const dayMs = 86_400_000

/** Keys of one person or service at a time; more is a program that makes keys in a loop. */
const maxLivingKeys = 200

/** Ended or not: each is an entry of the log and is known for a while. */
const maxKeysPerDay = 1_000

/** Of one workload, which gets a new one now and then for every copy of it that runs. */
const maxWorkloadKeys = 2_000

/** A key and what replaces it both work for no longer than this. */
export const longestOverlapMs = 30 * dayMs

export interface KeyPolicy {
  readonly defaultDays: number
  readonly maxDays: number
}

/** Whose the new key is, or which key it is made with. */
export type Holder =
  | { readonly personId: string; readonly serviceId: string | undefined }
  | { readonly parent: KeyRecord }

export interface KeyAsked {
  readonly holder: Holder
  readonly bounds: KeyBounds
  /** Undefined for the usual life: `defaultDays`, or as long as its parent when that is shorter. */
  readonly lifeMs: number | undefined
  readonly label: string | undefined
  /** What a platform proved of whoever gets it; `proof` is sealed with the entry. */
  readonly workload?: { readonly id: string; readonly proof: string } | undefined
  readonly by: string
}

export interface Maker {
  /** Throws `request-invalid`, `key-wider`, `key-revoked` and `key-expired` of the parent. */
  readonly make: (asked: KeyAsked) => Promise<MadeKey>
  /** Throws `key-over` for one that has ended or was replaced. */
  readonly rotate: (key: KeyRecord, overlapMs: number, by: string) => Promise<MadeKey>
}

export interface MakerParts {
  readonly book: KeyBook
  readonly store: KeyStore
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly policy: KeyPolicy
  /** Called with a key that ended just now, because another took its place at once. */
  readonly onReplaced: (keyId: string) => void
}

export function createMaker({ book, store, writeEntry, clock, policy, onReplaced }: MakerParts): Maker {
  const make: Maker['make'] = async (asked) => {
    const now = clock.now()
    // As it is now: it may have ended since whoever asked looked it up.
    const parent = 'parent' in asked.holder ? currentOf(asked.holder.parent, book) : undefined
    if (parent !== undefined) assertMayHaveChild(parent, book, now)
    const text = newKeyText()
    const id = `key_${randomId(16)}`
    const key: KeyRecord = {
      id,
      hash: hashOf(text),
      personId: parent?.personId ?? (asked.holder as { personId: string }).personId,
      serviceId: 'parent' in asked.holder ? asked.holder.parent.serviceId : asked.holder.serviceId,
      bounds: parent === undefined ? withoutUndefined(asked.bounds) : narrow(asked.bounds, parent.bounds),
      label: readPlain('label', asked.label, 200),
      parentId: parent?.id,
      budgetId: id,
      replacedBy: undefined,
      workload: asked.workload?.id ?? parent?.workload,
      createdBy: asked.by,
      createdAt: now,
      expiresAt: expiryOf(asked.lifeMs, parent, policy, now),
      revokedAt: undefined,
      revokedReason: undefined,
    }
    assertRoom(book, key, now)
    // Known before it is kept, so that whatever ends its parent meanwhile ends it, too. Nobody has its text yet.
    book.put(key)
    try {
      await writeEntry(
        asked.workload === undefined ? createdEntry(key, asked.by) : signInEntry(key, asked.workload),
      )
      await store.insertKey(key)
    } catch (error) {
      book.remove(key)
      throw error
    }
    await assertNotEnded(id)
    return { id, key: text, expiresAtMs: key.expiresAt }
  }

  /** What ended while it was being made was ended before its row was there. */
  const assertNotEnded = async (id: string): Promise<void> => {
    const { revokedAt } = book.find(id) as KeyRecord
    if (revokedAt === undefined) return
    await store.revokeKey(id, revokedAt, 'its parent', 'its parent ended')
    throw new Refusal('key-revoked', { revokedOn: dayOf(revokedAt) })
  }

  // One replacement at a time, or a key nobody sees behind the other would live on.
  const replacing = new Set<string>()
  const rotate: Maker['rotate'] = async (old, overlapMs, by) => {
    if (replacing.has(old.id)) throw new Refusal('key-over')
    replacing.add(old.id)
    try {
      return await replace(old, overlapMs, by)
    } finally {
      replacing.delete(old.id)
    }
  }
  const replace: Maker['rotate'] = async (old, overlapMs, by) => {
    const now = clock.now()
    if (book.endOf(old, now) !== undefined || old.replacedBy !== undefined || old.workload !== undefined)
      throw new Refusal('key-over')
    if (!Number.isInteger(overlapMs) || overlapMs < 0 || overlapMs > longestOverlapMs)
      throw new Refusal('request-invalid', { field: 'overlap', problem: 'it takes from nothing to 30 days' })
    const [, parent] = book.lineOf(old)
    const text = newKeyText()
    const lifeMs = Math.min(old.expiresAt - old.createdAt, policy.maxDays * dayMs)
    const key: KeyRecord = {
      ...old,
      id: `key_${randomId(16)}`,
      hash: hashOf(text),
      createdBy: by,
      createdAt: now,
      expiresAt: Math.min(now + lifeMs, parent?.expiresAt ?? Number.POSITIVE_INFINITY),
    }
    const until = Math.min(old.expiresAt, now + overlapMs)
    assertRoom(book, key, now)
    await writeEntry({
      kind: 'key-replaced',
      subject: old.personId,
      facts: {
        ...factsOf(key, by),
        reason: `in place of ${old.id}, which ends ${new Date(until).toISOString()}`,
      },
    })
    const replaced = { ...old, expiresAt: until, replacedBy: key.id }
    // It or its parent ended while the entry was written: then nothing takes its place.
    const current = book.find(old.id)
    if (current === undefined || book.endOf(current, now) !== undefined) throw new Refusal('key-over')
    book.put(key)
    try {
      await store.replaceKey(replaced, key)
    } catch (error) {
      book.remove(key)
      throw error
    }
    book.put({ ...(book.find(old.id) as KeyRecord), expiresAt: until, replacedBy: key.id })
    for (const child of book.childrenOf(old.id)) book.put({ ...child, parentId: key.id })
    if (until <= clock.now()) onReplaced(old.id)
    return { id: key.id, key: text, expiresAtMs: key.expiresAt }
  }

  return { make, rotate }
}

const factsOf = (key: KeyRecord, by: string) => ({
  keyId: key.id,
  about: by,
  ...(key.bounds.useCase === undefined ? {} : { useCase: key.bounds.useCase }),
  ...(key.serviceId === undefined ? {} : { service: key.serviceId }),
})

const createdEntry = (key: KeyRecord, by: string) =>
  ({
    kind: 'key-created',
    subject: key.personId,
    facts: {
      ...factsOf(key, by),
      ...(key.parentId === undefined ? {} : { reason: `made with ${key.parentId}` }),
    },
  }) as const

const signInEntry = (key: KeyRecord, { id, proof }: { readonly id: string; readonly proof: string }) =>
  ({
    kind: 'workload-sign-in',
    subject: key.personId,
    facts: factsOf(key, id),
    payload: proof,
  }) as const

function currentOf({ id }: KeyRecord, book: KeyBook): KeyRecord {
  const key = book.find(id)
  if (key === undefined) throw new Refusal('not-found', { what: 'key' })
  return key
}

function assertMayHaveChild(parent: KeyRecord, book: KeyBook, now: number): void {
  const end = book.endOf(parent, now)
  if (end?.why === 'revoked') throw new Refusal('key-revoked', { revokedOn: dayOf(end.at) })
  if (end?.why === 'expired') throw new Refusal('key-expired', { endedOn: dayOf(end.at) })
  if (book.lineOf(parent).length < longestLine) return
  throw new Refusal('request-invalid', {
    field: 'parent',
    problem: `${longestLine} keys one under the other are the most; use the key above it`,
  })
}

/** It never outlives what it is made with: asked for longer it is refused, asked for nothing it is as long as can be. */
function expiryOf(
  lifeMs: number | undefined,
  parent: KeyRecord | undefined,
  { defaultDays, maxDays }: KeyPolicy,
  now: number,
): number {
  const end = parent?.expiresAt ?? Number.POSITIVE_INFINITY
  if (lifeMs === undefined) return Math.min(now + defaultDays * dayMs, end)
  if (!Number.isInteger(lifeMs) || lifeMs < 1 || lifeMs > maxDays * dayMs) {
    throw new Refusal('request-invalid', {
      field: 'expiresInDays',
      problem: `it must be a whole number of days from 1 to ${maxDays}`,
    })
  }
  if (now + lifeMs > end) throw new Refusal('key-wider', { bound: 'expiresInDays' })
  return now + lifeMs
}

function assertRoom(book: KeyBook, key: KeyRecord, now: number): void {
  const most = key.workload === undefined ? maxLivingKeys : maxWorkloadKeys
  let living = 0
  let recent = 0
  for (const other of book.all()) {
    const isSame =
      key.workload !== undefined
        ? other.workload === key.workload
        : other.workload === undefined && other.personId === key.personId && other.serviceId === key.serviceId
    if (isSame && other.revokedAt === undefined && other.expiresAt > now) living++
    if (isSame && other.createdAt > now - dayMs) recent++
  }
  if (key.workload === undefined && recent >= maxKeysPerDay)
    throw new Refusal('request-invalid', {
      field: 'label',
      problem: `${maxKeysPerDay} keys were made within a day; make the next one tomorrow`,
    })
  if (living < most) return
  const who = key.serviceId === undefined ? 'this person' : 'this service'
  throw new Refusal('request-invalid', {
    field: key.serviceId === undefined ? 'email' : 'service',
    problem: `${who} has ${most} keys that still work; revoke one first`,
  })
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
