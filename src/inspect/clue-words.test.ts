import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clueWord, inLeet, mayBeLeet } from './clue-words.ts'
import { leetLetters } from './letters.ts'
import { seeded } from './test-random.ts'

const words = 'all ignore instructions password reveal email private credential bypass override rules'.split(
  ' ',
)
const digits = [...leetLetters].filter(([written]) => /\d/.test(written))

test('a word that digits are written in may be one, whichever of its letters they stand for', () => {
  const random = seeded(1)
  for (let count = 0; count < 5000; count++) {
    const word = random.pick(words)
    const written = [...word]
      .map((letter, at) => {
        const ways = digits.filter(([, stands]) => stands === letter || (letter === 'l' && stands === 'i'))
        const others = at > 2 && (letter === 'i' || letter === 'l') ? ['i', 'l'] : [letter]
        return random.pick([...ways.map(([digit]) => digit), ...others])
      })
      .join('')
    if (!/\d/.test(written) || clueWord(written, true) !== inLeet) continue
    assert.ok(mayBeLeet(written, 0, written.length), written)
  }
})

test('most numbers are told from words by how they begin and end', () => {
  for (const number of ['04595258', '7707083894', '123456', '0a1b'])
    assert.ok(!mayBeLeet(number, 0, number.length), number)
})
