import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { seal, unseal } from '#/sealing/seal.ts'
import { type LogKeys, openLogKeys } from './keys.ts'
import { appendExchange, copyAsCrashed, folderOf, newFolder, openIn, origin } from './log-for-tests.ts'
import { verifyFolder } from './verify.ts'

const place = { origin, alias: 'a', kind: 'intent', requestId: 'req_one' }

async function open(context: TestContext, folder: string, recordsPerKey?: number): Promise<LogKeys> {
  const keys = await openLogKeys({
    folder,
    origin,
    ...(recordsPerKey === undefined ? {} : { recordsPerKey }),
  })
  context.after(() => keys.close())
  return keys
}

test('a person has one alias and one key in a month, others in the next, and both outlive the process', async (context) => {
  const folder = await newFolder(context)
  const first = await open(context, folder)
  const november = first.sealing('person-1', '2026-11')
  const december = first.sealing('person-1', '2026-12')
  const other = first.sealing('person-2', '2026-11')
  assert.match(november.alias, /^[0-9a-f]{32}$/)
  assert.equal(new Set([november, december, other].map((key) => key.alias)).size, 3)
  assert.equal(new Set([november, december, other].map((key) => key.commitment)).size, 3)

  const second = await open(context, folder)
  const again = second.sealing('person-1', '2026-11')
  assert.equal(again.alias, november.alias)
  assert.equal(again.commitment, november.commitment)
  assert.ok(again.key.equals(november.key))
  assert.equal(second.personOf(december.alias), 'person-1')
  assert.deepEqual([...second.aliasesOf('person-1')].sort(), [november.alias, december.alias].sort())
  assert.ok(second.opening(other.commitment)?.equals(other.key))
  assert.equal(second.opening('0'.repeat(64)), undefined)
  assert.equal(second.personOf('0'.repeat(32)), undefined)
})

test('a key is replaced before it has sealed too many records, also when the process starts anew', async (context) => {
  const folder = await newFolder(context)
  const first = await open(context, folder, 3)
  const used = [1, 2, 3, 4].map(() => first.sealing('person-1', '2026-11'))
  assert.equal(used[0]?.commitment, used[2]?.commitment)
  assert.notEqual(used[2]?.commitment, used[3]?.commitment)
  assert.equal(used[0]?.alias, used[3]?.alias)
  // How many the crashed process really sealed is not known, so what it had reserved counts as used.
  const second = await open(context, folder, 3)
  assert.notEqual(second.sealing('person-1', '2026-11').commitment, used[3]?.commitment)
  assert.ok(second.opening(used[0]?.commitment ?? '')?.equals(used[0]?.key ?? assert.fail()))
})

test('the wrapped keys do not open with another wrapping key, and the error names it', async (context) => {
  const folder = await newFolder(context)
  const { commitment } = (await open(context, folder)).sealing('person-1', '2026-11')
  await writeFile(join(folder, 'kek'), randomBytes(32).toString('base64'))
  const keys = await open(context, folder)
  assert.throws(() => keys.opening(commitment), /keys\/kek/)
  assert.throws(() => keys.sealing('person-1', '2026-11'), /keys\/kek/)
})

test('secret files are for their owner only, and are refused when they are not', async (context) => {
  const folder = await newFolder(context)
  await open(context, folder)
  for (const name of ['kek', `${encodeURIComponent(origin)}.signing.pem`]) {
    const path = join(folder, name)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    await chmod(path, 0o640)
    await assert.rejects(openLogKeys({ folder, origin }), /may be read by others/)
    await chmod(path, 0o600)
  }
})

test('neither the wrapping key nor a data key stands in the store', async (context) => {
  const folder = await newFolder(context)
  const { key } = (await open(context, folder)).sealing('person-1', '2026-11')
  const store = await readFile(join(folder, 'data-keys.db'))
  assert.equal(store.includes(key.export()), false)
  assert.equal(store.includes(Buffer.from(await readFile(join(folder, 'kek'), 'utf8'), 'base64')), false)
})

test('a wrapping key of the wrong length is named, and reading alone makes nothing', async (context) => {
  const folder = await newFolder(context)
  await assert.rejects(openLogKeys({ folder, origin, isReadOnly: true }), /ENOENT/)
  await writeFile(join(folder, 'kek'), 'c2hvcnQ=', { mode: 0o600 })
  await assert.rejects(openLogKeys({ folder, origin }), /32 bytes/)
})

test('a sealed text opens only with its key and only in its place', async (context) => {
  const keys = await open(context, await newFolder(context))
  const { key } = keys.sealing('person-1', '2026-11')
  const { nonce, ciphertext, tag } = seal(key, place, 'a secret text')
  const sealed = Buffer.concat([nonce, ciphertext, tag])
  assert.equal(unseal(key, place, sealed)?.toString(), 'a secret text')
  assert.equal(sealed.includes('secret'), false)
  assert.equal(unseal(keys.sealing('person-2', '2026-11').key, place, sealed), undefined)
  for (const moved of [
    { origin: 'x' },
    { alias: 'b' },
    { kind: 'outcome' },
    { requestId: 'req_two' },
    { requestId: undefined },
  ]) {
    assert.equal(unseal(key, { ...place, ...moved }, sealed), undefined)
  }
  for (let at = 0; at < sealed.length; at++) {
    const flipped = Buffer.from(sealed)
    flipped[at] = (flipped[at] as number) ^ 1
    assert.equal(unseal(key, place, flipped), undefined)
  }
  assert.equal(unseal(key, place, Buffer.alloc(5)), undefined)
})

test('no nonce is used twice', async (context) => {
  const { key } = (await open(context, await newFolder(context))).sealing('person-1', '2026-11')
  const nonces = Array.from({ length: 5_000 }, () => seal(key, place, '').nonce.toString('hex'))
  assert.equal(new Set(nonces).size, nonces.length)
})

test('after an erasure and a rotation the log verifies, others open, and the copy of before opens nothing', async (context) => {
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder)
  const erased = await appendExchange(log, 'person-1', 'what is to be erased')
  const kept = await appendExchange(log, 'person-2', 'what is kept')
  const before = await copyAsCrashed(folder, context)
  await keys.destroy({ person: 'person-1' })
  const untold = { tell: async () => undefined }
  await keys.rotate(untold)
  await keys.destroyRetired(untold)
  const gone = await log.open(erased)
  assert.deepEqual([gone?.payload, gone?.subject], [undefined, undefined])
  assert.match(Buffer.from((await log.open(kept))?.payload ?? []).toString(), /what is kept/)
  await close()
  const verified = await verifyFolder(folderOf(folder))
  assert.deepEqual(verified.problems, [])
  // The older data-keys.db under the key of now: test 25 of the list for the log.
  const store = join(folder, 'keys', 'data-keys.db')
  await copyFile(join(before, 'keys', 'data-keys.db'), store)
  await assert.rejects(openIn(folder), /wrapped under version 1 of keys\/kek, which has version 2/)
})
