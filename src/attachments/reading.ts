import type { ReadText, SensitivityLabel, TextKind, UnreadPart, UnreadReason } from './api.ts'
import type { AttachmentBounds } from './bounds.ts'

/** A file, or a file inside one. */
export interface Part {
  readonly path: string
  readonly bytes: Uint8Array
  /** How many archives and mails it lies in. */
  readonly depth: number
}

/** Pictures go back to the main thread: text recognition is another process, which must be ended from there. */
export interface Extracted {
  readonly texts: readonly ReadText[]
  readonly labels: readonly SensitivityLabel[]
  readonly unread: readonly UnreadPart[]
  readonly pictures: readonly { readonly path: string; readonly bytes: Uint8Array }[]
}

/** Reads one kind of file. May throw for damaged ones: that part then is unread, and what was added before stays. */
export type PartReader = (part: Part, reading: Reading) => void | Promise<void>

/** Thrown by a reader to say why the rest of a part stays unread. */
export class Unread extends Error {
  readonly reason: UnreadReason
  constructor(reason: UnreadReason) {
    super(reason)
    this.reason = reason
  }
}

/** What was read of one file so far, and what may still be. */
export class Reading {
  readonly bounds: AttachmentBounds
  readonly readsPictures: boolean
  readonly #readInner: PartReader
  readonly #texts: ReadText[] = []
  readonly #labels: SensitivityLabel[] = []
  readonly #unread: UnreadPart[] = []
  readonly #pictures: { path: string; bytes: Uint8Array }[] = []
  #characters = 0
  #parts = 0
  #unpackedBytes = 0
  #pictureBytes = 0

  /** `readInner` reads whatever lies in a file: it chooses the reader. */
  constructor(bounds: AttachmentBounds, readInner: PartReader, readsPictures: boolean) {
    this.bounds = bounds
    this.readsPictures = readsPictures
    this.#readInner = readInner
  }

  addText(path: string, text: string, kind: TextKind): void {
    if (text.trim() === '') return
    const kept = text.slice(0, this.charactersLeft)
    this.#characters += kept.length
    if (kept !== '') this.#texts.push({ path, text: kept, kind })
    if (kept.length < text.length) this.addUnread(path, 'too-much-text')
  }

  addLabel(label: SensitivityLabel): void {
    const isKnown = this.#labels.some(({ id, path }) => id === label.id && path === label.path)
    if (!isKnown && this.#labels.length < this.bounds.unreadParts) this.#labels.push(label)
  }

  addUnread(path: string, reason: UnreadReason): void {
    const { unreadParts } = this.bounds
    if (this.#unread.length < unreadParts) this.#unread.push({ path, reason })
    else if (this.#unread.length === unreadParts) this.#unread.push({ path: '', reason: 'too-many-parts' })
  }

  addPicture(path: string, bytes: Uint8Array): void {
    this.#pictures.push({ path, bytes })
  }

  /** A file inside a part, one archive deeper. */
  async readInside(outer: Part, name: string, bytes: Uint8Array): Promise<void> {
    const path = joinPath(outer.path, name)
    if (outer.depth >= this.bounds.archiveDepth) return this.addUnread(path, 'too-deep')
    await this.#readInner({ path, bytes, depth: outer.depth + 1 }, this)
  }

  /** Counts a part; false when there were too many. */
  takePart(): boolean {
    this.#parts++
    return this.#parts <= this.bounds.parts
  }

  /** Counts a picture that was unpacked; false when there were too many. */
  takePicture(bytes: number): boolean {
    this.#pictureBytes += bytes
    return this.takePart() && this.#pictureBytes <= this.bounds.pictureBytes
  }

  takeUnpacked(bytes: number): void {
    this.#unpackedBytes += bytes
  }

  get unpackedLeft(): number {
    return Math.max(0, this.bounds.unpackedBytes - this.#unpackedBytes)
  }

  get charactersLeft(): number {
    return Math.max(0, this.bounds.textCharacters - this.#characters)
  }

  get extracted(): Extracted {
    return { texts: this.#texts, labels: this.#labels, unread: this.#unread, pictures: this.#pictures }
  }
}

/**
 * A path inside a file. Names come from whoever made the archive: nothing is ever written under them, and shown
 * they lead nowhere else.
 */
export function joinPath(outer: string, name: string): string {
  const steps = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((step) => step !== '' && step !== '.' && step !== '..')
  const clean =
    steps
      .join('/')
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, '?')
      .slice(0, 300) || 'unnamed'
  return outer === '' ? clean : `${outer}/${clean}`
}
