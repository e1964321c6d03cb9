import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postcode } from './postcode.ts'

const isFound = (text: string, code: string): boolean => {
  const start = text.indexOf(code)
  return postcode.examine(text, start, start + code.length).length > 0
}

test('five digits stand one or two blanks of any sort behind a state', () => {
  for (const blanks of [' ', '  ', '\n', '\u00a0', '\t\u3000'])
    assert.ok(isFound(`Springfield, IL${blanks}62704 `, '62704'), JSON.stringify(blanks))
  for (const before of ['IL', 'IL   ', 'IL,', 'Springfield ', 'il '])
    assert.ok(!isFound(`Springfield, ${before}62704 `, '62704'), before)
  assert.ok(!isFound('Springfield, IL 627045 ', '627045'))
  assert.ok(isFound('Springfield, IL 62704-1234 ', '62704-1234'))
})
