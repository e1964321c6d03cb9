import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bag, type BagItem } from './bag.ts'

interface Thing extends BagItem {
  readonly name: string
}

const thing = (name: string): Thing => ({ name })
const names = (bag: Bag<Thing>): string[] =>
  bag
    .items()
    .map(({ name }) => name)
    .sort()

test('what was added is in it until it is removed', () => {
  const bag = new Bag<Thing>()
  const [one, two, three] = [thing('one'), thing('two'), thing('three')]
  for (const each of [one, two, three]) bag.add(each)
  assert.equal(bag.size, 3)
  assert.equal(bag.remove(one), true)
  assert.deepEqual(names(bag), ['three', 'two'])
  assert.equal(bag.remove(three), true)
  assert.equal(bag.remove(two), true)
  assert.equal(bag.size, 0)
})

test('removing what is not in it, or twice, does nothing', () => {
  const bag = new Bag<Thing>()
  const [one, two] = [thing('one'), thing('two')]
  bag.add(one)
  assert.equal(bag.remove(two), false)
  assert.equal(bag.remove(one), true)
  assert.equal(bag.remove(one), false)
  assert.equal(bag.size, 0)
})

test('a thing of another bag stays there', () => {
  const [bag, other] = [new Bag<Thing>(), new Bag<Thing>()]
  const [one, two] = [thing('one'), thing('two')]
  bag.add(one)
  other.add(two)
  assert.equal(bag.remove(two), false)
  assert.deepEqual([names(bag), names(other)], [['one'], ['two']])
})

test('the same thing cannot be added twice', () => {
  const bag = new Bag<Thing>()
  const one = thing('one')
  bag.add(one)
  assert.throws(() => bag.add(one), /already/)
})

test('items may be removed while they are gone through', () => {
  const bag = new Bag<Thing>()
  for (let index = 0; index < 100; index++) bag.add(thing(String(index)))
  for (const each of bag.items()) assert.equal(bag.remove(each), true)
  assert.equal(bag.size, 0)
})

test('after any coming and going it holds what a set would', () => {
  const bag = new Bag<Thing>()
  const set = new Set<Thing>()
  const things = Array.from({ length: 50 }, (_, index) => thing(String(index)))
  let seed = 7
  for (let step = 0; step < 5_000; step++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const each = things[seed % things.length] as Thing
    if (set.has(each)) {
      set.delete(each)
      assert.equal(bag.remove(each), true)
    } else {
      set.add(each)
      bag.add(each)
    }
  }
  assert.deepEqual(names(bag), [...set].map(({ name }) => name).sort())
})
