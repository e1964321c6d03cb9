import assert from 'node:assert/strict'
import { test } from 'node:test'
import { channels } from '#/core/segment.ts'
import type { Term } from './api.ts'
import { createInspector } from './inspector.ts'
import { kinds } from './kinds.ts'
import { foundIn, typesIn } from './test-found.ts'
import { randomText, seeded } from './test-random.ts'

const term = (text: string, more: Partial<Term> = {}): Term => ({
  term: text,
  label: 'codename',
  class: 'confidential',
  isCaseSensitive: false,
  ...more,
})

const plain = createInspector({ terms: [] })

test('findings come in order of position, each with its place, kind and reason', () => {
  const text = 'card 4111 1111 1111 1111 of anna@example.com'
  assert.deepEqual(plain.inspect(text, 'user'), [
    {
      start: 5,
      end: 24,
      type: 'payment-card',
      family: 'payment',
      score: 1,
      why: '16 digits in the range of Visa with a valid Luhn sum',
    },
    {
      start: 28,
      end: 44,
      type: 'email',
      family: 'contact',
      score: 0.95,
      why: 'has the form of an e-mail address with a possible domain',
    },
  ])
})

test('a text in which nothing stands has no findings', () => {
  for (const text of ['', ' ', 'a', 'Hello, how are you?', '\u200b', '中文', '\ud83d']) {
    assert.deepEqual(plain.inspect(text, 'user'), [])
  }
})

test('a value is found at the very start, at the very end and as the whole text', () => {
  for (const text of ['a@example.com', 'x a@example.com', 'a@example.com x']) {
    assert.deepEqual(foundIn(text), ['a@example.com'])
  }
})

test('every channel is inspected alike', () => {
  for (const channel of channels) {
    assert.equal(plain.inspect('a@example.com', channel).length, 1, channel)
  }
})

test('of kinds that share a place one is reported: the one a rule would stop', () => {
  assert.deepEqual(typesIn('postgres://app:s3cr3t-Pa55@db.example.com/main'), ['url-credentials'])
  assert.deepEqual(typesIn('card 5555555555554444'), ['payment-card'])
  assert.deepEqual(typesIn('ssn 536-22-8145'), ['us-ssn'])
  assert.deepEqual(typesIn('DE89 3704 0044 0532 0130 00'), ['iban'])
  assert.deepEqual(typesIn('phone 212-555-0123'), ['phone'])
})

test('kinds side by side are all reported', () => {
  const text = 'a@example.com,4111111111111111,536-22-8145,DE89370400440532013000,+442079460958'
  assert.deepEqual(typesIn(text), ['email', 'payment-card', 'us-ssn', 'iban', 'phone'])
})

test('a company term is found as its own kind and keeps its own class', () => {
  const inspector = createInspector({
    terms: [
      term('Blue Heron', { class: 'restricted', label: 'deal' }),
      term('Falcon', { class: 'internal' }),
    ],
  })
  const [heron, falcon] = inspector.inspect('Blue Heron and Falcon', 'user')
  assert.ok(heron !== undefined && falcon !== undefined)
  assert.equal(heron.type, 'company-term')
  assert.equal(heron.family, 'company')
  assert.equal(heron.why, "stands in the company's list of terms as: deal")
  assert.equal(inspector.classOf(heron), 'restricted')
  assert.equal(inspector.classOf(falcon), 'internal')
})

test('a term whose finding lost its class counts as the highest any term has', () => {
  const inspector = createInspector({
    terms: [term('Blue Heron', { class: 'restricted' }), term('Falcon', { class: 'internal' })],
  })
  const [, falcon] = inspector.inspect('Blue Heron and Falcon', 'user')
  assert.ok(falcon !== undefined)
  const { start, end, type, family, score, why } = falcon
  assert.equal(inspector.classOf({ start, end, type, family, score, why }), 'restricted')
})

test('a term inside an address is reported over the whole address', () => {
  const inspector = createInspector({ terms: [term('Falcon')] })
  const text = 'to anna@falcon.example.com now'
  const findings = inspector.inspect(text, 'user')
  assert.deepEqual(
    findings.map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`),
    ['company-term: anna@falcon.example.com'],
  )
})

test('terms are found in disguised texts, at their place in the original', () => {
  const inspector = createInspector({ terms: [term('Blue Heron'), term('می‌خواهم')] })
  const disguised = [
    'Blue\u00a0Heron',
    'Bl\u00adue Heron',
    'Ｂｌｕｅ　Ｈｅｒｏｎ',
    'Blue\u200b Heron',
    'می‌خواهم',
  ]
  for (const value of disguised) {
    const text = `😀 about ${value}.`
    const [finding, ...others] = inspector.inspect(text, 'user')
    assert.equal(text.slice(finding?.start, finding?.end), value)
    assert.deepEqual(others, [])
  }
})

test('the class of a finding is that of its kind', () => {
  for (const { type, family, class: dataClass } of kinds) {
    if (type === 'company-term') continue
    assert.equal(plain.classOf({ start: 0, end: 1, type, family, score: 1, why: '' }), dataClass)
  }
})

test('a kind that does not exist has no class', () => {
  const unknown = { start: 0, end: 1, type: 'shoe-size', family: 'other', score: 1, why: '' } as const
  assert.throws(() => plain.classOf(unknown), /no kind of finding is called shoe-size/)
})

test('the version changes with the terms and with nothing else', () => {
  const version = (...terms: Term[]): string => createInspector({ terms }).version
  assert.equal(version(), version())
  assert.equal(version(term('Falcon')), version(term('Falcon')))
  const versions = [
    version(),
    version(term('Falcon')),
    version(term('Heron')),
    version(term('falcon')),
    version(term('Falcon', { class: 'restricted' })),
    version(term('Falcon', { label: 'customer' })),
    version(term('Falcon', { isCaseSensitive: true })),
    version(term('Falcon'), term('Heron')),
  ]
  assert.equal(new Set(versions).size, versions.length)
})

test('the hash of the version may be handed over', () => {
  const hashed: string[] = []
  const { version } = createInspector({
    terms: [term('Falcon')],
    hash: (text) => {
      hashed.push(text)
      return 'my hash'
    },
  })
  assert.equal(version, 'my hash')
  assert.equal(hashed.length, 1)
  assert.match(hashed[0] ?? '', /Falcon/)
})

test('a wrong term is refused before anything is inspected, by its place', () => {
  assert.throws(() => createInspector({ terms: [term('Falcon'), term('ab')] }), /term 2 of the list/)
})

const random = seeded(2_026)

for (let part = 1; part <= 20; part++) {
  test(`no text makes it throw, and findings are ordered, apart and inside the text (${part})`, () => {
    const inspector = createInspector({ terms: [term('Anna'), term('中文字'), term('a.b')] })
    for (let round = 0; round < 200; round++) {
      const text = randomText(random, 40)
      let last = 0
      for (const { start, end, score, why, type } of inspector.inspect(text, 'user')) {
        assert.ok(start >= last && end > start && end <= text.length, JSON.stringify(text))
        assert.ok(score >= 0.5 && score <= 1)
        assert.ok(why !== '' && kinds.some((kind) => kind.type === type))
        last = end
      }
    }
  })
}

for (let part = 1; part <= 5; part++) {
  test(`no row of arbitrary units makes it throw (${part})`, () => {
    for (let round = 0; round < 200; round++) {
      const units = Array.from({ length: random.below(80) }, () =>
        random.below(4) === 0 ? random.below(65_536) : 32 + random.below(96),
      )
      assert.doesNotThrow(() => plain.inspect(String.fromCharCode(...units), 'user'))
    }
  })
}

test('the same text always gives the same findings', () => {
  for (let round = 0; round < 200; round++) {
    const text = randomText(random, 30)
    assert.deepEqual(plain.inspect(text, 'user'), createInspector({ terms: [] }).inspect(text, 'user'))
  }
})

test('a finding does not split a pair of surrogates', () => {
  for (let round = 0; round < 2_000; round++) {
    const text = randomText(random, 20)
    for (const { start, end } of plain.inspect(text, 'user')) {
      for (const edge of [start, end]) {
        const isSplit =
          /[\ud800-\udbff]/.test(text.charAt(edge - 1)) && /[\udc00-\udfff]/.test(text.charAt(edge))
        assert.ok(!isSplit, JSON.stringify(text))
      }
    }
  }
})
