import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markCandidates } from './candidates.ts'
import { markGerman } from './language.ts'
import { hashWord, makeTokens, readTokens } from './tokens.ts'
import { bits, createWordList, germanNoun } from './word-list.ts'

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

test('what a value is called in code and markup is no name, and the value may be one', () => {
  assert.deepEqual(candidatesIn('keller="7" keller=anna'), ['anna'])
  assert.deepEqual(candidatesIn('keller = 7'), ['keller', '='])
})

test('a word that is not known is looked at after a word that announces a name', () => {
  assert.deepEqual(candidatesIn('everything concerns dear xoltan'), ['dear', 'xoltan'])
})

test('a sign is looked at when a name goes on behind it', () => {
  assert.deepEqual(candidatesIn('everything by Keller-Braun, however'), ['by', 'Keller', '-', 'Braun'])
})

test('a noun of German is an ordinary word among German words and says nothing elsewhere', () => {
  const nouns = createWordList(
    [hashWord('tag'), hashWord('verein')],
    [germanNoun, germanNoun | bits.organisation],
  )
  const knownIn = (text: string): readonly number[] => {
    const tokens = makeTokens(100)
    readTokens(text, 0, tokens)
    markGerman(tokens)
    markCandidates(tokens, nouns)
    return [...tokens.known.subarray(0, tokens.count)]
  }
  assert.deepEqual(knownIn('der Tag im Verein'), [0, bits.ordinary, 0, bits.ordinary | bits.organisation])
  assert.deepEqual(knownIn('the Tag of Verein'), [0, 0, 0, bits.organisation])
})
