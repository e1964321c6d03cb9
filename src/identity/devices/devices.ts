import { type Clock, withoutGoingBack } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import type { LeakedKey } from '../keys/end.ts'
import { hashOf } from '../keys/key-text.ts'
import type { People } from '../people.ts'
import { createRecent } from '../recent.ts'
import { createAccess } from './access.ts'
import type { Start } from './starts.ts'
import type { DeviceRecord, DeviceStore } from './store.ts'
import { isToken, newToken } from './token-text.ts'

/** Tools of one person; the one not used for longest is signed out when there are more. */
const maxPerPerson = 20

/** Altogether; a device takes about 2 KB with its access tokens. */
const maxDevices = 20_000

/**
 * How long a refresh token that was replaced is answered once more, with what replaced it: an answer may be lost on
 * the way, and two windows of one tool may refresh at the same moment. After that its use means that it was copied.
 */
export const againMs = 30_000
const keptAnswers = 5_000

/** Texts of one report that are looked at. */
const mostTexts = 1_000

const dayMs = 86_400_000

export interface Tokens {
  readonly access: string
  readonly accessEndsAt: number
  readonly refresh: string
}

/** Why a device ended: stands in the log. */
export type DeviceEnd =
  | 'signed-out'
  | 'revoked'
  | 'access-ended'
  | 'refresh-token-reused'
  | 'too-many-devices'
  | 'leaked'

export interface Devices {
  /** Who holds this access token; undefined when it has ended, or never was. */
  readonly find: (accessToken: string) => Caller | undefined
  /** By its id, for an exchange under way: the tool may refresh its token meanwhile, so the device counts. */
  readonly isLiving: (deviceId: string) => boolean
  /** Signs in the device somebody approved; undefined when their access ended meanwhile. */
  readonly begin: (start: Start, personId: string) => Promise<Tokens | undefined>
  /** Undefined when the token is not, or no longer, good for anything. */
  readonly refresh: (refreshToken: string) => Promise<Tokens | undefined>
  /** Ends what this access or refresh token belongs to; nothing when there is none. */
  readonly revoke: (token: string) => Promise<void>
  readonly end: (personId: string, deviceId: string) => Promise<void>
  /** Ends every device whose token stands among these texts, as a key that was seen somewhere is ended. */
  readonly reportLeaked: (texts: readonly string[], where: string) => Promise<readonly LeakedKey[]>
  /** Ends everything of a person whose access has ended. */
  readonly endAllOf: (personId: string) => Promise<void>
  /** The one used last comes first. */
  readonly listOf: (personId: string) => readonly DeviceRecord[]
  readonly onEnded: (listener: (deviceId: string) => void) => void
  /** Stores when devices were last used, and forgets those that have lived long enough. */
  readonly flush: () => Promise<void>
}

export interface DeviceServices {
  readonly store: DeviceStore
  readonly people: Pick<People, 'findCurrent'>
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly accessMinutes: number
  readonly deviceDays: number
}

/** All devices in memory, by what is stored of their tokens; ending one takes effect before it is stored. */
export async function openDevices(services: DeviceServices): Promise<Devices> {
  const { store, people } = services
  // A token that has ended must not work again because the clock was set back.
  const clock = withoutGoingBack(services.clock)
  // In the order last used.
  const living = new Map<string, DeviceRecord>()
  const byRefresh = new Map<string, string>()
  const access = createAccess(services.accessMinutes * 60_000, clock)
  const used = new Map<string, number>()
  // Ended here, but removing it from the store failed: `flush` tries again.
  const unfinished = new Set<string>()
  const listeners: ((deviceId: string) => void)[] = []
  const answers = createRecent<{ readonly deviceId: string; readonly tokens: Promise<Tokens | undefined> }>({
    entries: keptAnswers,
    keptMs: againMs,
    now: clock.now,
  })

  const keep = (device: DeviceRecord): void => {
    living.delete(device.id)
    living.set(device.id, device)
    byRefresh.set(device.refreshHash, device.id)
  }
  for (const device of await store.readDevices(clock.now())) keep(device)
  for (const record of await store.readAccess()) access.keep(record)

  /** Stops first and writes after: what cannot be written down must not keep a stolen token alive. */
  const endOne = async (device: DeviceRecord, reason: DeviceEnd, seenIn?: string): Promise<void> => {
    forget(device)
    for (const listener of listeners) listener(device.id)
    unfinished.add(device.id)
    await store.remove([device.id])
    unfinished.delete(device.id)
    await services.writeEntry({
      kind: reason === 'leaked' ? 'key-leaked' : 'sign-out',
      subject: device.personId,
      facts: {
        keyId: device.id,
        about: device.tool,
        reason: seenIn === undefined ? reason : `seen in: ${seenIn}`,
      },
    })
  }
  const forget = (device: DeviceRecord): void => {
    living.delete(device.id)
    byRefresh.delete(device.refreshHash)
    access.forgetAllOf(device.id)
    used.delete(device.id)
  }
  const hasAccess = (device: DeviceRecord): boolean =>
    device.expiresAt > clock.now() && people.findCurrent(device.personId) !== undefined

  const deviceOf = (text: string): DeviceRecord | undefined =>
    living.get((isToken(text, 'access') ? access.find(text) : byRefresh.get(hashOf(text))) ?? '')

  const begin: Devices['begin'] = async (start, personId) => {
    for (const device of surplus(living.values(), personId)) await endOne(device, 'too-many-devices')
    if (people.findCurrent(personId) === undefined) return undefined
    const now = clock.now()
    const refresh = newToken('refresh')
    const given = access.make(start.deviceId)
    const device: DeviceRecord = {
      id: start.deviceId,
      personId,
      tool: start.tool.kind,
      toolName: start.tool.name,
      machine: start.tool.machine,
      address: start.address,
      refreshHash: hashOf(refresh),
      createdAt: now,
      expiresAt: now + services.deviceDays * dayMs,
      usedAt: now,
    }
    // Kept before it is stored, so that what ends its person meanwhile ends it, too. Nobody has its tokens yet.
    keep(device)
    try {
      await store.insert(device, given.record)
    } catch (error) {
      forget(device)
      throw error
    }
    if (!living.has(device.id)) {
      unfinished.add(device.id)
      await store.remove([device.id])
      unfinished.delete(device.id)
      return undefined
    }
    access.keep(given.record)
    return { access: given.text, accessEndsAt: given.record.expiresAt, refresh }
  }

  const rotate = async (device: DeviceRecord): Promise<Tokens | undefined> => {
    const refresh = newToken('refresh')
    const refreshHash = hashOf(refresh)
    const given = access.make(device.id)
    const now = clock.now()
    await store.rotate({
      deviceId: device.id,
      formerHash: device.refreshHash,
      refreshHash,
      access: given.record,
      now,
    })
    // It may have ended while this was being stored; then nothing of it may come back.
    if (!living.has(device.id)) return undefined
    byRefresh.delete(device.refreshHash)
    keep({ ...device, refreshHash, usedAt: now })
    used.set(device.id, now)
    access.keep(given.record)
    return { access: given.text, accessEndsAt: given.record.expiresAt, refresh }
  }

  const refresh: Devices['refresh'] = async (text) => {
    if (!isToken(text, 'refresh')) return undefined
    const hash = hashOf(text)
    const again = answers.get(hash)
    if (again !== undefined) return living.has(again.deviceId) ? again.tokens : undefined
    const device = living.get(byRefresh.get(hash) ?? '')
    if (device === undefined) return refuseFormer(hash)
    if (!hasAccess(device)) {
      await endOne(device, 'access-ended')
      return undefined
    }
    const tokens = rotate(device)
    answers.set(hash, { deviceId: device.id, tokens })
    // What failed is not an answer to give again. The caller hears of it; here it only makes room.
    tokens.catch(() => answers.delete(hash))
    return tokens
  }

  /** Two hold what only one was given, and nobody can say who of them is which: neither goes on. */
  const refuseFormer = async (hash: string): Promise<undefined> => {
    const device = living.get((await store.findFormer(hash)) ?? '')
    if (device !== undefined) await endOne(device, 'refresh-token-reused')
  }

  return {
    begin,
    refresh,
    find: (text) => {
      const device = living.get((isToken(text, 'access') ? access.find(text) : undefined) ?? '')
      const person = device === undefined ? undefined : people.findCurrent(device.personId)
      if (device === undefined || person === undefined || device.expiresAt <= clock.now()) return undefined
      used.set(device.id, clock.now())
      return { person, keyId: device.id }
    },
    isLiving: (id) => (living.get(id)?.expiresAt ?? 0) > clock.now(),
    revoke: async (text) => {
      const device = deviceOf(text)
      if (device !== undefined) await endOne(device, 'revoked')
    },
    reportLeaked: async (texts, where) => {
      const found = new Set(texts.slice(0, mostTexts).flatMap((text) => deviceOf(text) ?? []))
      // All stop before the first is written.
      await Promise.all([...found].map((device) => endOne(device, 'leaked', where)))
      return [...found].map(({ id, personId, toolName }) => ({ keyId: id, personId, label: toolName, where }))
    },
    end: async (personId, deviceId) => {
      const device = living.get(deviceId)
      if (device?.personId !== personId) throw new Refusal('not-found', { what: 'device' })
      await endOne(device, 'signed-out')
    },
    endAllOf: async (personId) => {
      const theirs = [...living.values()].filter((device) => device.personId === personId)
      // All stop before the first is written.
      await Promise.all(theirs.map((device) => endOne(device, 'access-ended')))
    },
    listOf: (personId) =>
      [...living.values()]
        .filter((device) => device.personId === personId && device.expiresAt > clock.now())
        .map((device) => ({ ...device, usedAt: used.get(device.id) ?? device.usedAt }))
        .sort((one, other) => other.usedAt - one.usedAt),
    onEnded: (listener) => listeners.push(listener),
    flush: async () => {
      const now = clock.now()
      const over = [...living.values()].filter(({ expiresAt }) => expiresAt <= now)
      for (const device of over) {
        forget(device)
        for (const listener of listeners) listener(device.id)
        unfinished.add(device.id)
      }
      access.forgetOld()
      const gone = [...unfinished]
      await store.remove(gone)
      for (const id of gone) unfinished.delete(id)
      const batch = new Map(used)
      used.clear()
      for (const [id, usedAt] of batch) {
        const device = living.get(id)
        if (device !== undefined) keep({ ...device, usedAt })
      }
      try {
        await store.saveUsed(batch)
      } catch (error) {
        for (const [id, at] of batch) if (!used.has(id)) used.set(id, at)
        throw error
      }
    },
  }
}

/** What has to end so that one more fits; `devices` come in the order last used. */
function surplus(devices: Iterable<DeviceRecord>, personId: string): readonly DeviceRecord[] {
  const all = [...devices]
  const own = all.filter((device) => device.personId === personId)
  const [oldest] = all
  return [
    ...new Set([
      ...own.slice(0, Math.max(0, own.length - maxPerPerson + 1)),
      ...(all.length >= maxDevices && oldest !== undefined ? [oldest] : []),
    ]),
  ]
}
