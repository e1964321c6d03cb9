import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { appendExchange, appendLongExchange, folderOf, newFolder, openIn } from '../log-for-tests.ts'
import { wordsOf } from '../pieces/words-for-tests.ts'
import { matchContent } from './match-content.ts'
import { scanContents } from './scan-contents.ts'

const always = (): boolean => true

test('words stand in any order and case, in what was entered or answered; a literal as it is', () => {
  const texts = ['The Heron flies', 'at midnight; naïve Ｗｉｄｅ letters']
  const fits = (words: string): boolean => matchContent({ words })(texts)
  assert.ok(fits('midnight heron'))
  assert.ok(fits('NAI\u0308VE'))
  assert.ok(fits('wide'))
  assert.ok(!fits('heron noon'))
  const stands = (literal: string): boolean => matchContent({ literal })(texts)
  assert.ok(stands('heron flies'))
  assert.ok(!stands('flies heron'))
  assert.ok(!stands('flies at midnight'), 'not over the end of a text')
})

test('too little or too much to search for is refused', () => {
  for (const asked of [{ words: 'a b c' }, { words: '' }, { literal: '   ' }, { literal: 'x'.repeat(201) }]) {
    assert.throws(() => matchContent(asked), { code: 'request-invalid' })
  }
})

test('every entry given is opened, with its answer, in order', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const intents: number[] = []
  for (let at = 0; at < 50; at++) {
    intents.push(
      await appendExchange(log, `person-${at % 3}`, at % 10 === 0 ? `"heron"\n№ ${at}` : `text ${at}`),
    )
  }
  const scanned = await scanContents(log, intents, matchContent({ words: 'HERON' }), {
    limit: 10,
    mayGoOn: always,
  })
  assert.deepEqual(
    scanned.found,
    [0, 10, 20, 30, 40].map((at) => intents[at]),
  )
  assert.deepEqual([scanned.scanned, scanned.closed, scanned.problems, scanned.isCut], [50, 0, [], false])
  const answers = await scanContents(log, intents, matchContent({ literal: 'the answer.' }), {
    limit: 50,
    mayGoOn: always,
  })
  assert.equal(answers.found.length, 50)
})

test('it ends at the limit, and says that there is more', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const intents: number[] = []
  for (let at = 0; at < 40; at++) intents.push(await appendExchange(log, 'person-1', 'heron'))
  const scanned = await scanContents(log, intents, matchContent({ words: 'heron' }), {
    limit: 3,
    mayGoOn: always,
  })
  assert.deepEqual(scanned.found, intents.slice(0, 3))
  assert.ok(scanned.isCut && scanned.scanned < 40)
})

test('it stops when nobody may go on', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const intents: number[] = []
  for (let at = 0; at < 40; at++) intents.push(await appendExchange(log, 'person-1', 'heron'))
  let asked = 0
  const mayGoOn = (): boolean => asked++ < 2
  const scanning = scanContents(log, intents, matchContent({ words: 'crane' }), { limit: 3, mayGoOn })
  await assert.rejects(scanning, { code: 'reading-not-open' })
  assert.equal(asked, 3)
})

test('what holds no text and what was changed is counted apart', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  const first = await appendExchange(log, 'person-1', 'heron one')
  const second = await appendExchange(log, 'person-1', 'heron two')
  const { index: signIn } = await log.append({ kind: 'sign-in', subject: 'person-1', facts: {} })
  const pay = join(folderOf(folder), 'pay')
  const month = join(pay, readdirSync(pay)[0] ?? '')
  const path = join(month, readdirSync(month)[0] ?? '')
  const bytes = readFileSync(path)
  bytes[20] = (bytes[20] as number) ^ 1
  writeFileSync(path, bytes)
  const given = [first, second, signIn, 4_711]
  const scanned = await scanContents(log, given, matchContent({ words: 'heron' }), {
    limit: 9,
    mayGoOn: always,
  })
  assert.deepEqual(scanned, { found: [second], scanned: 4, closed: 2, problems: [first], isCut: false })
})

test('a long answer is looked through over the places where it was written down', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const index = await appendLongExchange(log, 'person-1')
  const matches = matchContent({ literal: 'heron flies' })
  const { found, problems } = await scanContents(log, [index], matches, { limit: 9, mayGoOn: always })
  assert.deepEqual([found, problems], [[index], []])
})

test('what is left of a text with erased parts is looked through, and is no damage', async (context) => {
  const { log } = await openIn(await newFolder(context))
  const long = wordsOf(9_000, 1)
  const first = await appendExchange(log, 'person-1', long)
  const second = await appendExchange(log, 'person-1', `${long} heron`)
  await log.erasePayload(first)
  assert.ok((await log.open(second))?.lostParts !== undefined)
  const matches = matchContent({ words: 'heron' })
  const { found, problems } = await scanContents(log, [second], matches, { limit: 9, mayGoOn: always })
  assert.deepEqual([found, problems], [[second], []])
})
