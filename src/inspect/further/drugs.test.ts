import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDrug } from './drugs.ts'

test('a drug is known by its name in each of the languages', () => {
  for (const name of ['metformin', 'Metformina', 'METFORMINE', 'ibuprofène', 'paracétamol', 'levotiroxina'])
    assert.ok(isDrug(name), name)
})

test('other words are no drugs', () => {
  for (const word of ['', 'form', 'metform', 'aspirator', 'bets', 'statin', 'e'])
    assert.ok(!isDrug(word), word)
})
