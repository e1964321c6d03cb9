import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '#/audit/api.ts'
import { type Exports, openExports } from '#/audit/export/exports.ts'
import { beginWriting } from '#/audit/export/write.ts'
import { appendExchange, newFolder, openIn, origin } from '#/audit/log-for-tests.ts'
import type { FileSinkSettings } from '#/settings/api.ts'
import { type Ran, run } from './test-world.ts'

interface Around {
  readonly log: AuditLog
  readonly folder: string
  readonly exports: Exports
  readonly ask: (...words: string[]) => Promise<Ran>
}

async function around(
  context: TestContext,
  sinks: (folder: string) => readonly FileSinkSettings[] = () => [],
): Promise<Around> {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  for (let at = 0; at < 3; at++) await appendExchange(log, 'person-ada', `the heron flies ${at}`)
  const exports = await openExports({
    ...{ sinks: sinks(folder), credentials: new Map(), auditFolder: join(folder, 'audit'), log },
    ...{ product: { version: '0.0.0' }, hostName: 'gate', findPerson: async () => undefined },
    writeLine: () => undefined,
  })
  context.after(() => exports.close())
  const handlers = {
    'audit.export.status': async () => ({ size: log.size(), sinks: exports.status() }),
    'audit.export.test': (input: unknown) => exports.test(input),
    'audit.export.write': (input: unknown) => beginWriting(input, { log, dataFolder: folder }),
  }
  const environment = { SALLYPORT_DATA: folder }
  return {
    log,
    folder,
    exports,
    ask: (...words) => run(['audit', 'export', ...words], { environment, handlers }),
  }
}

const fileSink = (path: string): FileSinkSettings => ({
  ...{ kind: 'file', id: 'local', format: 'ocsf', from: 'beginning', people: false },
  ...{ path, maxBytes: 1024 * 1024, keep: 1 },
})

test('writing gives every entry with aliases, after the log was told, and no text and no name', async (context) => {
  const { log, ask } = await around(context)
  const before = log.size()
  const { exitCode, out } = await ask('write', '--format', 'sallyport')
  assert.equal(exitCode, 0)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; header: { kind: string; subject?: string } })
  assert.deepEqual(
    lines.map(({ id }) => id),
    Array.from({ length: before + 1 }, (_, index) => `${origin}#${index}`),
  )
  assert.equal(lines.at(-1)?.header.kind, 'export')
  assert.match(lines[1]?.header.subject ?? '', /^[0-9a-f]{32}$/)
  assert.doesNotMatch(out, /heron|person-ada/)
  const told = await log.open(before)
  assert.deepEqual([told?.kind, told?.facts.version], ['export', 'sallyport'])
  assert.match(Buffer.from(told?.payload ?? []).toString(), /"by":"command-line:/)
})

test('a file is made for its owner alone, and never written over', async (context) => {
  const { log, folder, ask } = await around(context)
  const path = join(folder, 'out.csv')
  const { exitCode, out } = await ask('write', '--format', 'csv', '--out', path, '--json')
  assert.equal(exitCode, 0)
  assert.deepEqual(JSON.parse(out), { entries: 8, file: path, receipt: `${origin}#7` })
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.equal((await readFile(path, 'utf8')).split('\n').length, 10)
  const size = log.size()
  assert.notEqual((await ask('write', '--format', 'csv', '--out', path)).exitCode, 0)
  assert.equal(log.size(), size, 'nothing is logged for an export that was none')
})

test('an export that fails leaves no file behind', async (context) => {
  const { log, folder, ask } = await around(context)
  const path = join(folder, 'out.csv')
  await log.close()
  assert.notEqual((await ask('write', '--format', 'csv', '--out', path)).exitCode, 0)
  await assert.rejects(stat(path), /ENOENT/)
})

test('since and until leave out what lies outside', async (context) => {
  const { ask } = await around(context)
  const { out } = await ask('write', '--format', 'cef', '--until', '1h')
  assert.equal(out, '')
  assert.equal((await ask('write', '--format', 'cef', '--since', '1h')).out.trimEnd().split('\n').length, 9)
})

test('a wrong call is said before anything is logged', async (context) => {
  const { log, ask } = await around(context)
  const size = log.size()
  for (const words of [
    ['write'],
    ['write', '--format', 'xlsx'],
    ['write', '--format', 'csv', '--since', 'soon'],
    ['test'],
  ]) {
    assert.equal((await ask(...words)).exitCode, 2, words.join(' '))
  }
  assert.equal(log.size(), size)
})

test('the status tells how far each sink is, and is bad when one has stopped', async (context) => {
  const { log, exports, folder, ask } = await around(context, (data) => [
    fileSink(join(data, 'out', 'log.jsonl')),
  ])
  const first = JSON.parse((await ask('status', '--json')).out) as {
    size: number
    sinks: { state: string; lag: number }[]
  }
  assert.deepEqual(
    [first.size, first.sinks[0]?.state, first.sinks[0]?.lag],
    [log.size(), 'waiting', log.size()],
  )
  exports.start()
  for (let tries = 0; exports.status()[0]?.lag !== 0; tries++) {
    assert.ok(tries < 500, 'it catches up')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const { exitCode, out } = await ask('status')
  assert.equal(exitCode, 0)
  assert.match(
    out,
    /^The log has 7 entries\.\nlocal {2}current {2}file {2}ocsf-1\.8\.0 {2}.*log\.jsonl\n {2}next 7, lag 0/,
  )
  assert.ok((await readFile(join(folder, 'out', 'log.jsonl'), 'utf8')).split('\n').length >= 7)
})

test('without sinks the status says so', async (context) => {
  const { ask } = await around(context)
  assert.match((await ask('status')).out, /The settings name no sink/)
})

test('a test event arrives, is none of the log, and a failure says why', async (context) => {
  const { log, folder, ask } = await around(context, (data) => [
    fileSink(join(data, 'test.jsonl')),
    { ...fileSink('/dev/null/nowhere'), id: 'broken' },
  ])
  const size = log.size()
  const { exitCode, out } = await ask('test', 'local')
  assert.equal(exitCode, 0)
  assert.match(out, /^The event log\.example\.com\/test#test-\d+ arrived at .*test\.jsonl\.$/m)
  assert.match(await readFile(join(folder, 'test.jsonl'), 'utf8'), /log\.export-test/)
  assert.equal(log.size(), size)
  const broken = await ask('test', 'broken')
  assert.notEqual(broken.exitCode, 0)
  assert.match(broken.err, /nothing arrived at \/dev\/null\/nowhere: .*cannot write/)
  assert.match((await ask('test', 'other')).err, /There is no sink with this id/)
})
