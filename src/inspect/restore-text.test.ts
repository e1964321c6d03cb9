import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { createTextRestorer, fitsAnywhere, mayBeJson } from './restore-text.ts'

const restoreText = (text: string, issued: ReadonlyMap<string, string>): string =>
  createTextRestorer(issued)(text)

const token = 'PRIVATE_KEY_0123456789'
const originals = ['"quoted"', 'back\\slash', 'two\nlines', 'tab\t', '\u0000', '\ud83d', 'é😀', '</script>']

/** JSON in a string of JSON, this many times. */
const nested = (value: unknown, times: number): string =>
  times === 0 ? JSON.stringify(value) : JSON.stringify({ body: nested(value, times - 1), n: 1 })

test('outside JSON originals are written as they are', () => {
  for (const original of originals) {
    for (const text of [`<${token}>`, `[Note] say "${token}"`, `{ ${token}`, `"${token}"`])
      assert.equal(restoreText(text, new Map([[token, original]])), text.replace(token, original))
  }
})

test('in JSON an original is a part of its string, however deep one JSON text stands in another', () => {
  for (const original of originals) {
    const issued = new Map([[token, original]])
    for (let depth = 0; depth <= 4; depth++) {
      const given = (value: string) =>
        nested({ to: `<${value}>`, also: [value], [value]: `"${value}"` }, depth)
      assert.equal(restoreText(given(token), issued), given(original), `${depth} ${JSON.stringify(original)}`)
    }
  }
})

test('a string of JSON that is no JSON itself takes the original once', () => {
  const issued = new Map([[token, 'a\n"b"']])
  assert.deepEqual(JSON.parse(restoreText(JSON.stringify({ text: `[Note] "${token}" {` }), issued)), {
    text: '[Note] "a\n"b"" {',
  })
})

test('all else of a JSON text stays as it was written', () => {
  const text = ` {"id": 1234567890123456789,\n "n":1.0, "n":2, "u":"\\u00fc\\/", "k":"${token}"}`
  assert.equal(restoreText(text, new Map([[token, 'a\nb']])), text.replace(token, 'a\\nb'))
})

test('a token that was not issued stays, and where none stands nothing changes', () => {
  const text = '{"a":"PRIVATE_KEY_9876543210"}'
  assert.equal(restoreText(text, new Map([[token, 'a\nb']])), text)
  assert.equal(restoreText(text, new Map()), text)
})

test('what needs no escape fits anywhere', () => {
  assert.ok(fitsAnywhere(new Map([['A_1', 'ada@example.com, é😀 </script>']])))
  for (const original of ['"', '\\', '\n', '\u0001', '\ud83d'])
    assert.ok(
      !fitsAnywhere(
        new Map([
          ['A_1', 'x'],
          ['A_2', original],
        ]),
      ),
      JSON.stringify(original),
    )
})

test('a text may be JSON by how it begins', () => {
  for (const text of ['', ' \n', '{', ' [1', '\n{"a']) assert.ok(mayBeJson(text), text)
  for (const text of ['a', '"a"', '1', ' x{']) assert.ok(!mayBeJson(text), text)
})

test('a long text takes time in proportion to its length', () => {
  const issued = new Map([[token, 'a\nb']])
  const text = nested({ list: Array.from({ length: 20_000 }, () => `to ${token} "`) }, 3)
  const startedAt = processorMs()
  restoreText(text, issued)
  restoreText(`{"a":"${'\\"'.repeat(500_000)}${token}"}`, issued)
  assert.ok(processorMs() - startedAt < 2_000)
})

test('many strings and many tokens cost no more than both of them', () => {
  const tokens = Array.from({ length: 2_000 }, (_, index) => `KEY_${index.toString().padStart(10, '0')}`)
  const restore = createTextRestorer(new Map(tokens.map((each) => [each, 'a\nb'])))
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => tokens[index % 2_000]))
  const startedAt = processorMs()
  assert.equal(restore(text), text.replace(/KEY_\d+/g, 'a\\nb'))
  assert.ok(processorMs() - startedAt < 1_000)
})
