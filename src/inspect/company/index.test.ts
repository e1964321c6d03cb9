import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { createInspector } from '../inspector.ts'
import { buildDocument, buildTable, createKnowledgeMatcher, type Knowledge } from './index.ts'

const hash = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex')

const plan =
  'In the third quarter we will close the plant at Tarnwick and move its two hundred workers to the coast, which nobody but the board has been told about until now.'
const knowledge: Knowledge = {
  tables: [
    buildTable(
      {
        name: 'customers',
        class: 'restricted',
        salt: 'salt',
        columns: ['Number', 'Name'],
        primary: 'Number',
        rows: [['4711-0815', 'Halvard']],
      },
      hash,
    ),
  ],
  documents: [buildDocument('the plan', 'restricted', plan)],
  sourceCode: { packages: ['@acme/'], class: 'confidential' },
}
const inspector = createInspector({ terms: [], knowledge: createKnowledgeMatcher(knowledge, hash) })

test('an inspector finds what the company knows, in the class it was given', () => {
  const findings = inspector.inspect(
    `4711-0815 is Halvard. Many words stand between these two.\n\n${plan}\nimport x from '@acme/x'\n`,
    'user',
  )
  assert.deepEqual(
    findings.map((finding) => [finding.type, finding.family, inspector.classOf(finding)]),
    [
      ['company-record', 'company', 'restricted'],
      ['company-record', 'company', 'restricted'],
      ['company-document', 'company', 'restricted'],
      ['source-code', 'company', 'confidential'],
    ],
  )
})

test('what is known is found behind a disguise, too', () => {
  const [finding] = inspector.inspect('47\u200b11-0815 Halvard', 'user')
  assert.deepEqual([finding?.type, finding?.start, finding?.end], ['company-record', 0, 10])
})

test('a finding that has lost its own class counts as the highest that is known', () => {
  const [finding] = inspector.inspect('4711-0815 Halvard', 'user')
  const { start = 0, end = 0, type = '', family = 'company', score = 0, why = '' } = finding ?? {}
  assert.equal(inspector.classOf({ start, end, type, family, score, why }), 'restricted')
})

test('the version changes with what is known, and without knowledge nothing of it is found', () => {
  const other = createKnowledgeMatcher({ ...knowledge, documents: [] }, hash)
  assert.notEqual(createInspector({ terms: [], knowledge: other }).version, inspector.version)
  const none = createInspector({ terms: [] })
  assert.notEqual(none.version, inspector.version)
  assert.deepEqual(none.inspect(`4711-0815 Halvard ${plan}`, 'user'), [])
})

test('a reason never repeats what was found', () => {
  for (const { why } of inspector.inspect(`4711-0815 is Halvard.\n${plan}`, 'user'))
    assert.equal(/4711|Halvard|Tarnwick/.test(why), false)
})
