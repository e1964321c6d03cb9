import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { attachmentBounds } from './bounds.ts'
import { extract } from './extract.ts'
import {
  customProperties,
  mailOf,
  pdfOf,
  picture,
  sheetOf,
  slidesOf,
  tarOf,
  wordOf,
  wordXml,
  zipOf,
} from './test-files.ts'

// A test number of the card networks, in parts so that nobody takes this file for a leak.
const card = ['4111', '1111', '1111', '1111'].join('')

const read = (content: string | Uint8Array) =>
  extract(typeof content === 'string' ? Buffer.from(content) : content, attachmentBounds)

async function wordsOf(content: string | Uint8Array): Promise<string> {
  const { texts, unread } = await read(content)
  assert.deepEqual(unread, [])
  return texts.map(({ text }) => text).join('\n')
}

test('a plain text and source code come back as they are, in every common encoding', async () => {
  const text = 'Grüße an Ines\n'
  const utf16 = (isLittle: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return isLittle ? bytes : bytes.swap16()
  }
  for (const bytes of [Buffer.from(text), utf16(true), utf16(false), Buffer.from(text, 'latin1')])
    assert.equal(await wordsOf(bytes), text)
  assert.deepEqual((await read('const one = 1\n')).texts, [
    { path: '', text: 'const one = 1\n', kind: 'text' },
  ])
})

test('a CSV gives each cell behind the name of its column', async () => {
  const { texts } = await read('Name;IBAN;Note\nIda;DE00;"one; two\nlines"\nOle;DE01;x\n')
  assert.equal(texts[0]?.kind, 'table')
  assert.match(texts[0]?.text ?? '', /^"Name": Ida\n"IBAN": DE00\n"Note": one; two lines$/m)
})

test('a CSV without a header, and prose with commas, stay as they are', async () => {
  assert.equal(await wordsOf(`1,${card},3\n2,5,6\n3,8,9\n`), `1\t${card}\t3\n2\t5\t6\n3\t8\t9`)
  const prose = 'Dear Ida, hello\nHow are you, today, my friend\nBye\n'
  assert.equal(await wordsOf(prose), prose)
})

test('JSON keeps its keys before their values, its escapes undone, repeated keys and all', async () => {
  const text = await wordsOf('{"a":"M\\u00fcller","a":"two\\nlines","b":[1,2]}')
  assert.equal(text, '{"a":"Müller","a":"two\nlines","b":[1,2]}')
})

test('HTML gives what is shown and what is not: comments, hidden text, descriptions, scripts', async () => {
  const text = await wordsOf(
    '<!doctype html><p>Hel<b>lo</b></p><!-- a comment --><div style="display:none">hidden</div><img alt="a chart" title="of sales"><script>var key = 1</script><a href="mailto:ida@example.com">x</a>',
  )
  for (const part of [
    'Hello',
    'a comment',
    'hidden',
    'a chart',
    'of sales',
    'var key = 1',
    'ida@example.com',
  ])
    assert.ok(text.includes(part), part)
})

test('a Word document gives its paragraphs, notes, comments, deleted text, links and descriptions', async () => {
  const text = await wordsOf(
    wordOf(['The plan'], {
      'word/document.xml': wordXml(
        '<w:p><w:r><w:t>The p</w:t></w:r><w:r><w:t>lan</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>struck out</w:delText></w:r></w:del></w:p><wp:docPr descr="a drawing"/>',
      ),
      'word/header1.xml': wordXml('<w:p><w:r><w:t>in the header</w:t></w:r></w:p>'),
      'word/comments.xml': wordXml('<w:p><w:r><w:t>a remark</w:t></w:r></w:p>'),
      'word/_rels/document.xml.rels':
        '<Relationships><Relationship Id="r1" TargetMode="External" Target="https://user:word@example.com/"/></Relationships>',
    }),
  )
  for (const part of [
    'The plan',
    'struck out',
    'a drawing',
    'in the header',
    'a remark',
    'user:word@example.com',
  ])
    assert.ok(text.includes(part), part)
})

test('a table in Word gives its cells behind their columns', async () => {
  const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
  const row = (...cells: string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`
  const body = `<w:tbl>${row('Name', 'Card', 'Day')}${row('Ida', card, 'Monday')}</w:tbl>`
  const text = await wordsOf(wordOf([], { 'word/document.xml': wordXml(body) }))
  assert.ok(text.includes(`"Card": ${card}`), text)
})

test('a workbook gives cells behind their columns, long numbers in digits, and strings nobody shows', async () => {
  const text = await wordsOf(
    sheetOf(
      [
        ['Name', 'Card', 'Since'],
        ['Ida', Number(card), 'May'],
      ],
      { 'xl/comments1.xml': '<comments><comment><text><t>a remark</t></text></comment></comments>' },
    ),
  )
  for (const part of ['"Name": Ida', `"Card": ${card}`, 'Payroll', 'a remark'])
    assert.ok(text.includes(part), part)
  const scientific = await wordsOf(
    sheetOf([], {
      'xl/sharedStrings.xml': '<sst><si><t>left over</t></si></sst>',
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row><c><v>4.111111111111111E15</v></c><c t="inlineStr"><is><t>inline</t></is></c></row></sheetData></worksheet>',
    }),
  )
  for (const part of [card, 'inline', 'left over']) assert.ok(scientific.includes(part), part)
})

test('slides come in their order, each with its notes', async () => {
  const slides = Array.from({ length: 11 }, (_, index) => ({
    text: `slide ${index + 1}`,
    notes: `say ${index + 1}`,
  }))
  const { texts } = await read(slidesOf(slides))
  const shown = texts.filter(({ path }) => path.startsWith('ppt/slides/')).map(({ text }) => text.trim())
  assert.deepEqual(
    shown,
    slides.map(({ text }) => text),
  )
  assert.ok(
    texts.some(({ path, text }) => path === 'ppt/notesSlides/notesSlide11.xml' && text.includes('say 11')),
  )
})

test('a PDF gives its pages and its metadata; a page without text is told', async () => {
  const { texts, unread } = await read(
    pdfOf([{ lines: [`Charge ${card}`, 'second line'] }, { lines: [] }], { Title: 'Quarter' }),
  )
  assert.deepEqual(
    texts.map(({ path, kind }) => [path, kind]),
    [
      ['metadata', 'metadata'],
      ['page 1', 'pdf'],
    ],
  )
  assert.equal(texts[1]?.text.trim(), `Charge ${card}\nsecond line`)
  assert.match(texts[0]?.text ?? '', /Title: Quarter/)
  assert.deepEqual(unread, [{ path: 'page 2', reason: 'no-text' }])
})

test('a mail gives its headers, its texts, and its attachments as files of their own', async () => {
  const mail = mailOf(
    ['From: Ida <ida@example.com>', 'To: ole@example.com', 'Subject: =?utf-8?B?R3LDvMOfZQ==?='],
    [
      { type: 'text/plain; charset=utf-8', content: 'the body' },
      { type: 'text/html; charset=utf-8', content: '<p>as <b>HTML</b></p><!-- unseen -->' },
      { type: 'application/octet-stream', name: 'plan.docx', content: wordOf(['in the attachment']) },
    ],
  )
  const { texts, unread } = await read(mail)
  assert.deepEqual(unread, [])
  const all = texts.map(({ text }) => text).join('\n')
  for (const part of ['Grüße', 'ida@example.com', 'the body', 'as HTML', 'unseen', 'in the attachment'])
    assert.ok(all.includes(part), part)
  assert.ok(texts.some(({ path }) => path === 'plan.docx/word/document.xml'))
})

test('an archive gives its files by content, whatever they are called, and archives in it', async () => {
  const { texts, unread } = await read(
    zipOf({
      'readme.jpg': 'only words',
      'inner.bin': zipOf({ 'deep.txt': 'far inside' }),
      'a.pdf': pdfOf([{ lines: ['a page'] }]),
    }),
  )
  assert.deepEqual(unread, [])
  assert.deepEqual(
    texts.map(({ path }) => path).filter((path) => path !== ''),
    ['readme.jpg', 'inner.bin', 'inner.bin/deep.txt', 'a.pdf/metadata', 'a.pdf/page 1'],
  )
})

test('a compressed file and a tape archive give what is in them', async () => {
  const tape = tarOf({ 'a/one.txt': 'first words', 'two.zip': zipOf({ 'deep.txt': 'far inside' }) })
  const { texts, unread } = await read(gzipSync(tape))
  assert.deepEqual(unread, [])
  assert.deepEqual(
    texts.map(({ path, text }) => [path, text]),
    [
      ['unpacked/a/one.txt', 'first words'],
      ['unpacked/two.zip', 'deep.txt'],
      ['unpacked/two.zip/deep.txt', 'far inside'],
    ],
  )
  const broken = Buffer.from(tape)
  broken.write('x', 1_024)
  assert.deepEqual((await read(broken)).unread, [{ path: '', reason: 'damaged' }])
  assert.deepEqual((await read(gzipSync(Buffer.alloc(16 * 1024 * 1024)))).unread, [
    { path: '', reason: 'bomb' },
  ])
})

test('a picture is handed on to text recognition, on its own and inside a document', async () => {
  assert.deepEqual((await read(picture)).pictures[0]?.path, '')
  const { pictures } = await read(wordOf(['x'], { 'word/media/image1.png': picture }))
  assert.deepEqual(
    pictures.map(({ path }) => path),
    ['word/media/image1.png'],
  )
})

const guid = '0a1b2c3d-0000-4000-8000-00000000beef'

test('sensitivity labels are found in Office, mail and PDF', async () => {
  const fields = { [`MSIP_Label_${guid}_Enabled`]: 'true', [`MSIP_Label_${guid}_Name`]: 'Confidential' }
  const expected = [{ path: '', id: guid, name: 'Confidential' }]
  const office = await read(wordOf(['x'], { 'docProps/custom.xml': customProperties(fields) }))
  assert.deepEqual(office.labels, expected)
  const info = `<clbl:labelList><clbl:label id="{${guid.toUpperCase()}}" enabled="1" name="Confidential"/></clbl:labelList>`
  assert.deepEqual((await read(wordOf(['x'], { 'docMetadata/LabelInfo.xml': info }))).labels, expected)
  assert.deepEqual((await read(pdfOf([{ lines: ['x'] }], fields))).labels, expected)
  const header = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const mail = mailOf(
    ['From: a@example.com', 'Subject: x', `msip_labels: ${header.join(';')}`],
    [{ type: 'text/plain', content: 'x' }],
  )
  assert.deepEqual((await read(mail)).labels, expected)
})

test('what cannot be read says why', async () => {
  const reasonOf = async (bytes: Uint8Array) => (await read(bytes)).unread[0]?.reason
  assert.equal(
    await reasonOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])),
    'old-office',
  )
  assert.equal(await reasonOf(Buffer.from('7z\u00bc\u00af\u0027\u001c\u0000', 'latin1')), 'unknown-type')
  assert.equal(await reasonOf(Buffer.from('{\\rtf1 words}')), 'unknown-type')
  assert.equal(await reasonOf(Buffer.from('%PDF-1.4 and no more')), 'damaged')
  assert.equal(await reasonOf(wordOf(['x'], { 'word/vbaProject.bin': Uint8Array.of(1, 2) })), 'macro')
  assert.equal(await reasonOf(new Uint8Array(attachmentBounds.fileBytes + 1)), 'too-large')
})

test('an empty file holds nothing, and that is all there is to say', async () => {
  assert.deepEqual(await read(''), { texts: [], labels: [], unread: [], pictures: [] })
})
