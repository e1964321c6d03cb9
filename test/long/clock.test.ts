import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { LoggedHead } from '#/audit/api.ts'
import { openLogKeys } from '#/audit/keys.ts'
import { openAuditLog } from '#/audit/log.ts'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { askChat, type Prepared, prepare } from '../support/prepared.ts'
import { end, runCommand, startProcess } from '../support/process.ts'

/**
 * The clock of the machine jumps under a running Sallyport, by hours and days, forwards and back (libfaketime stands between
 * it and the system). Order stays that of the indexes, every jump is an entry, what has ended stays ended.
 */

/** Debian puts it there, whatever the processor. */
const library = readdirSync('/usr/lib', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'))
  .map(({ name }) => join('/usr/lib', name, 'faketime'))
  .flatMap((folder) => listed(folder).map((name) => join(folder, name)))
  .find((path) => path.endsWith('/libfaketime.so.1'))
const skip = library === undefined ? 'libfaketime is not installed (apt-get install libfaketime)' : false

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT')
    return []
  }
}

const hourMs = 3_600_000

let simulator: Simulator
let prepared: Prepared

before(async () => {
  simulator = await startSimulator()
  prepared = await prepare({ providerPort: simulator.port })
})

after(async () => {
  await simulator.stop()
  await prepared.remove()
})

/** Every entry of the log, once nobody writes it. */
async function readLog(): Promise<readonly LoggedHead[]> {
  const data = prepared.dataFolder
  const origin = 'sallyport.local'
  const keys = await openLogKeys({ folder: join(data, 'keys'), origin })
  const options = { folder: join(data, 'audit'), origin, segmentBytes: 64 * 1_024 * 1_024, keys }
  const log = await openAuditLog(options)
  try {
    return await log.readHeads(0, log.size() - 1)
  } finally {
    await log.close()
    keys.close()
  }
}

test('the clock jumps by hours and days: nothing is out of order, each jump is an entry, an ended key stays ended', {
  skip,
}, async (context) => {
  const short = await prepared.createKey('2d')
  const long = await prepared.createKey('90d')
  const timeFile = join(prepared.folder, 'time')
  const setClock = (aheadMs: number) =>
    writeFile(timeFile, `${aheadMs < 0 ? '-' : '+'}${Math.abs(aheadMs) / 1_000}\n`)
  await setClock(0)
  const faked = {
    ...prepared.environment,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: timeFile,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  }
  const running = await startProcess(faked)
  context.after(() => end(running, 'SIGKILL'))
  const ask = (key: string) => askChat(running.url, key, 'the heron')
  assert.equal((await ask(short)).status, 200)
  // An hour on, two back, three days on, back to the time there is; a second is what clocks in step move by.
  const receipts: number[] = []
  const aheads = [hourMs, -hourMs, 72 * hourMs, 0, 1_000]
  for (const aheadMs of aheads) {
    await setClock(aheadMs)
    const answer = await ask(long)
    assert.equal(answer.status, 200, await answer.text())
    receipts.push(Number(answer.headers.get('x-sallyport-receipt')?.split('#')[1]))
    const ofShort = await ask(short)
    const isOver = aheads.indexOf(aheadMs) >= 2
    assert.equal(ofShort.status, isOver ? 401 : 200, `${aheadMs} ms ahead: ${await ofShort.text()}`)
    if (isOver) assert.match(await (await ask(short)).text(), /expired/)
  }
  await end(running)

  const verified = await runCommand(['audit', 'verify', '--open', '--json'], prepared.environment)
  assert.equal(verified.code, 0, verified.stdout)
  const heads = await readLog()
  const jumps = heads.filter(({ kind }) => kind === 'clock-jump')
  const moved = [hourMs, -2 * hourMs, 73 * hourMs, -72 * hourMs]
  assert.deepEqual(
    jumps.slice(0, moved.length).map(({ facts }) => Math.round((facts.clockMovedMs ?? 0) / 10_000)),
    moved.map((ms) => ms / 10_000),
  )
  assert.equal(jumps.length, moved.length, 'and no other')
  for (const [at, { index }] of jumps.entries()) {
    const before = receipts[at - 1] ?? 0
    const next = receipts[at] ?? 0
    assert.ok(before < index && index < next, `the jump ${index} stands between ${before} and ${next}`)
  }
  const stored = heads.map(
    ({ header }) => JSON.parse(header) as { index: number; boot: string; monoMs: number },
  )
  const steady = stored.filter(({ boot }) => boot === stored[jumps[0]?.index ?? 0]?.boot)
  assert.ok(steady.length > 20, `${steady.length} entries`)
  for (const [at, { index, monoMs }] of steady.entries()) {
    const last = steady[at - 1]
    assert.ok(last === undefined || (last.index < index && last.monoMs <= monoMs), `entry ${index}`)
  }
})
