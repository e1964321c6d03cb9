import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { readOrCreatePassword, readOrCreateSecrets } from './secrets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a data folder keeps its password and its keys', () => {
  const password = readOrCreatePassword(folder)
  const secrets = readOrCreateSecrets(folder)
  assert.match(password, /^[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$/)
  assert.equal(readOrCreatePassword(folder), password)
  assert.deepEqual(readOrCreateSecrets(folder), secrets)
})

test('two data folders have nothing in common', async () => {
  const other = await mkdtemp(join(tmpdir(), 'sallyport-secrets-'))
  assert.notEqual(readOrCreatePassword(other), readOrCreatePassword(folder))
  assert.notEqual(readOrCreateSecrets(other).signingKey.d, readOrCreateSecrets(folder).signingKey.d)
  await rm(other, { recursive: true })
})

test('only the owner of the files may read them, also when somebody loosened that', async () => {
  const password = readOrCreatePassword(folder)
  readOrCreateSecrets(folder)
  await chmod(join(folder, 'keys', 'development-password'), 0o644)
  assert.equal(readOrCreatePassword(folder), password)
  assert.equal((await stat(join(folder, 'keys'))).mode & 0o777, 0o700)
  for (const name of ['development-password', 'development-provider.json']) {
    assert.equal((await stat(join(folder, 'keys', name))).mode & 0o777, 0o600, name)
  }
  assert.deepEqual((await readdir(join(folder, 'keys'))).sort(), [
    'development-password',
    'development-provider.json',
  ])
})

test('a damaged file is named with what to do, never replaced in silence', async () => {
  await mkdir(join(folder, 'keys'))
  await writeFile(join(folder, 'keys', 'development-provider.json'), '{"signingKey":')
  await writeFile(join(folder, 'keys', 'development-password'), '\n')
  assert.throws(() => readOrCreateSecrets(folder), /development-provider.json cannot be read; remove it/)
  assert.throws(() => readOrCreatePassword(folder), /development-password holds no password; remove it/)
})
