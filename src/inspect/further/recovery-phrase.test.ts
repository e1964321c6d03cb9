import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recoveryPhrase } from './recovery-phrase.ts'

const phrase = 'crop cash unable insane eight faith inflict route frame loud box vibrant'

/** What is found behind the labels of a text, asked in turn, and last. */
const lastFound = (text: string, label: string): string | undefined =>
  [...text.matchAll(new RegExp(label, 'g'))]
    .flatMap(({ 0: written, index }) => recoveryPhrase.examine(text, index, index + written.length))
    .map(({ start, end }) => text.slice(start, end))
    .at(-1)

test('a phrase is found behind the last of many labels, however few words parted them', () => {
  for (const label of ['seed phrase', 'frase seed', 'mnemonic', 'palavras de recuperação'])
    for (const count of [2, 12, 13, 36, 300, 2_000])
      for (const between of [' ', ': ', ', ', '\n'])
        assert.equal(lastFound(`${label}${between}`.repeat(count) + phrase, label), phrase)
})

test('what was read in one text says nothing about another', () => {
  assert.equal(lastFound('mnemonic '.repeat(40), 'mnemonic'), undefined)
  assert.equal(lastFound(`mnemonic mnemonic ${phrase}`, 'mnemonic'), phrase)
})

test('a label is read on where no word follows', () => {
  assert.equal(lastFound(`seed phrase seed phrase a bip-39 ${phrase}`, '(?:seed phrase|bip-39)'), phrase)
})
