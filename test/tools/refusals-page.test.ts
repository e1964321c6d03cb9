import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refusalsPage, refusalsPageFile } from '../../tools/refusals-page.ts'

test('the page of refusals says what the catalogue says', () => {
  const help = 'Write it anew: node_modules/.bin/node tools/refusals-page.ts'
  assert.equal(readFileSync(refusalsPageFile, 'utf8'), refusalsPage(), help)
})

test('no sentence on it has a gap where a fact belongs', () => {
  assert.doesNotMatch(refusalsPage(), /undefined|NaN|null|\[object|\(\)|: \.|“”/)
})
