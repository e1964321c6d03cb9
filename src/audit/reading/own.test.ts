import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { appendExchange, appendLongExchange, newFolder, openIn } from '../log-for-tests.ts'
import { readOwn } from './own.ts'

const refused = (error: unknown): boolean => error instanceof Refusal && error.code === 'not-found'

test('a person reads their own entries, whatever kind they are', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const index = await appendExchange(log, 'person_emil', 'my own words')
  const signedIn = await log.append({ kind: 'sign-in', subject: 'person_emil', facts: {} })
  const content = await readOwn(log, index, 'person_emil')
  assert.match(JSON.stringify(content.typed), /my own words/)
  assert.equal(content.answer, 'The answer.')
  const signIn = await readOwn(log, signedIn.index, 'person_emil')
  assert.deepEqual([signIn.kind, signIn.isEmpty, signIn.typed, signIn.other], ['sign-in', true, null, null])
})

test('an entry of somebody else, of nobody, or none at all: the answer is the same', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const index = await appendExchange(log, 'person_other', 'words of somebody else')
  for (const each of [index, 0, 999]) await assert.rejects(readOwn(log, each, 'person_emil'), refused)
})

test('what a person did with the log is theirs to read, too', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const payload = JSON.stringify({ search: { limit: 1 } })
  const { index } = await log.append({ kind: 'read', subject: 'person_ada', facts: {}, payload })
  assert.deepEqual((await readOwn(log, index, 'person_ada')).other, { search: { limit: 1 } })
})

test('a long answer is read whole: what was written down while it came, and its end', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const index = await appendLongExchange(log, 'person_emil')
  assert.equal((await readOwn(log, index, 'person_emil')).answer, 'The heron flies.')
})

test('of an answer that still comes, or was cut off, what is there is read', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const index = await appendLongExchange(log, 'person_emil', { isOpen: true })
  const content = await readOwn(log, index, 'person_emil')
  assert.deepEqual([content.answer, content.outcome], ['The heron ', null])
})

test('of an exchange whose use case keeps no content it is said that nothing was kept', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const payload = JSON.stringify({ content: 'not-kept', reasons: [] })
  const { index } = await log.append({ kind: 'intent', subject: 'person_ada', facts: {}, payload })
  const content = await readOwn(log, index, 'person_ada')
  assert.deepEqual([content.isNotKept, content.isEmpty, content.typed], [true, false, null])
  const kept = await appendExchange(log, 'person_ada', 'my own words')
  assert.equal((await readOwn(log, kept, 'person_ada')).isNotKept, false)
})
