import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gaps, hashWord, kinds, makeTokens, readTokens } from './tokens.ts'

function tokensOf(text: string) {
  const tokens = makeTokens(100)
  readTokens(text, 0, tokens)
  return Array.from({ length: tokens.count }, (_, at) => ({
    word: text.slice(tokens.start[at], tokens.end[at]),
    kind: tokens.kind[at],
    gap: tokens.gap[at],
  }))
}

test('words, numbers and signs are tokens of their own', () => {
  assert.deepEqual(
    tokensOf("O'Neil-Baker, B2B 42!").map(({ word }) => word),
    ['O', "'", 'Neil', '-', 'Baker', ',', 'B2B', '42', '!'],
  )
})

test('how a word is written is kept', () => {
  assert.deepEqual(
    tokensOf('ab Ab AB McAb A 123 a1').map(({ kind }) => kind),
    [
      kinds.lower,
      kinds.capital,
      kinds.allCapitals,
      kinds.mixedCase,
      kinds.oneCapital,
      kinds.number3,
      kinds.letterAndDigit,
    ],
  )
})

test('what stands before a token is kept', () => {
  assert.deepEqual(
    tokensOf('a b\nc  d,').map(({ gap }) => gap),
    [gaps.start, gaps.space, gaps.newline, gaps.wide, gaps.none],
  )
})

test('case and accents make no difference to the hash of a word', () => {
  assert.equal(hashWord('GARCÍA'), hashWord('garcia'))
  assert.equal(hashWord('Garci\u0301a'), hashWord('garcia'))
  assert.notEqual(hashWord('garcia'), hashWord('garcio'))
})

test('reading goes on where the tokens were full', () => {
  const tokens = makeTokens(3)
  const text = 'one two three four five'
  const next = readTokens(text, 0, tokens)
  assert.equal(tokens.count, 3)
  readTokens(text, next, tokens)
  assert.equal(tokens.count, 2)
  assert.equal(text.slice(tokens.start[0], tokens.end[0]), 'four')
})
