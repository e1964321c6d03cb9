import type { AttachmentBounds } from './bounds.ts'
import { recognise, type TextType } from './file-type.ts'
import { readArchive } from './formats/archive.ts'
import { readDelimited } from './formats/delimited.ts'
import { readMail } from './formats/mail.ts'
import { readMarkup } from './formats/markup.ts'
import { readPdf } from './formats/pdf.ts'
import { decodeJsonText } from './formats/plain.ts'
import { readGzip, readTar } from './formats/tar.ts'
import { type Extracted, joinPath, type Part, Reading, Unread } from './reading.ts'

/**
 * Reads one file, and what lies in it, in this thread. Never throws; may take long, so it runs in a worker. Pictures in a PDF are
 * unpacked where somebody `readsPictures`.
 */
export async function extract(
  bytes: Uint8Array,
  bounds: AttachmentBounds,
  readsPictures = true,
): Promise<Extracted> {
  const reading = new Reading(bounds, readPart, readsPictures)
  if (bytes.length > bounds.fileBytes) reading.addUnread('', 'too-large')
  else await readPart({ path: '', bytes, depth: 0 }, reading)
  return reading.extracted
}

async function readPart(part: Part, reading: Reading): Promise<void> {
  if (part.bytes.length === 0) return
  const { type, text, hasArchiveBehind } = recognise(part.bytes)
  await attempt(part, reading, () => {
    switch (type) {
      case 'zip':
        return readArchive(part, reading)
      case 'gzip':
        return readGzip(part, reading)
      case 'tar':
        return readTar(part, reading)
      case 'pdf':
        return readPdf(part, reading)
      case 'picture':
        return reading.addPicture(part.path, part.bytes)
      case 'old-office':
        throw new Unread('old-office')
      case 'unknown':
        throw new Unread('unknown-type')
      case 'mail':
        return readMail(part, reading)
      default:
        return reading.addText(part.path, wordsOf(text, type, reading.charactersLeft), type)
    }
  })
  if (!hasArchiveBehind) return
  const behind = { ...part, path: joinPath(part.path, 'archive behind it') }
  await attempt(behind, reading, () => readArchive(behind, reading))
}

/** Readers meet files nobody foresaw: whatever they throw, the part is unread, and that is told. */
async function attempt(part: Part, reading: Reading, read: () => void | Promise<void>): Promise<void> {
  try {
    await read()
  } catch (error) {
    reading.addUnread(part.path, error instanceof Unread ? error.reason : 'damaged')
  }
}

function wordsOf(text: string, type: Exclude<TextType, 'mail'>, mostCharacters: number): string {
  switch (type) {
    case 'json':
      return decodeJsonText(text)
    case 'table':
      return readDelimited(text, mostCharacters)
    case 'html':
    case 'xml':
      return readMarkup(text, type)
    case 'text':
      return text
  }
}
