import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Counts, Silences } from './counts.ts'

const never = () => assert.fail('a count was forgotten')

test('the last of so many within the window comes true, and is counted from nothing again', () => {
  const counts = new Counts(never)
  const came = [0, 10, 20, 30, 40, 50].map((atMs) => counts.add('mia', atMs, 3, 100))
  assert.deepEqual(came, [false, false, true, false, false, true])
})

test('what is older than the window does not count, and one target does not count for another', () => {
  const counts = new Counts(never)
  assert.deepEqual(
    [0, 60, 110, 120].map((atMs) => counts.add('mia', atMs, 3, 100)),
    [false, false, false, true],
  )
  counts.add('mia', 130, 2, 100)
  assert.equal(counts.add('ulla', 131, 2, 100), false)
})

test('a share is of the last so many, and of no fewer', () => {
  const counts = new Counts(never)
  const bound = { percent: 50, last: 4, withinMs: 1_000 }
  const came = [true, true, true, false].map((failed, atMs) =>
    counts.addShare('west', { atMs, failed }, bound),
  )
  assert.deepEqual(came, [false, false, false, true])
  const sound = [false, false, false, true, false, true].map((failed, index) =>
    counts.addShare('west', { atMs: 10 + index, failed }, bound),
  )
  assert.deepEqual(sound, [false, false, false, false, false, true])
})

test('so many are counted and no more: what was not counted for longest begins anew, and that is told', () => {
  let forgotten = 0
  const counts = new Counts(() => forgotten++, 2)
  counts.add('a', 0, 2, 100)
  counts.add('b', 1, 3, 100)
  counts.add('c', 2, 2, 100)
  assert.deepEqual([counts.size, forgotten], [2, 1])
  assert.equal(counts.add('a', 3, 2, 100), false)
  assert.equal(counts.add('c', 4, 2, 100), true)
})

test('a silence ends at its moment, and no more are kept than there is room for', () => {
  const silences = new Silences(2)
  silences.set('a', 100)
  assert.deepEqual([silences.isSilent('a', 99), silences.isSilent('a', 100)], [true, false])
  silences.set('b', 100)
  silences.set('c', 100)
  assert.deepEqual(
    ['a', 'b', 'c'].map((each) => silences.isSilent(each, 50)),
    [false, true, true],
  )
})
