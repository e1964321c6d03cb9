import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { Caller } from '#/core/role.ts'
import { openKeys } from '../keys/keys.ts'
import { createKeyStore } from '../keys/store.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople } from '../people.ts'
import { createIdentityStore } from '../store.ts'
import { lookAgainWith } from './look-again.ts'
import { openSessions } from './sessions.ts'
import { createSessionStore } from './store.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]

async function openRoom() {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const store = createIdentityStore(database)
  const time = { ms: 1_790_000_000_000 }
  const clock = { now: () => time.ms, monotonic: () => time.ms }
  const writeEntry = async () => undefined
  const issuer = 'https://id.example.com'
  const people = await openPeople({ store, clock, issuers: new Set([issuer]), owners: new Set(), writeEntry })
  const person = await people.findOrInvite('maria@example.com')
  const keys = await openKeys({
    store: createKeyStore(database),
    ...{ people, writeEntry, clock },
    policy: { defaultDays: 90, maxDays: 365, alertMachines: 3 },
    onTooManyTries: () => undefined,
    onManyMachines: () => undefined,
    onLeaked: () => undefined,
  })
  const sessions = await openSessions({
    store: createSessionStore(database),
    ...{ people, clock, writeEntry },
    settings: { idleMinutes: 60, absoluteHours: 24 },
    onError: (error) => assert.fail(String(error)),
  })
  const holder = { personId: person.id, serviceId: undefined }
  const key = await keys.make({ holder, bounds: {}, lifeMs: 2 * dayMs, label: undefined, by: 'test' })
  const signedIn = { atMs: undefined, acr: undefined, amr: [] }
  const token = await sessions.start(person.id, signedIn, { browser: 'Safari', network: '192.0.2.0/24' })
  const sessionId = sessions.find(token)?.id ?? ''
  const living = new Set(['device_1'])
  const look = lookAgainWith(people, sessions, keys, { isLiving: (id) => living.has(id) })
  const byKey: Caller = { person, keyId: key.id }
  const byPage: Caller = { person, sessionId }
  return { people, person, keys, key, sessions, sessionId, time, look, byKey, byPage, living }
}

test('a caller who still has access is the person of this moment', async () => {
  const { people, person, look, byKey, byPage } = await openRoom()
  await people.setGroups(person.id, 'scim', ['staff'])
  for (const caller of [byKey, byPage]) assert.deepEqual(look(caller), people.find(person.id))
  assert.notEqual(look(byKey), person)
})

test('a key that was revoked, or whose last day passed, ends what it began', async () => {
  const revoked = await openRoom()
  await revoked.keys.revoke({ id: revoked.key.id, by: 'test', reason: 'test' })
  assert.equal(revoked.look(revoked.byKey), 'key')
  assert.notEqual(revoked.look(revoked.byPage), 'key')
  const expired = await openRoom()
  expired.time.ms += 2 * dayMs - 1
  assert.notEqual(expired.look(expired.byKey), 'key')
  expired.time.ms += 1
  assert.equal(expired.look(expired.byKey), 'key')
})

test('a tool that was signed out ends what it began', async () => {
  const { look, person, living } = await openRoom()
  const byTool: Caller = { person, keyId: 'device_1' }
  assert.notEqual(look(byTool), 'key')
  living.clear()
  assert.equal(look(byTool), 'key')
})

test('a session that was signed out, or ran out, ends what it began; an open answer keeps it in use', async () => {
  const out = await openRoom()
  await out.sessions.signOut(out.sessionId)
  assert.equal(out.look(out.byPage), 'session')
  const room = await openRoom()
  for (let hours = 0; hours < 23; hours += 0.5) {
    room.time.ms += hourMs / 2
    assert.notEqual(room.look(room.byPage), 'session', `after ${hours} hours`)
  }
  room.time.ms += hourMs
  assert.equal(room.look(room.byPage), 'session', 'the last hour it may have')
})

test('an account that was ended ends everything, and given back it revives no session', async () => {
  const { people, person, look, byKey, byPage } = await openRoom()
  const about = { id: person.id, by: 'scim', reason: 'left' }
  await people.end(about)
  for (const caller of [byKey, byPage]) assert.equal(look(caller), 'account')
  await people.restore(about)
  assert.equal(look(byPage), 'session')
})
