import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { maxFileBytes, readFirstRecords, readRecordFile } from './read-file.ts'

const problemOf = (text: string): string => {
  try {
    readRecordFile(text, 'records.yaml')
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, 'request-invalid')
    return `${error.facts['field']}: ${error.facts['problem']}`
  }
  return assert.fail('it was taken')
}

const useCase = `
records:
  - kind: use-case
    id: support
    title: Support
    owner: owner@example.com
    purpose: Answers to customers
    audience: { roles: [employee] }
    offerings: [west]
    highestClass: internal
`

test('a record is read with its defaults and its place', () => {
  const { records, bootstrap } = readRecordFile(useCase, 'records.yaml')
  assert.equal(bootstrap, undefined)
  assert.equal(records.length, 1)
  assert.equal(records[0]?.place, 'records.yaml:3:5')
  assert.deepEqual(records[0]?.body, {
    title: 'Support',
    owner: 'owner@example.com',
    purpose: 'Answers to customers',
    audience: { roles: ['employee'], people: [] },
    offerings: ['west'],
    highestClass: 'internal',
    contextClass: 'public',
    rules: [],
    unread: 'refuse',
  })
})

test('what Sallyport begins with is a file like any other, and approved', () => {
  const { records, bootstrap } = readFirstRecords()
  assert.deepEqual(
    records.map(({ kind, id }) => `${kind} ${id}`),
    ['offering demo', 'use-case general-assistant', 'policy company-rules'],
  )
  assert.equal(bootstrap?.approve, 'all')
})

test('a mistake names the field, the line and what would be right', () => {
  const wrong: readonly (readonly [change: readonly [string, string], expected: RegExp])[] = [
    [
      ['highestClass: internal', 'highestClass: secret'],
      /^records\.0\.highestClass \(records\.yaml:10:5\): must be one of public/,
    ],
    [['highestClass: internal', 'highstClass: internal'], /highestClass .*and 1 more/],
    [['title: Support', 'titel: Support'], /Did you mean "title"|records\.0\.title/],
    [['id: support', 'id: Support Team'], /^records\.0\.id .*must be an id/],
    [['kind: use-case', 'kind: usecase'], /^records\.0\.kind .*Did you mean "use-case"/],
    [['[employee]', '[]'], /audience.*must name at least one role, person or group/],
    [['[employee]', '[boss]'], /audience\.roles\.0.*must be one of employee/],
    [['offerings: [west]', 'offerings: []'], /offerings.*at least one offering/],
    [['offerings: [west]', 'offerings: [west, west]'], /must not hold the same thing twice/],
    [['owner@example.com', 'nobody'], /owner.*must be an e-mail address/],
    [['title: Support', 'title: "Sup\\nport"'], /title.*one line/],
    [['records:', 'record:'], /^record \(.*Did you mean "records"|^records/],
  ]
  for (const [[from, to], expected] of wrong) assert.match(problemOf(useCase.replace(from, to)), expected, to)
})

test('nothing somebody wrote is repeated in the message', () => {
  const secret = 'hunter2-hunter2'
  for (const field of ['highestClass: internal', 'owner: owner@example.com', 'offerings: [west]']) {
    const told = problemOf(useCase.replace(field, `${field.split(':')[0]}: "${secret}"`))
    assert.doesNotMatch(told, /hunter2/)
  }
})

test('the same record twice is refused', () => {
  const twice = useCase + useCase.slice(useCase.indexOf('  - kind'))
  assert.match(problemOf(twice), /^records\.1\.id .*the use-case support stands twice/)
})

test('what is not YAML is told with its line', () => {
  assert.match(problemOf('records: [\n'), /records\.yaml:2/)
  assert.match(problemOf('records: []\nrecords: []\n'), /the same key stands twice/)
  assert.match(problemOf('__proto__: 1\n'), /__proto__/)
  assert.match(problemOf('[]'), /must be \{ records/)
  assert.match(problemOf('just words'), /must be \{ records/)
})

test('aliases that multiply, a file that is too large, and too many records are refused', () => {
  const bomb = `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`
  assert.match(problemOf(bomb), /aliases/)
  assert.match(problemOf(`records: []\n# ${'x'.repeat(maxFileBytes)}`), /larger than/)
  assert.match(problemOf(`records:\n${'  - 1\n'.repeat(2_001)}`), /at most 2000 records/)
})

test('an empty file says what is missing', () => {
  assert.match(problemOf(''), /^records .*must be a list of records/)
  assert.deepEqual(readRecordFile('records: []', 'records.yaml').records, [])
})

test('only approve: all is a bootstrap, and it names who answers for it', () => {
  const text = (bootstrap: string) => `bootstrap: ${bootstrap}\nrecords: []\n`
  assert.match(problemOf(text('{ approve: some, by: a@example.com, reason: x }')), /bootstrap\.approve/)
  assert.match(problemOf(text('{ approve: all, reason: x }')), /bootstrap\.by/)
  assert.match(problemOf(text('{ approve: all, by: a@example.com }')), /bootstrap\.reason/)
  const { bootstrap } = readRecordFile(
    text('{ approve: all, by: a@example.com, reason: Start }'),
    'records.yaml',
  )
  assert.deepEqual(bootstrap, { approve: 'all', by: 'a@example.com', reason: 'Start' })
})
