import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clueWord, inLeet, inMirror, inRot13, mayBeLeet } from './clue-words.ts'
import type { Clues } from './clues.ts'
import type { Span } from './position-map.ts'
import { seeded } from './test-random.ts'
import { cluesIn } from './views.ts'

const pieces = [
  ...['a', 'b', 'f', 'g', 'x', 'u', 'n', 'E', 'T', 'be', 'ad', '0', '1', '9', '69', '0x69', '01101001'],
  ...[' ', '  ', '.', '-', '_', '/', '=', '%', '&', '\\', '@', '\n', ';', 'é', '’', '\u0441', '\ud83d'],
  ...[
    'the',
    'gur',
    'siht',
    'uoy',
    'erongi',
    'vtaber',
    '1gn0re',
    '4ll',
    'a1b2',
    '%41',
    '&#',
    '\\u0041',
    '=3D',
  ],
]

test('the one pass notes what a plain look at every word and run notes', () => {
  const random = seeded(7)
  for (let round = 0; round < 1_500; round++) {
    const some = Array.from({ length: 2 + random.below(pieces.length) }, () => random.pick(pieces))
    const text = Array.from({ length: random.below(60) }, () => random.pick(some)).join('')
    assert.deepEqual(cluesIn(text), plainClues(text), JSON.stringify(text))
  }
})

test('a run is found wherever it stands, and one that is a character too short is not', () => {
  for (let before = 0; before < 40; before++) {
    const text = (length: number): string => `${'no '.repeat(before)}${'x'.repeat(length)} yz`
    assert.deepEqual(cluesIn(text(16))?.runs, [{ start: 3 * before, end: 3 * before + 16 }])
    assert.equal(cluesIn(text(15)), undefined)
  }
})

/** What `cluesIn` gives, said once more: each word and each run by itself. */
function plainClues(text: string): Clues | undefined {
  const words = spans(text, /[a-z\d]+/gi)
  const shown = ({ start, end }: Span): string => text.slice(start, end)
  const fits = (pattern: RegExp): readonly Span[] => words.filter((word) => pattern.test(shown(word)))
  const clues: Clues = {
    runs: spans(text, /[a-z\d+/_-]{16,}/gi),
    spaced: rows(fits(/^.$/), 6),
    pairs: rows(fits(/^(?:0x)?[\da-f]{2}$/i), 6),
    octets: rows(fits(/^[01]{8}$/), 4),
    hasPercent: /%[\da-f]{2}/i.test(text),
    hasAmpersand: /&(?:#[\s\S]|[^;]{2,6};)/.test(text),
    hasBackslash: /\\[uxU0-3][\s\S]/.test(text),
    hasEquals: /=(?:[\da-f]{2}|[\0-\x1f][\s\S])/i.test(text),
    ...said(words.map((word) => ({ ...word, text: shown(word).toLowerCase() }))),
  }
  const isEmpty = Object.values(clues).every(
    (clue) => clue === undefined || clue === false || clue.length === 0,
  )
  return isEmpty ? undefined : clues
}

const spans = (text: string, pattern: RegExp): readonly Span[] =>
  [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }))

/** Words with at most three units between each two, when they are so many. */
function rows(words: readonly Span[], fewest: number): readonly Span[] {
  const parted: Span[][] = []
  for (const word of words) {
    const last = parted.at(-1)
    if (last !== undefined && word.start - (last.at(-1)?.end ?? 0) <= 3) last.push(word)
    else parted.push([word])
  }
  return parted
    .filter(({ length }) => length >= fewest)
    .map((row) => ({
      start: row[0]?.start ?? 0,
      end: row.at(-1)?.end ?? 0,
    }))
}

function said(words: readonly (Span & { text: string })[]): Pick<Clues, 'rot13' | 'mirror' | 'leet'> {
  const spanOf = (way: number): Span | undefined => {
    const those = words.filter(
      ({ text }) => text.length > 2 && text.length <= 16 && (clueWord(text, /\d/.test(text)) & way) !== 0,
    )
    const isTelling =
      new Set(those.map(({ text }) => text)).size > 1 || those.some(({ text }) => text.length > 5)
    return isTelling ? { start: those[0]?.start ?? 0, end: those.at(-1)?.end ?? 0 } : undefined
  }
  return { rot13: spanOf(inRot13), mirror: spanOf(inMirror), leet: spanOf(inLeet) }
}

test('a word with digits that is a common one is never dismissed by how it begins and how long it is', () => {
  for (const word of ['1gn0re', 'pr3v10us', 'passw0rd', 'k3y', 'instruct10ns', 'ru1es', '4ll', 'f0110wing']) {
    assert.equal(clueWord(word, true), inLeet, word)
    assert.ok(mayBeLeet(`x ${word} y`, 2, 2 + word.length), word)
  }
  assert.ok(!mayBeLeet('key1234', 0, 7))
})
