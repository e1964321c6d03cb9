import type { LostPart } from '../api.ts'
import { type Part, readParts } from './parts.ts'

/** The new text of an earlier entry, or why it cannot be had. */
export type NewText = Buffer | LostPart['why']

export interface Restored {
  readonly bytes: Buffer
  readonly lostParts: readonly LostPart[]
}

/** More than any payload can hold: a list of parts may come from a folder somebody else prepared. */
const mostBytes = 2 ** 30

/**
 * Puts a payload together again. What cannot be had any more is named in its place, so that it hides nothing else.
 * Undefined when the list of parts is not sound.
 */
export async function restore(
  sealed: Buffer,
  index: number,
  newTextOf: (entry: number) => Promise<NewText>,
): Promise<Restored | undefined> {
  const read = readParts(sealed)
  if (read === undefined || read.parts.reduce((sum, { length }) => sum + length, 0) > mostBytes)
    return undefined
  const texts = new Map<number, NewText>([[index, read.newText]])
  const pieces: Buffer[] = []
  const lostParts: LostPart[] = []
  let offset = 0
  for (const part of read.parts) {
    const entry = index - part.back
    const text = texts.get(entry) ?? (entry < 0 ? 'damaged' : await newTextOf(entry))
    texts.set(entry, text)
    const piece = cutOut(text, part)
    if (typeof piece === 'string') lostParts.push({ entry, offset, length: part.length, why: piece })
    const shown = typeof piece === 'string' ? markOf(entry, part.length, piece) : piece
    pieces.push(shown)
    offset += shown.length
  }
  return { bytes: Buffer.concat(pieces), lostParts }
}

const cutOut = (text: NewText, { offset, length }: Part): NewText =>
  typeof text === 'string'
    ? text
    : offset + length <= text.length
      ? text.subarray(offset, offset + length)
      : 'damaged'

const marks: Readonly<Record<LostPart['why'], string>> = {
  erased: 'erased',
  gone: 'erased: it is no longer kept',
  damaged: 'damaged: run audit verify',
}

const markOf = (entry: number, length: number, why: LostPart['why']): Buffer =>
  Buffer.from(`[${length} bytes of entry ${entry} are ${marks[why]}]`)
