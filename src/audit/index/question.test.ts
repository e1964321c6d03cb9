import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { seededRandom } from '../log-for-tests.ts'
import type { LogQuestion } from './api.ts'
import { questionKeys, readQuestion } from './question.ts'

const now = Date.UTC(2026, 10, 23, 12)
const read = (text: string): LogQuestion => readQuestion(text, { now, origin: 'log.example.com/a' })

function problemOf(text: string): string {
  try {
    read(text)
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, 'question-invalid')
    return String(error.facts['problem'])
  }
  return assert.fail(`${text} was read`)
}

test('words are keys with values; every word is a condition of its own', () => {
  assert.deepEqual(read('  person:ada@example.com\tuse-case:general-assistant  offering:demo '), {
    conditions: [
      { on: 'person', isNot: false, values: ['ada@example.com'] },
      { on: 'use-case', isNot: false, values: ['general-assistant'] },
      { on: 'offering', isNot: false, values: ['demo'] },
    ],
    sinceMs: undefined,
    untilMs: undefined,
  })
  assert.deepEqual(read(''), { conditions: [], sinceMs: undefined, untilMs: undefined })
})

test('several values are alternatives, a hyphen turns a word around, quotes hold spaces', () => {
  assert.deepEqual(
    read('class:confidential,restricted -decision:refuse offering:"a b","c \\" d",e').conditions,
    [
      { on: 'class', isNot: false, values: ['confidential', 'restricted'] },
      { on: 'decision', isNot: true, values: ['refuse'] },
      { on: 'offering', isNot: false, values: ['a b', 'c " d', 'e'] },
    ],
  )
})

test('money is exact to the millionth, and numbers can be compared', () => {
  assert.deepEqual(
    read('cost>0.05 cost:$1 cost<=12.000001 tokens>10000 -status:200,201 status>=500').conditions,
    [
      { on: 'cost', isNot: false, compare: '>', values: [50_000] },
      { on: 'cost', isNot: false, compare: '=', values: [1_000_000] },
      { on: 'cost', isNot: false, compare: '<=', values: [12_000_001] },
      { on: 'tokens', isNot: false, compare: '>', values: [10_000] },
      { on: 'status', isNot: true, compare: '=', values: [200, 201] },
      { on: 'status', isNot: false, compare: '>=', values: [500] },
    ],
  )
})

test('times are so long ago, or dates', () => {
  assert.deepEqual(read('since:2d until:2026-11-22').sinceMs, now - 2 * 86_400_000)
  assert.deepEqual(read('since:2d until:2026-11-22').untilMs, Date.UTC(2026, 10, 22))
  assert.equal(read('until:90m').untilMs, now - 5_400_000)
})

test('a receipt is taken whole, by its number, and only of this log', () => {
  const expected = [{ on: 'receipt', isNot: false, values: [12, 13, 14] }]
  assert.deepEqual(read('receipt:log.example.com/a#12,#13,14').conditions, expected)
  assert.match(problemOf('receipt:log.example.com/b#12'), /of another log; here is log\.example\.com\/a/)
})

test('what cannot be read is refused, with its place and what there is', () => {
  for (const [text, problem] of [
    [
      'clas:restricted',
      /^word 1 \("clas"\), at character 1: there is no such key\. Did you mean "class"\? Keys are: /,
    ],
    ['since:2d persn:ada@example.com', /^word 2 \("persn"\), at character 10: .*Did you mean "person"/],
    [
      'class:confidental',
      /word 1 \("class"\).*no such value\. Did you mean "confidential"\? There are: public, /,
    ],
    ['class:public,secret', /no such value.* There are: public, internal, confidential, restricted/],
    ['kind:intend', /Did you mean "intent"/],
    ['kind:outcome', /stands in the row of its intent: kind:intent/],
    ['heron', /^word 1 \("heron"\), at character 1 is no key:value\. Keys are: person, /],
    ['since:2d "the heron"', /^word 2, at character 10 is no key:value/],
    ['class:', /a value is missing/],
    ['class:public,', /a value is missing/],
    ['offering:"demo', /quotation mark is not closed/],
    ['offering:""', /nothing stands in it/],
    ['offering:"a"b', /a space is missing before character 13/],
    ['class>public', /takes a colon, as in class:value/],
    ['cost>a', /dollars, with at most six decimals/],
    ['cost>0.0000001', /dollars, with at most six decimals/],
    ['cost>-1', /dollars/],
    ['tokens>1.5', /a whole number/],
    ['tokens>1,2', /only one value can be compared with/],
    ['since:yesterday', /it takes 90m, 12h, 2d/],
    ['since:2026-02-30', /it takes 90m, 12h, 2d/],
    ['since:1d,2d', /one time is enough/],
    ['since:1d since:2d', /one time is enough/],
    ['-since:1d', /not turned around; until: says it/],
    ['since:1d until:2d', /nothing can fit/],
    ['receipt:twelve', /a receipt \(log\.example\.com\/a#12\) or an index \(12\)/],
    ['--class:public', /is no key:value/],
    ['__proto__:x', /is no key:value/],
    ['constructor:x', /there is no such key/],
  ] as const) {
    assert.match(problemOf(text), problem, text)
  }
})

test('a question has an end', () => {
  assert.match(problemOf(`offering:${'x'.repeat(2_000)}`), /longer than 2000 characters/)
  assert.match(problemOf(`receipt:${'1,'.repeat(100)}1`), /more than 100 values/)
  assert.match(problemOf('key:a '.repeat(101)), /more than 100 values/)
})

test('what somebody pasted is not said again', () => {
  const secret = `AKIA${'IOSFODNN7EXAMPLF'}`
  for (const text of [secret, `${secret}:x`, `class:${secret}`, `cost>${secret}`, `"${secret}"`]) {
    assert.doesNotMatch(problemOf(text), new RegExp(secret), text)
  }
})

test('any text is read or refused, and what is read says every word of it', () => {
  const random = seededRandom(7)
  const pieces = [
    'class',
    'cost',
    'since',
    ':',
    '>',
    '-',
    ',',
    '"',
    '\\',
    ' ',
    'public',
    '2d',
    '0.1',
    '🙂',
    '\u0000',
    '#1',
  ]
  let readCount = 0
  for (let count = 0; count < 20_000; count++) {
    const text = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]).join('')
    try {
      const { conditions, sinceMs, untilMs } = read(text)
      const times = [sinceMs, untilMs].filter((each) => each !== undefined).length
      const words = text.split(/\s+/).filter((word) => word !== '')
      if (!text.includes('"')) assert.equal(conditions.length + times, words.length, text)
      readCount++
    } catch (error) {
      assert.ok(error instanceof Refusal, `${text}: ${String(error)}`)
    }
  }
  assert.ok(readCount > 50)
})

test('every key that is told of is taken', () => {
  const values: Readonly<Record<string, string>> = {
    class: 'public',
    kind: 'intent',
    receipt: '1',
    since: '1d',
    until: '1d',
    cost: '1',
    tokens: '1',
    status: '1',
  }
  for (const key of Object.keys(questionKeys)) read(`${key}:${values[key] ?? 'x'}`)
})
