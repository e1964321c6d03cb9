import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayBeAlone } from './phone-alone.ts'

const isAlone = (number: string, after = ''): boolean =>
  mayBeAlone(`no ${number}${after} z`, 3, 3 + number.length)

test('a number with a zero before it may be one to call where it has nine to twelve digits, in groups that are neither short nor long', () => {
  for (const number of ['020 7946 0958', '030/12345678', '06 12 34 56 78', '0171 12345', '01234 1234567'])
    assert.ok(isAlone(number), number)
  for (const number of [
    '0707 0838',
    '0707 083',
    '01234 12345678',
    '010190-1235',
    '0101 9 12345',
    '01-234567890',
  ])
    assert.ok(!isAlone(number), number)
})

test('a word behind a number says that it is one to call, where it stands as a whole', () => {
  const words = ['office', 'Fax', 'MOBILE', 'cell', 'work', 'handy', 'büro', 'móvil', 'ufficio']
  for (const word of words)
    for (const before of [' ', ' (', '(', ' - ', ' – ', '– '])
      assert.ok(isAlone('22 498317', `${before}${word}`), `${before}${word}`)
  for (const behind of ['fax', '(cell', ' x12', 'x12', ' ext. 12 (mobile)', ' extension 12'])
    assert.ok(isAlone('2546712361', behind), behind)
  for (const behind of [' word', ' officer', ' bus', '-fax', ' - ', ' z'])
    assert.ok(!isAlone('22 498317', behind), behind)
})
