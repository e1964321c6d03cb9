import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DataClass, dataClasses, isAtMost } from '#/core/data-class.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { holdsAddress, networksOf } from '#/core/network.ts'
import type { Refusal } from '#/core/refusal.ts'
import { boundsSchema, narrow } from './bounds.ts'

/** A generator that gives the same numbers in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const useCases = ['one', 'two']
const offerings = ['a', 'b', 'c']
const networks = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.0/24',
  '192.0.2.0/24',
  '::/0',
  '2001:db8::/32',
]
const addresses = [
  '10.1.2.3',
  '10.1.9.9',
  '10.9.9.9',
  '192.0.2.1',
  '203.0.113.1',
  '2001:db8::1',
  '2001:db9::1',
]

function anyBounds(random: (below: number) => number): KeyBounds {
  const maybe = <T>(value: () => T): T | undefined => (random(2) === 0 ? undefined : value())
  const some = (list: readonly string[]): string[] => {
    const chosen = list.filter(() => random(3) > 0)
    return chosen.length === 0 ? list.slice(0, 1) : chosen
  }
  return {
    useCase: maybe(() => useCases[random(2)]),
    highestClass: maybe(() => dataClasses[random(4)] as DataClass),
    offerings: maybe(() => some(offerings)),
    networks: maybe(() => some(networks)),
    requestsPerMinute: maybe(() => 1 + random(4)),
    requestsPerDay: maybe(() => 1 + random(4)),
    tokensPerDay: maybe(() => 1 + random(4)),
  }
}

/** One exchange that might be made: what a bound is about, said anew here and not taken from what is tested. */
const permits = (bounds: KeyBounds, asked: ReturnType<typeof everyExchange>[number]): boolean =>
  (bounds.useCase === undefined || bounds.useCase === asked.useCase) &&
  (bounds.highestClass === undefined || isAtMost(asked.class, bounds.highestClass)) &&
  (bounds.offerings === undefined || bounds.offerings.includes(asked.offering)) &&
  (bounds.networks === undefined ||
    networksOf(bounds.networks).some((each) => holdsAddress(each, asked.address))) &&
  (bounds.requestsPerMinute === undefined || asked.before < bounds.requestsPerMinute) &&
  (bounds.requestsPerDay === undefined || asked.before < bounds.requestsPerDay) &&
  (bounds.tokensPerDay === undefined || asked.before < bounds.tokensPerDay)

const everyExchange = () =>
  useCases.flatMap((useCase) =>
    dataClasses.flatMap((dataClass) =>
      offerings.flatMap((offering) =>
        addresses.flatMap((address) =>
          [0, 1, 2, 3, 4].map((before) => ({ useCase, class: dataClass, offering, address, before })),
        ),
      ),
    ),
  )

test('a child is never wider than its parent: whatever it may do, the parent may', () => {
  const random = seeded(20_261_125)
  const exchanges = everyExchange()
  let made = 0
  let refused = 0
  for (let round = 0; round < 150; round++) {
    let parent = anyBounds(random)
    for (let depth = 0; depth < 3; depth++) {
      const asked = anyBounds(random)
      let child: KeyBounds
      try {
        child = narrow(asked, parent)
      } catch (error) {
        assert.equal((error as Refusal).code, 'key-wider')
        refused++
        continue
      }
      made++
      for (const exchange of exchanges) {
        if (permits(child, exchange) && !permits(parent, exchange))
          assert.fail(`${JSON.stringify({ parent, child, exchange })}`)
        if (permits(child, exchange) && !permits(asked, exchange)) assert.fail('wider than it asked for')
      }
      parent = child
    }
  }
  assert.ok(made > 50 && refused > 50, `${made} made, ${refused} refused`)
})

test('what a child leaves out it inherits, and what would be wider is named', () => {
  const parent: KeyBounds = {
    useCase: 'one',
    highestClass: 'internal',
    offerings: ['a', 'b'],
    requestsPerDay: 10,
  }
  assert.deepEqual(narrow({ requestsPerDay: 4 }, parent), { ...parent, requestsPerDay: 4 })
  const wider: readonly (readonly [keyof KeyBounds, KeyBounds])[] = [
    ['useCase', { useCase: 'two' }],
    ['highestClass', { highestClass: 'restricted' }],
    ['offerings', { offerings: ['a', 'c'] }],
    ['requestsPerDay', { requestsPerDay: 11 }],
  ]
  for (const [bound, asked] of wider)
    assert.throws(() => narrow(asked, parent), { code: 'key-wider', facts: { bound } })
  assert.throws(() => narrow({ networks: ['10.0.0.0/8'] }, { networks: ['10.1.0.0/16'] }), {
    code: 'key-wider',
  })
})

test('a bound nobody could enforce is not read', () => {
  for (const bounds of [
    { highestClass: 'secret' },
    { offerings: [] },
    { networks: ['10.1.2.3/8'] },
    { networks: [] },
    { requestsPerMinute: 0 },
    { tokensPerDay: 1.5 },
    { moneyPerDay: 4 },
    { useCase: 'Two Words' },
  ])
    assert.equal(boundsSchema.safeParse(bounds).success, false, JSON.stringify(bounds))
})
