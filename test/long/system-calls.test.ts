import assert from 'node:assert/strict'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { newFolder } from '#/audit/log-for-tests.ts'
import { assertAllKept, assertSound, type Kept, startLogProcess } from '../support/log-process.ts'
import { trace, withoutStrace } from '../support/strace.ts'

/**
 * Every system call the log writes with is made to fail, to write short, or to be the last thing the process does: at the
 * first start of a log, where keys and folders are made, and at a later one. Whatever the call was, nothing that was promised
 * is lost, what was not kept was refused, and the log goes on from there.
 * The method is that of the fault tests of Tessera (github.com/transparency-dev/tessera, integration/fault/posix).
 */

const work = { producers: 2, exchanges: 5, textBytes: 600, options: { segmentBytes: 4_096 } }
const wanted = work.producers * work.exchanges * 2

/** Calls, and what is done to them. (A short write cannot be made here: it is a full disk that makes one, see `full-disk.test.ts`.) */
const faults = {
  pwrite64: ['error=EIO', 'error=ENOSPC', 'signal=KILL'],
  write: ['error=EIO', 'error=ENOSPC', 'signal=KILL'],
  fdatasync: ['error=EIO', 'signal=KILL'],
  fsync: ['error=EIO', 'signal=KILL'],
  ftruncate: ['error=EIO', 'signal=KILL'],
  openat: ['error=EMFILE', 'signal=KILL'],
  mkdir: ['error=EROFS', 'signal=KILL'],
  rename: ['error=EIO', 'signal=KILL'],
  unlink: ['error=EIO', 'signal=KILL'],
} as const
type Call = keyof typeof faults
const calls = Object.keys(faults) as Call[]

/** Of the moments of each fault that many are taken, spread evenly: all of them, some 600, take minutes. */
const momentsEach = Number(process.env.SALLYPORT_FAULT_MOMENTS ?? 2)

// One thread beside the first, so that the n-th call of a thread is the same one in each run.
const environment = { UV_THREADPOOL_SIZE: '1' }

/** `write` also wakes threads, which must not fail: only these files count. */
const written = (folder: string): string[] =>
  ['checkpoint.new', 'log.vkey.new', 'tile/0/000', 'tile/entries/000', 'checkpoint'].flatMap((name) => [
    '-P',
    join(folder, 'audit', 'log.example.com%2Ftest', name),
  ])

for (const start of ['first', 'later'] as const) {
  test(`at a ${start} start, whatever system call fails or is the last: nothing promised is lost, and the log goes on`, {
    skip: withoutStrace,
  }, async (context) => {
    const parent = await newFolder(context)
    const base = join(parent, 'base')
    await mkdir(base)
    const running = async (folder: string, kept: Kept) =>
      startLogProcess(context, folder, work, kept, environment)
    if (start === 'later') {
      const first = await running(base, new Map())
      first.go()
      assert.equal(await first.ended, 0, first.said.join('; '))
    }

    const counts = await countCalls(context, base, join(parent, 'trace'))
    const cases = calls.flatMap((call) =>
      faults[call].flatMap((fault, at) =>
        momentsOf(counts.get(call) ?? 0, at, faults[call].length).map((when) => ({ call, fault, when })),
      ),
    )
    assert.ok(cases.length > 15 * Math.min(momentsEach, 2), `${cases.length} cases`)
    const missed: string[] = []
    context.diagnostic(`${cases.length} faults; calls of a thread: ${JSON.stringify([...counts])}`)
    const prepare = async (number: number) => {
      const folder = join(parent, String(number))
      await cp(base, folder, { recursive: true })
      const kept: Kept = new Map()
      return { folder, kept, opened: await running(folder, kept) }
    }
    // While one is looked at, the next one loads its modules.
    let next = prepare(0)
    for (const [number, { call, fault, when }] of cases.entries()) {
      const name = `${call} ${fault}, call ${when}`
      const { folder, kept, opened } = await next
      if (number + 1 < cases.length) next = prepare(number + 1)
      const tracing = await trace(opened.child, join(parent, 'trace'), [
        '-e',
        `trace=${call}`,
        '-e',
        `inject=${call}:${fault}:when=${when}`,
        ...(call === 'write' ? written(folder) : []),
      ])
      opened.go()
      const code = await opened.ended
      const lines = await tracing.calls()
      const isReached =
        fault === 'signal=KILL' ? code === undefined : lines.some((line) => line.includes('(INJECTED)'))
      if (!isReached) missed.push(name)
      const wasTold = code === undefined || opened.said.some((line) => /^(refused|dead|ended)/.test(line))
      assert.ok(wasTold || kept.size === wanted, `${name}: ${kept.size} kept, ${opened.said.join('; ')}`)
      await assertSound(folder, kept, name)
      await assertAllKept(folder, kept, name)
    }
    // How entries share commits differs a little from run to run, so the last calls of a kind may not come.
    assert.ok(missed.length <= cases.length / 10, `not reached: ${missed.join(', ')}`)
  })
}

/** How many calls the thread made that made most, by call. */
async function countCalls(
  context: TestContext,
  base: string,
  path: string,
): Promise<ReadonlyMap<Call, number>> {
  const most = new Map<Call, number>()
  for (const [suffix, traced] of [
    ['others', calls.filter((call) => call !== 'write')],
    ['write', ['write']],
  ] as const) {
    const folder = `${base}-${suffix}`
    await cp(base, folder, { recursive: true })
    const counted = await startLogProcess(context, folder, work, new Map(), environment)
    const tracing = await trace(counted.child, path, [
      '-e',
      `trace=${traced.join()}`,
      ...(suffix === 'write' ? written(folder) : []),
    ])
    counted.go()
    assert.equal(await counted.ended, 0, counted.said.join('; '))
    const perThread = new Map<string, number>()
    for (const line of await tracing.calls()) {
      const [key, , call] = /^(\d+) +(\w+)\(/.exec(line) ?? []
      if (key === undefined) continue
      const count = (perThread.get(key) ?? 0) + 1
      perThread.set(key, count)
      most.set(call as Call, Math.max(most.get(call as Call) ?? 0, count))
    }
  }
  return most
}

/** Spread evenly over what there is, for each fault of a call at other moments. */
function momentsOf(count: number, fault: number, faultsOfCall: number): readonly number[] {
  const moments = Array.from(
    { length: momentsEach },
    (_, at) => 1 + Math.floor(((at + (fault + 0.5) / faultsOfCall) * count) / momentsEach),
  )
  return [...new Set(moments)].filter((moment) => moment <= count)
}
