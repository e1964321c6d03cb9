import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type InjectionModel,
  logOdds,
  readInjectionModel,
  windowSpan,
  windowsOf,
  writeInjectionModel,
} from './model.ts'
import { readWords } from './plain-words.ts'
import { modelFor } from './test-model.ts'

const odds = (model: InjectionModel, text: string): number => {
  const words = readWords(text)
  return logOdds(model, words, 0, words.starts.length, 0)
}

test('a text of known words is likelier than one of unknown words', () => {
  const model = modelFor('purple elephant')
  assert.ok(odds(model, 'purple elephant') > 5)
  assert.equal(odds(model, 'green house'), model.bias)
  assert.equal(odds(model, ''), model.bias)
})

test('saying it again changes nothing', () => {
  const model = modelFor('purple elephant')
  const times = (count: number): number => odds(model, Array(count).fill('purple elephant').join(' '))
  assert.ok(Math.abs(times(50) - times(3)) < 1)
})

test('the same words are as likely however often others were asked about before', () => {
  const model = modelFor('purple elephant')
  const known = readWords('purple elephant')
  const first = logOdds(model, known, 0, 2, 0)
  const others = readWords('green house')
  for (let call = 0; call < 4_200; call++) {
    assert.equal(logOdds(model, others, 0, 2, 0), model.bias)
    assert.equal(logOdds(model, known, 0, 2, 0), first)
  }
})

test('weights come back from their bytes as they were', () => {
  const model = modelFor('a purple elephant in the green house', -7)
  const bytes = writeInjectionModel(model)
  assert.ok(bytes.length < 100)
  const read = readInjectionModel(bytes, 'test')
  assert.deepEqual(read.weights, model.weights)
  assert.ok(Math.abs(read.scale - model.scale) < 1e-6)
  assert.deepEqual(read.flagFrom, model.flagFrom)
  assert.equal(read.bias, model.bias)
})

test('bytes that are no model are refused, each one cut short too', () => {
  const bytes = writeInjectionModel(modelFor('purple elephant'))
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => readInjectionModel(bytes.subarray(0, length), 'x'), /damaged/)
  }
  assert.throws(() => readInjectionModel(Uint8Array.from([...bytes, 0]), 'x'), /damaged/)
  assert.throws(() => readInjectionModel(bytes.with(0, 1), 'x'), /damaged/)
})

test('windows cover every word, overlap, and are no longer than they may be', () => {
  for (const text of ['', 'one', 'word '.repeat(5_000), '中'.repeat(5_000), 'a'.repeat(5_000)]) {
    const words = readWords(text)
    const windows = windowsOf(words)
    let covered = 0
    for (const [first, end] of windows) {
      assert.ok(first <= covered && end > covered)
      covered = end
      assert.ok((words.origins[end - 1] as number) - (words.origins[first] as number) < windowSpan.units)
    }
    assert.equal(covered, words.starts.length)
    assert.ok(windows.length <= 1 + text.length / windowSpan.step)
  }
})
