import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { newFolder } from '#/audit/log-for-tests.ts'
import { assertAllKept, type Kept, startLogProcess } from '../support/log-process.ts'
import { trace, withoutStrace } from '../support/strace.ts'

/** A disk whose every sync takes 50 ms: what is asked for at once waits together, and memory stays as it is. */

const syncMs = 50

test(`with syncs of ${syncMs} ms no append waits for more than a few, and a flood is refused instead of kept in memory`, {
  skip: withoutStrace,
}, async (context) => {
  const folder = await newFolder(context)
  const kept: Kept = new Map()
  const work = { producers: 200, exchanges: 5, textBytes: 2_000, floodBytes: 800 * 1_024 * 1_024 }
  const slow = await startLogProcess(context, folder, { ...work, options: {} }, kept)
  const inject = `inject=fdatasync:delay_enter=${syncMs * 1_000}`
  await trace(slow.child, join(folder, 'trace'), ['-e', 'trace=fdatasync', '-e', inject])
  slow.go()
  assert.equal(await slow.ended, 0, slow.said.join('; '))
  const said = (word: string): readonly number[] =>
    slow.said
      .find((line) => line.startsWith(`${word} `))
      ?.split(' ')
      .slice(1)
      .map(Number) ?? assert.fail(slow.said.join('; '))
  const [p50 = 0, p99 = 0] = said('waited')
  const [refused = 0, grownMiB = 0] = said('flood')
  context.diagnostic(
    `appends p50 ${p50} ms, p99 ${p99} ms; flood: ${refused} refused, ${grownMiB} MiB more memory`,
  )
  // A commit under way and one's own, of two files each, and what the sync of tiles puts between them.
  assert.ok(p50 >= syncMs && p99 < 12 * syncMs, `p50 ${p50} ms, p99 ${p99} ms`)
  assert.ok(refused > 1_000, `${refused} refused`)
  // 800 MiB were handed over. 64 MB may wait; their sealing takes as much again, and what was refused is not collected at once.
  assert.ok(grownMiB < 400, `${grownMiB} MiB`)
  await assertAllKept(folder, kept, 'with a slow disk')
})
