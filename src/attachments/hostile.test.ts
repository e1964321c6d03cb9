import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipSync } from 'fflate'
import { type AttachmentBounds, attachmentBounds } from './bounds.ts'
import { extract } from './extract.ts'
import { customProperties, mailOf, pdfOf, picture, sheetOf, slidesOf, wordOf, zipOf } from './test-files.ts'

const read = (bytes: Uint8Array, bounds: Partial<AttachmentBounds> = {}) =>
  extract(bytes, { ...attachmentBounds, ...bounds })

const reasonsOf = async (bytes: Uint8Array, bounds: Partial<AttachmentBounds> = {}) =>
  (await read(bytes, bounds)).unread.map(({ reason }) => reason)

test('an entry that unpacks to a thousand times its size is not unpacked', async () => {
  const bomb = zipOf({ 'zeros.txt': new Uint8Array(16 * 1024 * 1024), 'fine.txt': 'words' })
  const { texts, unread } = await read(bomb)
  assert.deepEqual(unread, [{ path: 'zeros.txt', reason: 'bomb' }])
  assert.ok(texts.some(({ path }) => path === 'fine.txt'))
})

test('an entry that says it is small and is not, or the other way round, is told', async () => {
  const packed = zipSync({ 'a.txt': [Buffer.from('x'.repeat(5_000)), { level: 6 }] })
  for (const [stated, reason] of [
    [10, 'bomb'],
    [6_000, 'damaged'],
  ] as const) {
    const lying = Buffer.from(packed)
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    lying.writeUInt32LE(stated, directory + 24)
    assert.deepEqual(await reasonsOf(lying), [reason])
  }
})

test('all archives in a file share one bound', async () => {
  // Noise does not compress, so the ratio is no reason.
  const noise = Buffer.from(Array.from({ length: 60_000 }, (_, index) => 33 + ((index * 7919) % 90)))
  const inner = zipOf({ 'a.txt': noise })
  const outer = zipOf({ 'one.zip': inner, 'two.zip': inner })
  assert.deepEqual(await reasonsOf(outer, { unpackedBytes: 100_000 }), ['bomb'])
})

test('an archive with ten thousand entries gives the first and says that there are more', async () => {
  const many = zipOf(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${index}.txt`, `${index}`])),
  )
  const { texts, unread } = await read(many)
  assert.ok(texts.length >= attachmentBounds.parts && texts.length <= attachmentBounds.parts + 1)
  assert.deepEqual(unread, [{ path: '', reason: 'too-many-parts' }])
})

test('archives in archives are opened to a depth, and what lies deeper is told', async () => {
  let file = zipOf({ 'deep.txt': 'words' })
  for (let depth = 0; depth < 10; depth++) file = zipOf({ 'a.zip': file })
  assert.deepEqual(await reasonsOf(file), ['too-deep'])
})

test('names that lead out of the archive lead nowhere', async () => {
  const { texts } = await read(
    zipOf({ '../../etc/passwd': 'one', '/root/x': 'two', 'C:\\..\\y': 'three', '\u0007': 'four' }),
  )
  assert.deepEqual(
    texts.slice(1).map(({ path }) => path),
    ['etc/passwd', 'root/x', 'C:/y', '?'],
  )
})

test('entries that share their bytes are a bomb', async () => {
  const zip = Buffer.from(zipOf({ 'a.txt': 'aaaaaaaaaaaaaaaaaaaa', 'b.txt': 'bbbbbbbbbbbbbbbbbbbb' }))
  const first = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  const second = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), first + 4)
  zip.writeUInt32LE(zip.readUInt32LE(first + 42), second + 42)
  assert.deepEqual(await reasonsOf(zip), ['bomb'])
})

test('an archive behind a text or a picture is opened, and bytes that belong to no entry are told', async () => {
  const zip = zipOf({ 'a.txt': 'behind the picture' })
  const { texts } = await read(Buffer.concat([picture, zip]))
  assert.ok(texts.some(({ text }) => text === 'behind the picture'))
  const hole = Buffer.from(zipOf({ 'a.txt': 'x'.repeat(40), 'b.txt': Buffer.alloc(8_000, 'secret words ') }))
  // One entry less in the directory: its bytes are still there.
  hole.writeUInt16LE(1, hole.length - 12)
  assert.deepEqual(await reasonsOf(zip), [])
  assert.deepEqual(await reasonsOf(hole), ['hidden-bytes'])
})

test('an encrypted entry is told', async () => {
  const zip = Buffer.from(zipOf({ 'a.txt': 'words' }))
  const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  zip.writeUInt16LE(1, directory + 8)
  assert.deepEqual(await reasonsOf(zip), ['encrypted'])
})

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, index) => `<!ENTITY a${index} "${'&a;'.repeat(10)}">`).join('')}]>`

test('XML that declares entities is not read in Office, and does not grow elsewhere', async () => {
  const document = wordOf([], { 'word/document.xml': `<?xml version="1.0"?>${laughs}<w:t>&a19;</w:t>` })
  assert.deepEqual((await read(document)).unread, [{ path: 'word/document.xml', reason: 'document-type' }])
  const { texts, unread } = await read(Buffer.from(`<?xml version="1.0"?>${laughs}<t>&a19;</t>`))
  assert.deepEqual(unread, [])
  assert.ok((texts[0]?.text.length ?? 0) < 5_000)
})

test('more text than is kept is cut, and told', async () => {
  const { texts, unread } = await read(Buffer.from('words '.repeat(1_000)), { textCharacters: 100 })
  assert.equal(texts[0]?.text.length, 100)
  assert.deepEqual(unread, [{ path: '', reason: 'too-much-text' }])
})

const rows = [
  ['Name', 'City', 'Since'],
  ['Ida', 'Bergen', 'May'],
]
const files: Readonly<Record<string, Uint8Array>> = {
  word: wordOf(['one', 'two'], { 'docProps/custom.xml': customProperties({ Owner: 'Ida' }) }),
  sheet: sheetOf(rows),
  slides: slidesOf([{ text: 'one', notes: 'two' }]),
  pdf: pdfOf([{ lines: ['one', 'two'] }, { lines: ['three'] }]),
  mail: mailOf(
    ['From: a@example.com', 'Subject: b'],
    [
      { type: 'text/html', content: '<p>one</p>' },
      { type: 'application/zip', name: 'a.zip', content: zipOf({ 'a.txt': 'two' }) },
    ],
  ),
  html: Buffer.from('<html><p title="one">two<!-- three --></p></html>'),
  csv: Buffer.from('a,b,c\n"x ""y""",2,3\n4,5,6\n'),
}

/** The same numbers on every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) yield state
}

for (const [name, whole] of Object.entries(files)) {
  test(`${name}: cut off anywhere it never throws, and what is missing is never taken for clean`, async () => {
    const isText = name === 'html' || name === 'csv' || name === 'mail'
    for (let step = 1; step < 24; step++) {
      const { texts, unread } = await read(whole.slice(0, Math.floor((whole.length * step) / 24)))
      assert.ok(isText || unread.length > 0 || texts.length > 0)
      // Without its directory or its tail nothing of an archive is known.
      if (name !== 'pdf' && !isText) assert.ok(unread.length > 0)
    }
  })

  test(`${name}: with bytes changed at random it never throws and never hangs`, async () => {
    const random = numbers(7)
    const next = (below: number): number => (random.next().value as number) % below
    for (let round = 0; round < 60; round++) {
      const broken = whole.slice()
      for (let change = 0; change <= next(12); change++) broken[next(broken.length)] = next(256)
      const startedAt = performance.now()
      await read(broken)
      assert.ok(performance.now() - startedAt < 5_000)
    }
  })
}
