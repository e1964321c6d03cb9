import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsSecretKey } from './detectors/secret/aws-secret-key.ts'
import { notePassed, nothingPassed, passedUntil } from './passed.ts'
import { candidatesAfter } from './secrets/candidates.ts'
import { keyWords, passwordWords } from './secrets/words.ts'

test('a place in a stretch is read on from its end, any other place and any other text from where it is', () => {
  const passed = nothingPassed()
  notePassed(passed, 'abcdefgh', 2, 5)
  assert.deepEqual(
    [1, 2, 4, 5].map((at) => passedUntil(passed, 'abcdefgh', at)),
    [1, 5, 5, 5],
  )
  assert.equal(passedUntil(passed, 'abcdefgx', 3), 3)
})

const secret = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`
const pieces = [
  ...passwordWords,
  ...keyWords,
  ...['-', '_', '.', ' ', '=', ': ', '"', '\n', 'ñ', '--', 'x', '7', 'akia', 'abcdefghij', secret],
]

/** Short texts in which many words stand close together, the same each time. */
const texts = Array.from({ length: 400 }, (_, seed) => {
  let state = seed + 1
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state
  }
  // Few different pieces, so that some texts are one long name.
  const few = Array.from({ length: 2 + (seed % 6) }, () => pieces[next() % pieces.length] as string)
  return Array.from({ length: 60 }, () => few[next() % few.length]).join('')
})

/** What is asked of another text in between leaves nothing that was read of this one. */
const askElsewhere = (): unknown => [candidatesAfter('keys', 0, 3), awsSecretKey.examine('akia', 0, 4)]

test('what stands behind a word of a name is the same whatever was read of the name before', () => {
  for (const text of texts) {
    const places = Array.from({ length: text.length - 3 }, (_, at) => at)
    const inTurn = places.map((at) => candidatesAfter(text, at, at + 3))
    for (const at of places) {
      askElsewhere()
      assert.deepEqual(inTurn[at], candidatesAfter(text, at, at + 3), text.slice(at, at + 80))
    }
  }
})

test('a secret key is found behind a run of its characters whatever was read of the run before', () => {
  for (const text of texts) {
    const places = Array.from({ length: text.length - 4 }, (_, at) => at)
    const inTurn = places.map((at) => awsSecretKey.examine(text, at, at + 4))
    for (const at of places) {
      askElsewhere()
      assert.deepEqual(inTurn[at], awsSecretKey.examine(text, at, at + 4), text.slice(at, at + 130))
    }
  }
})

test('the longest word that says a name is of a credential is seen at each place of a long name', () => {
  for (let before = 0; before < 60; before++) {
    const text = `salt${'salt'.repeat(before % 9)}${'x'.repeat(before)}wachtwoord = "q7RtB2mXz9LkW4vN"`
    for (let at = 0; at + 3 < text.indexOf('wacht'); at++) {
      const found = candidatesAfter(text, at, at + 3)
      askElsewhere()
      assert.deepEqual(found, candidatesAfter(text, at, at + 3), `${at} of ${text}`)
    }
  }
})

test('forty characters of a secret key are found right behind its name and at the end of what is read', () => {
  for (const between of ['', ' ', '='.repeat(80)]) {
    const text = `akia${between}${secret} ${'x'.repeat(100)}`
    const start = 4 + between.length
    assert.deepEqual(
      awsSecretKey.examine(text, 0, 4).map((match) => [match.start, match.end]),
      [[start, start + secret.length]],
    )
  }
})
