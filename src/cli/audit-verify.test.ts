import assert from 'node:assert/strict'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { appendExchange, firstSegment, folderOf, newFolder, openIn } from '#/audit/log-for-tests.ts'
import { run } from './test-world.ts'

async function closedLog(
  context: TestContext,
): Promise<{ readonly folder: string; readonly verifierKey: string }> {
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder)
  await appendExchange(log, 'person-1', 'The text.')
  const { verifierKey } = keys
  await close()
  return { folder, verifierKey }
}

const verify = (...words: string[]) => run(['audit', 'verify', ...words])

test('a sound log is OK, whether the data folder, the audit folder or the log itself is named', async (context) => {
  const { folder } = await closedLog(context)
  for (const named of [folder, join(folder, 'audit'), folderOf(folder)]) {
    const { exitCode, out } = await verify(named)
    assert.equal(exitCode, 0)
    assert.match(out, /^OK {2}log\.example\.com\/test\n {2}entries 4, signed 4, not yet signed 0\n {2}root /)
  }
  const byDefault = await run(['audit', 'verify'], { environment: { SALLYPORT_DATA: folder } })
  assert.equal(byDefault.exitCode, 0)
})

test('a changed log is not OK, with the problem and exit code 1', async (context) => {
  const { folder } = await closedLog(context)
  const segment = await readFile(firstSegment(folder))
  segment[40] = (segment[40] as number) ^ 1
  await writeFile(firstSegment(folder), segment)
  const { exitCode, out } = await verify(folder)
  assert.equal(exitCode, 1)
  assert.match(out, /^NOT OK/)
  assert.match(out, /PROBLEM: segment 1, byte 0/)
  const json = await verify(folder, '--json')
  assert.equal(json.exitCode, 1)
  const { ok, logs } = JSON.parse(json.out) as { ok: boolean; logs: { problems: string[] }[] }
  assert.equal(ok, false)
  assert.ok((logs[0]?.problems.length ?? 0) > 0)
})

test('with --open the payloads are opened, which needs the keys', async (context) => {
  const { folder } = await closedLog(context)
  const opened = await verify(folder, '--open')
  assert.equal(opened.exitCode, 0)
  assert.match(opened.out, /payloads 2, opened 2\n/)
  assert.doesNotMatch(opened.out, /any more/)
  const away = await newFolder(context)
  await cp(folderOf(folder), join(away, 'copy'), { recursive: true })
  assert.equal((await verify(join(away, 'copy'))).exitCode, 0, 'without keys everything else is checked')
  const { exitCode, err } = await verify(join(away, 'copy'), '--open')
  assert.notEqual(exitCode, 0)
  assert.match(err, /cannot be opened/)
})

test('a key noted elsewhere catches a log that was made anew', async (context) => {
  const { folder, verifierKey } = await closedLog(context)
  assert.equal((await verify(folder, '--key', verifierKey)).exitCode, 0)
  await rm(folder, { recursive: true })
  const { log, close } = await openIn(folder)
  await appendExchange(log, 'person-1', 'Another text.')
  await close()
  assert.equal((await verify(folder)).exitCode, 0)
  assert.equal((await verify(folder, '--key', verifierKey)).exitCode, 1)
})

test('a folder without a log is a wrong call', async (context) => {
  assert.equal((await verify(await newFolder(context))).exitCode, 2)
  assert.equal((await verify('/nowhere/at/all')).exitCode, 2)
})
