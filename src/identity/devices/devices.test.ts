import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { IdentityEntry } from '../entry.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople, type People } from '../people.ts'
import { createIdentityStore } from '../store.ts'
import { againMs, type Devices, openDevices, type Tokens } from './devices.ts'
import type { Start } from './starts.ts'
import { createDeviceStore, type DeviceStore } from './store.ts'
import { newToken } from './token-text.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

let now: number
let database: Database
let people: People
let personId: string
let entries: IdentityEntry[]
let devices: Devices
let store: DeviceStore
let started = 0
const clock = { now: () => now, monotonic: () => now }

const reopen = () =>
  openDevices({
    store,
    people,
    clock,
    writeEntry: async (entry) => void entries.push(entry),
    accessMinutes: 60,
    deviceDays: 30,
  })

beforeEach(async () => {
  now = Date.parse('2026-06-01T00:00:00Z')
  entries = []
  database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  people = await openPeople({
    store: createIdentityStore(database),
    clock,
    issuers: new Set(['https://id.example.com']),
    owners: new Set(),
    writeEntry: async () => undefined,
  })
  personId = (await people.findOrInvite('ada@example.com')).id
  store = createDeviceStore(database)
  devices = await reopen()
})

const newStart = (): Start => ({
  userCode: 'BCDFGHJK',
  tool: { kind: 'claude-code', name: 'Claude Code 2.1.330', machine: 'anvil' },
  address: '192.0.2.1',
  startedAt: now,
  deviceId: `device_${++started}`,
})
const begin = async (): Promise<Tokens> => {
  const tokens = await devices.begin(newStart(), personId)
  assert.ok(tokens)
  return tokens
}
const refresh = async (token: string): Promise<Tokens> => {
  const tokens = await devices.refresh(token)
  assert.ok(tokens)
  return tokens
}
const isEnded = (token: string): boolean => devices.find(token) === undefined

test('an access token names the person and the device, until its hour is over', async () => {
  const { access, accessEndsAt } = await begin()
  assert.equal(accessEndsAt - now, 60 * minuteMs)
  const caller = devices.find(access)
  assert.equal(caller?.person.email, 'ada@example.com')
  assert.equal(caller?.keyId, `device_${started}`)
  now += 60 * minuteMs - 1
  assert.equal(isEnded(access), false)
  now += 1
  assert.equal(isEnded(access), true)
})

test('a token that has ended does not work again because the clock is set back (abuse case 39)', async () => {
  const { access, refresh: token } = await begin()
  now += 61 * minuteMs
  assert.ok(isEnded(access))
  now -= 61 * minuteMs
  assert.ok(isEnded(access))
  now += 31 * dayMs
  assert.equal(await devices.refresh(token), undefined)
  now -= 31 * dayMs
  assert.equal(await devices.refresh(token), undefined)
})

test('a refresh gives another pair; the access token before goes on to its end', async () => {
  const first = await begin()
  now += 30 * minuteMs
  const second = await refresh(first.refresh)
  assert.notEqual(second.refresh, first.refresh)
  assert.equal(isEnded(second.access), false)
  assert.equal(isEnded(first.access), false)
  now += 30 * minuteMs
  assert.equal(isEnded(first.access), true)
})

test('a refresh whose answer was lost, or that two windows asked at once, is answered the same', async () => {
  const { refresh: token } = await begin()
  const [one, other] = await Promise.all([devices.refresh(token), devices.refresh(token)])
  assert.deepEqual(one, other)
  now += againMs - 1
  assert.deepEqual(await devices.refresh(token), one)
  assert.deepEqual(entries, [])
})

test('a refresh token used again later ends the family: the thief and the owner', async () => {
  const first = await begin()
  const second = await refresh(first.refresh)
  now += againMs
  const ended: string[] = []
  devices.onEnded((id) => ended.push(id))
  assert.equal(await devices.refresh(first.refresh), undefined)
  assert.equal(isEnded(second.access), true)
  assert.equal(await devices.refresh(second.refresh), undefined)
  assert.deepEqual(ended, [`device_${started}`])
  assert.deepEqual(entries, [
    {
      kind: 'sign-out',
      subject: personId,
      facts: { keyId: `device_${started}`, about: 'claude-code', reason: 'refresh-token-reused' },
    },
  ])
})

test('it is found out also when it is an old one, and after a restart', async () => {
  const first = await begin()
  let last = first
  for (let hour = 0; hour < 5; hour++) {
    now += 60 * minuteMs
    last = await refresh(last.refresh)
  }
  devices = await reopen()
  assert.equal(isEnded(last.access), false, 'a restart signs nobody out')
  assert.equal(await devices.refresh(first.refresh), undefined)
  assert.equal(isEnded(last.access), true)
})

test('a made-up token ends nothing', async () => {
  const { access } = await begin()
  for (const token of [newToken('refresh'), newToken('access'), '', 'spr_', access, "' OR 1=1 --"])
    assert.equal(await devices.refresh(token), undefined)
  await devices.revoke(newToken('access'))
  await devices.revoke(newToken('refresh'))
  assert.equal(isEnded(access), false)
  assert.equal(isEnded(newToken('access')), true)
})

test('after its days a person signs in again', async () => {
  let { refresh: token } = await begin()
  now += 29 * dayMs
  token = (await refresh(token)).refresh
  now += dayMs
  assert.equal(await devices.refresh(token), undefined)
  await devices.flush()
  assert.deepEqual(devices.listOf(personId), [])
})

test('a person whose access ends is out at once with every tool, and stays out when it is given back', async () => {
  const [one, other] = [await begin(), await begin()]
  const ended: string[] = []
  devices.onEnded((id) => ended.push(id))
  await people.end({ id: personId, by: 'test', reason: 'left' })
  assert.equal(isEnded(one.access), true)
  await devices.endAllOf(personId)
  assert.equal(ended.length, 2)
  assert.equal(await devices.refresh(other.refresh), undefined)
  await people.restore({ id: personId, by: 'test', reason: 'came back' })
  assert.equal(isEnded(one.access), true)
  assert.equal(await devices.refresh(other.refresh), undefined)
})

test('a refresh finds out that access has ended, although nobody told', async () => {
  const { refresh: token } = await begin()
  await people.end({ id: personId, by: 'test', reason: 'left' })
  assert.equal(await devices.refresh(token), undefined)
  assert.equal(entries.at(-1)?.facts.reason, 'access-ended')
})

test('either token signs the tool out; what is stored opens nothing', async () => {
  for (const which of ['access', 'refresh'] as const) {
    const tokens = await begin()
    await devices.revoke(tokens[which])
    assert.equal(isEnded(tokens.access), true)
    assert.equal(await devices.refresh(tokens.refresh), undefined)
    assert.equal(entries.at(-1)?.facts.reason, 'revoked')
  }
  const { access, refresh: token } = await begin()
  const rows = JSON.stringify([
    await database.all('SELECT * FROM device'),
    await database.all('SELECT * FROM device_access'),
  ])
  assert.ok(!rows.includes(access) && !rows.includes(token))
})

test('a person ends only what is theirs', async () => {
  const { access } = await begin()
  const other = await people.findOrInvite('bob@example.com')
  await assert.rejects(devices.end(other.id, `device_${started}`), { code: 'not-found' })
  assert.deepEqual(devices.listOf(other.id), [])
  assert.equal(devices.listOf(personId)[0]?.machine, 'anvil')
  await devices.end(personId, `device_${started}`)
  assert.equal(isEnded(access), true)
})

test('the twenty-first tool of a person signs out the one not used for longest', async () => {
  const all: Tokens[] = []
  for (let count = 0; count < 20; count++) all.push(await begin())
  now += minuteMs
  devices.find(all[0]?.access ?? '')
  await devices.flush()
  await begin()
  assert.equal(isEnded(all[0]?.access ?? ''), false)
  assert.equal(isEnded(all[1]?.access ?? ''), true)
  assert.equal(devices.listOf(personId).length, 20)
})

test('eight access tokens of one tool work at a time', async () => {
  const first = await begin()
  let last = first
  for (let count = 0; count < 8; count++) last = await refresh(last.refresh)
  assert.equal(isEnded(first.access), true)
  assert.equal(isEnded(last.access), false)
})

test('a tool that signs in while the access of its person ends gets nothing, not even once it is given back', async () => {
  const { insert } = store
  store = {
    ...store,
    insert: async (...row) => {
      await devices.endAllOf(personId)
      return insert(...row)
    },
  }
  devices = await reopen()
  assert.equal(await devices.begin(newStart(), personId), undefined)
  assert.deepEqual(devices.listOf(personId), [])
  await people.end({ id: personId, by: 'test', reason: 'left' })
  assert.equal(await devices.begin(newStart(), personId), undefined)
  await people.restore({ id: personId, by: 'test', reason: 'came back' })
  assert.deepEqual((await reopen()).listOf(personId), [])
})

test('a tool that ended while it was refreshing does not come back', async () => {
  const { refresh: token } = await begin()
  const refreshing = devices.refresh(token)
  await devices.revoke(token)
  assert.equal(await refreshing, undefined)
  devices = await reopen()
  assert.deepEqual(devices.listOf(personId), [])
})

test('a refresh that could not be stored can be asked again, and ends nothing', async () => {
  const { refresh: token } = await begin()
  const { rotate } = store
  let isBroken = true
  store = {
    ...store,
    rotate: (rotated) => (isBroken ? Promise.reject(new Error('the disk is full')) : rotate(rotated)),
  }
  devices = await reopen()
  await assert.rejects(devices.refresh(token), /the disk is full/)
  isBroken = false
  assert.equal(isEnded((await refresh(token)).access), false)
})

test('what could not be removed is removed later, and works no more meanwhile', async () => {
  const { access } = await begin()
  const { remove } = store
  let isBroken = true
  store = { ...store, remove: (ids) => (isBroken ? Promise.reject(new Error('full')) : remove(ids)) }
  devices = await reopen()
  await assert.rejects(devices.revoke(access), /full/)
  assert.equal(isEnded(access), true)
  isBroken = false
  await devices.flush()
  assert.equal((await database.all('SELECT id FROM device')).length, 0)
})

test('a token seen where it does not belong ends its tool at once, and tells whose it was', async () => {
  const [one, other, third] = [await begin(), await begin(), await begin()]
  const told = await devices.reportLeaked(
    [one.access, other.refresh, newToken('access'), 'spd_'],
    'tool-result',
  )
  assert.deepEqual(
    told.map(({ personId: whose, where }) => [whose, where]),
    [
      [personId, 'tool-result'],
      [personId, 'tool-result'],
    ],
  )
  assert.deepEqual(
    [one, other, third].map(({ access }) => isEnded(access)),
    [true, true, false],
  )
  assert.equal(entries.at(-1)?.kind, 'key-leaked')
  assert.equal(entries.at(-1)?.facts.reason, 'seen in: tool-result')
})
