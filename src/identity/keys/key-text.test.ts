import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf, isKeyText, newKeyText } from './key-text.ts'

test('a key is sp_ and forty characters that cannot be confused with each other', () => {
  for (let count = 0; count < 100; count++) {
    const key = newKeyText()
    assert.match(key, /^sp_[abcdefghijkmnpqrstuvwxyz23456789]{40}$/)
    assert.equal(isKeyText(key), true)
  }
})

test('no two keys are the same', () => {
  const keys = new Set(Array.from({ length: 1_000 }, newKeyText))
  assert.equal(keys.size, 1_000)
})

test('one wrong character anywhere is noticed, and so are two swapped neighbours', () => {
  const key = newKeyText()
  for (let at = 3; at < key.length; at++) {
    const wrong = key[at] === 'a' ? 'b' : 'a'
    assert.equal(isKeyText(key.slice(0, at) + wrong + key.slice(at + 1)), false, `at ${at}`)
    const [one, other] = [key[at] as string, key[at + 1]]
    if (other === undefined || one === other) continue
    assert.equal(isKeyText(key.slice(0, at) + other + one + key.slice(at + 2)), false, `swapped at ${at}`)
  }
})

test('other texts are not keys', () => {
  const key = newKeyText()
  for (const text of [
    '',
    'sp_',
    key.slice(0, -1),
    `${key}a`,
    key.toUpperCase(),
    ` ${key}`,
    `${key}\n`,
    'x'.repeat(43),
  ]) {
    assert.equal(isKeyText(text), false, JSON.stringify(text))
  }
})

test('what is stored is the SHA-256 of the text', () => {
  assert.equal(hashOf('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
