import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { bodies } from '../test-bodies.ts'
import { useCase } from './use-case.ts'

const inputs = { text: { kind: 'text', maxCharacters: 100 } }
const template = { prompt: 'Sum up: {{text}}', inputs }
const nested = (levels: number): object =>
  levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(levels - 1) } }

/** Where a use case with these fields is wrong, dotted. */
function problemsOf(more: object): readonly string[] {
  const read = useCase.schema.safeParse({ ...bodies['use-case'], ...more })
  if (!read.success) return read.error.issues.map(({ path }) => path.join('.'))
  return useCase.check(read.data).map(({ path }) => path.join('.'))
}

test('a template and a schema that fit together are taken', () => {
  assert.deepEqual(problemsOf({ template }), [])
  assert.deepEqual(problemsOf({ template, answerSchema: nested(7) }), [])
})

/** The eighth level: there may be words, and nothing below them. */
const deepest = `answerSchema${'.properties.a'.repeat(7)}.type`

const wrongs: readonly (readonly [string, object, string])[] = [
  ['a place of no input', { template: { prompt: '{{text}} {{tone}}', inputs } }, 'template.prompt'],
  [
    'an input without a place',
    { template: { ...template, inputs: { ...inputs, tone: inputs.text } } },
    'template.inputs.tone',
  ],
  ['braces that are no place', { template: { ...template, prompt: '{{text}} {{ }}' } }, 'template.prompt'],
  ['a place in the instructions', { template: { ...template, system: 'In {{text}}' } }, 'template.system'],
  ['no inputs', { template: { prompt: 'Hello', inputs: {} } }, 'template.inputs'],
  [
    'a choice of nothing',
    { template: { ...template, inputs: { text: { kind: 'choice', of: [] } } } },
    'template.inputs.text.of',
  ],
  [
    'a text without an end',
    { template: { ...template, inputs: { text: { kind: 'text' } } } },
    'template.inputs.text.maxCharacters',
  ],
  ['a schema without a template', { answerSchema: nested(1) }, 'answerSchema'],
  ['a schema too deep', { template, answerSchema: nested(8) }, deepest],
  ['a schema as deep as a file can be', { template, answerSchema: nested(2_000) }, deepest],
  [
    'a keyword that is not checked',
    { template, answerSchema: { type: 'string', pattern: 'a+' } },
    'answerSchema',
  ],
  ['a type that is not checked', { template, answerSchema: { type: 'null' } }, 'answerSchema.type'],
  [
    'a name that must be there and is not',
    { template, answerSchema: { type: 'object', properties: {}, required: ['a'] } },
    'answerSchema.required',
  ],
  [
    'limits the wrong way round',
    { template, answerSchema: { type: 'number', minimum: 2, maximum: 1 } },
    'answerSchema.minimum',
  ],
  [
    'more schemas than are checked',
    {
      template,
      answerSchema: {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 201 }, (_, index) => [`a${index}`, { type: 'string' }]),
        ),
      },
    },
    'answerSchema',
  ],
]
for (const [what, more, path] of wrongs) {
  test(`${what} is refused when it is proposed, at ${path}`, () => {
    assert.deepEqual(problemsOf(more), [path])
  })
}

test('the tasks to begin with are right', () => {
  const path = new URL('../../../examples/tasks/records.yaml', import.meta.url)
  const { records } = parse(readFileSync(path, 'utf8')) as { records: readonly Record<string, unknown>[] }
  assert.deepEqual(
    records.map(({ kind: _, id, ...body }) => [id, useCase.check(useCase.schema.parse(body))]),
    [
      ['summarise', []],
      ['translate', []],
      ['code', []],
    ],
  )
})
