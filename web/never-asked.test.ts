import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseSync } from 'vite'
import { answers, neverAsked } from './never-asked.ts'

/** What the plugin makes of a file of inspection. */
function madeOf(file: string, code: string): string {
  const { transform } = neverAsked()
  assert.ok(typeof transform === 'object')
  const context = {
    parse: (text: string) => parseSync('file.js', text).program,
    warn: () => undefined,
  }
  const made = transform.handler.call(context as never, code, `/sallyport/src/inspect/${file}`)
  return (made as { readonly code: string } | undefined)?.code ?? code
}

test('a filter gives its answer, and what it was made from is left out', () => {
  assert.equal(
    madeOf('word-endings.ts', 'function createMayEnd(words) { return words }\ncreateMayEnd(["a"])'),
    'function createMayEnd(words) { return () => true }\ncreateMayEnd()',
  )
})

test('a constant is its answer, and members nobody reads are gone', () => {
  assert.equal(
    madeOf('clue-words.ts', 'const mayBeLeet = (t) => t[0], beginnings = fill()'),
    'const mayBeLeet = (t) => { return true }, beginnings = undefined',
  )
  assert.equal(
    madeOf('other.ts', "f({ family: 'person', family: 'health' })"),
    "f({ ...{}, family: 'health' })",
  )
})

test('the files still hold all that is answered', async () => {
  for (const [file, named] of Object.entries(answers)) {
    const code = await readFile(join(import.meta.dirname, '..', 'src', 'inspect', file), 'utf8')
    for (const name of Object.keys(named))
      assert.match(
        code,
        new RegExp(`(?:function|const) ${name}\\b`),
        `${file} holds no ${name}: see web/never-asked.ts`,
      )
  }
})
