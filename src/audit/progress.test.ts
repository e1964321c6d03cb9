import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditLog } from './api.ts'
import { copyAsCrashed, folderOf, intentOf, newFolder, openIn } from './log-for-tests.ts'
import { type AnswerPiece, joinAnswer, RunningDigest } from './progress.ts'
import { verifyFolder } from './verify.ts'

const salt = '00112233445566778899aabbccddeeff'

/** Appends one `progress` entry for each text, as an exchange does. Gives their indexes. */
async function appendProgress(
  log: AuditLog,
  intent: number,
  texts: readonly string[],
  facts: { readonly digest?: string; readonly progress?: number } = {},
): Promise<readonly number[]> {
  const digest = new RunningDigest(salt)
  const indexes: number[] = []
  let answerBytes = 0
  for (const text of texts) {
    const pieces: AnswerPiece[] = [{ slot: 0, text }]
    answerBytes += Buffer.byteLength(text)
    const { index } = await log.append({
      kind: 'progress',
      subject: 'person-1',
      facts: {
        intent,
        requestId: 'req_one',
        progress: indexes.at(-1),
        answerBytes,
        digest: digest.add(pieces),
        ...facts,
      },
      payload: JSON.stringify({ salt, pieces }),
    })
    indexes.push(index)
  }
  return indexes
}

const outcome = (intent: number, progress: number | undefined) => ({
  kind: 'outcome' as const,
  subject: 'person-1',
  facts: { intent, requestId: 'req_one', progress },
})

test('the pieces of an answer make it whole, text after text', () => {
  const pieces = [
    { slot: 0, text: 'one ' },
    { slot: 1, text: 'two' },
    { slot: 0, text: 'more' },
  ]
  assert.equal(joinAnswer(pieces), 'one more\ntwo')
  assert.equal(joinAnswer([]), '')
})

test('progress is read in order while the exchange is open, and after its outcome', async (context) => {
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder)
  const { index: intent } = await log.append(intentOf('person-1', 'tell me'))
  assert.deepEqual(await log.progressOf(intent), [])
  const indexes = await appendProgress(log, intent, ['once ', 'upon ', 'a time'])
  const found = async () => (await log.progressOf(intent)).map(({ index }) => index)
  assert.deepEqual(await found(), indexes)
  await log.append(outcome(intent, indexes.at(-1)))
  assert.deepEqual(await found(), indexes)
  const verified = await verifyFolder(folderOf(folder), { keys })
  assert.deepEqual(verified.problems, [])
  await close()
})

test('after a crash the outcome says how much of the answer is known, and it can be read', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  const { index: intent } = await log.append(intentOf('person-1', 'tell me'))
  const indexes = await appendProgress(log, intent, ['once ', 'upön '])
  const again = await openIn(await copyAsCrashed(folder, context))
  const facts = (await again.log.outcomeOf(intent))?.facts
  assert.equal(facts?.decision, 'unknown-after-crash')
  assert.equal(facts?.progress, indexes.at(-1))
  assert.equal(facts?.answerBytes, 11)
  const known = await again.log.progressOf(intent)
  assert.match(Buffer.from(known.at(-1)?.payload ?? []).toString(), /upön/)
})

test('progress needs an exchange that is open', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const { index: intent } = await log.append(intentOf('person-1', 'tell me'))
  await log.append(outcome(intent, undefined))
  await assert.rejects(
    appendProgress(log, intent, ['late']),
    /a progress needs an intent that has no outcome/,
  )
  await assert.rejects(appendProgress(log, 0, ['late']), /a progress needs an intent/)
})

test('the verifier names progress out of order, a digest that does not fit, and an outcome that leaves it out', async (context) => {
  const folder = await newFolder(context)
  const { log, keys } = await openIn(folder)
  const { index: intent } = await log.append(intentOf('person-1', 'tell me'))
  await appendProgress(log, intent, ['once'])
  const [second] = await appendProgress(log, intent, ['upon a time'], { digest: '0'.repeat(64), progress: 0 })
  const { index: end } = await log.append(outcome(intent, undefined))
  const { problems } = await verifyFolder(folderOf(folder), { keys })
  assert.deepEqual(problems, [
    `entry ${second}: says that 0 is the progress before it, not 2`,
    `entry ${second}: its digest is not that of the answer sealed so far`,
    `entry ${end}: the outcome names undefined as its last progress, not ${second}`,
  ])
})
