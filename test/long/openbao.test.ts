import assert from 'node:assert/strict'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { KeyGuards } from '#/sealing/guards/api.ts'
import { nobody } from '#/sealing/guards/nobody.ts'
import { startTestVault } from '#/sealing/guards/test-vault.ts'
import { vaultGuard } from '#/sealing/guards/vault.ts'
import { newFolder, openKeys } from '#/sealing/test-keys.ts'
import { callerOf, documentedPolicy, type OpenBao, openBao, startOpenBao } from '../support/openbao.ts'

/** The key of keys in a real OpenBao, and the stand-in of the unit tests against it, answer by answer. */

const skip =
  openBao === undefined ? 'OpenBao is not here (.ci/run installs it; SALLYPORT_OPENBAO names it)' : false
const untold = { tell: async () => undefined }

function guardsFor(url: string, token: () => string): KeyGuards {
  const settings = { url, mount: 'transit', key: 'sallyport', token: 'env:X', namespace: undefined }
  const guard = vaultGuard({ ...settings, caFile: undefined, limitMs: 2_000 }, token)
  return { current: guard, all: new Map([guard, nobody].map((each) => [each.name, each])) }
}

/** As `docs/operate/keys.md` says: the engine, the key, and a token that may do what the policy there lists. */
async function tokenFor(bao: OpenBao): Promise<string> {
  await bao.call('POST', 'transit/keys/sallyport')
  const put = await bao.call('PUT', 'sys/policies/acl/sallyport', { policy: await documentedPolicy() })
  assert.equal(put.status, 204)
  const made = await bao.call('POST', 'auth/token/create', {
    policies: ['sallyport'],
    no_default_policy: true,
  })
  return made.json?.auth?.client_token ?? assert.fail('no token')
}

test('with the documented policy a real OpenBao seals, opens and rotates, and what it trimmed opens no more', {
  skip,
}, async (context) => {
  const bao = await startOpenBao(context)
  let token = await tokenFor(bao)
  const guards = guardsFor(bao.url, () => token)
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder, { guards, source: 'vault' })
  const erased = keys.sealing('person-1', '2026-11')
  const kept = keys.sealing('person-2', '2026-11')
  assert.match(await readFile(join(folder, 'kek'), 'utf8'), /vault:v1:/)
  const again = await openKeys(context, folder, { guards, isReadOnly: true })
  assert.ok(again.opening(kept.commitment)?.equals(kept.key))

  const backup = await newFolder(context)
  for (const name of ['kek', 'data-keys.db']) await copyFile(join(folder, name), join(backup, name))
  await keys.destroy({ person: 'person-1' })
  const before = await openKeys(context, backup, { guards, isReadOnly: true })
  assert.ok(before.opening(erased.commitment), 'until a rotation the older copy opens')
  await keys.rotate(untold)
  await keys.destroyRetired(untold)
  assert.deepEqual(keys.guard().waiting, [])
  await assert.rejects(openKeys(context, backup, { guards, isReadOnly: true }), /too old/)
  const setBack = await bao.call('POST', 'transit/keys/sallyport/config', { min_decryption_version: 1 })
  assert.equal(setBack.status, 400, 'not even root of OpenBao brings back what was trimmed')
  assert.ok((await openKeys(context, folder, { guards })).opening(kept.commitment)?.equals(kept.key))

  // Somebody else rotates the key of OpenBao.
  await bao.call('POST', 'transit/keys/sallyport/rotate')
  await keys.catchUp()
  const { json } = await bao.call('GET', 'transit/keys/sallyport')
  assert.match(
    await readFile(join(folder, 'kek'), 'utf8'),
    new RegExp(`vault:v${json?.data?.['latest_version']}:`),
  )

  // A token that ended, an OpenBao that was sealed, and one that is gone.
  const good = token
  token = 'of-nobody'
  await assert.rejects(keys.renew(), /403 \(permission denied\).*its token is wrong/)
  token = good
  await keys.renew()
  assert.equal((await bao.call('PUT', 'sys/seal')).status, 204)
  await assert.rejects(keys.renew(), /503 .*sealed.*unseal it/)
})

test('the stand-in for Vault in the unit tests answers as a real OpenBao does', { skip }, async (context) => {
  const bao = await startOpenBao(context)
  const vault = await startTestVault()
  context.after(() => vault.stop())
  const places = [bao.call, callerOf(vault.url, vault.token)]
  const plaintext = Buffer.alloc(32, 7).toString('base64')
  let sealed: readonly string[] = []
  const both = async (
    method: string,
    path: string,
    body?: object | ((place: number) => object),
    token?: string,
  ) => {
    const [real, stand] = await Promise.all(
      places.map((call, place) => call(method, path, typeof body === 'function' ? body(place) : body, token)),
    )
    const shown = [real, stand].map((answer) => ({
      status: answer?.status,
      errors: answer?.json?.errors?.map((each) => each.trim()),
      data: pick(answer?.json?.data),
    }))
    assert.deepEqual(shown[1], shown[0], `${method} ${path} ${JSON.stringify(body)}`)
    return [real, stand]
  }
  await both('GET', 'transit/keys/sallyport')
  await both('POST', 'transit/decrypt/sallyport', { ciphertext: 'vault:v1:AAAA' })
  await both('POST', 'transit/keys/sallyport/rotate', {})
  await both('POST', 'transit/keys/sallyport/config', { min_decryption_version: 1 })
  await both('POST', 'transit/keys/sallyport/trim', { min_available_version: 1 })
  const first = await both('POST', 'transit/encrypt/sallyport', { plaintext })
  sealed = first.map((answer) => String(answer?.json?.data?.['ciphertext']))
  const opening = (place: number) => ({ ciphertext: sealed[place] })
  await both('POST', 'transit/decrypt/sallyport', opening)
  await both('POST', 'transit/decrypt/sallyport', opening, 'of-nobody')
  await both('POST', 'other/encrypt/sallyport', { plaintext })
  await both('POST', 'transit/decrypt/sallyport', { ciphertext: 'without a version' })
  await both('POST', 'transit/decrypt/sallyport', { ciphertext: 'vault:v9:AAAA' })
  await both('POST', 'transit/decrypt/sallyport', (place: number) => ({
    ciphertext: sealed[place]?.replace(/.{8}$/, 'AAAAAAA='),
  }))
  await both('GET', 'transit/keys/sallyport')
  await both('POST', 'transit/keys/sallyport/rotate', {})
  await both('GET', 'transit/keys/sallyport')
  const config = 'transit/keys/sallyport/config'
  const trim = 'transit/keys/sallyport/trim'
  await both('POST', trim, { min_available_version: 2 })
  await both('POST', config, { min_decryption_version: 9 })
  await both('POST', config, { min_encryption_version: 9 })
  await both('POST', config, { min_decryption_version: 2, min_encryption_version: 1 })
  await both('POST', config, { min_decryption_version: 2, min_encryption_version: 2 })
  await both('POST', 'transit/decrypt/sallyport', opening)
  await both('POST', trim, { min_available_version: 9 })
  await both('POST', trim, { min_available_version: 2 })
  await both('POST', trim, { min_available_version: 1 })
  await both('POST', config, { min_decryption_version: 1 })
  await both('GET', 'transit/keys/sallyport')
})

/** What the guard reads; the rest of what a real one says is its own. */
function pick(data: Readonly<Record<string, unknown>> = {}): object {
  const names = [
    'latest_version',
    'min_decryption_version',
    'min_encryption_version',
    'min_available_version',
  ]
  const { ciphertext, plaintext, name, type } = data
  return {
    ...Object.fromEntries(names.map((each) => [each, data[each]])),
    name,
    type,
    plaintext,
    ciphertext:
      typeof ciphertext === 'string'
        ? ciphertext.replace(/:[^:]*$/, `:${ciphertext.length} characters`)
        : undefined,
  }
}
