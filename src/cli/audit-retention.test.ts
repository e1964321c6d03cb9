import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { appendExchange, newFolder } from '#/audit/log-for-tests.ts'
import { type Kept, openKept } from '#/audit/retention/retention-for-tests.ts'
import { type Ran, run } from './test-world.ts'

const nowMs = Date.UTC(2026, 0, 15)

async function call(context: TestContext, { retention }: Kept, ...words: string[]): Promise<Ran> {
  const environment = { SALLYPORT_DATA: await newFolder(context) }
  const handlers = {
    'audit.erase': (input: unknown) => retention.erase(input),
    'audit.hold.add': (input: unknown) => retention.addHolds(input),
    'audit.hold.end': (input: unknown) => retention.endHold(input),
    'audit.hold.list': () => retention.listHolds(),
    'audit.retention.run': (input: unknown) => retention.run(input),
    'audit.inventory': () => retention.inventory(),
  }
  return run(['audit', ...words], { environment, now: nowMs, handlers })
}

const forAda = ['--person', 'ada@example.com']

test('erasing says what went, in which entries, and what each store did', async (context) => {
  const kept = await openKept(context)
  const index = await appendExchange(kept.log, 'person-ada', 'the heron')
  const words = ['erase', ...forAda, '--basis', 'objection', '--reason', 'letter of 3 May']
  const { exitCode, out } = await call(context, kept, ...words)
  assert.equal(exitCode, 0)
  assert.match(out, /^Erased: erasure_\w{12}\n {2}entries 3 and 4, keys destroyed 1, texts overwritten 0\n/)
  assert.match(out, /log texts: erased/)
  assert.match(out, /log headers: nothing to erase; they name nobody/)
  assert.equal((await kept.log.open(index))?.payload, undefined)
  await kept.close()
  const environment = { SALLYPORT_DATA: kept.dataFolder }
  const verified = await run(['audit', 'verify', '--open'], { environment })
  assert.equal(verified.exitCode, 0, verified.err)
  assert.match(verified.out, /note: 2 cannot be opened any more: erased, or their keys are destroyed/)
})

test('a store that must be looked at by hand is named, and one that failed gives exit code 3', async (context) => {
  const store = { holds: '', key: '', ends: '', claims: () => false }
  const kept = await openKept(context, {
    stores: [
      {
        ...store,
        name: 'tables',
        eraseOf: async () => ({ outcome: 'by-hand', todo: 'look at \u001b[2Jthem' }),
      },
      {
        ...store,
        name: 'broken',
        eraseOf: async () => {
          throw new Error('no disk')
        },
      },
    ],
  })
  const words = ['erase', ...forAda, '--basis', 'other', '--reason', 'x']
  const { exitCode, out } = await call(context, kept, ...words)
  assert.equal(exitCode, 3)
  assert.match(out, /NOT COMPLETE/)
  assert.match(out, /tables: TO DO BY HAND: look at \\u\{1b\}\[2Jthem/)
  assert.match(out, /broken: FAILED: no disk/)
})

test('an exchange is erased by its receipt', async (context) => {
  const kept = await openKept(context)
  const index = await appendExchange(kept.log, 'person-ada', 'about Clara')
  const words = ['erase', '--receipt', `${kept.log.origin}#${index}`, '--basis', 'unlawful', '--reason', 'x']
  const { exitCode, out } = await call(context, kept, ...words, '--json')
  assert.equal(exitCode, 0)
  const { erased } = JSON.parse(out) as { erased: { overwritten: number[] }[] }
  assert.deepEqual(erased[0]?.overwritten, [index, index + 1])
})

test('a call that says too little, too much or nothing known is told what is wrong', async (context) => {
  const kept = await openKept(context)
  const reason = ['--reason', 'x']
  for (const [words, exitCode, said] of [
    [['erase', ...forAda, '--basis', 'objection'], 2, /--reason is missing/],
    [['erase', ...forAda, ...reason], 2, /--basis is missing/],
    [['erase', '--basis', 'objection', ...reason], 2, /either --person or --receipt/],
    [['erase', ...forAda, '--receipt', 'x#1', '--basis', 'objection', ...reason], 2, /either --person/],
    [['erase', ...forAda, '--basis', 'because', ...reason], 2, /--basis must be one of/],
    [['erase', '--person', 'nobody@example.com', '--basis', 'other', ...reason], 1, /nobody here has this/],
    [['erase', '--receipt', 'x#1', '--basis', 'other', ...reason], 1, /must be one of this log/],
    [['hold', 'add', ...reason], 2, /either --person or --all/],
    [['hold', 'add', ...forAda, '--all', ...reason], 2, /either --person or --all/],
    [['hold', 'add', ...forAda], 2, /--reason is missing/],
    [['hold', 'add', ...forAda, ...reason, '--until', '2025-12-31'], 2, /must lie in the future/],
    [['hold', 'add', ...forAda, ...reason, '--until', 'soon'], 2, /--until must be/],
    [['hold', 'end', 'hold_none', ...reason], 1, /no hold with this id/],
    [['hold', 'end', ...reason], 2, /something is missing/],
    [['retention', 'run', 'now'], 2, /one word too many/],
  ] as const) {
    const ran = await call(context, kept, ...words)
    assert.equal(ran.exitCode, exitCode, words.join(' '))
    assert.match(ran.err, said)
  }
})

test('a hold is set, shown, blocks an erasure and is ended', async (context) => {
  const kept = await openKept(context)
  await appendExchange(kept.log, 'person-ada', 'the heron')
  const added = await call(context, kept, 'hold', 'add', ...forAda, '--reason', 'case 12', '--until', '30d')
  assert.match(added.out, /^hold_\w{12} {2}IN FORCE {2}person-ada {2}since 2026-01-15.* until 2026-02-14/)
  const id = added.out.split(' ', 1)[0] as string
  const erased = await call(context, kept, 'erase', ...forAda, '--basis', 'other', '--reason', 'x')
  assert.equal(erased.exitCode, 1)
  assert.match(erased.err, new RegExp(`Under legal hold: ${id}`))
  const ended = await call(context, kept, 'hold', 'end', id, '--reason', 'settled')
  assert.match(ended.out, /over .*: settled/)
  assert.match((await call(context, kept, 'hold', 'end', id, '--reason', 'x')).err, /ended on 2026-01-15/)
  assert.match((await call(context, kept, 'hold', 'list')).out, new RegExp(`^${id} {2}over`))
})

test('retention tells what would end, then ends it', async (context) => {
  const kept = await openKept(context)
  await appendExchange(kept.log, 'person-ada', 'the heron')
  assert.match((await call(context, kept, 'retention', 'run')).out, /texts of no month/)
  kept.clock.now = Date.UTC(2026, 7, 1)
  const dry = await call(context, kept, 'retention', 'run', '--dry-run')
  assert.match(dry.out, /^Nothing was changed\. This would end:\n {2}texts of 2026-01; .*: 1\n/)
  const ran = await call(context, kept, 'retention', 'run', '--json')
  assert.equal((JSON.parse(ran.out) as { keysDestroyed: number }).keysDestroyed, 1)
  await call(context, kept, 'hold', 'add', '--all', '--reason', 'inquiry')
  assert.match((await call(context, kept, 'retention', 'run')).out, /^Nothing ends: the legal hold hold_/)
})

test('the inventory names stores, keys and files nobody knows', async (context) => {
  const kept = await openKept(context)
  await appendExchange(kept.log, 'person-ada', 'the heron')
  const { out } = await call(context, kept, 'inventory')
  assert.match(out, /^log texts: 1 files, \d+ bytes, 2026-01-01 to 2026-01-01\n {2}holds: what was entered/)
  assert.match(out, /Living keys: 2026-01 \(1 people, 1 keys\)/)
  // The test wires the log's stores alone.
  assert.match(out, /UNKNOWN FILES: \d\n {2}store\.db/)
})
