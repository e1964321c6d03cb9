import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '#/inspect/inspector.ts'
import { isNumberOf } from './phone-numbers.ts'

const options = { terms: [] }
const found = (text: string, phone?: typeof isNumberOf): readonly string[] =>
  createInspector(phone === undefined ? options : { ...options, phone })
    .inspect(text, 'user')
    .filter(({ type }) => type === 'phone')
    .map(({ start, end }) => text.slice(start, end))

/** Running digits in ranges the regions have given out. */
const written = [
  '912 34 56 78',
  '22 123 45 67',
  '412 34 567',
  '8 912 345-67-89',
  '55 1234 5678',
  '11 96123-4567',
  '131 2345 6789',
]

for (const number of written) {
  test(`${number} is found where the numbers of regions are known, and only there`, () => {
    assert.deepEqual(found(`it is ${number}, thanks`, isNumberOf), [number])
    assert.deepEqual(found(`it is ${number}, thanks`), [])
  })
}

test('the same shapes are none where no region has given out such a number', () => {
  for (const text of ['112 00 00 00', '10 1234 5678', '1 0000 0000'])
    assert.deepEqual(found(`it is ${text}, thanks`, isNumberOf), [], text)
})

test('dates, amounts, versions and lists are none', () => {
  for (const text of ['2024 10 12', '1 234 567', '10.15.7.20', '12 34 56 78', '123 456 789', '2024 2025'])
    assert.deepEqual(found(`it is ${text}, thanks`, isNumberOf), [], text)
})

test('what counts as a number is part of the version', () => {
  assert.notEqual(
    createInspector(options).version,
    createInspector({ ...options, phone: isNumberOf }).version,
  )
})

test('a region that is none has given out nothing', () => assert.ok(!isNumberOf('912 34 56 78', ['XX', ''])))
