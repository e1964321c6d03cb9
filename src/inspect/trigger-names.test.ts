import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Detector } from './detector.ts'
import { detectors } from './detectors/index.ts'
import { companyWords, healthWords, namedBefore, taxWords } from './id-words.ts'
import { seeded } from './test-random.ts'
import { createNamesBefore } from './trigger-names.ts'
import { createTriggerScan } from './trigger-scan.ts'

const [any] = detectors as [Detector]
const lists = [taxWords, healthWords, companyWords, ['pesel', '護照'], ['one|else']]
const waiting = lists.map((words): Detector => {
  const needsName = { words, groups: ['9'], lengths: [], unless: [] }
  return { ...any, trigger: { groups: ['9'], needsName } }
})

test('no list is left out whose name stands before a place, and few are told besides', () => {
  const random = seeded(5)
  const names = createNamesBefore(waiting)
  const isNamed = lists.map((words) => [namedBefore(words), namedBefore(words, true)])
  const pieces = [
    'tax id ',
    'patientID',
    'vat',
    ' ',
    '\n',
    '\\n',
    'x',
    'the quick brown fox ',
    'é',
    '"pesel":',
    '護照',
    'GmbH. ',
    'health_card',
    'or else ',
  ]
  let named = 0
  let besides = 0
  for (let round = 0; round < 1_500; round++) {
    const before = Array.from({ length: random.below(12) }, () => random.pick(pieces)).join('')
    const number = ['123456789', '123 456 789', `${'123 '.repeat(20)}123456789`][random.below(3)] as string
    const text = before + number
    names.begin()
    for (const at of number.length === 9 ? [0] : [0, 4, number.length - 9]) {
      const place = before.length + at
      const isAny = names.look(text, place, before.length)
      let isTold = false
      for (const [index, tests] of isNamed.entries()) {
        const stands = tests.some((test) => test(text, place))
        const told = names.mayBegin(names.listOf(waiting[index] as Detector) as number)
        assert.ok(told || !stands, JSON.stringify([text, place, index]))
        if (stands) named++
        else if (told) besides++
        isTold ||= told
      }
      assert.equal(isAny, isTold, JSON.stringify([text, place]))
    }
  }
  assert.ok(named > 500)
  assert.ok(besides < named / 4, `${besides} of ${named}`)
})

const scan = createTriggerScan(detectors)

function wakesIn(text: string): number {
  let wakes = 0
  scan(text, () => void wakes++, true)
  return wakes
}

test('a table of bare ids wakes few, and many where their name stands before them', () => {
  const ids = Array.from({ length: 100 }, (_, at) => `${100_000_000 + at * 7}`)
  assert.ok(wakesIn(ids.map((id) => `${id}\n`).join('')) <= 9 * ids.length)
  assert.ok(wakesIn(ids.map((id) => `tax id ${id}\n`).join('')) > 15 * ids.length)
})

test('a number behind words that only begin like names wakes no more than a bare one', () => {
  const bare = wakesIn('the 123456789 '.repeat(100))
  for (const words of ['car insurance policy number', 'Israeli id', 'member id', 'numbers of socks'])
    assert.ok(wakesIn(`${words} 123456789 `.repeat(100)) <= bare + 300, words)
})
