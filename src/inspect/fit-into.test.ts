import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitInto } from './fit-into.ts'
import { createInspector } from './inspector.ts'
import { type NameKind, nameKinds } from './names/kinds.ts'
import type { Candidate } from './overlaps.ts'
import { candidate, candidatesIn, type Marks, shownIn } from './test-candidates.ts'
import { seeded } from './test-random.ts'

const fitted = (text: string, found: Marks, names: Marks): readonly string[] =>
  shownIn(text, fitInto(text, candidatesIn(text, found), candidatesIn(text, names)))

test('a name that touches nothing stays as it is, in order of position', () => {
  assert.deepEqual(fitted('Ask Ada, a@example.com', [['email', 'a@example.com']], [['person-name', 'Ada']]), [
    'person-name: Ada',
    'email: a@example.com',
  ])
})

test('where no rule has found anything, names stay as they are, and an address still takes its number', () => {
  const names: Marks = [
    ['person-name', 'Ada'],
    ['place-name', 'Paris'],
  ]
  assert.deepEqual(fitted('Ask Ada, Paris', [], names), ['person-name: Ada', 'place-name: Paris'])
  assert.deepEqual(
    fitted(
      'Sample Court 5, Ada',
      [],
      [
        ['postal-address', 'Sample Court'],
        ['person-name', 'Ada'],
      ],
    ),
    ['postal-address: Sample Court 5', 'person-name: Ada'],
  )
})

test('a name inside what a rule has found is that finding', () => {
  const text = 'Berliner Allee 7'
  assert.deepEqual(fitted(text, [['street-address', text]], [['place-name', 'Berliner']]), [
    `street-address: ${text}`,
  ])
})

test('a telephone number that an address runs into stays a telephone number, and the rest an address', () => {
  assert.deepEqual(
    fitted(
      'Sample Court, (555) 010-7788',
      [['phone', '(555) 010-7788']],
      [['postal-address', 'Sample Court, (555']],
    ),
    ['postal-address: Sample Court', 'phone: (555) 010-7788'],
  )
})

test('a name that holds a finding stays on both sides of it, where there are letters', () => {
  const text = 'Ada 4711 Keller 4712.'
  const numbers: Marks = [
    ['id', '4711'],
    ['id', '4712'],
  ]
  assert.deepEqual(fitted(text, numbers, [['person-name', text]]), [
    'person-name: Ada',
    'id: 4711',
    'person-name: Keller',
    'id: 4712',
  ])
})

test('an address and the street or postcode it touches are one place', () => {
  const whole = '12 Sample Road, Exampleton 99501'
  assert.deepEqual(
    fitted(
      `at ${whole}.`,
      [['street-address', '12 Sample Road']],
      [['postal-address', 'Road, Exampleton 99501']],
    ),
    [`street-address: ${whole}`],
  )
  assert.deepEqual(
    fitted('Sample Lane, 99501 today', [['postcode', '99501']], [['postal-address', 'Sample Lane']]),
    ['postal-address: Sample Lane, 99501'],
  )
})

test('two parts of a tagged address and the number between them are one place', () => {
  assert.deepEqual(
    fitted(
      'Sample u. 12, Exampleton',
      [],
      [
        ['postal-address', 'Sample u'],
        ['postal-address', 'Exampleton'],
      ],
    ),
    ['postal-address: Sample u. 12, Exampleton'],
  )
})

test('addresses on lines of their own, or with a word between them, stay apart', () => {
  for (const between of ['\n', ' and ', '; ']) {
    const names: Marks = [
      ['postal-address', 'Sample Lane 4'],
      ['postal-address', 'Other Lane 9'],
    ]
    assert.equal(fitted(`Sample Lane 4${between}Other Lane 9`, [], names).length, 2, between)
  }
})

test('what two rules have found is left to them', () => {
  const found: Marks = [
    ['street-address', '12 Sample Road'],
    ['postcode', '99501'],
  ]
  assert.equal(fitted('Ada, 12 Sample Road, 99501', found, [['person-name', 'Ada']]).length, 3)
})

test('a number beside a tagged address belongs to it, once', () => {
  const addressIn = (text: string, part: string) => fitted(text, [], [['postal-address', part]])[0]
  assert.equal(addressIn('Via Esempio 12, please', 'Via Esempio'), 'postal-address: Via Esempio 12')
  assert.equal(addressIn('at 12 Sample Rise', 'Sample Rise'), 'postal-address: 12 Sample Rise')
  assert.equal(addressIn('in 2020 4 Sample Rise', '4 Sample Rise'), 'postal-address: 4 Sample Rise')
  for (const after of [' 12%', ' 12:30', ' 12.5', ' 123456'])
    assert.equal(addressIn(`Via Esempio${after}`, 'Via Esempio'), 'postal-address: Via Esempio', after)
})

test('what is public changes nothing that is found otherwise, and takes the room around it', () => {
  const { inspect } = createInspector({
    terms: [{ term: 'falcon', label: 'codename', class: 'public', isCaseSensitive: false }],
    names: { version: 'nobody', find: () => [] },
  })
  const typesIn = (text: string) =>
    inspect(text, 'user').map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)
  assert.deepEqual(typesIn('https://example.com/u/ada@example.com/page'), [
    'web-address: https://example.com/u',
    'email: ada@example.com',
    'web-address: page',
  ])
  assert.deepEqual(typesIn('DOB: 2001-05-03, seen 2024-05-03'), [
    'date-of-birth: 2001-05-03',
    'date: 2024-05-03',
  ])
  assert.deepEqual(typesIn('write to falcon@example.com'), ['company-term: falcon@example.com'])
})

test('a word that stands in names as well is found by itself, and in a name it is that name', () => {
  const found = (text: string, named: string) => {
    const start = text.indexOf(named)
    const kind = nameKinds['ORG'] as NameKind
    const names = {
      version: 'one',
      find: () => [{ start, end: start + named.length, kind, score: 0.6, why: '' }],
    }
    return createInspector({ terms: [], names })
      .inspect(text, 'user')
      .map((each) => `${each.type}: ${text.slice(each.start, each.end)}`)
  }
  assert.deepEqual(found('The Sunday Example came on Sunday', 'Sunday Example'), [
    'organisation-name: Sunday Example',
    'date-part: Sunday',
  ])
  assert.deepEqual(found('Danish Sample Bank has Danish chairs', 'Danish Sample Bank'), [
    'organisation-name: Danish Sample Bank',
    'group-name: Danish',
  ])
})

test('whatever comes, what stays is in order and apart, covers what rules found, and no letter is lost', () => {
  const random = seeded(3)
  const rules = ['street-address', 'postcode', 'phone', 'email']
  const tagged = ['postal-address', 'person-name', 'place-name']
  for (let round = 0; round < 3_000; round++) {
    const text = Array.from({ length: 60 }, () => random.pick(['a', 'B', '1', ' ', ',', '\n'])).join('')
    const some = (types: readonly string[]): Candidate[] => {
      const spans: Candidate[] = []
      for (let at = random.below(20); at < 50; at += random.below(14)) {
        const end = at + 1 + random.below(9)
        spans.push(candidate(random.pick(types), at, end))
        at = end
      }
      return spans
    }
    const [found, names] = [some(rules), some(tagged)]
    const result = fitInto(text, found, names)
    for (const [index, { start, end }] of result.entries())
      assert.ok(start < end && end <= text.length && start >= (result[index - 1]?.end ?? 0))
    const isCovered = (at: number): boolean => result.some(({ start, end }) => start <= at && at < end)
    for (const { start, end } of found) for (let at = start; at < end; at++) assert.ok(isCovered(at))
    for (const { start, end } of names)
      for (let at = start; at < end; at++) assert.ok(isCovered(at) || !/[aB]/.test(text.charAt(at)))
  }
})
