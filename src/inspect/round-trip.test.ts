import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import {
  createInspector,
  createPseudonyms,
  createRestorer,
  type Pseudonyms,
  type Treated,
  transformText,
} from './index.ts'
import { exampleOf } from './test-found.ts'
import { type Random, randomText, seeded } from './test-random.ts'

/** What the gateway does with a text: inspect it, send tokens for values, put values back into what comes. */

const inspector = createInspector({
  terms: [{ term: 'Blue Heron', label: 'codename', class: 'confidential', isCaseSensitive: false }],
})

const pseudonyms = (key = 'a key for tests'): Pseudonyms =>
  createPseudonyms({ mac: (text) => createHmac('sha256', key).update(text).digest('hex') })

const pseudonymised = (text: string, issuer: Pseudonyms): string =>
  transformText(
    text,
    inspector.inspect(text, 'user').map((finding): Treated => ({ finding, action: 'pseudonymise' })),
    issuer,
  ).text

function restored(pieces: readonly string[], { issued }: Pseudonyms): string {
  const restorer = createRestorer(issued)
  return pieces.map((piece) => restorer.push(piece)).join('') + restorer.end()
}

const prompt = exampleOf(
  'Write to «anna@example.com» about «Blue Heron»: card «4111 1111 1111 1111», «+44 20 7946 0958», «anna@example.com».',
)

test('nothing that was found leaves, and the same value leaves as the same token', () => {
  const sent = pseudonymised(prompt.text, pseudonyms())
  for (const value of prompt.wanted) assert.ok(!sent.includes(value), value)
  const emails = sent.match(/EMAIL_[0-9a-f]{10}/g) ?? []
  assert.equal(emails.length, 2)
  assert.equal(emails[0], emails[1])
  assert.match(sent, /COMPANY_TERM_[0-9a-f]{10}/)
})

test('tokens are no findings themselves: what was made safe once is not changed again', () => {
  const issuer = pseudonyms()
  const sent = pseudonymised(prompt.text, issuer)
  assert.deepEqual(inspector.inspect(sent, 'user'), [])
  assert.equal(pseudonymised(sent, issuer), sent)
})

test('an answer that repeats the prompt comes back as the prompt, whole and in pieces of any size', () => {
  const issuer = pseudonyms()
  const sent = pseudonymised(prompt.text, issuer)
  assert.equal(restored([sent], issuer), prompt.text)
  for (let size = 1; size <= 40; size++) {
    const pieces = sent.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    assert.equal(restored(pieces, issuer), prompt.text, `${size} at a time`)
  }
})

test('arguments of a tool come back as JSON with the values in it, whole and in pieces of any size', () => {
  const issuer = pseudonyms()
  const values = { to: 'anna@example.com', note: 'card 4111 1111 1111 1111', list: ['Blue Heron'] }
  const sent = JSON.stringify(values, (_, value) =>
    typeof value === 'string' ? pseudonymised(value, issuer) : value,
  )
  assert.ok(!sent.includes('anna@'))
  for (let size = 1; size <= 40; size++) {
    const pieces = sent.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    assert.deepEqual(JSON.parse(restored(pieces, issuer)), values)
  }
})

test('a conversation that is sent again reads the same to the provider', () => {
  const [one, other] = [pseudonyms(), pseudonyms()]
  const first = pseudonymised(prompt.text, one)
  pseudonymised('another value first: bob@example.org', other)
  assert.equal(pseudonymised(prompt.text, other), first)
})

test('tokens of one person say nothing to another', () => {
  const [mine, theirs] = [pseudonyms('mine'), pseudonyms('theirs')]
  const sent = pseudonymised(prompt.text, mine)
  pseudonymised(prompt.text, theirs)
  assert.equal(restored([sent], theirs), sent)
})

/** Text as a model might write it: tokens, parts of tokens, and words between. */
function answerOf(random: Random, tokens: readonly string[]): string {
  let answer = ''
  for (let left = random.below(30); left > 0; left--) {
    const token = random.pick(tokens)
    answer += random.pick([
      token,
      token,
      `${token}.`,
      token.slice(0, random.below(token.length)),
      ' and ',
      '\n',
    ])
  }
  return answer
}

for (let seed = 1; seed <= 15; seed++) {
  test(`whatever was entered comes back as it was (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 60; round++) {
      const issuer = pseudonyms()
      const text = randomText(random, 25)
      const sent = pseudonymised(text, issuer)
      assert.equal(restored([sent], issuer), text, JSON.stringify(text))
      assert.equal(restored(random.cut(sent, 9), issuer), text, JSON.stringify(text))
    }
  })

  test(`whatever a model makes of tokens, pieces give what the whole gives (${seed})`, () => {
    const random = seeded(seed)
    const issuer = pseudonyms()
    pseudonymised(prompt.text, issuer)
    const tokens = [...issuer.issued.keys()]
    for (let round = 0; round < 40; round++) {
      const answer = answerOf(random, tokens)
      const whole = restored([answer], issuer)
      for (const longest of [1, 4, 13]) assert.equal(restored(random.cut(answer, longest), issuer), whole)
    }
  })
}
