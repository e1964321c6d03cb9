import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countCuts } from '#/inspect/test-answer-cuts.ts'

for (let seed = 3; seed <= 12; seed++) {
  test(`however an answer is cut, as much is counted as in the whole (${seed})`, () => {
    const { wanted, found } = countCuts(seed)
    for (const each of found) assert.deepEqual(each, wanted)
  })
}
