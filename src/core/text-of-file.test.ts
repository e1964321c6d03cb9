import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOfFile } from './text-of-file.ts'

test('a file is read with and without a byte order mark', () => {
  assert.equal(textOfFile(Buffer.from('name: Grün'), 'a.yaml'), 'name: Grün')
  assert.equal(textOfFile(Buffer.from('\ufeffname: Grün'), 'a.yaml'), 'name: Grün')
  assert.equal(textOfFile(Buffer.alloc(0), 'a.yaml'), '')
})

test('a file of another encoding is refused by its name, whatever would become of its letters', () => {
  for (const encoding of ['latin1', 'utf16le'] as const)
    assert.throws(() => textOfFile(Buffer.from('\u00ffname: Grün', encoding), 'a.yaml'), {
      message: 'a.yaml is not UTF-8; save it as UTF-8 and try again',
    })
})
