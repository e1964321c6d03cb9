import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { newFolder, seededRandom } from '#/audit/log-for-tests.ts'
import { assertAllKept, assertSound, type Kept, startLogProcess } from '../support/log-process.ts'

/**
 * kill -9 two hundred times, on the log alone: at any moment of a start, of commits under load and of the writing of tiles
 * and checkpoints. (`kill.test.ts` does it to the whole gateway.)
 */

const folders = 10
const killsEach = 20
const work = {
  producers: 16,
  exchanges: Number.MAX_SAFE_INTEGER,
  textBytes: 400,
  // Small, so that kills also hit where one file ends and the next begins.
  options: { segmentBytes: 256 * 1_024 },
}

test(`a log is killed ${folders * killsEach} times under load: all it promised is there and opens, and it starts again within 2 s`, async (context) => {
  const random = seededRandom(9)
  let promised = 0
  let slowestStartMs = 0
  let killedInStart = 0
  const parent = await newFolder(context)
  for (let number = 0; number < folders; number++) {
    const folder = join(parent, String(number))
    await mkdir(folder)
    const kept: Kept = new Map()
    // While one works and is killed, the next one loads its modules.
    let next = startLogProcess(context, folder, work, kept)
    for (let round = 0; round < killsEach; round++) {
      const running = await next
      running.go()
      if (round + 1 < killsEach) next = startLogProcess(context, folder, work, kept)
      // One of five amid its start, the others under load.
      if (round % 5 !== 0) await running.ready
      await pause(random(50))
      running.child.kill('SIGKILL')
      assert.equal(await running.ended, undefined, running.said.join('; '))
      const ready = running.said.find((line) => line.startsWith('ready '))
      if (ready === undefined) killedInStart++
      else slowestStartMs = Math.max(slowestStartMs, Number(ready.split(' ')[1]))
      const troubles = running.said.filter((line) => !/^(loaded|ready .*|r|re.*|k|ke.*)$/.test(line))
      assert.deepEqual(troubles, [], `folder ${number}, round ${round}`)
      await assertSound(folder, kept, `folder ${number}, round ${round}`)
    }
    await assertAllKept(folder, kept, `folder ${number}`)
    promised += kept.size
  }
  context.diagnostic(
    `${promised} entries promised, ${killedInStart} kills in a start, slowest start ${slowestStartMs} ms`,
  )
  assert.ok(slowestStartMs < 2_000, `${slowestStartMs} ms`)
  assert.ok(promised > folders * killsEach * 10, `only ${promised} entries: this was no load`)
  assert.ok(killedInStart > 10, `${killedInStart} in a start`)
})
