import assert from 'node:assert/strict'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '../api.ts'
import { folderOf, newFolder, openIn } from '../log-for-tests.ts'
import { verifyFolder } from '../verify.ts'
import { wordsOf } from './words-for-tests.ts'

async function payloadBytes(folder: string): Promise<number> {
  const pay = join(folderOf(folder), 'pay')
  let sum = 0
  for (const name of await readdir(pay, { recursive: true })) {
    const found = await stat(join(pay, name))
    if (found.isFile()) sum += found.size
  }
  return sum
}

const entryOf = (person: string, payload: string) => ({
  kind: 'record' as const,
  subject: person,
  facts: {},
  payload,
})

const said = Array.from({ length: 200 }, (_, turn) => [
  { role: 'user', content: wordsOf(400, turn + 1) },
  { role: 'assistant', content: wordsOf(600, turn + 1_001) },
])
const tools = [{ type: 'function', function: { name: 'look_up', description: wordsOf(3_000, 99) } }]

/** A conversation as an application sends it: everything said so far, each time, with the tools behind it. */
const bodyOf = (turns: number): string =>
  JSON.stringify({ model: 'auto', messages: said.slice(0, turns).flat(), tools, stream: true })

test('a session of 200 turns that grows to 200 KB takes at most 3 MB, and opens byte for byte', async (context) => {
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder, { segmentBytes: 64 * 1_024 * 1_024 })
  const bodies = new Map<number, string>()
  let enteredBytes = 0
  for (let turn = 1; turn <= 200; turn++) {
    const typed = bodyOf(turn)
    // What leaves is the same text with a name replaced, as after masking.
    const payload = `{"typed":${typed},"sent":${typed.replaceAll('a1', 'PERSON_1')},"replaced":[]}`
    enteredBytes += payload.length
    const { index } = await log.append({ kind: 'intent', subject: 'ada', facts: {}, payload })
    bodies.set(index, payload)
    await log.append({
      kind: 'outcome',
      subject: 'ada',
      facts: { intent: index },
      payload: JSON.stringify({ answer: said[turn - 1]?.[1]?.content }),
    })
  }
  for (const [index, payload] of bodies) {
    const opened = await log.open(index)
    assert.equal(Buffer.from(opened?.payload ?? []).toString('utf8'), payload)
    assert.equal(opened?.lostParts, undefined)
  }
  const verified = await verifyFolder(folderOf(folder), { keys })
  assert.deepEqual(verified.problems, [])
  assert.equal(verified.payloadsOpened, 400)
  await close()
  const storedBytes = await payloadBytes(folder)
  context.diagnostic(`${enteredBytes} bytes were handed over, ${storedBytes} are stored`)
  assert.ok(enteredBytes > 40_000_000)
  assert.ok(storedBytes <= 3_000_000, `${storedBytes} bytes are stored`)
})

test('a text is shared by entries of one person, never with another person', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  const text = wordsOf(20_000, 1)
  await log.append(entryOf('ada', text))
  await log.append(entryOf('ada', text))
  await log.append(entryOf('bob', text))
  await close()
  const storedBytes = await payloadBytes(folder)
  assert.ok(storedBytes > 40_000 && storedBytes < 41_000, `${storedBytes} bytes`)
})

test('entries of one commit may share a text, and one that was refused is never referred to', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const text = wordsOf(9_000, 2)
  const tooLong = {
    kind: 'record' as const,
    subject: 'ada',
    facts: { reason: 'r'.repeat(70_000) },
    payload: text,
  }
  const [refused, first, second] = await Promise.allSettled([
    log.append(tooLong),
    log.append(entryOf('ada', text)),
    log.append(entryOf('ada', `${text} and more`)),
  ])
  assert.equal(refused.status, 'rejected')
  assert.ok(first.status === 'fulfilled' && second.status === 'fulfilled')
  assert.equal(String(Buffer.from((await log.open(second.value.index))?.payload ?? [])), `${text} and more`)
})

test('after a restart a text is sealed once again, and what was written before still opens', async (context) => {
  const folder = await newFolder(context)
  const text = wordsOf(10_000, 3)
  const first = await openIn(folder)
  await first.log.append(entryOf('ada', text))
  const referring = await first.log.append(entryOf('ada', text))
  await first.close()
  const second = await openIn(folder)
  const again = await second.log.append(entryOf('ada', text))
  for (const { index } of [referring, again]) {
    assert.equal(String(Buffer.from((await second.log.open(index))?.payload ?? [])), text)
  }
})

/** A first entry in a payload file of its own, and a second that refers to it and adds something. */
async function twoEntries(context: TestContext): Promise<{ folder: string; log: AuditLog; text: string }> {
  const folder = await newFolder(context)
  const text = wordsOf(10_000, 4)
  const { log } = await openIn(folder, { segmentBytes: 4_096 })
  await log.append(entryOf('ada', text))
  await log.append(entryOf('ada', `${text} after`))
  return { folder, log, text }
}

test('a part whose file is gone is named in its place, and the rest is shown', async (context) => {
  const { folder, log, text } = await twoEntries(context)
  const [month = ''] = await readdir(join(folderOf(folder), 'pay'))
  await rm(join(folderOf(folder), 'pay', month, '0000000001.pay'))
  await assert.rejects(log.open(1), { code: 'ENOENT' })
  const opened = await log.open(2)
  const shown = String(Buffer.from(opened?.payload ?? []))
  assert.match(shown, /^\[\d+ bytes of entry 1 are erased: it is no longer kept\].* after$/s)
  assert.ok(shown.length < text.length)
  const [part] = opened?.lostParts ?? []
  assert.equal(part?.why, 'gone')
  assert.match(shown.slice(part?.offset), /^\[\d+ bytes of entry 1/)
})

test('a part that was changed is named, and the verifier says so', async (context) => {
  const { folder, log } = await twoEntries(context)
  const [month = ''] = await readdir(join(folderOf(folder), 'pay'))
  const path = join(folderOf(folder), 'pay', month, '0000000001.pay')
  const file = await open(path, 'r+')
  await file.write(Buffer.from([1, 2, 3]), 0, 3, 5_000)
  await file.close()
  assert.equal((await log.open(2))?.lostParts?.[0]?.why, 'damaged')
})
