import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createAttachmentReader } from './reader.ts'
import { paintedOf, pdfOf, picture, wordOf, zipOf } from './test-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-attachments-'))
const reader = createAttachmentReader({ threads: 2, tesseract: null })
after(async () => {
  await reader.close()
  rmSync(folder, { recursive: true })
})

test('many files at once are read in few threads, each with its own answer', async () => {
  const read = await Promise.all(
    Array.from({ length: 20 }, (_, index) => reader.read(wordOf([`number ${index}`]))),
  )
  assert.deepEqual(
    read.map(({ texts }) => texts[0]?.text.trim()),
    Array.from({ length: 20 }, (_, index) => `number ${index}`),
  )
})

test('a file that takes too long is unread, and the next one is read', async () => {
  const hasty = createAttachmentReader({ bounds: { milliseconds: 1 } })
  assert.deepEqual((await hasty.read(pdfOf([{ lines: ['x'] }]))).unread, [
    { path: '', reason: 'took-too-long' },
  ])
  await hasty.close()
  assert.deepEqual((await reader.read(Buffer.from('words'))).unread, [])
})

test('a file that takes too much memory is unread, and the next one is read', async () => {
  const small = createAttachmentReader({ bounds: { heapMebibytes: 24 } })
  const cells = '<a>1</a>'.repeat(3_000_000)
  const { unread } = await small.read(Buffer.from(`<?xml version="1.0"?><r>${cells}</r>`))
  assert.deepEqual(unread, [{ path: '', reason: 'too-much-memory' }])
  assert.equal((await small.read(Buffer.from('words'))).texts[0]?.text, 'words')
  await small.close()
})

test('when too many files wait, the next is refused and not kept', async () => {
  const narrow = createAttachmentReader({ bounds: { waiting: 1 } })
  const read = await Promise.all([1, 2, 3].map(() => narrow.read(Buffer.from('words'))))
  assert.deepEqual(
    read.map(({ unread }) => unread[0]?.reason),
    [undefined, undefined, 'busy'],
  )
  await narrow.close()
})

test('a picture without text recognition is unread, on its own and in an archive', async () => {
  assert.deepEqual((await reader.read(picture)).unread, [{ path: '', reason: 'picture' }])
  const { unread } = await reader.read(zipOf({ 'scan.dat': picture, 'a.txt': 'words' }))
  assert.deepEqual(unread, [{ path: 'scan.dat', reason: 'picture' }])
})

/** A program that stands in for Tesseract. */
function program(name: string, script: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

async function readWith(tesseract: string, milliseconds = 10_000, file: Uint8Array = picture) {
  const own = createAttachmentReader({ tesseract, bounds: { milliseconds } })
  try {
    return await own.read(file)
  } finally {
    await own.close()
  }
}

test('a picture gives its text where text recognition is installed', async () => {
  const { texts, unread } = await readWith(program('good', 'cat > /dev/null; echo read from a picture'))
  assert.deepEqual(texts, [{ path: '', text: 'read from a picture\n', kind: 'picture' }])
  assert.deepEqual(unread, [])
})

test('text recognition is asked for the languages it has', async () => {
  const { texts } = await readWith(
    program(
      'many',
      '[ "$1" = --list-langs ] && exec printf "osd\\ndeu\\neng\\n"; cat > /dev/null; echo "$@"',
    ),
  )
  assert.equal(texts[0]?.text, 'stdin stdout -l eng+deu\n')
})

test('a picture in a PDF gives its text where text recognition is installed, and is told where it is not', async () => {
  const drawing = 'q 60 0 0 40 9 9 cm /X7 Do Q'
  const file = pdfOf([{ lines: ['words'], drawing, named: [7] }], {}, [paintedOf(2, 1, [0, 255])])
  const { texts, unread } = await readWith(program('first', 'head -c 6; cat > /dev/null'), 10_000, file)
  assert.deepEqual(texts.at(-1), { path: 'page 1/picture 1', text: 'P5\n2 1', kind: 'picture' })
  assert.deepEqual(unread, [])
  assert.deepEqual((await reader.read(file)).unread, [{ path: 'pictures', reason: 'picture' }])
})

test('text recognition that fails, hangs, floods or is not there leaves the picture unread', async () => {
  const reasonWith = async (path: string, milliseconds?: number) =>
    (await readWith(path, milliseconds)).unread[0]?.reason
  assert.equal(await reasonWith(program('bad', 'exit 1')), 'picture-unreadable')
  const lost = program('lost', 'echo Error in pixCreate: pixd not made >&2')
  assert.equal(await reasonWith(lost), 'picture-unreadable')
  assert.equal(await reasonWith(program('slow', 'exec sleep 60'), 1_500), 'took-too-long')
  assert.equal(await reasonWith(program('loud', 'exec yes')), 'too-much-text')
  assert.equal(await reasonWith(join(folder, 'none')), 'picture')
})
