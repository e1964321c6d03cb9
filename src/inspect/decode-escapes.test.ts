import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clues } from './clues.ts'
import { patchEscapes } from './decode-escapes.ts'
import { PatchWriter } from './patches.ts'
import { seeded } from './test-random.ts'

function decoded(text: string): string {
  const patches = new PatchWriter(text, { around: text.length, most: Number.MAX_SAFE_INTEGER })
  patchEscapes(patches, text, { hasBackslash: true } as Clues)
  return patches.finish()?.text ?? text
}

test('escapes of JavaScript and C are decoded, bytes in a row as one character', () => {
  assert.equal(decoded('x\\u0041\\x42\\103\\u{44}y'), 'xABCDy')
  assert.equal(decoded('\\\\u0041 \\\\\\x42'), 'A B')
  assert.equal(decoded('\\xc3\\xa9\\u0041\\xe9'), 'éAé')
  assert.equal(decoded('\\u004 \\x4 \\u0000 \\'), '\\u004 \\x4 \\u0000 \\')
})

const pieces = [
  ...[
    '\\u0041',
    '\\u00E9',
    '\\x41',
    '\\xc3\\xa9',
    '\\xc3',
    '\\X41',
    '\\U00000041',
    '\\u{41}',
    '\\101',
    '\\n',
  ],
  ...['\\', '\\\\', '\\u004', '\\x4', '\\u', 'a', '4', ' '],
]

test('plain ones are decoded as they are behind one of another kind, from where on an expression looks', () => {
  const random = seeded(3)
  for (let round = 0; round < 2_000; round++) {
    let text = ''
    for (let left = random.below(8); left >= 0; left--) text += random.pick(pieces)
    assert.equal(decoded(`\\101 ${text}`), `A ${decoded(text)}`, text)
  }
})
