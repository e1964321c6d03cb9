import assert from 'node:assert/strict'
import { onEveryEngine } from '../test-store.ts'
import type { Grant } from './api.ts'
import { createAccessStore, type RequestRecord, type UseRecord } from './store.ts'

const grant: Grant = {
  id: 'grant_1',
  effect: 'allow',
  what: 'use-case',
  target: 'finance',
  person: 'person_1',
  group: undefined,
  reason: 'a reason',
  by: 'person_2',
  atMs: 5,
  untilMs: 10,
}
const denial: Grant = {
  ...grant,
  id: 'grant_2',
  effect: 'deny',
  person: undefined,
  group: 'scim:7',
  untilMs: undefined,
}
const request: RequestRecord = {
  id: 'request_1',
  what: 'role',
  target: 'legal',
  personId: 'person_1',
  by: 'person_1',
  reason: 'a reason',
  days: 30,
  atMs: 5,
  decision: undefined,
}
const use: UseRecord = {
  personId: 'person_1',
  what: 'role',
  target: 'legal',
  sinceDay: 3,
  lastDay: undefined,
  count: 0,
}

onEveryEngine('the store of access', (promise) => {
  promise('a grant is there until it is ended, once', async (database) => {
    const store = createAccessStore(database)
    await store.insertGrant(grant)
    await store.insertGrant(denial)
    assert.deepEqual(await store.readGrants(), [grant, denial])
    await assert.rejects(store.insertGrant({ ...grant, id: 'grant_3', person: 'nobody' }), /foreign key/i)
    await store.endGrant({ id: 'grant_1', atMs: 7, by: 'clock' })
    await store.endGrant({ id: 'grant_1', atMs: 9, by: 'somebody' })
    assert.deepEqual(await store.readGrants(), [denial])
  })

  promise('a request is decided once', async (database) => {
    const store = createAccessStore(database)
    await store.insertRequest(request)
    const decision = { verdict: 'declined', by: 'person_2', atMs: 8, reason: 'no' } as const
    await store.decideRequest('request_1', decision)
    await store.decideRequest('request_1', { ...decision, verdict: 'approved' })
    assert.deepEqual(await store.readRequests(5), [{ ...request, decision }])
    assert.deepEqual(await store.readRequests(6), [])
  })

  promise('uses add up, and begin anew when told', async (database) => {
    const store = createAccessStore(database)
    await store.addUses([use])
    await store.addUses([{ ...use, sinceDay: 8, lastDay: 8, count: 2 }])
    await store.addUses([{ ...use, sinceDay: 9, count: 0 }])
    assert.deepEqual(await store.readUses(), [{ ...use, lastDay: 8, count: 2 }])
    await store.beginUses([{ ...use, sinceDay: 20 }])
    assert.deepEqual(await store.readUses(), [{ ...use, sinceDay: 20, lastDay: 8, count: 2 }])
    await store.addUses([])
    await store.beginUses([])
  })
})
