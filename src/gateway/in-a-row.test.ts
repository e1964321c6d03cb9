import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inARow } from './in-a-row.ts'

test('work is done in the order of the calls, in one turn of the event loop, and not at once', async () => {
  const done: string[] = []
  const all = Promise.all(['a', 'b', 'c'].map((name) => inARow('begin', () => done.push(name))))
  setImmediate(() => done.push('later'))
  assert.deepEqual(done, [])
  assert.deepEqual(await all, [1, 2, 3])
  assert.deepEqual(done.slice(0, 3), ['a', 'b', 'c'])
})

test('steps of several works are done step by step, in one turn', async () => {
  const done: string[] = []
  const start = (name: string) => () => {
    done.push(`${name} begins`)
    return inARow('inspect', () => done.push(`${name} goes on`))
  }
  const all = Promise.all([inARow('begin', start('a')), inARow('begin', start('b'))])
  setImmediate(() => done.push('later'))
  await all
  assert.deepEqual(done.slice(0, 4), ['a begins', 'b begins', 'a goes on', 'b goes on'])
})

test('what one work throws is its own', async () => {
  const results = await Promise.allSettled([
    inARow('begin', () => 1),
    inARow('begin', (): number => {
      throw new Error('broken')
    }),
    inARow('begin', () => 3),
  ])
  assert.deepEqual(
    results.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message)),
    [1, 'broken', 3],
  )
})

/** More than a row may take at once. */
const long = (): void => {
  const until = performance.now() + 6
  while (performance.now() < until);
}

test('once what was interrupted is done, steps of a work are done in one turn again', async () => {
  await Promise.all([inARow('inspect', long), inARow('inspect', long)])
  const done: string[] = []
  const all = inARow('begin', () => {
    done.push('begins')
    return inARow('inspect', () => done.push('goes on'))
  })
  setImmediate(() => done.push('later'))
  await all
  assert.deepEqual(done.slice(0, 2), ['begins', 'goes on'])
})

test('long work lets the event loop go on in between, and what comes then comes after it', async () => {
  const done: string[] = []
  const lasting = (name: string) => (): void => {
    long()
    done.push(name)
  }
  const first = [inARow('begin', lasting('a')), inARow('begin', lasting('b'))]
  setImmediate(() => {
    done.push('between')
    void inARow('begin', () => done.push('new'))
  })
  await Promise.all(first)
  assert.deepEqual(done, ['a', 'between', 'b'])
  await inARow('begin', () => undefined)
  assert.deepEqual(done, ['a', 'between', 'b', 'new'])
})
