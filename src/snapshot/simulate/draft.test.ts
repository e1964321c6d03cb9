import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, RecordHistory, RecordKind, RecordVersion } from '#/register/api.ts'
import { hashOf, readBody } from '#/register/read-body.ts'
import { stateOf } from '#/register/state.ts'
import { readDraft } from './draft.ts'
import { nowMs } from './test-draft.ts'

const body = (highestClass: string) => ({
  title: 'Support',
  owner: 'owner@example.com',
  purpose: 'Answers',
  audience: { roles: ['employee'] },
  offerings: ['west'],
  highestClass,
})

function versionOf(version: number, highestClass: string): RecordVersion {
  const read = readBody('use-case', body(highestClass))
  const by = { id: 'p1', name: 'mia@example.com' }
  return {
    kind: 'use-case',
    id: 'support',
    version,
    body: read,
    hash: hashOf('use-case', read),
    by,
    atMs: nowMs,
  }
}

const approvalOf = ({ kind, id, version, hash }: RecordVersion, more: Partial<Decision> = {}): Decision => ({
  ...{ kind, id, version, hash, role: 'security', verdict: 'approve', reason: 'Fine.', conditions: {} },
  ...{ by: { id: 'p2', name: 'sam@example.com' }, atMs: nowMs, untilMs: undefined, isBootstrap: false },
  ...{ number: 1, receipt: 'log#1' },
  ...more,
})

const [first, second] = [versionOf(1, 'confidential'), versionOf(2, 'internal')]

const registerOf = (history: RecordHistory) => ({
  list: ((kind: RecordKind) => (kind === history.kind ? [history] : [])) as never,
  find: ((kind: RecordKind, id: string) =>
    kind === history.kind && id === history.id ? history : undefined) as never,
  apply: async () => ({ plan: [], digest: '', notes: [] }),
})
const historyOf = (versions: readonly RecordVersion[], decisions: readonly Decision[]): RecordHistory => ({
  ...{ kind: 'use-case', id: 'support', versions, decisions },
})
const fileOf = (highestClass: string) => ({
  file: {
    fileName: 'draft.yaml',
    text: JSON.stringify({ records: [{ kind: 'use-case', id: 'support', ...body(highestClass) }] }),
  },
})
const servedBy = (draft: Awaited<ReturnType<typeof readDraft>>) =>
  draft.register.list('use-case').map((each) => stateOf(each, nowMs).serving?.record)

test('what waits is as if approved, and the register itself stays as it is', async () => {
  const history = historyOf([first, second], [approvalOf(first)])
  const register = registerOf(history)
  const draft = await readDraft({ waiting: 'all' }, register, 'sam@example.com', nowMs)
  assert.deepEqual(draft.records, [{ kind: 'use-case', id: 'support', version: 2, serving: 1 }])
  assert.deepEqual(
    servedBy(draft).map((each) => each?.version),
    [2],
  )
  assert.equal(stateOf(history, nowMs).serving?.record.version, 1)
})

test('where three people must agree it is as if all of them had', async () => {
  const high = {
    ...{ ...body('internal'), risk: 'high', practices: [] },
    exit: { offering: 'east', testedOn: '2026-11-01' },
  }
  const read = readBody('use-case', high)
  const record = { ...second, body: read, hash: hashOf('use-case', read) }
  const history = historyOf([first, record], [approvalOf(first)])
  const draft = await readDraft({ waiting: 'all' }, registerOf(history), 'sam@example.com', nowMs)
  assert.deepEqual(
    servedBy(draft).map((each) => each?.version),
    [2],
  )
})

test('a file becomes a version behind the newest; a record there is not yet is added', async () => {
  const draft = await readDraft(
    fileOf('public'),
    registerOf(historyOf([first, second], [approvalOf(first)])),
    's',
    nowMs,
  )
  assert.deepEqual(
    servedBy(draft).map((each) => [
      each?.version,
      (each?.body as { highestClass?: string } | undefined)?.highestClass,
    ]),
    [[3, 'public']],
  )
  const other = historyOf([], [])
  const empty = { ...registerOf(other), list: (() => []) as never, find: (() => undefined) as never }
  const added = await readDraft(fileOf('public'), empty, 's', nowMs)
  assert.deepEqual(added.records, [{ kind: 'use-case', id: 'support', version: 1, serving: null }])
  assert.equal(servedBy(added).length, 1)
})

test('a file as the waiting version is that version, and the same draft has the same digest', async () => {
  const register = registerOf(historyOf([first, second], [approvalOf(first)]))
  const ofFile = await readDraft(fileOf('internal'), register, 's', nowMs)
  const waiting = await readDraft({ waiting: [{ kind: 'use-case', id: 'support' }] }, register, 's', nowMs)
  assert.deepEqual(ofFile.records, waiting.records)
  assert.equal(ofFile.digest, waiting.digest)
  const other = await readDraft(fileOf('public'), register, 's', nowMs)
  assert.notEqual(other.digest, ofFile.digest)
})

test('an approval that lowers a class or ends is tried without, and that is said', async () => {
  const approval = approvalOf(first, { conditions: { highestClass: 'internal' }, untilMs: nowMs + 1 })
  const draft = await readDraft(
    { waiting: 'all' },
    registerOf(historyOf([first, second], [approval])),
    's',
    nowMs,
  )
  assert.equal(draft.notes.length, 2)
})

test('a draft that changes nothing, or names what does not wait, is refused', async () => {
  const register = registerOf(historyOf([first], [approvalOf(first)]))
  const refusedAs = (field: string) => ({ code: 'request-invalid', facts: { field } })
  const problem = (asked: Parameters<typeof readDraft>[0], field: string) =>
    assert.rejects(readDraft(asked, register, 's', nowMs), (error: { code: string; facts: object }) => {
      assert.equal(error.code, refusedAs(field).code)
      assert.equal((error.facts as { field: string }).field, field)
      return true
    })
  await problem(fileOf('confidential'), 'draft')
  await problem({ waiting: 'all' }, 'draft')
  await problem({ waiting: [{ kind: 'use-case', id: 'support' }] }, 'draft.waiting')
})
