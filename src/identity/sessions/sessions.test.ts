import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { IdentityEntry } from '../entry.ts'
import { hashOf } from '../keys/key-text.ts'
import { identityMigrations } from '../migrations/index.ts'
import { openPeople } from '../people.ts'
import { createIdentityStore } from '../store.ts'
import type { SessionRecord, SignedIn } from './record.ts'
import { openSessions, overlapMs, renewEveryMs } from './sessions.ts'
import { createSessionStore } from './store.ts'

const [minuteMs, hourMs] = [60_000, 3_600_000]
const startMs = 1_790_000_000_000
const from = { browser: 'Firefox on Linux', network: '192.0.2.0/24' }
const unsaid: SignedIn = { atMs: undefined, acr: undefined, amr: [] }
const settings = { idleMinutes: 480, absoluteHours: 168 }

async function openRoom() {
  const database = openSqlite(':memory:')
  await migrate(database, identityMigrations)
  const wall = { ms: startMs }
  const steady = { ms: 5_000 }
  const clock = { now: () => wall.ms, monotonic: () => steady.ms }
  const entries: IdentityEntry[] = []
  const errors: unknown[] = []
  let isLogBroken = false
  const writeEntry = async (entry: IdentityEntry) => {
    if (isLogBroken) throw new Error('the log is broken')
    entries.push(entry)
  }
  const people = await openPeople({
    store: createIdentityStore(database),
    clock,
    issuers: new Set(['https://id.example.com']),
    owners: new Set(),
    writeEntry,
  })
  const store = createSessionStore(database)
  const person = await people.findOrInvite('maria@example.com')
  return {
    people,
    person,
    entries,
    errors,
    store,
    open: () =>
      openSessions({
        store,
        people,
        clock,
        settings,
        writeEntry,
        onError: (error) => void errors.push(error),
      }),
    forward: (ms: number) => {
      wall.ms += ms
      steady.ms += ms
    },
    /** Somebody sets the clock. */
    setWall: (ms: number) => {
      wall.ms += ms
    },
    breakLog: () => {
      isLogBroken = true
    },
    restart: () => {
      steady.ms = 100
    },
    ended: () => entries.filter(({ kind }) => kind === 'session-ended').map(({ facts }) => facts),
  }
}

type Room = Awaited<ReturnType<typeof openRoom>>
const startIn = async (room: Room, signedIn = unsaid) => {
  const sessions = await room.open()
  return { sessions, token: await sessions.start(room.person.id, signedIn, from) }
}

describe('a session', () => {
  test('is found by its token and by nothing else', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    const session = sessions.find(token)
    assert.equal(session?.person, room.person)
    for (const other of [session?.id ?? '', hashOf(token), session?.csrf ?? '', ''])
      assert.equal(sessions.find(other), undefined, 'what the store holds opens nothing')
  })

  test('has a CSRF token of its own, the same every time', async () => {
    const room = await openRoom()
    const { sessions, token: one } = await startIn(room)
    const other = await sessions.start(room.person.id, unsaid, from)
    assert.equal(sessions.find(one)?.csrf, sessions.find(one)?.csrf)
    assert.notEqual(sessions.find(one)?.csrf, sessions.find(other)?.csrf)
  })

  test('that was signed out is gone before the store has answered, and after a restart', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    const id = sessions.find(token)?.id ?? ''
    const ending = sessions.signOut(id)
    assert.equal(sessions.find(token), undefined)
    assert.equal(sessions.isLiving(id), false)
    await ending
    assert.equal((await room.open()).find(token), undefined)
    await sessions.signOut(id)
  })

  test('ends eight hours after its last use, and a week after its sign-in', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    room.forward(8 * hourMs - 1)
    assert.equal(sessions.look(token)?.endsInMs, 1)
    assert.equal(sessions.find(token)?.endsInMs, 8 * hourMs)
    for (let hours = 0; hours < 154; hours += 7) {
      room.forward(7 * hourMs)
      assert.ok(sessions.find(token), `after ${hours} hours`)
    }
    assert.equal(sessions.find(token)?.endsInMs, 6 * hourMs + 1)
    room.forward(6 * hourMs + 1)
    assert.equal(sessions.find(token), undefined)
  })

  test('that its provider confirms lasts a week from then, also after a restart, and proves no fresh sign-in', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room, { ...unsaid, atMs: startMs })
    const id = sessions.look(token)?.id ?? ''
    await sessions.confirm(id, 'oidc')
    const renewals = () => room.entries.filter(({ kind }) => kind === 'session-renewed').length
    assert.equal(renewals(), 0, 'a quarter of the week must be over')
    for (let hours = 0; hours < 161; hours += 7) {
      room.forward(7 * hourMs)
      assert.ok(sessions.find(token))
    }
    const signedInAgoMs = sessions.signedInAgoMs(id)
    await sessions.confirm(id, 'oidc')
    assert.equal(renewals(), 1)
    assert.equal(sessions.signedInAgoMs(id), signedInAgoMs)
    await sessions.flush()
    room.forward(7.5 * hourMs)
    room.restart()
    const again = await room.open()
    assert.ok(again.find(token), '168.5 hours after the sign-in')
    room.forward(169 * hourMs)
    await again.confirm(id, 'oidc')
    assert.equal(again.find(token), undefined, 'what has ended is not brought back')
  })

  test('is not renewed when the log cannot be written', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    for (let hours = 0; hours < 161; hours += 7) {
      room.forward(7 * hourMs)
      sessions.find(token)
    }
    room.breakLog()
    await assert.rejects(sessions.confirm(sessions.look(token)?.id ?? '', 'oidc'), /the log is broken/)
    assert.equal(sessions.look(token)?.endsInMs, 7 * hourMs)
  })

  test('is not used by being looked at, and is by an exchange under way', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    room.forward(7 * hourMs)
    const id = sessions.look(token)?.id ?? ''
    assert.equal(sessions.look(token)?.endsInMs, hourMs)
    assert.ok(sessions.isLiving(id))
    assert.equal(sessions.look(token)?.endsInMs, 8 * hourMs)
  })

  test('was seen, to within five minutes, also after a restart', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    room.forward(7 * hourMs)
    sessions.find(token)
    await sessions.flush()
    room.forward(7 * hourMs)
    room.restart()
    assert.ok((await room.open()).find(token))
  })

  test('that ended leaves the store', async () => {
    const room = await openRoom()
    const { sessions } = await startIn(room)
    room.forward(8 * hourMs)
    await sessions.flush()
    assert.deepEqual(await room.store.read(), [])
    const last = await sessions.start(room.person.id, unsaid, from)
    room.forward(8 * hourMs)
    assert.equal((await room.open()).find(last), undefined)
    assert.deepEqual(await room.store.read(), [])
  })

  test('too many: the one not seen for longest gives way to the twenty-first, and the log says so', async () => {
    const room = await openRoom()
    const { sessions, token: first } = await startIn(room)
    const tokens = [first]
    for (let count = 1; count < 20; count++) tokens.push(await sessions.start(room.person.id, unsaid, from))
    sessions.find(first)
    await sessions.start(room.person.id, unsaid, from)
    assert.ok(sessions.find(first), 'seen a moment ago')
    assert.equal(sessions.find(tokens[1] as string), undefined)
    assert.equal((await room.store.read()).length, 20)
    assert.deepEqual(room.ended(), [{ about: 'sallyport', reason: 'too-many' }])
  })

  test('of an ended person is deleted, and giving the account back does not bring it back', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    const about = { id: room.person.id, by: 'scim', reason: 'left' }
    const ending = room.people.end(about)
    await ending
    assert.equal(sessions.find(token), undefined)
    await room.people.restore(about)
    assert.equal(sessions.find(token), undefined)
    assert.equal((await room.open()).find(token), undefined)
    assert.deepEqual(room.errors, [])
  })

  test('that begins while its person ends never works, not even once the account is given back', async () => {
    const room = await openRoom()
    const sessions = await room.open()
    const about = { id: room.person.id, by: 'scim', reason: 'left' }
    const { save } = room.store
    Object.assign(room.store, {
      save: async (record: SessionRecord) => {
        await room.people.end(about)
        await save(record)
      },
    })
    await assert.rejects(sessions.start(room.person.id, unsaid, from), { code: 'account-ended' })
    await assert.rejects(sessions.start(room.person.id, unsaid, from), { code: 'account-ended' })
    await room.people.restore(about)
    assert.deepEqual(sessions.list(room.person.id), [])
    assert.deepEqual((await room.open()).list(room.person.id), [])
  })

  test('that could not be deleted when its person ended is deleted with the next flush', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    const { remove } = room.store
    Object.assign(room.store, { remove: () => Promise.reject(new Error('the disk is full')) })
    const about = { id: room.person.id, by: 'scim', reason: 'left' }
    await room.people.end(about)
    assert.equal(sessions.find(token), undefined)
    Object.assign(room.store, { remove })
    await room.people.restore(about)
    await sessions.flush()
    assert.equal((await room.open()).find(token), undefined)
    assert.equal(room.errors.length, 1)
  })

  test('is listed to its person, and all of them end with one act that the log knows', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room, { ...unsaid, amr: ['pwd', 'mfa'] })
    const other = await sessions.start(room.person.id, unsaid, { ...from, browser: 'Safari on iOS' })
    const listed = sessions.list(room.person.id)
    assert.deepEqual(
      listed.map(({ browser, signedIn }) => [browser, signedIn.amr]),
      [
        ['Firefox on Linux', ['pwd', 'mfa']],
        ['Safari on iOS', []],
      ],
    )
    assert.doesNotMatch(JSON.stringify(listed), new RegExp(hashOf(token)))
    assert.equal(await sessions.endAllOf(room.person.id, { by: 'person_2', reason: 'by-office' }), 2)
    for (const each of [token, other]) assert.equal(sessions.find(each), undefined)
    assert.deepEqual(room.ended(), Array(2).fill({ about: 'person_2', reason: 'by-office' }))
  })
})

describe('the token of a session', () => {
  const renewed = async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    assert.equal(await sessions.renew(token), undefined, 'too early')
    room.forward(renewEveryMs)
    const next = (await sessions.renew(token)) ?? ''
    assert.notEqual(next, '')
    return { room, sessions, token, next }
  }

  test('is replaced every quarter of an hour; the old one counts until the new one is used, and a minute longer', async () => {
    const { room, sessions, token, next } = await renewed()
    assert.equal(await sessions.renew(token), undefined, 'the second tab gets none')
    room.forward(10 * minuteMs)
    const before = sessions.find(token)
    assert.ok(before, 'the answer with the new one was lost')
    assert.deepEqual([sessions.find(next)?.id, sessions.find(next)?.csrf], [before.id, before.csrf])
    room.forward(overlapMs - 1)
    assert.ok(sessions.find(token), 'was on its way')
  })

  test('ends the session when it comes a minute after it was replaced: somebody has a copy', async () => {
    const { room, sessions, token, next } = await renewed()
    sessions.find(next)
    room.forward(overlapMs)
    assert.equal(sessions.find(token), undefined)
    assert.equal(sessions.find(next), undefined)
    await Promise.resolve()
    await sessions.flush()
    assert.deepEqual(room.ended(), [{ about: 'sallyport', reason: 'token-reused' }])
  })

  test('is known after a restart, whichever of the two the browser holds', async () => {
    const { room, token, next } = await renewed()
    room.restart()
    assert.ok((await room.open()).find(token))
    assert.ok((await room.open()).find(next))
    assert.ok((await room.open()).find(next), 'also once it was used')
  })

  test('is another one after a new sign-in, at once, and the session goes on', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    const session = sessions.find(token)
    room.forward(7 * hourMs)
    const again = await sessions.signInAgain(session?.id ?? '', unsaid, from)
    assert.equal(sessions.find(token), undefined)
    assert.equal(sessions.find(again)?.id, session?.id)
    assert.deepEqual(room.ended(), [], 'a request that was on its way is no theft')
    room.forward(overlapMs)
    assert.equal(sessions.find(token), undefined)
    assert.equal(sessions.find(again), undefined, 'a copy that comes later is')
  })
})

describe('when the clock jumps', () => {
  test('back, no session lives longer', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room, { ...unsaid, atMs: startMs })
    room.setWall(-30 * 24 * hourMs)
    room.forward(8 * hourMs - 1)
    const session = sessions.look(token)
    assert.equal(session?.endsInMs, 1)
    assert.equal(sessions.signedInAgoMs(session?.id ?? ''), 8 * hourMs - 1, 'nor does a fresh sign-in')
    room.forward(1)
    assert.equal(sessions.look(token), undefined)
  })

  test('forward, sessions end early and nothing comes back when it is put right', async () => {
    const room = await openRoom()
    const { sessions, token } = await startIn(room)
    room.setWall(9 * hourMs)
    assert.equal(sessions.find(token), undefined)
    await sessions.flush()
    room.setWall(-9 * hourMs)
    assert.equal(sessions.find(token), undefined)
  })

  test('back over a restart, a session of the future counts from now', async () => {
    const room = await openRoom()
    const { token } = await startIn(room)
    room.setWall(-24 * hourMs)
    room.restart()
    const sessions = await room.open()
    assert.equal(sessions.look(token)?.endsInMs, 8 * hourMs)
    room.forward(8 * hourMs)
    assert.equal(sessions.look(token), undefined)
  })
})
