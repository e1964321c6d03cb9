import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { createInspector } from '../../inspector.ts'
import { exampleOf } from '../../test-found.ts'
import { detectors } from '../index.ts'
import { publicDetectors } from './index.ts'

const nobody = { version: 'nobody', find: () => [] }
const inspector = createInspector({ terms: [], names: nobody })

const foundIn = (text: string, wanted: string): readonly string[] =>
  inspector
    .inspect(text, 'user')
    .filter(({ type }) => type === wanted)
    .map(({ start, end }) => text.slice(start, end))

for (const { type, finds, ignores } of publicDetectors) {
  test(`${type}: finds what its examples mark, and nothing else of its kind`, () => {
    for (const marked of finds) {
      const { text, wanted } = exampleOf(marked)
      assert.ok(wanted.length > 0, marked)
      assert.deepEqual(foundIn(text, type), wanted, marked)
      assert.deepEqual(foundIn(`{"text":"${text.replaceAll('"', '\\"')}\\n"}`, type), wanted, marked)
    }
  })

  test(`${type}: finds nothing in what it ignores`, () => {
    for (const text of ignores) assert.deepEqual(foundIn(text, type), [], text)
  })
}

test('they are kinds of their own, and leave a text public', () => {
  const others = new Set(detectors.map((each) => each.type))
  for (const { type, class: dataClass } of publicDetectors) {
    assert.ok(!others.has(type), type)
    assert.equal(dataClass, 'public')
    assert.ok(inspector.kinds.some((kind) => kind.type === type))
  }
  const [found] = inspector.inspect('on 2024-05-03', 'user')
  assert.ok(found !== undefined && inspector.classOf(found) === 'public')
})

test('they are looked for where names are, and only when names are', () => {
  const text = 'on 2024-05-03 at https://example.com/'
  assert.equal(inspector.inspect(text, 'user').length, 2)
  assert.equal(inspector.inspect(text, 'system').length, 0)
  assert.equal(createInspector({ terms: [] }).inspect(text, 'user').length, 0)
})

test('a long row of dates is read whole, in time that grows with it', () => {
  const row = '2024-05-03, '
  assert.equal(foundIn(row.repeat(5_000), 'date').length, 5_000)
  const startedAt = processorMs()
  for (const text of ['2024-', '2024 ', 'May 2024', '3 ', 'www.', 'https://a.'])
    foundIn(text.repeat(20_000), 'date')
  assert.ok(processorMs() - startedAt < 5_000)
})
