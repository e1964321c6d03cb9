import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vendorKeys } from '../detectors/secret/vendor-keys.ts'
import { isMadeUp, isPublished, withoutKnown } from './published.ts'

/** In the tests of the Firebase SDK for Android. */
const published = `AIzaSyBF2RrAIm4a0m${'O64EShQfqfd2AFnzAvvuU'}`

test('a key of a public test project is known, one that differs in a letter is not', () => {
  assert.ok(isPublished(published))
  assert.ok(!isPublished(published.replace('B', 'C')))
  assert.ok(!isPublished(''))
})

test('a detector goes on finding every other key', () => {
  const google = vendorKeys.find(({ type }) => type === 'google-api-key')
  assert.ok(google !== undefined)
  const { examine } = withoutKnown(google)
  assert.deepEqual(examine(published, 0, 4), [])
  assert.equal(google.examine(published, 0, 4).length, 1)
  assert.equal(examine(published.replace('B', 'C'), 0, 4).length, 1)
})

test('twelve letters in the order of the alphabet are made up, eleven may be chance', () => {
  assert.ok(isMadeUp('sk-1-klmnopqrsTUVwx-2'))
  assert.ok(!isMadeUp('sk-1-klmnopqrstu-vwx'))
})
