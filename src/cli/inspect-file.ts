import { type AttachmentContent, type AttachmentReader, classOfLabels } from '#/attachments/index.ts'
import { type DataClass, highestClass } from '#/core/data-class.ts'
import type { Inspected } from './inspect-text.ts'

/** A text of a file with what was seen in it. Positions are offsets into the text as it was read. */
export interface InspectedPart extends Inspected {
  readonly path: string
  readonly kind: string
}

/** What the gate would see in a file. */
export interface InspectedFile {
  /** The highest of what was read and of its labels; null when nothing was: then nobody knows. */
  readonly class: DataClass | null
  readonly parts: readonly InspectedPart[]
  readonly labels: AttachmentContent['labels']
  readonly unread: AttachmentContent['unread']
  /** The text of a file that is nothing but text, as it stands; undefined for every other file. */
  readonly plainText: string | undefined
  /** Texts of the parts, for places in them. */
  readonly texts: readonly string[]
}

export async function inspectFile(
  bytes: Uint8Array,
  reader: AttachmentReader,
  inspectText: (text: string) => Inspected,
): Promise<InspectedFile> {
  const { texts, labels, unread } = await reader.read(bytes)
  const parts = texts.map(({ path, kind, text }) => ({ path, kind, ...inspectText(text) }))
  // Names in an archive and the like say nothing about what could not be read.
  const isNothingRead = parts.every(({ kind, class: own }) => kind === 'metadata' && own === 'public')
  const isUnknown = isNothingRead && labels.length === 0 && unread.length > 0
  return {
    class: isUnknown ? null : highestClass([classOfLabels(labels), ...parts.map((part) => part.class)]),
    parts,
    labels,
    unread,
    plainText: unread.length === 0 ? plainTextOf(bytes, texts) : undefined,
    texts: texts.map(({ text }) => text),
  }
}

function plainTextOf(bytes: Uint8Array, texts: AttachmentContent['texts']): string | undefined {
  const own = new TextDecoder().decode(bytes)
  if (texts.length === 0) return own.trim() === '' ? own : undefined
  return texts.length === 1 && texts[0]?.path === '' && texts[0].text === own ? own : undefined
}
