import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSync } from 'vite'
import { neverAsked } from './never-asked.ts'

/** What the plugin makes of a file of inspection, or the error it fails with. */
function madeOf(file: string, code: string): string {
  const { transform } = neverAsked()
  assert.ok(typeof transform === 'object')
  const context = {
    parse: (text: string) => parseSync('file.js', text).program,
    error: (message: string) => {
      throw new Error(message)
    },
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
    madeOf('clue-words.ts', 'const clueAt = (t) => t[0], beginnings = fill()'),
    'const clueAt = (t) => { return 7 }, beginnings = undefined',
  )
  assert.equal(
    madeOf('other.ts', "f({ family: 'person', family: 'health' })"),
    "f({ ...{}, family: 'health' })",
  )
})

test('a function that is called otherwise by now fails the build', () => {
  assert.throws(() => madeOf('clues.ts', 'function couldTell() {}'), /clues\.ts holds no mayTell/)
})
