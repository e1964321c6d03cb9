import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readKekFile } from '../kek-file.ts'
import { newFolder, openKeys } from '../test-keys.ts'
import type { KeyGuards } from './api.ts'
import { awsKmsGuard } from './aws-kms.ts'
import type { AwsCredentials } from './aws-signature.ts'
import { arnOf, startTestKms, type TestKms } from './test-kms.ts'

const credentials: AwsCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'of-the-test' }

async function start(context: TestContext): Promise<TestKms> {
  const kms = await startTestKms(credentials)
  context.after(() => kms.stop())
  return kms
}

function guardsFor(kms: TestKms, key = 'alias/sallyport', given = credentials): KeyGuards {
  const settings = {
    region: 'eu-central-1',
    key,
    url: kms.url,
    accessKeyId: 'env:A',
    secretAccessKey: 'env:B',
    sessionToken: undefined,
    limitMs: 1_000,
  }
  const guard = awsKmsGuard(settings, () => given, Date)
  return { current: guard, all: new Map([[guard.name, guard]]) }
}

const untold = { tell: async () => undefined }

test('KMS seals the key of keys for its version, and opens it again', async (context) => {
  const kms = await start(context)
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder, { guards: guardsFor(kms) })
  const { commitment, key } = keys.sealing('person-1', '2026-11')
  const version = (await readKekFile(join(folder, 'kek')))?.versions[0]
  assert.equal(version?.holder, arnOf('one'))
  const again = await openKeys(context, folder, { guards: guardsFor(kms) })
  assert.ok(again.opening(commitment)?.equals(key))
  const { current } = guardsFor(kms)
  assert.ok(version)
  await assert.rejects(
    current.open(version, 2),
    /InvalidCiphertextException; keys\/kek was sealed by another key/,
  )
})

test('a rotation moves to the key the settings name now, and says which one to delete', async (context) => {
  const kms = await start(context)
  const folder = await newFolder(context)
  const first = await openKeys(context, folder, { guards: guardsFor(kms) })
  const { commitment, key } = first.sealing('person-1', '2026-11')
  first.close()
  kms.keys.set(arnOf('two'), { bytes: randomBytes(32), state: 'Enabled' })
  const guards = guardsFor(kms, arnOf('two'))
  const keys = await openKeys(context, folder, { guards })
  const notes: string[] = []
  const hooks = { tell: async ({ note }: { readonly note: string }) => void notes.push(note) }
  await keys.rotate(hooks)
  await keys.destroyRetired(hooks)
  assert.match(notes[1] ?? '', new RegExp(`schedule the deletion of ${arnOf('one')}`))
  const old = kms.keys.get(arnOf('one'))
  assert.ok(old)
  old.state = 'PendingDeletion'
  assert.ok((await openKeys(context, folder, { guards })).opening(commitment)?.equals(key))
})

test('what KMS refuses names what to do, and no secret', async (context) => {
  const kms = await start(context)
  const folder = await newFolder(context)
  ;(await openKeys(context, folder, { guards: guardsFor(kms) })).close()
  const key = kms.keys.get(arnOf('one'))
  assert.ok(key)
  const rejects = (guards: KeyGuards, message: RegExp) =>
    assert.rejects(openKeys(context, folder, { guards }), (error: Error) => {
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /of-the-test/)
      return true
    })
  key.state = 'Disabled'
  await rejects(guardsFor(kms), /Decrypt with 400 DisabledException .*enable it/)
  key.state = 'PendingDeletion'
  await rejects(guardsFor(kms), /KMSInvalidStateException .*cancel that/)
  key.state = 'Enabled'
  const other = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not of-the-test' }
  await rejects(
    guardsFor(kms, 'alias/sallyport', other),
    /InvalidSignatureException .*secret access key is wrong/,
  )
  await rejects(
    guardsFor(kms, 'alias/sallyport', { ...other, accessKeyId: 'AKIDOTHER' }),
    /UnrecognizedClientException .*access key is wrong/,
  )
  const keys = await openKeys(context, await newFolder(context), { guards: guardsFor(kms) })
  await keys.rotate(untold)
  await assert.rejects(
    openKeys(context, await newFolder(context), { guards: guardsFor(kms, 'alias/none') }),
    /NotFoundException .*correct keys.awsKms.key/,
  )
})
