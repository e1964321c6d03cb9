import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople } from '../people.ts'
import { createIdentityStore } from '../store.ts'
import { openSessions } from './sessions.ts'

const hourMs = 3_600_000

async function openRoom() {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const store = createIdentityStore(database)
  let now = 1_000
  const clock = { now: () => now, monotonic: () => now }
  const people = await openPeople({
    store,
    clock,
    issuers: new Set(['https://id.example.com']),
    owners: new Set(),
    writeEntry: async () => undefined,
  })
  const person = await people.findOrInvite('maria@example.com')
  return {
    person,
    open: () => openSessions({ store, people, clock }),
    forward: (ms: number) => {
      now += ms
    },
    stored: async () =>
      (await database.first<{ rows: number }>('SELECT COUNT(*) AS rows FROM session'))?.rows,
  }
}

test('a session is found by its token and by nothing else', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  const token = await sessions.start(room.person.id)
  const session = sessions.find(token)
  assert.equal(session?.person, room.person)
  assert.equal(sessions.find(session?.hash ?? ''), undefined, 'what the store holds opens nothing')
  assert.equal(sessions.find(''), undefined)
})

test('each session has a CSRF token of its own, the same every time', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  const [one, other] = [await sessions.start(room.person.id), await sessions.start(room.person.id)]
  assert.equal(sessions.find(one)?.csrf, sessions.find(one)?.csrf)
  assert.notEqual(sessions.find(one)?.csrf, sessions.find(other)?.csrf)
})

test('an ended session is gone before the store has answered, and after a restart', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  const token = await sessions.start(room.person.id)
  const ending = sessions.end(token)
  assert.equal(sessions.find(token), undefined)
  await ending
  assert.equal((await room.open()).find(token), undefined)
  await sessions.end(token)
})

test('being seen survives a restart to within five minutes', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  const token = await sessions.start(room.person.id)
  room.forward(7 * hourMs)
  sessions.find(token)
  await sessions.flush()
  room.forward(7 * hourMs)
  const again = await room.open()
  assert.ok(again.find(token))
})

test('ended sessions leave the store', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  await sessions.start(room.person.id)
  room.forward(8 * hourMs)
  await sessions.flush()
  assert.equal(await room.stored(), 0)
  const last = await sessions.start(room.person.id)
  room.forward(8 * hourMs)
  assert.equal((await room.open()).find(last), undefined)
  assert.equal(await room.stored(), 0)
})

test('the twenty-first browser of a person signs out the one not seen for longest', async () => {
  const room = await openRoom()
  const sessions = await room.open()
  const tokens: string[] = []
  for (let count = 0; count < 20; count++) tokens.push(await sessions.start(room.person.id))
  sessions.find(tokens[0] as string)
  await sessions.start(room.person.id)
  assert.ok(sessions.find(tokens[0] as string), 'seen a moment ago')
  assert.equal(sessions.find(tokens[1] as string), undefined)
  assert.equal(await room.stored(), 20)
})
