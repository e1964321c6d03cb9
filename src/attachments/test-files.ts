import { strToU8, zipSync } from 'fflate'

/** Small files made on the spot, as the programs people use write them. */

export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  )

const office = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipOf({ '[Content_Types].xml': '<Types/>', ...files })

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)

const paragraph = (text: string): string => `<w:p><w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p>`

/** A Word document of paragraphs; `more` adds parts or replaces them. */
export const wordOf = (
  paragraphs: readonly string[],
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Uint8Array => office({ 'word/document.xml': wordXml(paragraphs.map(paragraph).join('')), ...more })

export const wordXml = (body: string): string =>
  `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`

/** A workbook of one sheet. Texts go into the shared strings, numbers into the cells. */
export function sheetOf(
  rows: readonly (readonly (string | number)[])[],
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Uint8Array {
  const strings: string[] = []
  const cells = rows.map((row, index) => {
    const own = row.map((value, column) => {
      const place = `${String.fromCharCode(65 + column)}${index + 1}`
      if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
      return `<c r="${place}" t="s"><v>${strings.push(value) - 1}</v></c>`
    })
    return `<row r="${index + 1}">${own.join('')}</row>`
  })
  const shared = strings.map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')
  return office({
    'xl/workbook.xml': '<workbook><sheets><sheet name="Payroll" sheetId="1"/></sheets></workbook>',
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${cells.join('')}</sheetData></worksheet>`,
    ...more,
  })
}

const slideXml = (text: string): string =>
  `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>${escapeXml(text)}</a:t></a:r></a:p></p:sld>`

/** Slides, each with notes. */
export const slidesOf = (slides: readonly { readonly text: string; readonly notes: string }[]): Uint8Array =>
  office(
    Object.fromEntries(
      slides.flatMap(({ text, notes }, index) => [
        [`ppt/slides/slide${index + 1}.xml`, slideXml(text)],
        [`ppt/notesSlides/notesSlide${index + 1}.xml`, slideXml(notes)],
      ]),
    ),
  )

/** Custom properties as Office writes them, for labels. */
export const customProperties = (properties: Readonly<Record<string, string>>): string =>
  `<Properties>${Object.entries(properties)
    .map(([name, value]) => `<property name="${name}"><vt:lpwstr>${value}</vt:lpwstr></property>`)
    .join('')}</Properties>`

export interface PdfPage {
  readonly lines: readonly string[]
  /** Operators behind the lines. */
  readonly drawing?: string
  /** Objects they name, `/X7` for the seventh. */
  readonly named?: readonly number[]
  /** Degrees clockwise. */
  readonly turn?: number
}

/** A PDF with one font. `info` are entries of its information dictionary; `objects` are added as they are. */
export function pdfOf(
  pages: readonly PdfPage[],
  info: Readonly<Record<string, string>> = {},
  objects: readonly string[] = [],
): Uint8Array {
  const first = 5
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  const entries = Object.entries(info).map(([name, value]) => `/${name} (${value})`)
  const all = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< ${entries.join(' ')} >>`,
    ...pages.flatMap(({ lines, drawing = '', named = [], turn = 0 }, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate ${turn} /Contents ${first + index * 2 + 1} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << ${named.map((object) => `/X${object} ${object} 0 R`).join(' ')} >> >> >>`,
      streamOf(
        `BT /F1 12 Tf 72 720 Td ${lines.map((line) => `(${line}) Tj 0 -14 Td`).join(' ')} ET ${drawing}`,
      ),
    ]),
    ...objects,
  ]
  let file = '%PDF-1.4\n'
  const positions = all.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = positions.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${file}xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${all.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  )
}

export const streamOf = (content: string, dictionary = ''): string =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`

/** A picture of a PDF: `points` are the bytes of its rows. */
export const paintedOf = (
  width: number,
  height: number,
  points: readonly number[],
  more = '/ColorSpace /DeviceGray /BitsPerComponent 8',
): string =>
  streamOf(
    `${Buffer.from(points).toString('hex')}>`,
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${more} /Filter /ASCIIHexDecode`,
  )

export interface MailPart {
  readonly type: string
  readonly name?: string
  readonly content: string | Uint8Array
}

/** A mail of several parts, all in Base64. */
export function mailOf(headers: readonly string[], parts: readonly MailPart[]): Uint8Array {
  const border = 'border-of-parts'
  const written = parts.map(({ type, name, content }) => {
    const disposition = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`
    const encoded = Buffer.from(content).toString('base64')
    return `--${border}\r\nContent-Type: ${type}\r\n${disposition}Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`
  })
  return Buffer.from(
    `${headers.join('\r\n')}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${border}"\r\n\r\n${written.join('')}--${border}--\r\n`,
  )
}

/** A tape archive in the old format. */
export function tarOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).map(([name, content]) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('        0', 148)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
  })
  return Buffer.concat([...blocks, Buffer.alloc(1_024)])
}

/** The smallest picture: the first bytes of a PNG are what says so. */
export const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])
