import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markCandidates } from './candidates.ts'
import { hashWord, makeTokens, readTokens } from './tokens.ts'
import { bits, createWordList } from './word-list.ts'

const words = createWordList(
  [hashWord('anna'), hashWord('keller'), hashWord('the')],
  [bits.given, bits.surname, bits.ordinary],
)

function candidatesIn(text: string): readonly string[] {
  const tokens = makeTokens(100)
  readTokens(text, 0, tokens)
  markCandidates(tokens, words)
  return Array.from({ length: tokens.count }, (_, at) => at)
    .filter((at) => tokens.isCandidate[at] === 1)
    .map((at) => text.slice(tokens.start[at], tokens.end[at]))
}

test('words with capitals are looked at, and short words beside them', () => {
  assert.deepEqual(candidatesIn('we asked Bank of Ghent about everything'), ['Bank', 'of', 'Ghent'])
})

test('words of the list are looked at without capitals, ordinary words are not', () => {
  assert.deepEqual(candidatesIn('yesterday anna wondered'), ['anna', 'wondered'])
  assert.deepEqual(candidatesIn('everything remains somewhere'), [])
})

test('a word that is not known is looked at after a word that announces a name', () => {
  assert.deepEqual(candidatesIn('everything concerns dear xoltan'), ['dear', 'xoltan'])
})

test('a sign is looked at when a name goes on behind it', () => {
  assert.deepEqual(candidatesIn('everything by Keller-Braun, however'), ['by', 'Keller', '-', 'Braun'])
})
