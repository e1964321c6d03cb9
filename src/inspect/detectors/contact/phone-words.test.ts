import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNamedInOtherLetters } from './phone-words.ts'

const isNamed = (text: string): boolean => isNamedInOtherLetters(text, text.length)

test('a name in other letters stands up to eight units before its number', () => {
  for (const name of ['\u96fb\u8a71', '\uc804\ud654', '\u0647\u0627\u062a\u0641', '\u0e42\u0e17\u0e23'])
    for (const between of ['', ': ', ' of Ann ', '        '])
      assert.ok(isNamed(name + between), name + between)
})

test('no digit and no end of a line stands between, and the name is whole', () => {
  for (const text of ['\u96fb\u8a71         ', '\u96fb\u8a71 1, ', '\u96fb\u8a71\n', '\u8a71 ', 'tel ', ''])
    assert.ok(!isNamed(text), text)
})
