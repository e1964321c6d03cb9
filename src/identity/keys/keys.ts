import { type Clock, withoutGoingBack } from '#/core/clock.ts'
import { holdsAddress, type Network, networksOf } from '#/core/network.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller, Person } from '#/core/role.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { KeyView } from './api.ts'
import { KeyBook } from './book.ts'
import { createBudgets, dayNumber } from './budgets.ts'
import { createEnder, type Ender, isLeaked, type LeakedKey } from './end.ts'
import { createGuesses, type TooManyTries } from './guesses.ts'
import { hashOf, newKeyText } from './key-text.ts'
import { createMaker, dayOf, type KeyPolicy, type Maker } from './make.ts'
import type { KeyRecord } from './record.ts'
import { openServices, type Services } from './services.ts'
import type { KeyStore } from './store.ts'
import { createUses } from './uses.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Ended keys are known this long, so that their users read "expired" and not "unknown". */
const endedKeptMs = 90 * dayMs
/** Those of workloads live for minutes and are many. */
const endedWorkloadKeptMs = hourMs

export interface Keys
  extends Pick<Ender, 'revoke' | 'reportLeaked' | 'onEnded' | 'tellExpired'>,
    Pick<Maker, 'make'> {
  /**
   * Who holds this key. Throws `key-unknown`, `key-expired`, `key-revoked`, `key-elsewhere`, and `too-many-wrong-keys`
   * instead of any of them.
   */
  readonly identify: (text: string, peer: string) => Caller
  /** Counts one refused try of this address; true when it had its share. */
  readonly isTooMany: (peer: string) => boolean
  readonly rotate: (asked: {
    readonly id: string
    readonly overlapMs: number
    readonly by: string
  }) => ReturnType<Maker['rotate']>
  readonly find: (id: string) => KeyRecord | undefined
  /** For an exchange under way. */
  readonly isLiving: (id: string) => boolean
  readonly list: () => readonly KeyView[]
  readonly services: Services
  /** Whose a key is now. */
  readonly ownerOf: (key: Pick<KeyRecord, 'personId' | 'serviceId'>) => string
  /** Counts an exchange. Throws `key-rate-reached` and `key-budget-spent`. */
  readonly admit: (keyId: string) => void
  readonly spend: (keyId: string, tokens: number) => void
  /** Stores what keys were used for, and forgets those that ended long ago. */
  readonly flush: () => Promise<void>
}

export interface KeyServices {
  readonly store: KeyStore
  readonly people: People
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly policy: KeyPolicy & { readonly alertMachines: number }
  readonly onTooManyTries: (told: TooManyTries) => void
  readonly onManyMachines: (key: KeyRecord, machines: number) => void
  readonly onLeaked: (leaked: LeakedKey) => void
}

export async function openKeys(parts: KeyServices): Promise<Keys> {
  const { store, people, clock, policy, onManyMachines } = parts
  const now = clock.now
  // A key that has ended must not work again because the clock was set back. Limits of a minute or a day follow the clock.
  const endNow = withoutGoingBack(clock).now
  const stored = await store.readKeys(now() - endedKeptMs)
  const book = new KeyBook(stored.map(({ key }) => key))
  const uses = createUses({
    now,
    stored: stored.map(({ key, use }) => [key.id, use]),
    alertMachines: policy.alertMachines,
    onManyMachines: (keyId, machines) => onManyMachines(book.find(keyId) as KeyRecord, machines),
  })
  const budgets = createBudgets(now, await store.readSpent(dayNumber(now())))
  const guesses = createGuesses(now, parts.onTooManyTries)
  const services = await openServices(parts)
  const ender = createEnder({ ...parts, book })
  const { make, rotate } = createMaker({ ...parts, book, onReplaced: ender.tellEnded })

  const ownerOf: Keys['ownerOf'] = ({ personId, serviceId }) =>
    (serviceId === undefined ? undefined : services.find(serviceId)?.ownerId) ?? personId
  const lineOf = (keyId: string): readonly KeyRecord[] => {
    const key = book.find(keyId)
    return key === undefined ? [] : book.lineOf(key)
  }
  // Reading an address costs more than all the rest, and a key mostly comes from where it came from before.
  const near = new WeakMap<
    KeyRecord,
    {
      readonly networks: readonly Network[]
      readonly peer: string
      readonly isNear: boolean
    }
  >()
  const isFrom = (key: KeyRecord, peer: string): boolean => {
    if (key.bounds.networks === undefined) return true
    const known = near.get(key)
    if (known?.peer === peer) return known.isNear
    const networks = known?.networks ?? networksOf(key.bounds.networks)
    const isNear = networks.some((network) => holdsAddress(network, peer))
    near.set(key, { networks, peer, isNear })
    return isNear
  }
  /**
   * What is wrong with a key, by the same steps for one that nobody has (then `key` stands in for it) and for one that
   * ended: how long it takes says nothing. Whoever tries many is answered the same whatever it is; before that the
   * answer itself says what it was.
   */
  const assertWorks: AssertWorks = (key, difference, ownerId, person, peer) => {
    const end = book.endOf(key, endNow())
    const isNear = isFrom(key, peer)
    // Without a branch between: which of them it was would show in what the processor had guessed.
    const wrong = difference | Number(person === undefined) | Number(end !== undefined) | Number(!isNear)
    if (wrong === 0) return
    if (guesses.isTooMany(peer)) throw new Refusal('too-many-wrong-keys')
    if (difference !== 0) throw new Refusal('key-unknown')
    if (people.isEnded(ownerId)) throw new Refusal('account-ended')
    if (person === undefined) throw new Refusal('key-unknown')
    if (end?.why === 'revoked') throw new Refusal('key-revoked', { revokedOn: dayOf(end.at) })
    if (end?.why === 'expired') throw new Refusal('key-expired', { endedOn: dayOf(end.at) })
    throw new Refusal('key-elsewhere', { bound: 'networks' })
  }

  return {
    ...ender,
    make,
    services,
    ownerOf,
    isTooMany: guesses.isTooMany,
    find: (id) => book.find(id),
    isLiving: (id) => {
      const key = book.find(id)
      return key !== undefined && book.endOf(key, endNow()) === undefined
    },
    identify: (text, peer) => {
      const { key = nobodys, difference } = book.lookUp(hashOf(text.length > longestText ? noKeyText : text))
      const ownerId = ownerOf(key)
      const person = people.findCurrent(ownerId)
      assertWorks(key, difference, ownerId, person, peer)
      uses.note(key.id, peer)
      return callerOf(key, person, services)
    },
    rotate: async ({ id, overlapMs, by }) => {
      const key = book.find(id)
      if (key === undefined) throw new Refusal('not-found', { what: 'key' })
      return rotate(key, overlapMs, by)
    },
    list: () => {
      const at = now()
      return [...book.all()].map((key): KeyView => {
        const { lastUsedAt, uses: count, machines } = uses.of(key.id)
        const owner = people.find(ownerOf(key))
        const service = key.serviceId === undefined ? undefined : services.find(key.serviceId)
        const end = book.endOf(key, at)
        return {
          id: key.id,
          label: key.label ?? null,
          person: { id: ownerOf(key), email: owner?.email ?? '' },
          service: service === undefined ? null : { id: service.id, label: service.label },
          bounds: key.bounds,
          parent: key.parentId ?? null,
          workload: key.workload ?? null,
          createdBy: key.createdBy,
          createdAt: isoOf(key.createdAt),
          expiresAt: isoOf(Math.min(...book.lineOf(key).map(({ expiresAt }) => expiresAt))),
          state: end?.why ?? (key.replacedBy === undefined ? 'works' : 'replaced'),
          endedWhy: key.revokedReason ?? null,
          isLeaked: isLeaked(key),
          replacedBy: key.replacedBy ?? null,
          lastUsedAt: lastUsedAt === undefined ? null : isoOf(lastUsedAt),
          uses: count,
          machines: machines.map(([address, seenAt]) => ({ address, at: isoOf(seenAt) })).reverse(),
        }
      })
    },
    admit: (keyId) => budgets.admit(lineOf(keyId)),
    spend: (keyId, tokens) => budgets.spend(lineOf(keyId), tokens),
    flush: async () => {
      ender.tellExpired()
      const used = uses.take()
      const spent = budgets.take()
      try {
        await store.saveUsed(used)
        await store.saveSpent(spent)
      } catch (error) {
        uses.putBack(used)
        budgets.putBack(spent)
        throw error
      }
      const gone = [...book.all()].filter((key) => isLongOver(key, now()))
      for (const key of gone) {
        book.remove(key)
        uses.forget(key.id)
      }
      await store.deleteKeys(gone.flatMap(({ id, workload }) => (workload === undefined ? [] : [id])))
    },
  }
}

type AssertWorks = (
  key: KeyRecord,
  difference: number,
  ownerId: string,
  person: Person | undefined,
  peer: string,
) => asserts person is Person

/** Stands in while there is no key at all. */
const nobodys: KeyRecord = {
  id: '',
  hash: '',
  personId: '',
  serviceId: undefined,
  bounds: {},
  label: undefined,
  parentId: undefined,
  budgetId: '',
  replacedBy: undefined,
  workload: undefined,
  createdBy: '',
  createdAt: 0,
  expiresAt: Number.POSITIVE_INFINITY,
  revokedAt: undefined,
  revokedReason: undefined,
}

/** What is longer is no key of ours, and is not hashed to find that out. */
const longestText = 100

/** Hashed instead of it. Nobody was ever given this one. */
const noKeyText = newKeyText()

const isLongOver = ({ workload, revokedAt, expiresAt }: KeyRecord, now: number): boolean =>
  (revokedAt ?? expiresAt) <= now - (workload === undefined ? endedKeptMs : endedWorkloadKeptMs)

function callerOf({ id, bounds, serviceId }: KeyRecord, person: Person, services: Services): Caller {
  const service = serviceId === undefined ? undefined : services.find(serviceId)
  return {
    person,
    keyId: id,
    ...(bounds.useCase === undefined ? {} : { useCase: bounds.useCase }),
    ...(hasMore(bounds) ? { bounds } : {}),
    ...(service === undefined ? {} : { service: { id: service.id, label: service.label } }),
  }
}

const hasMore = ({ highestClass, offerings }: KeyRecord['bounds']): boolean =>
  highestClass !== undefined || offerings !== undefined

const isoOf = (ms: number): string => new Date(ms).toISOString()
