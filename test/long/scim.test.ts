import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz, openTestRoom, type TestRoom } from '#/identity/scim/test-directory.ts'
import { newFolder, removeFolder } from '#/identity/test-server.ts'

/** A large company's directory, and requests nobody should send, by the thousand. */

const json = (value: object): string => JSON.stringify(value)
const patch = (...Operations: readonly object[]): string =>
  json({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })

/** As many as an Entra ID or an Okta may have open at once. */
const atOnce = 8

async function inTurns(count: number, work: (at: number) => Promise<void>): Promise<number> {
  const began = performance.now()
  let next = 0
  const run = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, run))
  return performance.now() - began
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, ms: number]> {
  const began = performance.now()
  const result = await work()
  return [result, performance.now() - began]
}

test('10,000 people and 1,000 groups, one of them with 5,000 members, stay fast', async (context) => {
  const folder = await newFolder()
  let room: TestRoom = await openTestRoom('externalId', folder)
  const say = (what: string, ms: number): void => context.diagnostic(`${what}: ${ms.toFixed(1)} ms`)
  try {
    const users: string[] = []
    const madeMs = await inTurns(10_000, async (at) => {
      const body = json({
        userName: `person.${at}@example.com`,
        externalId: `external-${at}`,
        displayName: `Person ${at}`,
        name: { givenName: 'Person', familyName: `${at}` },
        emails: [{ value: `person.${at}@example.com`, type: 'work', primary: true }],
        active: true,
      })
      const made = await room.send({ method: 'POST', path: '/Users', body })
      assert.equal(made.status, 201)
      users[at] = made.json.id
    })
    say('a person is made', madeMs / 10_000)
    const groups: string[] = []
    const groupsMs = await inTurns(1_000, async (at) => {
      const members = Array.from({ length: 20 }, (_, each) => ({ value: users[(at * 7 + each) % 10_000] }))
      const body = json({ displayName: `Group ${at}`, externalId: `group-${at}`, members })
      const made = await room.send({ method: 'POST', path: '/Groups', body })
      assert.equal(made.status, 201)
      groups[at] = made.json.id
    })
    say('a group of 20 is made', groupsMs / 1_000)

    const add = (from: number, to: number): string =>
      patch({ op: 'add', path: 'members', value: users.slice(from, to).map((value) => ({ value })) })
    const path = `/Groups/${groups[0]}`
    const [, batchMs] = await timed(async () => {
      for (let at = 1_000; at < 6_000; at += 100)
        assert.equal((await room.send({ method: 'PATCH', path, body: add(at, at + 100) })).status, 204)
    })
    say('a hundred members are added to a growing group', batchMs / 50)
    const [, wholeMs] = await timed(() =>
      room.send({ method: 'PATCH', path: `/Groups/${groups[1]}`, body: add(1_000, 6_000) }),
    )
    say('5,000 members are added at once', wholeMs)
    const [, readMs] = await timed(() => room.send({ path }))
    say('a group of 5,000 is read', readMs)
    const ask = (text: string) =>
      timed(() => room.send({ path: `/Users?filter=${encodeURIComponent(text)}` }))
    const [one, oneMs] = await ask('userName eq "person.9999@example.com"')
    assert.equal(one.json.totalResults, 1)
    say('one is found by userName', oneMs)
    const [some, someMs] = await ask('emails[type eq "work" and value co "person.99"] and active eq true')
    assert.equal(some.json.totalResults, 111)
    say('everybody is searched', someMs)
    const member = encodeURIComponent(`members[value eq "${users[5_000]}"]`)
    const [, memberMs] = await timed(() =>
      room.send({ path: `/Groups?excludedAttributes=members&filter=${member}` }),
    )
    say('the groups of one are searched', memberMs)
    const [, pageMs] = await timed(() => room.send({ path: '/Users?startIndex=9001&count=500' }))
    say('a page of 500 is read', pageMs)
    const [, endMs] = await timed(() =>
      room.send({
        method: 'PATCH',
        path: `/Users/${users[42]}`,
        body: patch({ op: 'replace', path: 'active', value: false }),
      }),
    )
    say('one is deactivated', endMs)
    const [, dropMs] = await timed(() => room.send({ method: 'DELETE', path }))
    say('a group of 5,000 is deleted', dropMs)

    await room.close()
    const [again, startMs] = await timed(() => openTestRoom('externalId', folder))
    room = again
    say('the room is opened again', startMs)
    assert.equal((await room.send({ path: '/Users?count=0' })).json.totalResults, 10_000)
    assert.equal((await room.send({ path: `/Groups/${groups[1]}` })).json.members.length, 5_020)

    // Entra ID gives up after 60 s and asks for 25 requests a second: ten times better than needed.
    assert.ok(madeMs / 10_000 < 40, 'making people is too slow for 25 a second')
    for (const ms of [wholeMs, dropMs]) assert.ok(ms < 6_000, `a large group took ${ms} ms`)
    for (const ms of [oneMs, someMs, memberMs, pageMs, endMs])
      assert.ok(ms < 1_000, `a request took ${ms} ms`)
    assert.ok(startMs < 5_000, `starting took ${startMs} ms`)
  } finally {
    await room.close()
    await removeFolder(folder)
  }
})

test('5,000 requests of five seeds: no defect, no change on an error, no endless answer', async (context) => {
  for (const seed of [1, 22, 333, 4_444, 55_555]) {
    const room = await openTestRoom(seed % 2 === 0 ? 'none' : 'externalId')
    try {
      const { statuses, problems } = await fuzz(room, seed, 1_000)
      assert.deepEqual(problems, [])
      assert.deepEqual(
        room.lines.filter(({ level }) => level === 'error'),
        [],
      )
      for (const status of [200, 201, 204, 400, 404, 409, 412])
        assert.ok((statuses.get(status) ?? 0) > 0, `no answer was ${status}`)
      context.diagnostic(
        `seed ${seed}: ${[...statuses].map(([status, count]) => `${status} x ${count}`).join(', ')}`,
      )
    } finally {
      await room.close()
    }
  }
})
