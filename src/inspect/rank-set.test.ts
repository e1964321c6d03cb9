import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RankSet } from './rank-set.ts'
import { seeded } from './test-random.ts'

test('an empty set has nothing below and nothing at any place', () => {
  for (const size of [0, 1, 7]) {
    const set = new RankSet(size)
    assert.equal(set.countBelow(size), 0)
    assert.equal(set.at(0), undefined)
    assert.equal(set.at(-1), undefined)
  }
})

test('ranks come back in order, whatever the order they came in', () => {
  const set = new RankSet(6)
  for (const rank of [4, 0, 5]) set.add(rank)
  assert.deepEqual([set.at(0), set.at(1), set.at(2), set.at(3)], [0, 4, 5, undefined])
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6].map((rank) => set.countBelow(rank)),
    [0, 1, 1, 1, 1, 2, 3],
  )
})

for (const size of [1, 2, 3, 8, 9, 31, 32, 33, 100]) {
  test(`a set of up to ${size} ranks agrees with a sorted list`, () => {
    const random = seeded(size)
    const set = new RankSet(size)
    const list: number[] = []
    for (let round = 0; round < size * 2; round++) {
      const rank = random.below(size)
      if (!list.includes(rank)) {
        list.push(rank)
        list.sort((one, other) => one - other)
        set.add(rank)
      }
      for (let asked = 0; asked <= size; asked++) {
        assert.equal(set.countBelow(asked), list.filter((each) => each < asked).length)
        assert.equal(set.at(asked), list[asked])
      }
    }
  })
}
