import assert from 'node:assert/strict'
import { onEveryEngine } from '../test-store.ts'
import { createUsedTokenStore } from '../workload/store.ts'
import type { ProviderSession } from './record.ts'
import { createProviderSessionStore } from './store.ts'

const session: ProviderSession = {
  session: 'session_1',
  personId: 'person_1',
  provider: 'oidc',
  issuer: 'https://id.example.com',
  subject: 'subject-1',
  sid: undefined,
  isRenewable: true,
  isInDoubt: false,
  askedAt: 1_790_000_000_000,
}

onEveryEngine('what sessions have at their provider', (promise) => {
  promise(
    'it is read as it was written, its secrets one by one, and is gone when it is removed',
    async (database) => {
      const store = createProviderSessionStore(database)
      const other = { ...session, session: 'session_2', sid: 'sid-2', isRenewable: false }
      await store.save(other, undefined)
      await store.save(session, 'c2VhbGVk')
      assert.deepEqual(await store.read(), [session, other])
      assert.equal(await store.secretsOf('session_1'), 'c2VhbGVk')
      assert.equal(await store.secretsOf('session_2'), undefined)
      const asked = { ...session, isInDoubt: true, askedAt: 1_790_000_900_000 }
      await store.update(asked)
      assert.deepEqual((await store.read())[0], asked)
      assert.equal(await store.secretsOf('session_1'), 'c2VhbGVk', 'which an update leaves alone')
      await store.save({ ...session, sid: 'sid-3' }, 'b3RoZXI=')
      assert.deepEqual((await store.read())[0], { ...session, sid: 'sid-3' })
      await store.remove('session_1')
      assert.deepEqual(await store.read(), [other])
      assert.equal(await store.secretsOf('session_1'), undefined)
    },
  )

  promise('tokens that counted are remembered until they have ended', async (database) => {
    const other = createUsedTokenStore(database, 'used_workload_token')
    const store = createUsedTokenStore(database, 'used_logout_token')
    await other.insert('one', 300)
    await store.insert('one', 200)
    await store.insert('two', 100)
    await assert.rejects(store.insert('one', 300))
    assert.deepEqual(await store.read(50), [
      { hash: 'two', untilMs: 100 },
      { hash: 'one', untilMs: 200 },
    ])
    await store.removeEnded(100)
    await store.remove('none')
    assert.deepEqual(await store.read(50), [{ hash: 'one', untilMs: 200 }])
    assert.deepEqual(await other.read(50), [{ hash: 'one', untilMs: 300 }])
  })
})
