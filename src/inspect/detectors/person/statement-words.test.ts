import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldCase } from '../../fold-case.ts'
import { seeded } from '../../test-random.ts'
import { createMayBeStatement } from './statement-words.ts'

const verbs = "is|am|'s|has (?:now )?(?:been )?seen as|(?:am|is) (?:a )?(?:fan of)? ?|est|a"
const words = {
  persons: "he|j'|mère|co-?worker|one",
  titles: 'mr|sra',
  manners: 'now|seit kurzem|a|também',
  degrees: 'a|an|very|months?|as',
}
const reach = 40
const mayBeStatement = createMayBeStatement(verbs, words, reach)

/** The plain way: the whole statement as an expression. */
const manner = `(?:(?:${words.manners}) ){0,2}`
const statement = new RegExp(
  `(?<![\\p{L}\\p{N}'’-])(?:${words.persons}|(?:${words.titles})\\.? \\p{L}[\\p{L}.-]{1,20}(?: \\p{L}[\\p{L}-]{1,20})?)(?: |(?=['’]))${manner}(?:${verbs})[ ]?(?<= |')${manner}(?:(?:${words.degrees}) ){0,4}$`,
  'u',
)
const isStatement = (text: string): boolean =>
  statement.test(foldCase(text.slice(-reach).replaceAll('’', "'")))

const pieces = [
  ...[
    'he',
    'He',
    'j',
    'mère',
    'MÈRE',
    'coworker',
    'co-worker',
    'one',
    'mr',
    'Mr.',
    'sra',
    'Ada',
    'No-é',
    'o.k',
  ],
  ...[
    'is',
    'IS',
    'am',
    "'s",
    '’s',
    'has',
    'been',
    'seen',
    'as',
    'fan',
    'of',
    'est',
    'i\u017f',
    'now',
    'seit',
  ],
  ...[
    'kurzem',
    'a',
    'A',
    'também',
    'an',
    'very',
    'month',
    'months',
    'x',
    '1',
    "'",
    '-',
    '.',
    '\n',
    '\t',
    ',',
  ],
  ...['İ', '\u212a', 'zwanger'],
]

test('no statement is dismissed that the plain expression finds, in random rows of its words', () => {
  const random = seeded(7)
  let found = 0
  let dismissed = 0
  for (let row = 0; row < 300_000; row++) {
    let text = ''
    for (let count = random.below(8); count >= 0; count--)
      text += random.pick(pieces) + random.pick([' ', ' ', ' ', ' ', ' ', '', '  '])
    if (mayBeStatement(text, text.length)) found += isStatement(text) ? 1 : 0
    else {
      dismissed++
      assert.ok(!isStatement(text), JSON.stringify(text))
    }
  }
  assert.ok(found > 1_000, `${found} found`)
  assert.ok(dismissed > 100_000, `${dismissed} dismissed`)
})

test('what stands before the reach is not looked at, be it the rest of a word', () => {
  const text = 'the is '
  assert.ok(createMayBeStatement(verbs, words, 'he is '.length)(text, text.length))
  assert.ok(!createMayBeStatement(verbs, words, text.length)(text, text.length))
})

test('another order of the same words is none', () => {
  for (const text of ['is he ', 'he very ', 'zwanger is ', 'he is is ', 'fan of he '])
    assert.ok(!mayBeStatement(text, text.length), text)
})
