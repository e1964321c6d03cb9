import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Grounds } from '#/audit/evidence/api.ts'
import { makeBundle } from '#/audit/evidence/bundle.ts'
import {
  asked,
  bundleOf,
  openBundleTest,
  plainProver,
  withContents,
} from '#/audit/evidence/evidence-for-tests.ts'
import { writeTarFiles } from '#/audit/evidence/tar-for-tests.ts'
import { appendExchange, appendLongExchange, intentOf } from '#/audit/log-for-tests.ts'
import { Refusal } from '#/core/refusal.ts'
import { verifyBundle } from '../support/standalone-verifier.ts'

test('a bundle of one exchange holds its two entries, their proofs and the entry that says it was made', async (context) => {
  const opened = await openBundleTest(context)
  await appendExchange(opened.log, 'ada', 'not asked for')
  const index = await appendExchange(opened.log, 'emil', 'the heron flies')
  const { made, bytes, files } = await bundleOf(opened, [index])
  const exported = Number(made.exportReceipt.split('#')[1])
  assert.deepEqual(
    [...files.keys()],
    [
      'README.txt',
      'log.vkey',
      'checkpoint',
      'grounds.json',
      ...[index, index + 1, exported].flatMap((each) => [
        `entries/${each}.json`,
        `proofs/${each}.tlog-proof`,
      ]),
      'manifest.json',
      'manifest.note',
    ],
  )
  assert.ok(!bytes.includes('the heron flies'), 'without a reading there is no content')
  const verified = verifyBundle(bytes, opened.evidence.verifierKey)
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.ok, true)
  assert.deepEqual(
    [verified.entries, verified.contents, verified.checkpointSize],
    [3, 0, made.checkpointSize],
  )
  assert.equal(verified.manifest?.reason, 'The auditor asked for it.')
})

test('that it is given out stands in the log first, with what, who and why', async (context) => {
  const opened = await openBundleTest(context)
  const index = await appendExchange(opened.log, 'emil', 'text')
  const { made } = await bundleOf(opened, [index], {
    by: { name: 'ada@example.com', personId: 'person_ada' },
  })
  const entry = await opened.log.open(Number(made.exportReceipt.split('#')[1]))
  assert.equal(entry?.kind, 'export')
  assert.equal(entry?.subject, 'person_ada')
  assert.deepEqual(entry?.facts, { reason: 'bundle', about: '1 entries' })
  assert.deepEqual(JSON.parse(Buffer.from(entry?.payload ?? []).toString()), {
    bundle: {
      asked: String(index),
      reason: 'The auditor asked for it.',
      by: 'ada@example.com',
      indexes: [index],
      reading: null,
    },
  })
})

test('the proofs are those RFC 6962 gives, made in the plainest way', async (context) => {
  const opened = await openBundleTest(context)
  for (let count = 0; count < 150; count++) await appendExchange(opened.log, 'ada', 'text')
  const checkpoint = await opened.evidence.against(opened.log.size() - 1)
  assert.ok(checkpoint !== undefined && checkpoint.size > 300)
  const plain = plainProver(opened.folder, checkpoint)
  for (const index of [0, 1, 2, 255, 256, 257, checkpoint.size - 1])
    assert.equal(await checkpoint.prove(index), await plain(index), `entry ${index}`)
})

test('an archive is the same bytes for the same content', async (context) => {
  const opened = await openBundleTest(context)
  const index = await appendExchange(opened.log, 'emil', 'text')
  const { files } = await bundleOf(opened, [index])
  const again = writeTarFiles(files)
  assert.ok(again.equals(await readFile(opened.out)))
})

test('with a reading it holds what was entered and the sealed bytes the header commits to', async (context) => {
  const opened = await openBundleTest(context)
  const index = await appendExchange(opened.log, 'emil', 'the heron flies')
  const { bytes, files, made } = await bundleOf(opened, [index], withContents(opened))
  assert.match(files.get(`contents/${index}.json`)?.toString() ?? '', /the heron flies/)
  assert.match(files.get(`contents/${index}.json`)?.toString() ?? '', /The answer\./)
  const header = JSON.parse(files.get(`entries/${index}.json`)?.toString() ?? '') as {
    payload: { sha256: string }
  }
  const sealed = files.get(`contents/${index}.sealed`) ?? Buffer.alloc(0)
  assert.equal(hash('sha256', sealed, 'hex'), header.payload.sha256)
  assert.ok(files.has(`contents/${index + 1}.sealed`), 'the answer, too')
  assert.equal(made.contents, 1)
  const verified = verifyBundle(bytes)
  assert.deepEqual([verified.problems, verified.contents, verified.isKeyPinned], [[], 1, false])
})

test('of a long answer it holds all that was written down, with proofs, and the whole text', async (context) => {
  const opened = await openBundleTest(context)
  const index = await appendLongExchange(opened.log, 'emil')
  const { bytes, files } = await bundleOf(opened, [index], withContents(opened))
  for (const each of [index, index + 1, index + 2]) {
    assert.ok(files.has(`proofs/${each}.tlog-proof`), `entry ${each} is proved`)
    assert.ok(files.has(`contents/${each}.sealed`), `entry ${each} is sealed in it`)
  }
  assert.match(files.get(`contents/${index}.json`)?.toString() ?? '', /The heron flies\./)
  assert.deepEqual(verifyBundle(bytes).problems, [])
})

test('an exchange that is under way is said to be without an end', async (context) => {
  const opened = await openBundleTest(context)
  const { index } = await opened.log.append(intentOf('emil', 'text'))
  const { made, bytes } = await bundleOf(opened, [index])
  assert.deepEqual(made.missing, [`entry ${index} is an exchange without an outcome yet`])
  assert.equal(verifyBundle(bytes).ok, true)
})

test('records and decisions lie in it, with the entries that prove the decisions', async (context) => {
  const hashed = '["use-case",{"title":"Support"}]'
  const record = {
    kind: 'use-case',
    id: 'support',
    version: 1,
    hash: hash('sha256', hashed, 'hex'),
    hashed,
    body: { title: 'Support' },
    by: 'sam@example.com',
    at: '2026-11-01T00:00:00.000Z',
  }
  const decisions: Grounds['decisions'][number][] = []
  const opened = await openBundleTest(context, { records: [record], decisions })
  const { log } = opened
  const decided = await log.append({
    kind: 'decision',
    facts: { about: 'use-case/support', digest: record.hash, decision: 'approve' },
  })
  decisions.push({
    kind: 'use-case',
    id: 'support',
    version: 1,
    hash: record.hash,
    verdict: 'approve',
    reason: 'Fine.',
    by: 'lea@example.com',
    role: 'legal',
    isBootstrap: false,
    at: '2026-11-01T00:00:00.000Z',
    until: null,
    receipt: decided.receipt,
  })
  const snapshot = await log.append({ kind: 'snapshot', facts: { version: 'abc' } })
  const { index } = await log.append({ kind: 'refusal', facts: { snapshot: 'abc', useCase: 'support' } })
  const { bytes, files } = await bundleOf(opened, [index])
  assert.deepEqual(verifyBundle(bytes).problems, [])
  assert.ok(files.has(`entries/${decided.index}.json`))
  assert.ok(files.has(`entries/${snapshot.index}.json`))
  assert.match(files.get('grounds.json')?.toString() ?? '', /"lea@example\.com"/)
})

test('nothing is written over, and nothing is left behind when it fails', async (context) => {
  const opened = await openBundleTest(context)
  const index = await appendExchange(opened.log, 'emil', 'text')
  const refuses = (field: string) => (error: unknown) =>
    error instanceof Refusal && error.facts['field'] === field
  await writeFile(opened.out, 'evidence')
  await assert.rejects(makeBundle(asked(opened, [index]), opened.services), refuses('out'))
  assert.equal(await readFile(opened.out, 'utf8'), 'evidence')
  const elsewhere = { ...opened, out: `${opened.out}.other` }
  await assert.rejects(makeBundle(asked(elsewhere, [index, 99_999]), opened.services), refuses('asked'))
  await assert.rejects(makeBundle(asked(elsewhere, []), opened.services), refuses('asked'))
  const failing = { contents: { reading: 'r', open: () => Promise.reject(new Error('it is over')) } }
  await assert.rejects(makeBundle(asked(elsewhere, [index], failing), opened.services), /it is over/)
  await opened.log.close()
  await assert.rejects(makeBundle(asked(elsewhere, [index]), opened.services))
  for (const name of [elsewhere.out, `${elsewhere.out}.part`]) assert.ok(!existsSync(name), name)
})

test('abuse case 12: newlines and terminal codes in what was entered stay inside their file', async (context) => {
  const opened = await openBundleTest(context)
  const hostile = 'a\u001b[2J\r\nentries/9.json\0\u202e","index":9}'
  const index = await appendExchange(opened.log, 'emil', hostile)
  const reason = `because\u001b]0;x\u0007\n "files": [\n${hostile}`
  const { bytes, files } = await bundleOf(opened, [index], {
    ...withContents(opened),
    reason,
    asked: hostile,
  })
  const verified = verifyBundle(bytes, opened.evidence.verifierKey)
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.manifest?.reason, reason)
  assert.ok(!files.get('manifest.json')?.includes('\u001b'), 'JSON spells control characters out')
  assert.ok(!files.get(`contents/${index}.json`)?.includes('\u001b'))
})
