import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { formats } from '#/audit/export/formats/index.ts'
import { beginWriting, linesOf } from '#/audit/export/write.ts'
import { keeperOptions, otherPath, randomQuestion, readHeaders, scan } from '#/audit/index/index-for-tests.ts'
import { IndexKeeper } from '#/audit/index/keeper.ts'
import { listSegments } from '#/audit/layout.ts'
import { folderOf, type OpenedForTest, openIn, seededRandom } from '#/audit/log-for-tests.ts'
import { summaryPath } from '#/audit/summary/summary.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { dataClasses } from '#/core/data-class.ts'

/** A log of a million entries: searched while its index is killed again and again, exported whole, and verified. */

const entries = 1_000_000
const atOnce = 1_000
/** As without a setting. */
const segmentBytes = 64 * 1_024 * 1_024

let dataFolder: string
let folder: string
let opened: OpenedForTest

before(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'sallyport-million-'))
  folder = folderOf(dataFolder)
  opened = await openIn(dataFolder, { segmentBytes })
  const random = seededRandom(1)
  for (let at = 0; at < entries / 2; at += atOnce) {
    const people = Array.from(
      { length: atOnce },
      () => ['person-ada', 'person-ben', 'person-cleo'][random(3)] as string,
    )
    const intents = await Promise.all(
      people.map((subject) =>
        opened.log.append({
          kind: 'intent',
          subject,
          facts: {
            useCase: random(2) === 0 ? 'support' : 'general-assistant',
            offering: random(5) === 0 ? 'in-house' : 'demo',
            class: dataClasses[random(4)],
            decision: 'allow',
            keyId: `key_${random(3)}`,
            findings:
              random(4) === 0
                ? [{ type: 'email', channel: 'user', action: 'mask', count: 1 + random(3) }]
                : undefined,
          },
        }),
      ),
    )
    await Promise.all(
      intents.map(({ index }, each) =>
        opened.log.append({
          kind: 'outcome',
          subject: people[each] as string,
          facts: {
            intent: index,
            decision: 'answered',
            status: random(9) === 0 ? 500 : 200,
            costMicroUsd: random(200_000),
            usage: {
              inputTokens: random(9_000),
              outputTokens: random(900),
              cacheReadTokens: 0,
              cacheWriteTokens: 0,
            },
          },
        }),
      ),
    )
  }
})
after(async () => {
  await opened.close()
  await rm(dataFolder, { recursive: true, force: true })
})

/** Gives how far it said it is, and whether it came to the end before it was killed. */
function keepFor(
  ms: number,
  path: string,
): Promise<{ readonly first: number; readonly last: number; readonly isDone: boolean }> {
  const script = join(import.meta.dirname, 'keep-index.ts')
  const child = spawn(process.execPath, [script, folder, path, String(opened.log.size())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString()
    // Only then: before, it reads through what is there, and would never come further.
    timer ??= setTimeout(() => child.kill('SIGKILL'), ms)
  })
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer)
      const told = out.split('\n').slice(0, -1).map(Number)
      resolve({ first: told[0] ?? 0, last: told.at(-1) ?? 0, isDone: code === 0 })
    })
  })
}

test('killed again and again while it is built, it goes on from where it was and holds every entry', async () => {
  const { path } = keeperOptions(folder)
  const random = seededRandom(2)
  let kills = 0
  let furthest = 0
  for (;;) {
    const { first, last, isDone } = await keepFor(500 + random(2_000), path)
    if (last > 0)
      assert.ok(first > furthest || isDone, `it was at ${furthest} and began again before ${first}`)
    furthest = Math.max(furthest, last)
    if (isDone) break
    kills++
    assert.ok(kills < 200, 'it never comes to the end')
  }
  assert.ok(kills >= 3, `it must be killed on its way, and was ${kills} times`)
  assert.equal(furthest, opened.log.size())
})

test('what was built between kills and what is built at once answer as reading every header does', async () => {
  const size = opened.log.size()
  const interrupted = new IndexKeeper(keeperOptions(folder))
  interrupted.step(size)
  const atOnceBuilt = new IndexKeeper(keeperOptions(folder, otherPath(folder)))
  const startedAt = performance.now()
  while (atOnceBuilt.step(size)) {
    // The next batch.
  }
  const rate = Math.round(size / ((performance.now() - startedAt) / 1_000))
  process.stdout.write(`built anew: ${rate} entries/s\n`)
  const headers = await readHeaders(folder)
  const random = seededRandom(3)
  for (let count = 0; count < 8; count++) {
    const question = randomQuestion(random, opened.keys.aliasesOf, size)
    const expected = scan(headers, question).map(({ header }) => header.index)
    for (const keeper of [interrupted, atOnceBuilt]) {
      assert.equal(keeper.count(question, 'class').total.entries, expected.length)
      const found = keeper.find(question, { before: undefined, limit: 1_000 })
      assert.deepEqual(
        found.map(({ index }) => index),
        expected.slice(0, 1_000),
      )
    }
  }
  interrupted.close()
  atOnceBuilt.close()
})

test('all of it is exported for a SIEM, with no entry missing and none twice', async () => {
  const ocsf = formats['ocsf']?.({ version: '0.0.0' })
  assert.ok(ocsf !== undefined)
  const asked = { format: 'ocsf', sinceMs: 0, untilMs: Number.MAX_SAFE_INTEGER, by: 'a test' }
  const answer = await beginWriting(asked, { log: opened.log, dataFolder })
  const startedAt = performance.now()
  let next = 0
  for await (const { index, line } of linesOf(answer, asked, ocsf)) {
    assert.equal(index, next++)
    assert.ok(line !== undefined && line.length > 100)
  }
  assert.equal(next, answer.size)
  process.stdout.write(`exported as OCSF: ${rateOf(next, startedAt)} entries/s\n`)
})

test('after the first time a start is ready in under two seconds, and has read what is new', async () => {
  await opened.close()
  const first = await timedStart({ summariseEveryMs: 100 })
  await summarised()
  await opened.close()
  const again = await timedStart({})
  assert.equal(opened.log.size(), first.size + 2)
  // Of the processor: others may keep a shared machine busy meanwhile.
  assert.ok(again.cpuMs < 2_000, `${again.cpuMs} ms`)
  assert.deepEqual((await opened.log.open(10))?.facts.class, first.classOfTen)
  for (const [what, { ms, cpuMs }] of Object.entries({ 'reads everything': first, 'comes after it': again }))
    process.stdout.write(`a start that ${what}: ${ms} ms, ${cpuMs} ms of the processor\n`)
})

async function timedStart(more: { readonly summariseEveryMs?: number }) {
  const startedAt = performance.now()
  const usedBefore = process.cpuUsage()
  opened = await openIn(dataFolder, { segmentBytes, ...more })
  const { user, system } = process.cpuUsage(usedBefore)
  const ms = Math.round(performance.now() - startedAt)
  return {
    ms,
    cpuMs: Math.round((user + system) / 1_000),
    size: opened.log.size(),
    classOfTen: (await opened.log.open(10))?.facts.class,
  }
}

/** Waits until every segment that is finished has its summary. */
async function summarised(): Promise<void> {
  const finished = (await listSegments(folder)).length - 1
  assert.ok(finished > 3)
  for (let seconds = 0; seconds < 120; seconds++) {
    if (existsSync(summaryPath(folder, finished))) return
    await pause(1_000)
  }
  assert.fail('the segments are not summarised after two minutes')
}

test('all of it is verified, by the command and by the single file', async () => {
  await opened.close()
  const startedAt = performance.now()
  const verified = await verifyFolder(folder)
  assert.deepEqual(verified.problems, [])
  assert.ok(verified.entries > entries)
  process.stdout.write(`verified: ${rateOf(verified.entries, startedAt)} entries/s\n`)
  const script = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, 'log', folder], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
})

const rateOf = (count: number, startedAt: number): number =>
  Math.round(count / ((performance.now() - startedAt) / 1_000))
