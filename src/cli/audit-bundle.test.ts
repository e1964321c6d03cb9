import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { bundleFor } from '#/audit/evidence/control.ts'
import { type BundleTest, openBundleTest } from '#/audit/evidence/evidence-for-tests.ts'
import { readTarFiles } from '#/audit/evidence/tar-for-tests.ts'
import { appendExchange } from '#/audit/log-for-tests.ts'
import { readContent } from '#/audit/reading/content.ts'
import { Refusal } from '#/core/refusal.ts'
import { type Ran, run } from './test-world.ts'

interface Opened extends BundleTest {
  readonly index: number
  readonly openings: string[]
  readonly call: (...words: string[]) => Promise<Ran>
}

/** A command with a reading `reading_one` that covers everything. */
async function openCli(context: TestContext): Promise<Opened> {
  const opened = await openBundleTest(context)
  const index = await appendExchange(opened.log, 'emil', 'the heron flies')
  const openings: string[] = []
  const open = async (id: string, at: number, by: unknown) => {
    if (id !== 'reading_one') throw new Refusal('not-found', { what: 'reading' })
    openings.push(`${String(by).split(':')[0]} opens ${at}`)
    const content = await readContent(opened.log, at)
    return content ?? assert.fail('there is no such entry')
  }
  const handlers = {
    'audit.bundle': (input: unknown) =>
      bundleFor(input, {
        ...opened.services,
        readings: { open },
        findByQuery: async (question) => (question === 'person:emil@example.com' ? [index] : []),
      }),
  }
  const environment = { SALLYPORT_DATA: opened.folder }
  const call = (...words: string[]) => run(['audit', 'bundle', ...words], { environment, handlers })
  return { ...opened, index, openings, call }
}

const why = ['--reason', 'The auditor asked for it.']

test('one command writes the archive and says how to check it', async (context) => {
  const { call, evidence, index, out } = await openCli(context)
  const ran = await call(`${evidence.origin}#${index}`, '--out', out, ...why)
  assert.equal(ran.exitCode, 0, ran.err)
  assert.match(ran.out, /3 entries and 0 contents in 12 files/)
  assert.match(ran.out, new RegExp(`sallyport-verify\\.mjs bundle ${out}`))
  assert.ok(!(await readFile(out)).includes('the heron flies'))
})

test('what a question finds is bundled', async (context) => {
  const { call, index, out } = await openCli(context)
  const ran = await call('person:emil@example.com', '--out', out, ...why)
  assert.equal(ran.exitCode, 0, ran.err)
  const files = readTarFiles(await readFile(out))
  assert.ok(files.has(`entries/${index}.json`) && files.has(`entries/${index + 1}.json`))
  assert.match(files.get('manifest.json')?.toString() ?? '', /"asked": "person:emil@example\.com"/)
})

test('with a reading each content is opened under it, by the account that asks', async (context) => {
  const { call, index, out, openings } = await openCli(context)
  const ran = await call(String(index), '--out', out, ...why, '--reading', 'reading_one', '--json')
  assert.equal(ran.exitCode, 0, ran.err)
  assert.deepEqual(openings, [`command-line opens ${index}`])
  const content = readTarFiles(await readFile(out)).get(`contents/${index}.json`)
  assert.match(content?.toString() ?? '', /the heron flies/)
})

test('what is missing or wrong is refused, and nothing is written', async (context) => {
  const { call, index, out } = await openCli(context)
  const wrong: readonly (readonly [exitCode: number, says: RegExp, words: readonly string[]])[] = [
    [2, /--reason is missing/, [String(index), '--out', out]],
    [2, /--out is missing/, [String(index), ...why]],
    [1, /at least 10 characters/, [String(index), '--out', out, '--reason', 'short']],
    [1, /it finds no exchange/, ['class:restricted', '--out', out, ...why]],
    [1, /a receipt of this log is/, ['other.example.com/log#1', '--out', out, ...why]],
    [1, /no reading with this id/, [String(index), '--out', out, ...why, '--reading', 'reading_two']],
  ]
  for (const [exitCode, says, words] of wrong) {
    const ran = await call(...words)
    assert.equal(ran.exitCode, exitCode, words.join(' '))
    assert.match(ran.err, says)
  }
  await assert.rejects(readFile(out), { code: 'ENOENT' })
})
