import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createSealer, type Sealer, sealerOverheadBytes } from './sealer.ts'
import { newFolder, openKeys } from './test-keys.ts'

const place = { person: 'person-1', purpose: 'conversation', id: 'conv_1/3' }
const month = '2026-11'

async function open(
  context: TestContext,
): Promise<{ sealer: Sealer; keys: Awaited<ReturnType<typeof openKeys>> }> {
  const keys = await openKeys(context, await newFolder(context))
  return { keys, sealer: createSealer(keys, 'ai.example.com/log') }
}

test('what was sealed for a place opens there, and its bytes hold nothing of it', async (context) => {
  const { sealer } = await open(context)
  const text = 'the heron flies at midnight'
  const sealed = sealer.seal({ ...place, month }, text)
  assert.equal(sealed.length, text.length + sealerOverheadBytes)
  assert.equal(sealed.includes('heron'), false)
  assert.equal(sealer.open(place, sealed)?.toString(), text)
  assert.equal(sealer.open(place, new Uint8Array(sealed))?.toString(), text)
  assert.equal(sealer.open(place, sealer.seal({ ...place, month }, ''))?.length, 0)
})

test('it opens for no other person, purpose, id or installation, and no bit of it can be changed', async (context) => {
  const { sealer, keys } = await open(context)
  const sealed = sealer.seal({ ...place, month }, 'a text')
  const others = [{ person: 'person-2' }, { purpose: 'file' }, { id: 'conv_1/4' }, { id: '' }]
  for (const other of others) {
    assert.throws(() => sealer.open({ ...place, ...other }, sealed), /sealed as another text, or was changed/)
  }
  assert.throws(() => createSealer(keys, 'other.example.com').open(place, sealed), /another text/)
  const opened: number[] = []
  for (let at = 0; at < sealed.length; at++) {
    const flipped = Buffer.from(sealed)
    flipped[at] = (flipped[at] as number) ^ 1
    try {
      // A key name that was changed names a key that is not there, as after an erasure.
      if (sealer.open(place, flipped) !== undefined) opened.push(at)
    } catch (error) {
      assert.match((error as Error).message, /another text/)
    }
  }
  assert.deepEqual(opened, [])
  assert.throws(() => sealer.open(place, sealed.subarray(0, sealerOverheadBytes - 1)), /another text/)
})

test('once the key is destroyed it is gone, and the next text has a key of its own', async (context) => {
  const { sealer, keys } = await open(context)
  const sealed = sealer.seal({ ...place, month }, 'a text')
  await keys.destroy({ person: place.person })
  assert.equal(sealer.open(place, sealed), undefined)
  const next = sealer.seal({ ...place, month }, 'another text')
  assert.equal(sealer.open(place, next)?.toString(), 'another text')
  assert.equal(sealer.open(place, sealed), undefined)
})

test('a purpose that could be taken for something else is a mistake of the caller', async (context) => {
  const { sealer } = await open(context)
  for (const purpose of ['', 'a b', 'a\nb', 'Intent']) {
    assert.throws(() => sealer.seal({ ...place, purpose, month }, 'x'), /small letters/)
  }
})
