import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StateTable } from './state-table.ts'
import { seeded } from './test-random.ts'

function tableOf(texts: readonly string[]): { table: StateTable; names: Map<number, string> } {
  const table = new StateTable(texts.reduce((sum, { length }) => sum + length, 1))
  const names = new Map(texts.map((text): [number, string] => [table.add(text), text]))
  table.link((state) => names.has(state))
  return { table, names }
}

/** All texts that end after each unit, longest first. */
function endings(searched: string, { table, names }: ReturnType<typeof tableOf>): string[][] {
  let state = 0
  return [...searched].map((unit) => {
    state = table.step(state, unit.charCodeAt(0))
    const found: string[] = []
    for (let ending = table.endingAt(state); ending !== 0; ending = table.endingBefore(ending)) {
      found.push(names.get(ending) ?? '?')
      assert.equal(table.lengthOf(ending), found.at(-1)?.length)
    }
    return found
  })
}

test('the example of the paper: he, she, his and hers in ushers', () => {
  const found = endings('ushers', tableOf(['he', 'she', 'his', 'hers']))
  assert.deepEqual(found, [[], [], [], ['she', 'he'], [], ['hers']])
})

test('texts that begin and end alike are all found', () => {
  const found = endings('aaaa', tableOf(['a', 'aa', 'aaa']))
  assert.deepEqual(found, [['a'], ['aa', 'a'], ['aaa', 'aa', 'a'], ['aaa', 'aa', 'a']])
})

test('the same text twice is one state', () => {
  const table = new StateTable(7)
  assert.equal(table.add('abc'), table.add('abc'))
  assert.notEqual(table.add('ab'), table.add('abc'))
})

test('units beyond ASCII lead to states as others do', () => {
  const found = endings('x中文\ud83dy', tableOf(['中文', '文\ud83d']))
  assert.deepEqual(found.flat(), ['中文', '文\ud83d'])
})

test('a table without texts finds nothing', () => {
  assert.deepEqual(endings('abc', tableOf([])).flat(), [])
})

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`whatever the texts, the same is found as by looking at every position (${seed})`, () => {
    const random = seeded(seed)
    const letters = [...'aab'.slice(0, 2 + (seed % 2)), 'c']
    const word = (most: number): string => {
      let text = random.pick(letters)
      for (let left = random.below(most); left > 0; left--) text += random.pick(letters)
      return text
    }
    const texts = [...new Set(Array.from({ length: 40 }, () => word(6)))]
    const searched = word(300)
    const found = endings(searched, tableOf(texts))
    for (const [index, list] of found.entries()) {
      const wanted = texts
        .filter((text) => searched.slice(0, index + 1).endsWith(text))
        .sort((one, other) => other.length - one.length)
      assert.deepEqual(list, wanted, `after ${searched.slice(0, index + 1)}`)
    }
  })
}
