import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ClientGone } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'
import { channels } from '#/core/segment.ts'
import type { Term } from '#/inspect/api.ts'
import type { Pattern } from '#/inspect/patterns/index.ts'
import { randomText, seeded } from '#/inspect/test-random.ts'
import type { TextInChannel } from './inspect-worker.ts'
import { InspectWorkers } from './inspect-workers.ts'
import { openInspectors } from './inspectors.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-workers-'))
const facts = { dataFolder: folder, names: true }
const make = await openInspectors(facts)
const workers = new InspectWorkers({ facts, workers: 2 })
after(async () => {
  await workers.close()
  rmSync(folder, { recursive: true })
})

const term = (text: string): Term => ({
  term: text,
  label: 'codename',
  class: 'restricted',
  isCaseSensitive: false,
})

const patterns: readonly Pattern[] = [
  {
    id: 'badge',
    label: 'badge number',
    pattern: 'BX-[0-9]{4}',
    class: 'restricted',
    isCaseSensitive: true,
    examples: [],
    counterExamples: [],
  },
]

test('a worker finds what the main thread finds, in any text, channel and with any terms', async () => {
  const random = seeded(71)
  for (const terms of [[], [term('Kestrel')], [term('Anna')]]) {
    const own = { terms, patterns }
    const inspector = make(own)
    const texts = Array.from(
      { length: 25 },
      (): TextInChannel => ({ text: `${randomText(random, 60)} BX-0042`, channel: random.pick(channels) }),
    )
    const found = await workers.inspect(inspector, own, texts)
    assert.deepEqual(
      found,
      texts.map(({ text, channel }) => inspector.inspect(text, channel)),
    )
  }
})

test('the class a company gave its term comes back with the finding', async () => {
  const terms = [term('Kestrel')]
  const own = { terms, patterns }
  const inspector = make(own)
  const text = `${'All is quiet. '.repeat(2_000)}Project Kestrel begins.`
  const [findings = []] = (await workers.inspect(inspector, own, [{ text, channel: 'user' }])) ?? []
  assert.deepEqual(
    findings.map((finding) => [finding.type, inspector.classOf(finding)]),
    [['company-term', 'restricted']],
  )
})

test('a worker that read another knowledge file gives no verdict', async () => {
  const found = await workers.inspect({ version: 'of another file' }, { terms: [], patterns: [] }, [
    { text: 'x', channel: 'user' },
  ])
  assert.equal(found, undefined)
})

/** A worker that does what its text says. */
const obedient = join(folder, 'obedient.mjs')
writeFileSync(
  obedient,
  `import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ texts: [{ text }] }) => {
  if (text === 'die') process.exit(3)
  if (text === 'throw') throw new Error('out of order')
  if (text === 'fail') return parentPort.postMessage({ problem: 'out of order' })
  if (text === 'hoard') { const kept = []; for (;;) kept.push(new Array(1_000_000).fill({})) }
  if (text === 'hang') for (;;);
  setTimeout(() => parentPort.postMessage({ version: '1', findings: [[]] }), text === 'slow' ? 200 : 0)
})`,
)
const inspector = { version: '1' }
const start = (more: object = {}) =>
  new InspectWorkers({ facts, workers: 1, file: pathToFileURL(obedient), ...more })
const ask = (pool: InspectWorkers, text: string, isWanted?: () => boolean) =>
  pool.inspect(inspector, { terms: [], patterns: [] }, [{ text, channel: 'user' }], isWanted)

test('whatever ends a worker costs its text alone: nobody takes it for clean, and the next text is looked at', async () => {
  const pool = start({ longestMs: 2_000 })
  for (const text of ['die', 'throw', 'fail', 'hang']) {
    const all = await Promise.allSettled([ask(pool, text), ask(pool, 'fine')])
    assert.deepEqual(
      all.map(({ status }) => status),
      ['rejected', 'fulfilled'],
      text,
    )
  }
  await pool.close()
})

test('a worker that takes too much memory is replaced', async () => {
  const pool = start({ heapMebibytes: 64 })
  await assert.rejects(ask(pool, 'hoard'), /ended/)
  assert.deepEqual(await ask(pool, 'fine'), [[]])
  await pool.close()
})

test('more than may wait is refused at once, and whoever left is passed over', async () => {
  const pool = start({ mostWaiting: 2 })
  let asked = 0
  const gone = () => {
    asked++
    return false
  }
  const running = ask(pool, 'slow')
  const left = ask(pool, 'slow', gone)
  const waiting = ask(pool, 'fine')
  await assert.rejects(
    ask(pool, 'fine'),
    (error) => error instanceof Refusal && error.code === 'inspection-busy',
  )
  assert.equal(asked, 0)
  await assert.rejects(left, ClientGone)
  assert.deepEqual([await running, await waiting, asked], [[[]], [[]], 1])
  await pool.close()
})
