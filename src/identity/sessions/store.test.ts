import assert from 'node:assert/strict'
import { onEveryEngine } from '../test-store.ts'
import type { SessionRecord } from './record.ts'
import { createSessionStore } from './store.ts'

const session: SessionRecord = {
  id: 'session_1',
  personId: 'person_1',
  hash: 'hash',
  nextHash: undefined,
  previousHash: undefined,
  renewedAt: 100,
  csrf: 'csrf',
  createdAt: 100,
  confirmedAt: 150,
  seenAt: 200,
  signedIn: { atMs: undefined, acr: undefined, amr: [] },
  from: { browser: 'Firefox on Linux', network: '192.0.2.0/24' },
}

onEveryEngine('sessions', (promise) => {
  promise('they are read as they were written, the one not seen for longest first', async (database) => {
    const store = createSessionStore(database)
    const recent: SessionRecord = {
      ...session,
      ...{ id: 'session_2', hash: 'other', nextHash: 'next', previousHash: 'previous', seenAt: 300 },
      signedIn: { atMs: 1_790_000_000_001, acr: 'urn:acr:2', amr: ['pwd', 'mfa'] },
    }
    for (const each of [recent, session]) await store.save(each)
    assert.deepEqual(await store.read(), [session, recent])
    await store.saveSeen([{ ...session, seenAt: 400 }])
    const replaced = { ...recent, hash: 'next', nextHash: undefined, previousHash: 'other' }
    await store.save(replaced)
    assert.deepEqual(await store.read(), [replaced, { ...session, seenAt: 400 }])
    await store.remove(['session_2', 'never-there'])
    assert.deepEqual(await store.read(), [{ ...session, seenAt: 400 }])
  })
})
