import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOfBase64 } from './base64.ts'
import { failedLines } from './base64-lines.ts'
import { textIn } from './bytes.ts'
import { seeded } from './test-random.ts'

const shifts = [0, 1, 2, 3]

test('where lines are said to hold no text, none comes out of them from any of the first four characters on', () => {
  const random = seeded(3)
  const bytes = [
    () => 128 + random.below(128),
    () => random.below(256),
    () => 32 + random.below(95),
    () => random.pick([0, 65]),
  ]
  let said = 0
  let others = 0
  for (let round = 0; round < 600; round++) {
    const length = random.pick([16, 20, 64])
    const usual = random.pick(bytes)
    const line = (): string => {
      const byte = random.below(3) === 0 ? random.pick(bytes) : usual
      return btoa(String.fromCharCode(...Array.from({ length: (length * 3) / 4 }, byte)))
    }
    const lines = Array.from({ length: 2 + random.below(12) }, line)
    const last = line().slice(0, 1 + random.below(length))
    const wrap = random.pick(['\n', '\r\n', '\n > ', '\\n', '\\r\\n'])
    const text = `x ${lines.join(wrap)}${wrap}${last} x`
    const failed = failedLines(text, 2, text.length - 2)
    for (const at of lines.keys()) {
      const start = 2 + at * (length + wrap.length)
      const units = random.pick([1, 50, 512])
      const tried = failed?.from(start, units)
      assert.ok(tried !== undefined)
      assert.ok(tried.end === text.length - 2 || tried.end >= start + units)
      assert.ok(tried.end === text.length - 2 || text.startsWith(wrap, tried.end))
      if (tried.holdNoText) said++
      else others++
      for (const shift of tried.holdNoText ? shifts : [])
        assert.equal(textIn(bytesOfBase64(text, start + shift, tried.end)), undefined)
    }
  }
  assert.ok(said > 500 && others > 500, `${said} ${others}`)
})

test('what does not begin with one of the lines is not told', () => {
  const line = 'gIGCg4SFhoeIiYqL'
  const text = `${line}\\n${line}\n${line}`
  const failed = failedLines(text, 0, text.length)
  assert.deepEqual(failed?.from(0, 10), { end: line.length, holdNoText: true })
  assert.equal(failed?.from(3, 10), undefined)
  assert.equal(failed?.from(line.length + 1, 10), undefined)
  assert.deepEqual(failed?.from(line.length + 2, 20), { end: text.length, holdNoText: true })
  assert.equal(failed?.from(text.length, 10), undefined)
})
