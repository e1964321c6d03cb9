import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import type { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import { createTestBrowser, signIn } from '../test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import { newKeyText } from './key-text.ts'

const dayMs = 86_400_000

let folder: string
let server: TestServer
beforeEach(async () => {
  folder = await newFolder()
  server = await startTestServer(folder)
})
afterEach(async () => {
  await server.close()
  await removeFolder(folder)
})

const create = (asked: Partial<Parameters<TestServer['identity']['createKey']>[0]> = {}) =>
  server.identity.createKey({
    email: 'employee@example.com',
    useCase: undefined,
    expiresInDays: 90,
    label: undefined,
    by: 'command-line',
    ...asked,
  })

const requestWith = (
  headers: IncomingHttpHeaders,
  url = '/v1/messages',
  peer = '192.0.2.1',
): IncomingMessage =>
  ({ headers, url, method: 'POST', socket: { remoteAddress: peer } }) as unknown as IncomingMessage

const identify = async (key: string): Promise<Caller> =>
  server.identity.identify(requestWith({ authorization: `Bearer ${key}` }))

const refusal = async (work: () => Promise<unknown>): Promise<Pick<Refusal, 'code' | 'facts'>> => {
  try {
    await work()
  } catch (error) {
    const { code, facts } = error as Refusal
    return { code, facts }
  }
  throw new Error('it was not refused')
}

test('a key made on a fresh data folder names its person and works at once', async () => {
  const made = await create()
  const caller = await identify(made.key)
  assert.equal(caller.person.email, 'employee@example.com')
  assert.deepEqual(caller.person.roles, ['employee'])
  assert.equal(caller.keyId, made.id)
  assert.equal('useCase' in caller, false)
  assert.deepEqual(await server.identity.identify(requestWith({ 'x-api-key': made.key })), caller)
  assert.equal(Math.round((made.expiresAtMs - server.clock.now()) / dayMs), 90)
})

test('a key bound to a use case says so', async () => {
  const made = await create({ useCase: 'contract-review' })
  assert.equal((await identify(made.key)).useCase, 'contract-review')
  const entry = server.entries.at(-1)
  assert.equal(entry?.kind, 'key-created')
  assert.deepEqual(entry?.facts, { keyId: made.id, about: 'command-line', useCase: 'contract-review' })
})

test('a person with a key who signs in for the first time is the same person', async () => {
  const { key } = await create()
  const before = (await identify(key)).person
  assert.equal(before.subject, '')
  server.identity.signInHelp()
  const password = (await readFile(join(folder, 'keys', 'development-password'), 'utf8')).trim()
  await signIn(createTestBrowser(), server.url, { email: 'employee@example.com', password })
  const after = (await identify(key)).person
  assert.equal(after.id, before.id)
  assert.equal(after.subject, 'employee@example.com')
  assert.equal(after.name, 'Emil Employee')
  assert.equal((await server.identity.findPeople(' Employee@Example.com ')).length, 1)
})

test('the text of a key is stored nowhere', async () => {
  const { key } = await create()
  for (const name of ['store.db', 'store.db-wal']) {
    assert.equal((await readFile(join(folder, name))).includes(key.slice(3, 30)), false, name)
  }
  assert.doesNotMatch(JSON.stringify(server.entries), new RegExp(key.slice(3, 30)))
})

test('an unknown, mistyped or made-up key is not one of ours', async () => {
  const { key } = await create()
  const mistyped = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')
  const attacks = [
    newKeyText(),
    mistyped,
    "' OR 1=1 --",
    'sk-live-something',
    '%00',
    'ключ',
    'x'.repeat(16_000),
  ]
  for (const wrong of attacks) {
    const asked = async () => server.identity.identify(requestWith({ 'x-api-key': wrong }))
    assert.equal((await refusal(asked)).code, 'key-unknown', wrong)
  }
})

test('a request without a key is told what to send, and the page is told to sign in', async () => {
  const nothing = (url: string) => refusal(async () => server.identity.identify(requestWith({}, url)))
  assert.equal((await nothing('/v1/chat/completions')).code, 'key-missing')
  assert.equal((await nothing('/api/chat')).code, 'sign-in-needed')
})

test('a key ends on its day, and says so', async () => {
  const { key, expiresAtMs } = await create({ expiresInDays: 30 })
  server.clock.forward(29.9 * dayMs)
  assert.ok(await identify(key))
  server.clock.forward(0.2 * dayMs)
  assert.deepEqual(await refusal(() => identify(key)), {
    code: 'key-expired',
    facts: { endedOn: new Date(expiresAtMs).toISOString().slice(0, 10) },
  })
})

test('a key that has ended does not work again because the clock is set back (abuse case 39)', async () => {
  const { key } = await create({ expiresInDays: 30 })
  server.clock.forward(30.1 * dayMs)
  assert.equal((await refusal(() => identify(key))).code, 'key-expired')
  server.clock.forward(-30.1 * dayMs)
  assert.equal((await refusal(() => identify(key))).code, 'key-expired')
})

test('every key ends: more than a year, nought, a fraction and no number at all are refused', async () => {
  for (const expiresInDays of [0, -1, 366, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    const { code, facts } = await refusal(() => create({ expiresInDays }))
    assert.deepEqual([code, facts.field], ['request-invalid', 'expiresInDays'], String(expiresInDays))
  }
  assert.equal((await create({ expiresInDays: 365 })).key.length, 43)
})

test('what names a key is one line', async () => {
  const cases = [
    ['email', { email: 'not an address' }],
    ['email', { email: 'a@example.com\r\nx-evil: 1' }],
    ['label', { label: 'two\nlines' }],
    ['label', { label: 'x'.repeat(201) }],
    ['useCase', { useCase: 'two\u0000parts' }],
  ] as const
  for (const [field, asked] of cases) {
    const refused = await refusal(() => create(asked))
    assert.deepEqual([refused.code, refused.facts.field], ['request-invalid', field])
  }
})

test('a revoked key stops at once, tells whoever cuts its streams, and stays revoked after a restart', async () => {
  const { id, key } = await create()
  const ended: unknown[] = []
  server.identity.onEnded((what) => ended.push(what))
  const revoking = server.identity.revokeKey({ id, by: 'command-line', reason: 'found in a repository' })
  const today = new Date(server.clock.now()).toISOString().slice(0, 10)
  assert.deepEqual(ended, [{ keyId: id }])
  assert.deepEqual(await refusal(() => identify(key)), { code: 'key-revoked', facts: { revokedOn: today } })
  await revoking
  assert.deepEqual(server.entries.at(-1)?.facts, { keyId: id, about: 'command-line' })
  assert.doesNotMatch(JSON.stringify(server.entries), /found in a repository/)

  await server.identity.revokeKey({ id, by: 'command-line', reason: 'again' })
  assert.equal(server.entries.filter(({ kind }) => kind === 'key-revoked').length, 1, 'twice is once')
  await server.close()
  server = await startTestServer(folder)
  assert.equal((await refusal(() => identify(key))).code, 'key-revoked')
})

test('a key nobody made cannot be revoked', async () => {
  const { code } = await refusal(() =>
    server.identity.revokeKey({ id: 'key_none', by: 'command-line', reason: '' }),
  )
  assert.equal(code, 'not-found')
})

test('no key comes into being while the log cannot be written, and a revoked one stops all the same', async () => {
  const { id, key } = await create()
  server.breakLog()
  await assert.rejects(create(), /the log is broken/)
  await assert.rejects(server.identity.revokeKey({ id, by: 'command-line', reason: '' }), /the log is broken/)
  assert.equal((await refusal(() => identify(key))).code, 'key-revoked')
  await assert.rejects(server.identity.revokeKey({ id, by: 'command-line', reason: '' }), /the log is broken/)
})

test('keys and when they were last used survive a restart', async () => {
  const made = await create()
  await identify(made.key)
  await server.close()
  server = await startTestServer(folder)
  assert.equal((await identify(made.key)).keyId, made.id)
})

test('a key that expires while it is in use is told to whoever cuts its streams', async () => {
  const made = await create({ expiresInDays: 1 })
  const ended: unknown[] = []
  server.identity.onEnded((what) => ended.push(what))
  server.clock.forward(dayMs + 1)
  await server.close()
  assert.deepEqual(ended, [{ keyId: made.id }])
  server = await startTestServer(folder)
})

test('a key of a person of another provider is of no use', async () => {
  const { key } = await create()
  const person = (await identify(key)).person
  await server.close()
  const identity = { kind: 'oidc', issuer: 'https://id.example.com', clientId: 'sallyport' } as const
  server = await startTestServer(folder, { identity })
  assert.equal((await refusal(() => identify(key))).code, 'key-unknown')
  assert.equal(
    (await server.identity.findPerson(person.id))?.email,
    'employee@example.com',
    'but the log can name them',
  )
  assert.deepEqual(server.identity.signInHelp(), [])
})

test('knowing a key costs a few microseconds', async () => {
  const request = requestWith({ authorization: `Bearer ${(await create()).key}` })
  const rounds = 20_000
  const measure = (): number => {
    const start = performance.now()
    for (let round = 0; round < rounds; round++) server.identity.identify(request)
    return ((performance.now() - start) / rounds) * 1_000
  }
  // The best of several, because other tests share the machine; the limit is ten times what was measured.
  const microseconds = Math.min(...Array.from({ length: 5 }, measure))
  assert.ok(microseconds < 20, `${microseconds} µs`)
})
