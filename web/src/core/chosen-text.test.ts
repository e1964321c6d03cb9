import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChosenText } from './chosen-text.ts'

const fileThat = (size: number, arrayBuffer: () => Promise<ArrayBuffer>) => ({
  name: 'a.yaml',
  size,
  arrayBuffer,
})

test('a chosen file is read, with and without a byte order mark', async () => {
  for (const mark of ['', '\ufeff'])
    assert.deepEqual(await readChosenText(new File([`${mark}name: Grün`], 'a.yaml')), { text: 'name: Grün' })
})

test('what cannot be taken is told with what to do', async () => {
  assert.deepEqual(await readChosenText(new File([Uint8Array.of(0x47, 0x72, 0xfc, 0x6e)], 'a.yaml')), {
    problem: 'a.yaml is not UTF-8: save it as UTF-8 and choose it again.',
  })
  const gone = fileThat(1, () => Promise.reject(new DOMException('gone', 'NotFoundError')))
  assert.deepEqual(await readChosenText(gone), {
    problem: 'a.yaml cannot be read: look for it and choose it again.',
  })
  const large = fileThat(7_000_000, () => Promise.reject(new Error('it was read')))
  assert.deepEqual(await readChosenText(large), { problem: 'a.yaml is larger than 6 MB: split it.' })
})
