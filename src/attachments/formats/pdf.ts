import { readLabels } from '../labels.ts'
import { type Part, type PartReader, type Reading, Unread } from '../reading.ts'
import { readMarkup } from './markup.ts'
import { PdfPictures } from './pdf-pictures.ts'

const mostPages = 5_000

/** A PDF: the text of its pages, their pictures, its notes and form fields, its metadata and the files attached to it. */
export const readPdf: PartReader = async (part, reading) => {
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf')
  const { OPS } = await getResolvedPDFJS()
  const open = (stopAtErrors: boolean): Promise<Document> =>
    // The library takes the bytes over, and they are looked at again below.
    getDocumentProxy(new Uint8Array(part.bytes), {
      verbosity: 0,
      enableXfa: true,
      stopAtErrors,
      maxImageSize: reading.bounds.picturePoints,
    })
  const document = await open(false).catch((error: Error) => {
    throw new Unread(error.name === 'PasswordException' ? 'encrypted' : 'damaged')
  })
  const pictures = new PdfPictures(part.bytes, reading, OPS, () => open(true))
  try {
    await readMetadata(document, part, reading)
    if (document.numPages > mostPages) reading.addUnread(part.path, 'too-many-parts')
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number++)
      await readPage(document, number, part, reading, pictures)
    pictures.tellOthers(pathOf(part, 'pictures'))
    for (const [name, { content }] of Object.entries((await document.getAttachments()) ?? {}))
      if (reading.takePart()) await reading.readInside(part, name, content)
      else reading.addUnread(part.path, 'too-many-parts')
  } finally {
    await document.cleanup()
    await pictures.close()
  }
}

type Document = Awaited<ReturnType<typeof import('unpdf')['getDocumentProxy']>>

const pathOf = (part: Part, name: string): string => (part.path === '' ? name : `${part.path}/${name}`)

async function readPage(
  document: Document,
  number: number,
  part: Part,
  reading: Reading,
  pictures: PdfPictures,
): Promise<void> {
  const path = pathOf(part, `page ${number}`)
  const page = await document.getPage(number).catch(() => undefined)
  if (page === undefined) return reading.addUnread(path, 'damaged')
  try {
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
    const notes = (await page.getAnnotations()).flatMap(wordsOfNote)
    reading.addText(path, [text, ...notes].join('\n'), 'pdf')
    const isSilent = text.trim() === ''
    const count = isSilent || !pictures.isEmpty ? await pictures.readPage(page, path) : 0
    if (isSilent && count === 0) reading.addUnread(path, 'no-text')
  } catch {
    // The library throws many things for a page it cannot draw; the others are read all the same.
    reading.addUnread(path, 'damaged')
  } finally {
    page.cleanup()
  }
}

/** Notes, what was entered into a form, and addresses of links. */
function wordsOfNote(note: Readonly<Record<string, unknown>>): readonly string[] {
  const contents = note['contentsObj'] as { readonly str?: unknown } | undefined
  const named = [note['fieldName'], note['alternativeText']].find((name) => typeof name === 'string')
  const value = note['fieldValue']
  const values = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
  const field = values.length === 0 ? [] : [`"${named ?? 'field'}": ${values.join(' ')}`]
  return [...field, contents?.str, note['unsafeUrl']].filter(
    (word): word is string => typeof word === 'string' && word !== '',
  )
}

async function readMetadata(document: Document, part: Part, reading: Reading): Promise<void> {
  const { info, metadata } = await document.getMetadata()
  const { Custom: custom = {}, ...usual } = info as Record<string, unknown> & { Custom?: object }
  const properties = [...Object.entries(usual), ...Object.entries(custom)].filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  const xmp = metadata === null ? '' : (metadata as { getRaw: () => unknown }).getRaw()
  const words = typeof xmp === 'string' ? readMarkup(xmp, 'xml') : ''
  const lines = properties.map(([name, value]) => `${name}: ${value}`)
  reading.addText(pathOf(part, 'metadata'), [...lines, words].join('\n'), 'metadata')
  for (const label of readLabels(part.path, [...properties, ...propertiesOfXmp(xmp)])) reading.addLabel(label)
}

/** `<pdfx:MSIP_Label_…_Name>Secret</pdfx:…>`, or the same as an attribute. */
const propertiesOfXmp = (xmp: unknown): [string, string][] =>
  typeof xmp !== 'string'
    ? []
    : [...xmp.matchAll(/[:<\s](MSIP_Label_[\w-]{1,100})\s*(?:>([^<]{0,300})<|="([^"]{0,300})")/g)].map(
        ([, name = '', text, attribute]) => [name, text ?? attribute ?? ''],
      )
