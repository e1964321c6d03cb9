/** Turns bits of an index: a few among the tests of the keeper, many among the long ones. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { seededRandom } from '../log-for-tests.ts'
import type { LogQuestion } from './api.ts'
import { appendRandom, catchUp, keeperOptions, openRandomLog, type RandomLog } from './index-for-tests.ts'
import { IndexKeeper, RowMismatch } from './keeper.ts'

export const everything: LogQuestion = { conditions: [], sinceMs: undefined, untilMs: undefined }
export const all = { before: undefined, limit: 100_000 }

export async function filled(context: TestContext, seed: number, entries = 400): Promise<RandomLog> {
  const opened = await openRandomLog(context)
  await appendRandom(opened, seededRandom(seed), entries)
  return opened
}

/** One bit at a time, at so many random places: the answers stay what they were, or the index is built anew. */
export function turnBits({ folder, log }: RandomLog, times: number): void {
  const { path } = keeperOptions(folder)
  const keeper = new IndexKeeper(keeperOptions(folder))
  catchUp(keeper, log.size())
  const expected = keeper.find(everything, all)
  const counts = keeper.count(everything, 'class')
  keeper.close()
  assert.ok(!existsSync(`${path}-wal`), 'everything is in one file')
  const sound = readFileSync(path)
  const random = seededRandom(72)
  for (let count = 0; count < times; count++) {
    const rotten = Buffer.from(sound)
    const at = random(rotten.length)
    rotten[at] = (rotten[at] as number) ^ (1 << random(8))
    writeFileSync(path, rotten)
    const again = new IndexKeeper(keeperOptions(folder))
    catchUp(again, log.size())
    assert.deepEqual(again.count(everything, 'class'), counts, `byte ${at}`)
    assert.deepEqual(foundOrBuiltAnew(again, log.size()), expected, `byte ${at}`)
    again.close()
  }
}

/** As the thread does it: a row that the log does not hold where it should makes the index being built anew. */
function foundOrBuiltAnew(keeper: IndexKeeper, size: number) {
  try {
    return keeper.find(everything, all)
  } catch (error) {
    if (!(error instanceof RowMismatch)) throw error
    keeper.rebuild()
    catchUp(keeper, size)
    return keeper.find(everything, all)
  }
}
