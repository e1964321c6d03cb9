import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { IdentityEntry } from '../entry.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople, type People } from '../people.ts'
import { createIdentityStore } from '../store.ts'
import { newFolder, removeFolder } from '../test-server.ts'
import { createKeyWith, type KeyRequest } from './control.ts'
import type { LeakedKey } from './end.ts'
import { triesPerMinute } from './guesses.ts'
import { newKeyText } from './key-text.ts'
import { type Keys, openKeys } from './keys.ts'
import type { KeyRecord } from './record.ts'
import { createKeyStore } from './store.ts'

/** Children, replacements, leaks and wrong keys: the room's keys on a real store, with a clock of the test's own. */

const dayMs = 86_400_000
const hourMs = 3_600_000
const start = Date.UTC(2026, 10, 25, 12)

let folder: string
let database: Database
let people: People
let keys: Keys
let now: number
let isLogBroken: boolean
let onEntry: (() => Promise<void>) | undefined
const entries: IdentityEntry[] = []
const ended: string[] = []
const alerts: string[] = []
const leaked: LeakedKey[] = []

before(async () => {
  folder = await newFolder()
})
after(() => removeFolder(folder))

const clock = { now: () => now, monotonic: () => now }
const writeEntry = async (entry: IdentityEntry): Promise<void> => {
  if (isLogBroken) throw new Error('the log is broken')
  entries.push(entry)
  const work = onEntry
  onEntry = undefined
  await work?.()
}

async function open(): Promise<void> {
  people = await openPeople({
    store: createIdentityStore(database),
    writeEntry,
    clock,
    issuers: new Set(['embedded']),
    owners: new Set(),
  })
  keys = await openKeys({
    store: createKeyStore(database),
    people,
    writeEntry,
    clock,
    policy: { defaultDays: 90, maxDays: 120, alertMachines: 3 },
    onTooManyTries: ({ machine, tries }) => alerts.push(`tries ${machine} ${tries}`),
    onManyMachines: ({ id }, machines) => alerts.push(`machines ${id} ${machines}`),
    onLeaked: (each) => leaked.push(each),
  })
  keys.onEnded((id) => ended.push(id))
}

beforeEach(async () => {
  now = start
  isLogBroken = false
  for (const list of [entries, ended, alerts, leaked]) list.length = 0
  database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  await open()
})
afterEach(() => database.close())

const create = (asked: Partial<KeyRequest> = {}) =>
  createKeyWith({ keys, people })({
    by: 'test',
    ...(asked.parent === undefined && asked.service === undefined ? { email: 'ada@example.com' } : {}),
    ...asked,
  })

const identify = (text: string, peer = '192.0.2.1') => keys.identify(text, peer)

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return (error as Refusal).code
  }
  return 'works'
}
const stateOf = (id: string) => keys.list().find((each) => each.id === id)

test('a key says nothing of how long: it lives ninety days, and never longer than the policy', async () => {
  assert.equal((await create()).expiresAtMs, start + 90 * dayMs)
  assert.equal((await create({ expiresInDays: 120 })).expiresAtMs, start + 120 * dayMs)
  await assert.rejects(create({ expiresInDays: 121 }), { code: 'request-invalid' })
})

test('a key may live for minutes, to the millisecond, and no longer than the policy either', async () => {
  assert.equal((await create({ expiresInMs: 90 * 60_000 })).expiresAtMs, start + 90 * 60_000)
  for (const expiresInMs of [0, 1.5, 120 * dayMs + 1])
    await assert.rejects(create({ expiresInMs }), { code: 'request-invalid' })
})

test('a key bound to networks is taken from there and nowhere else', async () => {
  const { key } = await create({ bounds: { networks: ['192.0.2.0/24', '2001:db8::/32'] } })
  assert.equal(
    codeOf(() => identify(key, '192.0.2.99')),
    'works',
  )
  assert.equal(
    codeOf(() => identify(key, '2001:db8::1')),
    'works',
  )
  for (const peer of ['198.51.100.1', '2001:db9::1', ''])
    assert.equal(
      codeOf(() => identify(key, peer)),
      'key-elsewhere',
      peer,
    )
})

test('a child has what its parent has and less, and its caller says so', async () => {
  const parent = await create({
    useCase: 'support',
    bounds: { offerings: ['west', 'east'], highestClass: 'internal' },
  })
  const child = await create({ parent: parent.id, bounds: { offerings: ['west'] } })
  const caller = identify(child.key)
  assert.equal(caller.useCase, 'support')
  assert.deepEqual(caller.bounds, { useCase: 'support', offerings: ['west'], highestClass: 'internal' })
  assert.equal(child.expiresAtMs, parent.expiresAtMs)
  assert.match(entries.at(-1)?.facts.reason ?? '', new RegExp(parent.id))
  await assert.rejects(create({ parent: parent.id, bounds: { offerings: ['north'] } }), {
    code: 'key-wider',
    facts: { bound: 'offerings' },
  })
  await assert.rejects(create({ parent: parent.id, expiresInDays: 91 }), {
    code: 'key-wider',
    facts: { bound: 'expiresInDays' },
  })
})

test('when a parent ends, its children and theirs end with it, at once and for good', async () => {
  const parent = await create()
  const child = await create({ parent: parent.id })
  const grandchild = await create({ parent: child.id })
  const stranger = await create()
  const revoking = keys.revoke({ id: parent.id, by: 'test', reason: '' })
  assert.deepEqual(ended, [parent.id, child.id, grandchild.id], 'before anything is on disk')
  for (const { key } of [parent, child, grandchild])
    assert.equal(
      codeOf(() => identify(key)),
      'key-revoked',
    )
  assert.equal(
    codeOf(() => identify(stranger.key)),
    'works',
  )
  await revoking
  assert.equal(entries.filter(({ kind }) => kind === 'key-revoked').length, 3)
  await open()
  assert.equal(
    codeOf(() => identify(grandchild.key)),
    'key-revoked',
  )
  await assert.rejects(create({ parent: parent.id }), { code: 'key-revoked' })
})

test('a parent that expires ends its children in the same second', async () => {
  const parent = await create({ expiresInDays: 1 })
  const child = await create({ parent: parent.id })
  now += dayMs
  keys.tellExpired()
  assert.deepEqual(new Set(ended), new Set([parent.id, child.id]))
  assert.equal(
    codeOf(() => identify(child.key)),
    'key-expired',
  )
})

test('a child whose parent is revoked while it is being made never works', async () => {
  const parent = await create()
  const making = create({ parent: parent.id })
  const revoking = keys.revoke({ id: parent.id, by: 'test', reason: '' })
  await assert.rejects(making, { code: 'key-revoked' })
  await revoking
  const other = await create()
  onEntry = () => keys.revoke({ id: other.id, by: 'test', reason: '' })
  await assert.rejects(create({ parent: other.id }), { code: 'key-revoked' })
  await open()
  assert.deepEqual(
    keys.list().filter(({ state }) => state === 'works'),
    [],
  )
})

test('families end somewhere: the sixth key below another is refused', async () => {
  let id = (await create()).id
  for (let depth = 1; depth < 5; depth++) id = (await create({ parent: id })).id
  await assert.rejects(create({ parent: id }), /5 keys one under the other/)
})

test('a replaced key works until its overlap ends, and what replaces it has the same bounds and children', async () => {
  const old = await create({ useCase: 'support', bounds: { requestsPerDay: 3 }, expiresInDays: 30 })
  const child = await create({ parent: old.id })
  keys.admit(old.id)
  now += 10 * dayMs
  keys.admit(old.id)
  const next = await keys.rotate({ id: old.id, overlapMs: 24 * hourMs, by: 'test' })
  assert.notEqual(next.key, old.key)
  assert.equal(next.expiresAtMs, now + 30 * dayMs, 'it lives as long as the old one was made for')
  assert.equal(identify(next.key).useCase, 'support')
  assert.equal(
    codeOf(() => identify(old.key)),
    'works',
  )
  assert.equal(stateOf(old.id)?.state, 'replaced')
  const entry = entries.at(-1)
  assert.deepEqual([entry?.kind, entry?.facts.keyId], ['key-replaced', next.id])
  keys.admit(next.id)
  keys.admit(child.id)
  assert.equal(
    codeOf(() => keys.admit(old.id)),
    'key-budget-spent',
    'both spend one budget',
  )
  now += 24 * hourMs
  keys.tellExpired()
  assert.ok(ended.includes(old.id))
  assert.equal(
    codeOf(() => identify(old.key)),
    'key-expired',
  )
  assert.equal(
    codeOf(() => identify(child.key)),
    'works',
  )
  await open()
  assert.equal(stateOf(child.id)?.parent, next.id)
  await keys.revoke({ id: next.id, by: 'test', reason: '' })
  assert.equal(
    codeOf(() => identify(child.key)),
    'key-revoked',
  )
})

test('without an overlap the old key ends at once; one that ended or was replaced is not replaced again', async () => {
  const old = await create()
  const next = await keys.rotate({ id: old.id, overlapMs: 0, by: 'test' })
  assert.deepEqual(ended, [old.id])
  assert.equal(
    codeOf(() => identify(old.key)),
    'key-expired',
  )
  await assert.rejects(keys.rotate({ id: old.id, overlapMs: 0, by: 'test' }), { code: 'key-over' })
  await keys.revoke({ id: next.id, by: 'test', reason: '' })
  await assert.rejects(keys.rotate({ id: next.id, overlapMs: 0, by: 'test' }), { code: 'key-over' })
  const other = await create()
  await assert.rejects(keys.rotate({ id: other.id, overlapMs: 31 * dayMs, by: 'test' }), {
    code: 'request-invalid',
  })
})

test('a key is replaced once, also when two ask at the same moment or its parent ends meanwhile', async () => {
  const old = await create()
  const rotate = (id: string) => keys.rotate({ id, overlapMs: hourMs, by: 'test' })
  const [one, other] = await Promise.allSettled([rotate(old.id), rotate(old.id)])
  assert.deepEqual([one.status, other.status].sort(), ['fulfilled', 'rejected'])
  const child = await create({ parent: one.status === 'fulfilled' ? one.value.id : '' })
  onEntry = () => keys.revoke({ id: stateOf(child.id)?.parent ?? '', by: 'test', reason: 'lost' })
  await assert.rejects(rotate(child.id), { code: 'key-over' })
  assert.deepEqual(
    keys.list().filter(({ state }) => state === 'works'),
    [],
  )
})

test('nobody makes keys in a loop: neither living ones nor ones that end at once', async () => {
  let { id } = await create()
  for (let made = 1; made < 200; made++) await create()
  await assert.rejects(create(), /200 keys that still work/)
  await assert.rejects(keys.rotate({ id, overlapMs: dayMs, by: 'test' }), /200 keys that still work/)
  for (const { id: each } of keys.list().slice(1)) await keys.revoke({ id: each, by: 'test', reason: '' })
  for (let made = 200; made < 1_000; made++) id = (await keys.rotate({ id, overlapMs: 0, by: 'test' })).id
  await assert.rejects(keys.rotate({ id, overlapMs: 0, by: 'test' }), /1000 keys were made within a day/)
  now += dayMs
  await create()
})

test('a key seen in a text ends before anything is written, its owner is told, and its children end too', async () => {
  const seen = await create({ label: 'laptop' })
  const child = await create({ parent: seen.id })
  const safe = await create()
  const reporting = keys.reportLeaked([seen.key, newKeyText(), 'sp_nothing', seen.key], 'tool-result')
  assert.equal(
    codeOf(() => identify(seen.key)),
    'key-revoked',
  )
  assert.equal((await reporting).length, 1)
  assert.equal(
    codeOf(() => identify(child.key)),
    'key-revoked',
  )
  assert.equal(
    codeOf(() => identify(safe.key)),
    'works',
  )
  const { person } = identify(safe.key)
  assert.deepEqual(leaked, [{ keyId: seen.id, personId: person.id, label: 'laptop', where: 'tool-result' }])
  const entry = entries.find(({ kind }) => kind === 'key-leaked')
  assert.deepEqual(entry?.facts, { keyId: seen.id, about: 'sallyport', reason: 'seen in: tool-result' })
  assert.equal(entry?.subject, person.id)
  assert.deepEqual(await keys.reportLeaked([seen.key], 'user'), [], 'once is enough')
  await open()
  assert.deepEqual([stateOf(seen.id)?.isLeaked, stateOf(child.id)?.isLeaked], [true, false])
  assert.doesNotMatch(JSON.stringify([entries, keys.list()]), new RegExp(seen.key.slice(3)))
})

test('what was made with the text of a leaked key ends with it, also when another key has taken its place', async () => {
  const old = await create()
  const makeWith = async (id: string) => {
    const parent = keys.find(id) as KeyRecord
    return keys.make({ holder: { parent }, bounds: {}, lifeMs: undefined, label: undefined, by: id })
  }
  const thiefs = await makeWith(old.id)
  const theirs = await makeWith(thiefs.id)
  const owners = await create({ parent: old.id })
  const fresh = await keys.rotate({ id: old.id, overlapMs: hourMs, by: 'test' })
  assert.equal((await keys.reportLeaked([old.key], 'a scan')).length, 1)
  for (const [made, code] of [
    [old, 'key-revoked'],
    [thiefs, 'key-revoked'],
    [theirs, 'key-revoked'],
    [owners, 'works'],
    [fresh, 'works'],
  ] as const)
    assert.equal(
      codeOf(() => identify(made.key)),
      code,
    )
  await open()
  assert.equal(stateOf(theirs.id)?.state, 'revoked')
})

test('a leaked key ends although the log is broken, and its entry is written once the log works', async () => {
  const { id, key } = await create()
  isLogBroken = true
  await assert.rejects(keys.reportLeaked([key], 'user'), /the log is broken/)
  assert.equal(
    codeOf(() => identify(key)),
    'key-revoked',
  )
  isLogBroken = false
  await keys.reportLeaked([key], 'user')
  assert.equal(entries.filter(({ kind, facts }) => kind === 'key-leaked' && facts.keyId === id).length, 1)
})

test('whoever has only the text of a key can revoke it', async () => {
  const { key } = await create()
  await keys.revoke({ id: key, by: 'test', reason: '' })
  assert.equal(
    codeOf(() => identify(key)),
    'key-revoked',
  )
})

test('keys that do not work are counted by address: then every answer is the same, and one alert is told', async () => {
  const works = await create()
  const revoked = await create()
  await keys.revoke({ id: revoked.id, by: 'test', reason: '' })
  const codes = Array.from({ length: 200 }, (_, at) =>
    codeOf(() => identify(at % 2 ? newKeyText() : revoked.key)),
  )
  assert.equal(codes.filter((code) => code !== 'too-many-wrong-keys').length, triesPerMinute)
  assert.deepEqual(alerts, [`tries 192.0.2.1 ${triesPerMinute + 1}`])
  assert.equal(
    codeOf(() => identify(works.key)),
    'works',
    'whoever shares the address is not held up',
  )
  now += 60_000
  assert.equal(
    codeOf(() => identify(newKeyText())),
    'key-unknown',
  )
})

test('one key from several machines is told of once an hour', async () => {
  const { id, key } = await create()
  for (let at = 1; at < 20; at++) identify(key, `192.0.2.${at}`)
  assert.deepEqual(alerts, [`machines ${id} 3`])
  assert.equal(stateOf(id)?.uses, 19)
  assert.equal(stateOf(id)?.machines[0]?.address, '192.0.2.19')
})

test('what a key was used for and has spent survives a restart', async () => {
  const { id, key } = await create({ bounds: { requestsPerDay: 2 } })
  identify(key)
  keys.admit(id)
  keys.admit(id)
  await keys.flush()
  await open()
  assert.equal(stateOf(id)?.uses, 1)
  assert.equal(stateOf(id)?.lastUsedAt, new Date(start).toISOString())
  assert.equal(
    codeOf(() => keys.admit(id)),
    'key-budget-spent',
  )
})

test('the key of a service is its owner’s, whoever that is now', async () => {
  const services = keys.services
  await services.save({ id: 'builds', label: 'Nightly builds', owner: 'ada@example.com', by: 'test' })
  const { id, key } = await create({ service: 'builds' })
  assert.equal(identify(key).person.email, 'ada@example.com')
  assert.deepEqual(identify(key).service, { id: 'builds', label: 'Nightly builds' })
  assert.equal(entries.at(-1)?.facts.service, 'builds')
  await services.save({ id: 'builds', label: undefined, owner: 'emil@example.com', by: 'test' })
  await open()
  assert.equal(identify(key).person.email, 'emil@example.com')
  assert.equal(stateOf(id)?.person.email, 'emil@example.com')
  await assert.rejects(create({ service: 'nothing' }), { code: 'not-found' })
  for (const wrong of ['Two Words', '', 'x'.repeat(64), '-a'])
    await assert.rejects(
      services.save({ id: wrong, label: undefined, owner: 'ada@example.com', by: 'test' }),
      {
        code: 'request-invalid',
      },
    )
})

test('a bound that means nothing here is refused, not kept', async () => {
  const wrong: readonly Record<string, unknown>[] = [
    { moneyPerDay: 5 },
    { networks: ['anywhere'] },
    { tokensPerDay: 0 },
  ]
  for (const bounds of wrong)
    await assert.rejects(create({ bounds: bounds as KeyBounds }), { code: 'request-invalid' })
})
