/** What the other rooms use of reading files. */
import type { DataClass } from '#/core/data-class.ts'

/** What a text was taken from, by content and never by name. */
export type TextKind =
  | 'text'
  | 'json'
  | 'table'
  | 'html'
  | 'xml'
  | 'mail'
  | 'pdf'
  | 'word'
  | 'sheet'
  | 'slides'
  | 'metadata'
  | 'picture'

/** One text out of a file. `path` leads to the part inside it, with slashes; '' is the file itself. */
export interface ReadText {
  readonly path: string
  readonly text: string
  readonly kind: TextKind
}

/** A sensitivity label somebody put on a file: Microsoft Purview's id, and its name where the file says it. */
export interface SensitivityLabel {
  readonly path: string
  /** A GUID in lower case. */
  readonly id: string
  readonly name: string | undefined
}

/** Why something was not read, with a sentence for people. Whoever has one of these does not know what is in it. */
export const unreadReasons = {
  encrypted: 'it is encrypted',
  damaged: 'it is damaged, or not what it says it is',
  'unknown-type': 'nothing here reads this type',
  'old-office': 'it is of the Office formats before 2007, or encrypted Office',
  picture: 'it is a picture, and no text recognition is installed',
  'picture-unreadable': 'it is a picture that nothing here could read the text of',
  macro: 'it is compiled macro code or an embedded object',
  'no-text': 'it is a page without text, so it may be a picture',
  'too-large': 'it is larger than what is read',
  'too-much-text': 'it holds more text than what is kept',
  'too-deep': 'it lies in more archives than are opened',
  'too-many-parts': 'it holds more parts than are read',
  bomb: 'it unpacks to far more than it is packed',
  'hidden-bytes': 'the archive holds bytes that belong to none of its entries',
  'document-type': 'its XML declares a document type',
  'took-too-long': 'reading it took too long',
  'too-much-memory': 'reading it took too much memory',
  busy: 'too many files wait to be read',
} as const

export type UnreadReason = keyof typeof unreadReasons

export interface UnreadPart {
  readonly path: string
  readonly reason: UnreadReason
}

/** All of a file: nothing in it is neither in a text nor in `unread`. */
export interface AttachmentContent {
  readonly texts: readonly ReadText[]
  readonly labels: readonly SensitivityLabel[]
  readonly unread: readonly UnreadPart[]
}

/** Classes a company gives its labels: by id or by name, in lower case. */
export type LabelClasses = ReadonlyMap<string, DataClass>
