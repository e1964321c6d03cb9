import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Detector } from './detector.ts'
import { detectors } from './detectors/index.ts'
import { companyWords, healthWords, taxWords } from './id-words.ts'
import { seeded } from './test-random.ts'
import { createNamesBefore } from './trigger-names.ts'
import { createTriggerScan } from './trigger-scan.ts'
import { createMayStand } from './word-beginnings.ts'

const [any] = detectors as [Detector]
const lists = [taxWords, healthWords, companyWords, ['pesel', '護照'], ['one|two']]
const waiting = lists.map((words): Detector => {
  const needsName = { words, groups: ['9'], lengths: [] }
  return { ...any, trigger: { groups: ['9'], needsName } }
})

test('for each list it is told what a look through the units before would tell', () => {
  const random = seeded(5)
  const names = createNamesBefore(waiting)
  const mayStand = lists.map(createMayStand)
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
    '护',
    'GmbH. ',
  ]
  let yes = 0
  for (let round = 0; round < 1_500; round++) {
    const before = Array.from({ length: random.below(12) }, () => random.pick(pieces)).join('')
    const number = ['123456789', '123 456 789', `${'123 '.repeat(20)}123456789`][random.below(3)] as string
    const text = before + number
    names.begin()
    for (const at of number.length === 9 ? [0] : [0, 4, number.length - 9]) {
      const place = before.length + at
      const isAny = names.look(text, place, before.length)
      let isTold = false
      for (const [index, stands] of mayStand.entries()) {
        const expected = [64, 32].some((reach) => stands(text, Math.max(0, place - reach), place))
        const told = names.mayBegin(names.listOf(waiting[index] as Detector) as number)
        assert.equal(told, expected, JSON.stringify([text, place, index]))
        if (told) yes++
        isTold ||= told
      }
      assert.equal(isAny, isTold, JSON.stringify([text, place]))
    }
  }
  assert.ok(yes > 500)
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
