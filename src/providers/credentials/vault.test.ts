import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { makeAuthority } from '#/core/test-certificates.ts'
import { isVaultReference } from '#/settings/credentials.ts'
import { startTestStore, type TestStore } from './test-store.ts'
import { openSecretStore } from './vault.ts'

let store: TestStore
before(async () => {
  store = await startTestStore()
})
after(() => store.stop())
beforeEach(() => {
  store.secrets.clear()
  store.secrets.set('secret/providers/west', {
    key: 'key-of-the-company',
    other: '',
    many: 'two\nlines',
    list: [1],
  })
  store.fault = undefined
  store.namespace = undefined
})

const settingsOf = (url: string, more: { namespace?: string; caFile?: string } = {}) => ({
  url,
  mount: 'secret',
  token: 'env:TOKEN',
  namespace: more.namespace,
  caFile: more.caFile,
  limitMs: 5_000,
  keptMinutes: 10,
})
const read = (reference: string, token = () => store.token) =>
  openSecretStore(settingsOf(store.url), token)(reference)

test('a reference gives the field of the secret, by the token that is valid at the moment', async () => {
  let token = 'hvs.ended'
  const open = openSecretStore(settingsOf(`${store.url}/`), () => token)
  await assert.rejects(
    open('vault:providers/west#key'),
    /refused secret\/providers\/west with 403 \(permission denied\)/,
  )
  token = store.token
  assert.equal(await open('vault:providers/west#key'), 'key-of-the-company')
  assert.equal(store.calls.at(-1), 'GET secret/data/providers/west')
})

test('a namespace is named, and certificates of the company are trusted', async () => {
  store.namespace = 'team-a'
  const inside = openSecretStore(settingsOf(store.url, { namespace: 'team-a' }), () => store.token)
  assert.equal(await inside('vault:providers/west#key'), 'key-of-the-company')

  const authority = makeAuthority()
  const { certificate: cert, privateKey: key } = authority.issue('vault.example.com', true)
  const secure = await startTestStore({ cert, key })
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-store-'))
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, authority.certificate)
  secure.secrets.set('secret/a', { b: 'c' })
  assert.equal(
    await openSecretStore(settingsOf(secure.url, { caFile }), () => secure.token)('vault:a#b'),
    'c',
  )
  await assert.rejects(
    openSecretStore(settingsOf(secure.url), () => secure.token)('vault:a#b'),
    /cannot be reached/,
  )
  await secure.stop()
  await rm(folder, { recursive: true })
})

test('what is not there says what to do, and nothing is ever repeated that may be a secret', async () => {
  store.secrets.set('secret/deleted', null)
  const cases: readonly (readonly [string, RegExp])[] = [
    ['vault:providers/east#key', /with 404; there is no such secret/],
    ['vault:deleted#key', /with 404; there is no such secret, or its newest version is deleted/],
    ['vault:providers/west#missing', /secret\/providers\/west has no text in the field missing/],
    ['vault:providers/west#other', /has no text in the field other/],
    ['vault:providers/west#list', /has no text in the field list/],
    ['vault:providers/west#many', /the field many of .* must be one bare secret/],
  ]
  for (const [reference, message] of cases) {
    const error = await read(reference).catch((caught: Error) => caught)
    assert.ok(error instanceof Error, reference)
    assert.match(error.message, message)
    assert.doesNotMatch(error.message, /key-of-the-company|two\n|hvs\./)
  }
  store.fault = [503, { errors: ['Vault is sealed'] }]
  await assert.rejects(
    read('vault:providers/west#key'),
    /503 \(Vault is sealed\); it is sealed or in maintenance/,
  )
  store.fault = [307, {}, { location: 'http://127.0.0.1:1/' }]
  await assert.rejects(
    read('vault:providers/west#key'),
    /it points elsewhere: name that address in vault.url/,
  )
  store.fault = [200, 'no engine']
  await assert.rejects(read('vault:providers/west#key'), /has no text in the field key/)
  const away = openSecretStore(settingsOf('http://127.0.0.1:9'), () => 'x')
  await assert.rejects(away('vault:a#b'), /127.0.0.1:9 cannot be reached .*; start it, or correct vault.url/)
})

test('a reference names a path and a field, and cannot lead out of the engine', () => {
  for (const text of ['vault:a#b', 'vault:providers/west-1/x.y#api_key'])
    assert.ok(isVaultReference(text), text)
  for (const text of [
    'vault:',
    'vault:a',
    'vault:#b',
    'vault:a#',
    'vault:/a#b',
    'vault:a/#b',
    'vault:../sys#b',
    'vault:a/../../sys#b',
    'vault:..#b',
    'vault:a/.#b',
    'vault:a?x=1#b',
    'vault:a%2f..#b',
    `vault:${'a/'.repeat(300)}a#b`,
  ])
    assert.ok(!isVaultReference(text), text)
})
