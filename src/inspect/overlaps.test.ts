import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataClass } from '#/core/data-class.ts'
import { type Candidate, resolveOverlaps } from './overlaps.ts'
import { type Random, seeded } from './test-random.ts'

const candidate = (
  type: string,
  start: number,
  end: number,
  more: { class?: DataClass; score?: number; isProved?: boolean } = {},
): Candidate => ({
  start,
  end,
  score: more.score ?? 0.9,
  why: 'a reason',
  isProved: more.isProved ?? false,
  class: more.class ?? 'internal',
  kind: { type, family: 'other', class: more.class ?? 'internal', label: type },
})

const kept = (...candidates: Candidate[]): readonly string[] =>
  resolveOverlaps(candidates).map(({ kind, start, end }) => `${kind.type} ${start}-${end}`)

test('candidates that do not overlap all stay, in order of position', () => {
  assert.deepEqual(kept(), [])
  assert.deepEqual(kept(candidate('a', 3, 5)), ['a 3-5'])
  assert.deepEqual(kept(candidate('b', 5, 9), candidate('a', 3, 5), candidate('c', 9, 10)), [
    'a 3-5',
    'b 5-9',
    'c 9-10',
  ])
})

test('the same thing found twice is one finding', () => {
  assert.deepEqual(kept(candidate('a', 3, 5), candidate('a', 3, 5)), ['a 3-5'])
})

test('what is restricted wins over what is longer and surer', () => {
  const card = candidate('card', 4, 8, { class: 'restricted', score: 0.6 })
  assert.deepEqual(kept(card, candidate('phone', 6, 20, { score: 1, isProved: true })), ['card 4-8'])
})

test('what is proved wins over what only scores higher', () => {
  const proved = candidate('iban', 4, 8, { isProved: true, score: 0.7 })
  assert.deepEqual(kept(candidate('phone', 2, 6, { score: 1 }), proved), ['iban 4-8'])
})

test('of equals the higher score wins, then the longer, then the earlier, then the name', () => {
  assert.deepEqual(kept(candidate('a', 0, 4, { score: 0.8 }), candidate('b', 2, 5)), ['b 2-5'])
  assert.deepEqual(kept(candidate('a', 0, 4), candidate('b', 2, 7)), ['b 2-7'])
  assert.deepEqual(kept(candidate('b', 2, 6), candidate('a', 0, 4)), ['a 0-4'])
  assert.deepEqual(kept(candidate('b', 0, 4), candidate('a', 0, 4)), ['a 0-4'])
})

test('what is proved inside something longer that is proved is a part of it, of whatever class', () => {
  const account = candidate('iban', 0, 22, { isProved: true, class: 'confidential' })
  const card = candidate('card', 4, 20, { isProved: true, class: 'restricted' })
  assert.deepEqual(kept(account, card), ['iban 0-22'])
  assert.deepEqual(kept(account, card, candidate('card', 30, 46, { isProved: true })), [
    'iban 0-22',
    'card 30-46',
  ])
  assert.deepEqual(kept(account, candidate('card', 0, 22, { isProved: true, class: 'restricted' })), [
    'card 0-22',
  ])
  assert.deepEqual(kept(account, candidate('card', 10, 26, { isProved: true, class: 'restricted' })), [
    'card 10-26',
  ])
})

test('a loser that holds the winner lends it its span', () => {
  const term = candidate('term', 5, 9, { score: 1 })
  assert.deepEqual(kept(candidate('email', 0, 20), term), ['term 0-20'])
})

test('a loser that holds several winners is shared among them without a gap', () => {
  const one = candidate('one', 5, 9, { score: 1 })
  const two = candidate('two', 12, 15, { score: 1 })
  assert.deepEqual(kept(candidate('email', 0, 20), two, one), ['one 0-12', 'two 12-20'])
})

test('a loser that only touches a winner lends nothing', () => {
  const winner = candidate('winner', 5, 15, { score: 1 })
  assert.deepEqual(kept(candidate('a', 0, 10), winner), ['winner 5-15'])
  assert.deepEqual(kept(winner, candidate('a', 10, 20)), ['winner 5-15'])
  assert.deepEqual(kept(winner, candidate('a', 7, 9)), ['winner 5-15'])
})

test('one that is hidden by a loser only stays', () => {
  const winner = candidate('winner', 0, 10, { score: 1 })
  const loser = candidate('loser', 8, 20, { score: 0.9 })
  assert.deepEqual(kept(winner, loser, candidate('last', 15, 20, { score: 0.5 })), [
    'winner 0-10',
    'last 15-20',
  ])
})

test('a loser inside a span that was lent is gone', () => {
  const term = candidate('term', 5, 9, { score: 1 })
  const small = candidate('small', 12, 14, { score: 0.5 })
  assert.deepEqual(kept(candidate('email', 0, 20), term, small), ['term 0-20'])
})

const classes: readonly DataClass[] = ['internal', 'confidential', 'restricted']

const someOf = (random: Random, most: number): Candidate[] =>
  Array.from({ length: random.below(most) }, () => {
    const start = random.below(60)
    return candidate(random.pick(['a', 'b', 'c']), start, start + 1 + random.below(15), {
      class: random.pick(classes),
      score: random.pick([0.6, 0.8, 1]),
      isProved: random.below(3) === 0,
    })
  })

for (let seed = 1; seed <= 20; seed++) {
  test(`whatever comes, what stays is ordered and apart, and leaves nothing out that touches none (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 100; round++) {
      const candidates = someOf(random, 14)
      const found = resolveOverlaps(candidates)
      for (const [index, { start, end }] of found.entries()) {
        assert.ok(start < end)
        assert.ok(start >= (found[index - 1]?.end ?? 0), 'in order and apart')
      }
      for (const { start, end } of candidates) {
        assert.ok(
          found.some((each) => each.start < end && each.end > start),
          'what was found is touched',
        )
      }
    }
  })

  test(`what stays does not depend on the order it came in (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 50; round++) {
      const candidates = someOf(random, 12)
      const shuffled = candidates
        .map((each): [number, Candidate] => [random.below(1_000), each])
        .sort(([one], [other]) => one - other)
        .map(([, each]) => each)
      assert.deepEqual(kept(...shuffled), kept(...candidates))
    }
  })

  test(`no restricted candidate is left without a restricted finding over it or beside it (${seed})`, () => {
    const random = seeded(seed + 100)
    for (let round = 0; round < 100; round++) {
      const candidates = someOf(random, 14)
      const found = resolveOverlaps(candidates).filter((each) => each.class === 'restricted')
      for (const each of candidates.filter((one) => one.class === 'restricted' && one.isProved !== true)) {
        assert.ok(found.some(({ start, end }) => start < each.end && end > each.start))
      }
    }
  })
}

test('a chain of overlapping candidates takes little more than twice the time at twice the length', () => {
  const chain = (length: number): Candidate[] => {
    const random = seeded(length)
    return Array.from({ length }, (_, index) =>
      candidate('a', index * 4, index * 4 + 6 + random.below(8), { score: random.pick([0.6, 0.8, 1]) }),
    )
  }
  const msFor = (candidates: Candidate[]): number => {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 3; round++) {
      const start = performance.now()
      resolveOverlaps(candidates)
      best = Math.min(best, performance.now() - start)
    }
    return best
  }
  const small = msFor(chain(20_000))
  // Sixteen times would be quadratic; n log n is a little over four.
  assert.ok(msFor(chain(80_000)) < 10 * small + 20)
})
