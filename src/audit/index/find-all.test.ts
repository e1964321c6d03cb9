import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAllWith } from './find-all.ts'
import type { Found, PageAsked } from './search-log.ts'

/** A search over so many entries, and what it was asked. */
function searchOver(size: number) {
  const asked: PageAsked[] = []
  const entries = async (page: PageAsked): Promise<Found> => {
    asked.push(page)
    const first = (page.before ?? size) - 1
    const count = Math.min(page.limit, first + 1)
    const found = Array.from({ length: count }, (_, at) => ({ index: first - at }))
    const next = count < page.limit ? null : (found.at(-1)?.index ?? null)
    return { entries: found as unknown as Found['entries'], next, notes: [] }
  }
  return { asked, find: findAllWith({ entries }) }
}

const by = { name: 'command-line:ada' }

test('all pages are asked for, until there are no more', async () => {
  const { asked, find } = searchOver(2_500)
  const found = await find('class:internal', by, 10_001)
  assert.equal(found.length, 2_500)
  assert.deepEqual([found[0], found.at(-1), new Set(found).size], [2_499, 0, 2_500])
  assert.deepEqual(
    asked.map(({ limit, before }) => [limit, before]),
    [
      [1_000, undefined],
      [1_000, 1_500],
      [1_000, 500],
    ],
  )
})

test('no more are asked for than wanted, so that too many are noticed', async () => {
  const { asked, find } = searchOver(5_000)
  assert.equal((await find('', by, 1_001)).length, 1_001)
  assert.deepEqual(
    asked.map(({ limit }) => limit),
    [1_000, 1],
  )
})
