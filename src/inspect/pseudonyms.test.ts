import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { kinds } from './kinds.ts'
import { createPseudonyms } from './pseudonyms.ts'

const macUnder =
  (key: string) =>
  (text: string): string =>
    createHmac('sha256', key).update(text).digest('hex')

const mac = macUnder('a key for tests')

/** As wide as a MAC may be, and the same for every value: each token after the first is a collision. */
const constant = (): string => '0123456789abcdef'

test('a token is the type and ten characters of the MAC', () => {
  const { tokenFor } = createPseudonyms({ mac })
  assert.match(tokenFor('email', 'a@example.com'), /^EMAIL_[0-9a-f]{10}$/)
  assert.match(tokenFor('us-ssn', '536-22-8145'), /^US_SSN_[0-9a-f]{10}$/)
  for (const { type } of kinds) assert.match(tokenFor(type, 'x'), /^[A-Z][A-Z_]*_[0-9a-f]{10}$/)
})

test('the same value has the same token, in this exchange and in the next', () => {
  const one = createPseudonyms({ mac })
  const other = createPseudonyms({ mac })
  const token = one.tokenFor('email', 'a@example.com')
  assert.equal(one.tokenFor('email', 'a@example.com'), token)
  other.tokenFor('email', 'b@example.com')
  assert.equal(other.tokenFor('email', 'a@example.com'), token)
  assert.equal(one.issued.size, 1)
})

test('another value, another type or another key gives another token', () => {
  const one = createPseudonyms({ mac })
  const token = one.tokenFor('email', 'a@example.com')
  assert.notEqual(one.tokenFor('email', 'A@example.com'), token)
  assert.notEqual(one.tokenFor('phone', 'a@example.com').split('_').at(-1), token.split('_').at(-1))
  const other = createPseudonyms({ mac: macUnder('another key') })
  assert.notEqual(other.tokenFor('email', 'a@example.com'), token)
})

test('what was issued leads from token to original', () => {
  const { issued, tokenFor } = createPseudonyms({ mac })
  const email = tokenFor('email', 'a@example.com')
  const phone = tokenFor('phone', '+44 20 7946 0958')
  assert.deepEqual(
    [...issued],
    [
      [email, 'a@example.com'],
      [phone, '+44 20 7946 0958'],
    ],
  )
})

test('no token says anything of its original', () => {
  const { tokenFor } = createPseudonyms({ mac })
  for (const original of ['a@example.com', '4111111111111111', 'abcdef']) {
    assert.ok(!tokenFor('email', original).includes(original))
  }
})

test('values whose MAC begins alike get different tokens, and each leads to its own', () => {
  const { issued, tokenFor } = createPseudonyms({ mac: constant })
  const tokens = Array.from({ length: 20 }, (_, index) => tokenFor('email', `a${index}@example.com`))
  assert.equal(new Set(tokens).size, 20)
  for (const [index, token] of tokens.entries()) assert.equal(issued.get(token), `a${index}@example.com`)
})

test('a token that a person typed is not given out', () => {
  const token = createPseudonyms({ mac }).tokenFor('email', 'a@example.com')
  const typed: readonly string[] = [
    token,
    `what is ${token}?`,
    `"${token}"`,
    `x${token}`,
    `${token}abc`,
    `PHONE_${token.slice('EMAIL_'.length)}`,
    `one text\n${token}, ${token}`,
  ]
  for (const text of typed) {
    const issuer = createPseudonyms({ mac, entered: ['hello', text] })
    const given = issuer.tokenFor('email', 'a@example.com')
    assert.ok(!text.includes(given), `${given} stands in ${text}`)
    assert.equal(issuer.issued.get(given), 'a@example.com')
  }
})

test('a text that holds nothing like a token changes no token', () => {
  const token = createPseudonyms({ mac }).tokenFor('email', 'a@example.com')
  for (const text of ['EMAIL_', 'EMAIL_short', 'snake_case_name', '', 'a@example.com']) {
    assert.equal(createPseudonyms({ mac, entered: [text] }).tokenFor('email', 'a@example.com'), token)
  }
})

test('a MAC that is too short or of other characters is a defect', () => {
  for (const wrong of ['', 'abc', 'ABCDEF0123456789', '0123456789abcdef+', '0123456789 abcdef']) {
    const { tokenFor } = createPseudonyms({ mac: () => wrong })
    assert.throws(() => tokenFor('email', 'a@example.com'), /MAC/)
  }
})

test('type and value are kept apart in what the MAC is taken over', () => {
  const asked: string[] = []
  const { tokenFor } = createPseudonyms({
    mac: (text) => {
      asked.push(text)
      return mac(text)
    },
  })
  tokenFor('email', 'a@example.com')
  assert.deepEqual(asked, ['email\na@example.com'])
})

test('nothing is asked of the MAC, and no text is read, before a token is needed', () => {
  const entered = new Proxy([] as string[], {
    get: () => {
      throw new Error('the texts were read')
    },
  })
  const { issued } = createPseudonyms({ mac: () => assert.fail('the MAC was asked'), entered })
  assert.equal(issued.size, 0)
})

test('a text full of what looks like tokens is read once, and kept once', () => {
  const entered = Array.from(
    { length: 100_000 },
    (_, index) => `X_${index.toString(36).padStart(10, '0')}${'a'.repeat(80)}`,
  )
  entered.push(`EMAIL_${mac('email\na@example.com').slice(0, 30)}`)
  const before = process.cpuUsage()
  const { tokenFor } = createPseudonyms({ mac, entered })
  assert.equal(tokenFor('email', 'a@example.com').length, 'EMAIL_'.length + 31)
  // A tenth of a second; read for each token anew it would be hours.
  assert.ok(process.cpuUsage(before).user < 5_000_000)
})
