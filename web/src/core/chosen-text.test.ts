import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChosenText } from './chosen-text.ts'

/** An input with a file in it. */
function inputWith(file?: File | Pick<File, 'name' | 'size' | 'arrayBuffer'>) {
  const input = {
    files: (file === undefined ? [] : [file]) as unknown as FileList,
    said: '',
    setCustomValidity: (problem: string) => {
      input.said = problem
    },
  }
  return input
}

test('a chosen file is read, without a byte order mark', async () => {
  const input = inputWith(new File(['\ufeffname: Grün'], 'a.yaml'))
  assert.deepEqual(await readChosenText(input), { name: 'a.yaml', text: 'name: Grün' })
  assert.equal(input.said, '')
  assert.equal(await readChosenText(inputWith()), undefined)
})

test('what cannot be taken is said at the input, and nothing is sent', async () => {
  const latin = inputWith(new File([Uint8Array.of(0x47, 0x72, 0xfc, 0x6e)], 'a.yaml'))
  assert.equal(await readChosenText(latin), undefined)
  assert.equal(latin.said, 'a.yaml is not UTF-8: save it as UTF-8 and choose it again.')
  const gone = inputWith({
    name: 'a.yaml',
    size: 1,
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
  })
  assert.equal(await readChosenText(gone), undefined)
  assert.equal(gone.said, 'a.yaml cannot be read: look for it and choose it again.')
  const large = inputWith({
    name: 'a.yaml',
    size: 7_000_000,
    arrayBuffer: () => Promise.reject(new Error('it was read')),
  })
  assert.equal(await readChosenText(large), undefined)
  assert.match(large.said, /larger than 6 MB/)
})
