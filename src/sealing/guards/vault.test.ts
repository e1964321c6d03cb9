import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { VaultSettings } from '#/settings/api.ts'
import { readKekFile } from '../kek-file.ts'
import { newFolder, openKeys } from '../test-keys.ts'
import type { KeyGuards } from './api.ts'
import { nobody } from './nobody.ts'
import { startTestVault, type TestVault } from './test-vault.ts'
import { vaultGuard } from './vault.ts'

const settingsFor = (url: string, more: Partial<VaultSettings> = {}): VaultSettings => ({
  url,
  mount: 'transit',
  key: 'sallyport',
  token: 'env:VAULT_TOKEN',
  namespace: undefined,
  caFile: undefined,
  limitMs: 500,
  ...more,
})

function guardsFor(vault: TestVault, more: Partial<VaultSettings> = {}): KeyGuards {
  const guard = vaultGuard(settingsFor(vault.url, more), () => 'hvs.of-the-test')
  return { current: guard, all: new Map([guard, nobody].map((each) => [each.name, each])) }
}

async function start(context: TestContext): Promise<TestVault> {
  const vault = await startTestVault()
  context.after(() => vault.stop())
  return vault
}

const untold = { tell: async () => undefined }

test('the key of keys lies on disk as Vault sealed it, and opens after a new start', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const guards = guardsFor(vault)
  const keys = await openKeys(context, folder, { guards, source: 'vault' })
  const { commitment, key } = keys.sealing('person-1', '2026-11')
  assert.match((await readKekFile(join(folder, 'kek')))?.versions[0]?.sealed ?? '', /^vault:v1:/)
  assert.equal(keys.inventory().source, 'vault')
  const again = await openKeys(context, folder, { guards })
  assert.ok(again.opening(commitment)?.equals(key))
  // What happens per person stays here. Vault sealed once, showed that it opens, and opened at the second start.
  const decrypt = 'POST transit/decrypt/sallyport'
  assert.deepEqual(vault.calls, ['POST transit/encrypt/sallyport', decrypt, decrypt])
})

test('a rotation trims what opened older copies: they open no more, whatever is set back', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const guards = guardsFor(vault)
  const keys = await openKeys(context, folder, { guards })
  const erased = keys.sealing('person-1', '2026-11')
  const kept = keys.sealing('person-2', '2026-11')
  const backup = await newFolder(context)
  for (const name of ['kek', 'data-keys.db']) await copyFile(join(folder, name), join(backup, name))
  await keys.destroy({ person: 'person-1' })
  const before = await openKeys(context, backup, { guards, isReadOnly: true })
  assert.ok(before.opening(erased.commitment))

  await keys.rotate(untold)
  await keys.destroyRetired(untold)
  const key = vault.keys.get('sallyport')
  assert.deepEqual([...(key?.versions.keys() ?? [])], [2])
  assert.ok((await openKeys(context, folder, { guards })).opening(kept.commitment)?.equals(kept.key))
  // The whole keys folder put back, both files of the same age: Vault cannot open it.
  await assert.rejects(
    openKeys(context, backup, { guards, isReadOnly: true }),
    /disallowed by policy \(too old\)/,
  )
  const setBack = await fetch(`${vault.url}/v1/transit/keys/sallyport/config`, {
    method: 'POST',
    headers: { 'x-vault-token': vault.token },
    body: JSON.stringify({ min_decryption_version: 1 }),
  })
  assert.equal(setBack.status, 400)
})

test('a Vault that may not trim leaves a version waiting, and it is done once it may', async (context) => {
  const vault = await start(context)
  const guards = guardsFor(vault)
  const keys = await openKeys(context, await newFolder(context), { guards })
  const { commitment } = keys.sealing('person-1', '2026-11')
  vault.fault = (path) =>
    path.endsWith('/trim') ? [403, { errors: ['1 error occurred:\n\t* permission denied\n\n'] }] : undefined
  await keys.rotate(untold)
  await assert.rejects(
    keys.destroyRetired(untold),
    /refused transit\/keys\/sallyport\/trim with 403.*policy it needs/s,
  )
  assert.deepEqual(keys.guard().waiting, [1])
  assert.ok(keys.opening(commitment))
  vault.fault = undefined
  await keys.destroyRetired(untold)
  assert.deepEqual(keys.guard().waiting, [])
})

test('a Vault whose key was rotated by others gets the key sealed with the newest version, before the older one ends', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const guards = guardsFor(vault)
  const keys = await openKeys(context, folder, { guards })
  const { commitment, key } = keys.sealing('person-1', '2026-11')
  const sealed = async () => (await readKekFile(join(folder, 'kek')))?.versions[0]
  await keys.catchUp()
  assert.match((await sealed())?.sealed ?? '', /^vault:v1:/)
  const set = (path: string, body: object) =>
    fetch(`${vault.url}/v1/transit/keys/sallyport/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': vault.token },
      body: JSON.stringify(body),
    })
  await set('rotate', {})
  await keys.catchUp()
  assert.match((await sealed())?.sealed ?? '', /^vault:v2:/)
  assert.deepEqual([(await sealed())?.version, (await sealed())?.holder], [1, '2'])
  assert.equal((await set('config', { min_decryption_version: 2 })).status, 200)
  assert.ok((await openKeys(context, folder, { guards })).opening(commitment)?.equals(key))
})

/** Makes a certificate for this machine; undefined where there is no openssl. */
function makeCertificate(folder: string): { readonly key: string; readonly cert: string } | undefined {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=vault -addext subjectAltName=IP:127.0.0.1'
  const made = spawnSync('openssl', [...words.split(' '), '-keyout', key, '-out', cert])
  return made.status === 0 ? { key, cert } : undefined
}

test('over TLS only a certificate of the named file, or of the system, is trusted', async (context) => {
  const folder = await newFolder(context)
  const made = makeCertificate(folder)
  if (made === undefined) return context.skip('there is no openssl to make a certificate with')
  const vault = await startTestVault({
    key: await readFile(made.key, 'utf8'),
    cert: await readFile(made.cert, 'utf8'),
  })
  context.after(() => vault.stop())
  await assert.rejects(
    openKeys(context, join(folder, 'keys'), { guards: guardsFor(vault) }),
    /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
  )
  assert.deepEqual(vault.calls, [])
  const keys = await openKeys(context, join(folder, 'keys'), {
    guards: guardsFor(vault, { caFile: made.cert }),
  })
  assert.equal(keys.guard().name, 'vault')
})

test('an existing file is sealed by Vault once the settings say so, and only Vault opens it then', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const plain = await openKeys(context, folder)
  const { commitment, key } = plain.sealing('person-1', '2026-11')
  plain.close()
  const keys = await openKeys(context, folder, { guards: guardsFor(vault) })
  assert.ok(keys.opening(commitment)?.equals(key))
  assert.equal(keys.guard().name, 'vault')
  keys.close()
  await assert.rejects(openKeys(context, folder), /sealed by vault.*put its part under keys back/)
})

test('what Vault refuses names what to do, and never the token', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const open = (more: Partial<VaultSettings> = {}) =>
    openKeys(context, folder, { guards: guardsFor(vault, more) })
  const cases: readonly (readonly [TestVault['fault'], RegExp])[] = [
    [[403, { errors: ['permission denied'] }], /403 \(permission denied\); its token is wrong/],
    [[503, { errors: ['Vault is sealed'] }], /503 \(Vault is sealed\).*unseal it/],
    [[500, '<html>a proxy</html>'], /with 500$/],
    [[307, undefined, { location: 'http://127.0.0.1:1/v1/transit' }], /307; it points elsewhere/],
    [[200, { data: {} }], /is not one of a transit engine/],
    [[200, { data: { ciphertext: 'x'.repeat(70_000) } }], /more than 65536 bytes/],
  ]
  for (const [fault, message] of cases) {
    vault.fault = fault
    await assert.rejects(open(), (error: Error) => {
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /hvs\./)
      return true
    })
  }
  vault.fault = undefined
  await assert.rejects(open({ mount: 'other' }), /404.*correct keys.vault.mount/)
  vault.delayMs = 700
  await assert.rejects(open(), /did not answer within 500 ms/)
  vault.delayMs = 0
  // Nothing was made while it failed.
  assert.equal(await readKekFile(join(folder, 'kek')), undefined)
  await open()
})

test('a Vault that cannot be reached refuses the start and says where it was looked for', async (context) => {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  const guard = vaultGuard(settingsFor(`http://127.0.0.1:${port}`), () => 'x')
  const guards = { current: guard, all: new Map([[guard.name, guard]]) }
  await assert.rejects(
    openKeys(context, await newFolder(context), { guards }),
    new RegExp(
      `keys.vault: 127.0.0.1:${port} cannot be reached \\(ECONNREFUSED\\); start it, or correct keys.vault.url`,
    ),
  )
})

test('a key that Vault gives back changed is refused', async (context) => {
  const vault = await start(context)
  const folder = await newFolder(context)
  const guards = guardsFor(vault)
  ;(await openKeys(context, folder, { guards })).close()
  vault.fault = [200, { data: { plaintext: Buffer.alloc(16).toString('base64') } }]
  await assert.rejects(openKeys(context, folder, { guards }), /not 32 bytes long/)
  vault.fault = undefined
  const path = join(folder, 'kek')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/vault:v1:..../, 'vault:v1:AAAA'))
  await assert.rejects(openKeys(context, folder, { guards }), /message authentication failed/)
})
