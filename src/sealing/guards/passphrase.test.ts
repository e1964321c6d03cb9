import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readKekFile } from '../kek-file.ts'
import { newFolder, openKeys } from '../test-keys.ts'
import type { KeyGuards } from './api.ts'
import { nobody } from './nobody.ts'
import { passphraseGuard } from './passphrase.ts'

/** A hundredth of the work, where what a guess costs is not what is looked at. */
const cheap = { N: 2 ** 10, r: 8, p: 1 }

function guardsFor(passphrase: string, former?: string, cost?: typeof cheap): KeyGuards {
  const guard = passphraseGuard(() => passphrase, former === undefined ? undefined : () => former, cost)
  return { current: guard, all: new Map([guard, nobody].map((each) => [each.name, each])) }
}

test('a passphrase that is turned on seals the file that was open, and a wrong one or none refuses', async (context) => {
  const folder = await newFolder(context)
  const plain = await openKeys(context, folder)
  const { commitment, key } = plain.sealing('person-1', '2026-11')
  plain.close()
  const path = join(folder, 'kek')
  const bare = (await readKekFile(path))?.versions[0]?.sealed ?? assert.fail()
  const keys = await openKeys(context, folder, { guards: guardsFor('a long passphrase') })
  assert.equal(keys.guard().name, 'passphrase')
  assert.ok(keys.opening(commitment)?.equals(key))
  keys.close()
  assert.equal((await readFile(path, 'utf8')).includes(bare), false)
  assert.match((await readKekFile(path))?.versions[0]?.sealed ?? '', /^scrypt:131072:8:1:/)
  const wrong = openKeys(context, folder, { guards: guardsFor('another passphrase') })
  await assert.rejects(wrong, /keys.passphrase does not open keys\/kek.*keys.formerPassphrase/)
  await assert.rejects(openKeys(context, folder), /sealed with a passphrase: name it with keys.passphrase/)
})

test('a passphrase is changed by naming the one before, which is then of no use', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder, {
    guards: guardsFor('the first passphrase', undefined, cheap),
  })
  const { commitment, key } = first.sealing('person-1', '2026-11')
  first.close()
  const changed = await openKeys(context, folder, {
    guards: guardsFor('the second passphrase', 'the first passphrase', cheap),
  })
  assert.ok(changed.opening(commitment)?.equals(key))
  changed.close()
  await openKeys(context, folder, { guards: guardsFor('the second passphrase', undefined, cheap) })
  await assert.rejects(
    openKeys(context, folder, { guards: guardsFor('the first passphrase', undefined, cheap) }),
    /does not open/,
  )
  await assert.rejects(
    openKeys(context, folder, { guards: guardsFor('a third passphrase', 'the first passphrase', cheap) }),
    /does not open/,
  )
})

test('a sealed key opens as the version it was sealed as, and cost beyond measure is refused', async () => {
  const guard = passphraseGuard(() => 'a long passphrase', undefined, cheap)
  const kek = randomBytes(32)
  const sealed = await guard.seal(kek, 3)
  assert.deepEqual((await guard.open(sealed, 3)).bytes, kek)
  await assert.rejects(guard.open(sealed, 4), /does not open/)
  for (const text of [
    '',
    'scrypt',
    sealed.sealed.replace('scrypt:1024', 'scrypt:99999999999'),
    `${sealed.sealed}:x`.replace(/:8:/, ':0:'),
  ]) {
    await assert.rejects(guard.open({ ...sealed, sealed: text }, 3), /not as Sallyport wrote it/)
  }
})
