import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from './catalogue.ts'

test('a file of the catalogue is read by its path below it', () => {
  assert.match(new TextDecoder().decode(readCatalogue('secrets/SOURCES.md')), /^# /)
})

test('a file that is missing is a defect', () => {
  assert.throws(() => readCatalogue('secrets/nothing.bin'), /ENOENT/)
})
