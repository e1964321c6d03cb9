import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { createAttachmentReader, type UnreadReason } from '#/attachments/index.ts'
import {
  customProperties,
  mailOf,
  paintedOf,
  pdfOf,
  picture,
  tarOf,
  wordOf,
  zipOf,
} from '#/attachments/test-files.ts'
import { inkOf, pictureOf } from '#/attachments/test-picture.ts'
import { Refusal } from '#/core/refusal.ts'
import { createInspector } from '#/inspect/index.ts'
import { FileInspection } from './file-inspection.ts'
import { TextInspection } from './text-inspection.ts'
import { VerdictCache } from './verdict-cache.ts'

const reader = createAttachmentReader({ tesseract: null })
test.after(() => reader.close())

const inspector = createInspector({ terms: [] })
const asked = { snapshot: { terms: [], patterns: [] }, inspector, isWanted: () => true }
const pdf = 'application/pdf'
const octets = 'application/octet-stream'

function start(from = reader) {
  let opened = 0
  const workers = { inspect: () => Promise.reject(new Error('these files are short')) }
  const texts = new TextInspection({ verdicts: new VerdictCache(), workers, writeLine: () => undefined })
  const counted = {
    read: (bytes: Uint8Array) => {
      opened++
      return from.read(bytes)
    },
  }
  const files = new FileInspection(counted, texts)
  const inspect = (bytes: Uint8Array, mediaType = octets) =>
    files.inspect(asked, { base64: Buffer.from(bytes).toString('base64'), mediaType }, ignored)
  return { files, inspect, opened: () => opened }
}

const ignored = async (): Promise<void> => undefined

const types = ({ findings }: { readonly findings: readonly { readonly type: string }[] }) =>
  findings.map(({ type }) => type)

test('what a file says is found, wherever in it that stands', async () => {
  const { inspect } = start()
  const words = 'Write to ines.halvard@example.com'
  for (const file of [
    pdfOf([{ lines: [words] }]),
    wordOf([words]),
    zipOf({ 'a/b.docx': wordOf([words]) }),
    mailOf(['Subject: x'], [{ type: 'text/plain', content: words }]),
    Buffer.from(words),
  ]) {
    const verdict = await inspect(file)
    assert.ok(types(verdict).includes('email'), JSON.stringify(verdict))
    assert.deepEqual(verdict.unread, [])
  }
})

const noTesseract =
  spawnSync('tesseract', ['--version']).status === 0 ? false : 'there is no tesseract on this machine'

test('a card number that is only to be seen in a picture is found', { skip: noTesseract }, async () => {
  const seeing = createAttachmentReader({ threads: 1 })
  test.after(() => seeing.close())
  const verdict = await start(seeing).inspect(pictureOf('5500 0000 0000 0004'), 'image/png')
  assert.deepEqual(types(verdict), ['payment-card'])
  assert.deepEqual(verdict.unread, [])
})

test('a card number that is only to be seen in a scan is found', { skip: noTesseract }, async () => {
  const seeing = createAttachmentReader({ threads: 1 })
  test.after(() => seeing.close())
  const { width, height, ink } = inkOf('5500 0000 0000 0004')
  const page = { lines: [], drawing: `q 400 0 0 60 9 9 cm /X7 Do Q`, named: [7] }
  const verdict = await start(seeing).inspect(pdfOf([page], {}, [paintedOf(width, height, [...ink])]), pdf)
  assert.deepEqual(types(verdict), ['payment-card'])
  assert.deepEqual(verdict.unread, [])
})

test('the name of a file inside an archive leaves with it, and is looked at', async () => {
  const { inspect } = start()
  const name = 'for ines.halvard@example.com.txt'
  assert.deepEqual(types(await inspect(zipOf({ [name]: 'hello' }))), ['email'])
  assert.deepEqual(types(await inspect(tarOf({ [name]: 'hello' }))), ['email'])
})

test('a file that is sent again is not opened again, and another stated type is another file', async () => {
  const { inspect, opened } = start()
  const file = pdfOf([{ lines: ['hello'] }])
  assert.equal(await inspect(file, pdf), await inspect(file, pdf))
  assert.equal(opened(), 1)
  await inspect(file)
  assert.equal(opened(), 2)
})

test('a label gives the class it says', async () => {
  const label = customProperties({
    'MSIP_Label_0b5e0c1c-1111-4222-8333-444455556666_Name': 'Highly Confidential',
  })
  const { labelClass } = await start().inspect(wordOf(['hello'], { 'docProps/custom.xml': label }))
  assert.equal(labelClass, 'restricted')
})

test('what cannot be read is told, never called clean', async () => {
  const { inspect, files } = start()
  const unread = async (bytes: Uint8Array, mediaType?: string): Promise<readonly UnreadReason[]> =>
    (await inspect(bytes, mediaType)).unread
  assert.deepEqual(await unread(picture), ['picture'])
  assert.deepEqual(await unread(Uint8Array.from([0, 1, 2, 3])), ['unknown-type'])
  const words = Buffer.from('hello')
  // Whoever gets it would read another thing than was read here.
  assert.deepEqual(await unread(words, pdf), ['damaged'])
  assert.deepEqual(await unread(pdfOf([{ lines: ['x'] }]), 'text/plain'), ['damaged'])
  assert.deepEqual(await unread(words, 'image/png'), ['damaged'])
  const both = Buffer.concat([picture, pdfOf([{ lines: ['x'] }])])
  for (const mediaType of ['image/png', pdf, octets])
    assert.deepEqual(await unread(both, mediaType), ['damaged'])
  for (const base64 of ['aGVsbG8', 'aGVs*bG8=', 'aGVsbG8=aGVsbG8=', 'no Base64 at all']) {
    assert.deepEqual(
      (await files.inspect(asked, { base64, mediaType: octets }, ignored)).unread,
      ['damaged'],
      base64,
    )
  }
  assert.deepEqual(
    (await files.inspect(asked, { base64: 'aGVs\r\nbG8=', mediaType: octets }, ignored)).unread,
    [],
  )
})

test('that the machine was busy is told and forgotten: the same file may be read the next time', async () => {
  const reasons: UnreadReason[] = ['busy', 'took-too-long']
  const workers = { inspect: () => Promise.reject(new Error('these files are short')) }
  const texts = new TextInspection({ verdicts: new VerdictCache(), workers, writeLine: () => undefined })
  const files = new FileInspection(
    {
      read: async () => {
        const reason = reasons.shift()
        return { texts: [], labels: [], unread: reason === undefined ? [] : [{ path: '', reason }] }
      },
    },
    texts,
  )
  const file = { base64: 'aGVsbG8=', mediaType: octets }
  await assert.rejects(
    files.inspect(asked, file, ignored),
    (error) => error instanceof Refusal && error.code === 'inspection-busy',
  )
  assert.deepEqual((await files.inspect(asked, file, ignored)).unread, ['took-too-long'])
  assert.deepEqual((await files.inspect(asked, file, ignored)).unread, [])
})

test('a key of ours in a file is told where it is found, also inside an archive, once for a file', async () => {
  const { files } = start()
  const told: string[] = []
  const key = `sp_${'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)}`
  const file = {
    base64: Buffer.from(zipOf({ 'a/.env': `SALLYPORT_KEY=${key}` })).toString('base64'),
    mediaType: octets,
  }
  const onOwnKey = async (found: string): Promise<void> => void told.push(found)
  await files.inspect(asked, file, onOwnKey)
  await files.inspect(asked, file, onOwnKey)
  assert.deepEqual(told, [key])
})
