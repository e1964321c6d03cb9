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

/** In a manual; the letters before it are of the vendor. */
const inOrder = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

test('in the exact form of its vendor a key is found though it looks made up, but of kinds every tutorial shows', () => {
  const of = (type: string) =>
    withoutKnown(vendorKeys.find((each) => each.type === type) ?? assert.fail(type))
  assert.equal(of('contentful-token').examine(`CFPAT-${inOrder.slice(0, 43)}`, 0, 6).length, 1)
  assert.deepEqual(of('google-api-key').examine(`AIzaSy${inOrder.slice(0, 33)}`, 0, 4), [])
  assert.deepEqual(of('slack-token').examine(`xoxp-1234-1234-1234-${'4ddbc191d40ee098cbaae6f3'}`, 0, 5), [])
})

test('the access key id AWS shows in its manuals is known', () => {
  assert.ok(isPublished(`AKIA${'IOSFODNN7EXAMPLE'}`))
  assert.ok(!isPublished(`AKIA${'IOSFODNN7EXAMPLF'}`))
})

test('digits counted up and groups that repeat are made up', () => {
  assert.ok(isMadeUp('dapi123456789012345678a9'))
  assert.ok(isMadeUp('xoxp-1234-1234-1234-a'))
  assert.ok(!isMadeUp('xoxp-1234-1235-1234-a'))
})

test('twelve letters in the order of the alphabet are made up, eleven may be chance', () => {
  assert.ok(isMadeUp('sk-1-klmnopqrsTUVwx-2'))
  assert.ok(!isMadeUp('sk-1-klmnopqrstu-vwx'))
  assert.ok(isMadeUp(`sk-${'abc123xyz-456def789ghij-'.repeat(4)}klmnopqrstuvwx`))
})

test('what is made up behind a live key or in the middle of one does not hide it', () => {
  const live = 'q7RtB2mXz9LkW4vNc8HsYp3Jd6'
  const { examine } = withoutKnown(
    vendorKeys.find(({ type }) => type === 'anthropic-api-key') ?? assert.fail(),
  )
  for (const middle of ['', '123456789012', inOrder, '-abc-abc-abc-'])
    for (const end of ['AA', 'AA-123456789012', `AA${inOrder}`, 'AA-abc-abc-abc']) {
      const key = `sk-ant-api03-${live}${live}${middle}${live}${live.slice(0, 15)}${end}`
      assert.equal(examine(key, 0, 7).length, 1, key)
    }
  assert.ok(!isMadeUp(`xoxb-123456789012-987654321098-${live}`))
})

test('a key begins with as many of one sign as its vendor writes, and encoded nothing with more', () => {
  const { examine } = withoutKnown(vendorKeys.find(({ type }) => type === 'twitter-bearer') ?? assert.fail())
  const rest = 'MLheq7RtB2mXz9LkW4vNc8HsYp3Jd6q7RtB2mXz9LkW4vNc8HsYp3Jd6'
  assert.equal(examine(`${'A'.repeat(21)}${rest}`, 0, 21).length, 1)
  assert.equal(examine(`${'A'.repeat(60)}${rest}`, 0, 21).length, 0)
})
