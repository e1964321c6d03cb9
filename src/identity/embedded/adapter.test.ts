import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAdapterFactory } from './adapter.ts'

const inOneMinute = () => Math.floor(Date.now() / 1_000) + 60

test('what is put in is found under its kind and id', async () => {
  const open = createAdapterFactory()
  await open('Interaction').upsert('one', { uid: 'one', exp: inOneMinute() }, 60)
  assert.equal((await open('Interaction').find('one'))?.uid, 'one')
  assert.equal(await open('Session').find('one'), undefined)
  assert.equal(
    await createAdapterFactory()('Interaction').find('one'),
    undefined,
    'two providers share nothing',
  )
})

test('what has ended is not found', async () => {
  const adapter = createAdapterFactory()('AuthorizationCode')
  await adapter.upsert('one', { exp: Math.floor(Date.now() / 1_000) - 1 }, 60)
  assert.equal(await adapter.find('one'), undefined)
})

test('a session is found by its second name as well', async () => {
  const adapter = createAdapterFactory()('Session')
  await adapter.upsert('one', { uid: 'other', exp: inOneMinute() }, 60)
  assert.equal((await adapter.findByUid('other'))?.uid, 'other')
  await adapter.destroy('one')
  assert.equal(await adapter.findByUid('other'), undefined)
  assert.equal(await adapter.findByUserCode('other'), undefined)
})

test('a code that was used says so', async () => {
  const adapter = createAdapterFactory()('AuthorizationCode')
  await adapter.upsert('one', { exp: inOneMinute() }, 60)
  await adapter.consume('one')
  await adapter.consume('never-there')
  assert.equal(typeof (await adapter.find('one'))?.consumed, 'number')
})

test('revoking a grant takes with it what was given under it, of every kind', async () => {
  const open = createAdapterFactory()
  await open('AuthorizationCode').upsert('code', { grantId: 'grant', exp: inOneMinute() }, 60)
  await open('AccessToken').upsert('token', { grantId: 'grant', exp: inOneMinute() }, 60)
  await open('AccessToken').upsert('other', { grantId: 'another', exp: inOneMinute() }, 60)
  await open('AccessToken').revokeByGrantId('grant')
  assert.equal(await open('AuthorizationCode').find('code'), undefined)
  assert.equal(await open('AccessToken').find('token'), undefined)
  assert.ok(await open('AccessToken').find('other'))
})

test('sign-ins that are begun and never finished do not pile up', async () => {
  const adapter = createAdapterFactory()('Interaction')
  for (let count = 0; count < 5_001; count++) await adapter.upsert(`${count}`, { exp: inOneMinute() }, 60)
  assert.equal(await adapter.find('0'), undefined)
  assert.ok(await adapter.find('1'))
})
