import { isUtf8 } from 'node:buffer'
import { isTar } from './formats/tar-header.ts'
import { findZipEnd } from './zip.ts'

/** What a file is, by its bytes. Names are not asked: whoever wants to get something past names it as they like. */
export type FileType = 'pdf' | 'zip' | 'gzip' | 'tar' | 'old-office' | 'picture' | 'unknown' | TextType
export type TextType = 'text' | 'json' | 'table' | 'html' | 'xml' | 'mail'

const starts: readonly (readonly [FileType, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['old-office', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['picture', [0x49, 0x49, 0x2a, 0x00]],
  ['picture', [0x4d, 0x4d, 0x00, 0x2a]],
  ['picture', [0x52, 0x49, 0x46, 0x46]],
  // RTF is letters, but its text stands in codes that would hide what it says.
  ['unknown', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
]

/** The text is only decoded for files that begin like none of the formats of bytes. */
export interface Recognised {
  readonly type: FileType
  /** Of text types. */
  readonly text: string
  /** An archive that hangs at the end of something else. */
  readonly hasArchiveBehind: boolean
}

export function recognise(bytes: Uint8Array): Recognised {
  const type = typeByStart(bytes)
  // A tape archive is read to its end anyway.
  const hasArchiveBehind = type !== 'zip' && type !== 'tar' && findZipEnd(bytes) !== undefined
  if (type !== undefined) return { type, text: '', hasArchiveBehind }
  const text = decodeText(bytes)
  if (text === undefined)
    return { type: hasArchiveBehind ? 'zip' : 'unknown', text: '', hasArchiveBehind: false }
  return { type: typeOfText(text), text, hasArchiveBehind }
}

function typeByStart(bytes: Uint8Array): FileType | undefined {
  const found = starts.find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  if (found !== undefined) return found[0]
  if (isTar(bytes)) return 'tar'
  return startsLikePdf(bytes) ? 'pdf' : undefined
}

/** Readers of PDF look for the header in the first kilobyte. */
const startsLikePdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).includes('%PDF-')

/** Types of bytes that are packed like archives. */
const archiveTypes = /^application\/(?:zip|vnd\.openxmlformats-officedocument\.)/
const textTypes = /^(?:text\/|application\/(?:json|xml)$|image\/svg)/

/**
 * Whether a file is what a client states it is, so that whoever gets it reads what was read here. A picture that is a
 * PDF as well is neither. Types that say nothing fit everything.
 */
export function isOfStatedType(bytes: Uint8Array, mediaType: string): boolean {
  const type = typeByStart(bytes)
  if (type === 'picture' && startsLikePdf(bytes)) return false
  if (textTypes.test(mediaType)) return type === undefined
  if (mediaType.startsWith('image/')) return type === 'picture'
  if (mediaType === 'application/pdf') return type === 'pdf'
  if (archiveTypes.test(mediaType)) return type === 'zip'
  return true
}

/** Undefined for what is no text. Bytes that are neither UTF-8 nor UTF-16 but look like letters are Windows-1252. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const start = bytes.subarray(0, 65_536)
  if (start.includes(0)) return undefined
  if (countOf(start, isControl) * 100 > start.length) return undefined
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  // Mostly letters of other scripts in an older encoding would come out as other letters: better unread than wrong.
  if (countOf(start, isAscii) < start.length * leastAscii) return undefined
  return new TextDecoder('windows-1252').decode(bytes)
}

/** Western European texts have about one letter in twenty outside of ASCII. */
const leastAscii = 0.7
const isAscii = (byte: number): boolean => byte < 0x80
const isControl = (byte: number): boolean => byte < 0x20 && (byte < 0x07 || byte > 0x0d) && byte !== 0x1b

function countOf(bytes: Uint8Array, is: (byte: number) => boolean): number {
  let count = 0
  for (const byte of bytes) if (is(byte)) count++
  return count
}

const markupStart = /^<(?:!doctype\s+html|html|head|body|div|p|table|span|meta|!--)\b/i
const mailHeader = /^(?:from|to|cc|subject|date|received|mime-version|message-id|content-type|return-path):/i

function typeOfText(text: string): TextType {
  const start = text.slice(0, 4_096).trimStart()
  if (markupStart.test(start) || /<html[\s>]/i.test(start)) return 'html'
  if (/^<(?:\?xml|!doctype|[a-z][\w:.-]*(?:\s[^<>]*)?>)/i.test(start)) return 'xml'
  if (/^[[{]\s*(?:["{[\]}]|-?\d|true|false|null)/.test(start)) return 'json'
  if (looksLikeMail(start)) return 'mail'
  return delimiterOf(start) === undefined ? 'text' : 'table'
}

/** Header lines up to an empty one, with two of those every mail has. */
function looksLikeMail(start: string): boolean {
  const [head = ''] = start.split(/\r?\n\r?\n/, 1)
  const lines = head.split(/\r?\n/)
  if (!lines.every((line) => /^[\w-]+:|^[ \t]/.test(line)) && head.length < start.length) return false
  return lines.filter((line) => mailHeader.test(line)).length >= 2 && /^[\w-]+:/.test(lines[0] ?? '')
}

/** What separates cells when the first lines all have the same number of them, three lines at least. */
export function delimiterOf(start: string): string | undefined {
  const lines = unquoted(start).split(/\r?\n/).slice(0, 12)
  // The last of a cut text may be half a line.
  const whole = (lines.length > 3 ? lines.slice(0, -1) : lines).filter((line) => line !== '')
  if (whole.length < 3) return undefined
  return delimiters.find((delimiter) => {
    const counts = whole.map((line) => line.split(delimiter).length)
    return (counts[0] ?? 0) >= 2 && counts.every((count) => count === counts[0])
  })
}

const delimiters = ['\t', ';', ',', '|']

/** For what is known to be a table, however short: what stands most often in its first line. */
export function delimiterOfHeader(start: string): string {
  const [header = ''] = unquoted(start).split(/\r?\n/, 1)
  const countOf = (delimiter: string): number => header.split(delimiter).length
  return delimiters.reduce((best, delimiter) => (countOf(delimiter) > countOf(best) ? delimiter : best), ',')
}

/** Quoted cells may hold delimiters and line ends. */
const unquoted = (text: string): string => text.replace(/"[^"]*"/g, '')
