/** A stretch of an excerpt: found text stands underlined, the rest is there to recognise the place. */
export interface Piece {
  readonly text: string
  readonly label?: string
}

interface Span {
  readonly start: number
  readonly end: number
  readonly label: string
}

const contextLength = 40
const longestFound = 120
/** More places than this do not help anybody to act. */
const mostSpans = 5

/**
 * The places of a text with a little of what stands around them, at most five, places near each other in one
 * stretch. Offsets are UTF-16; those outside the text are dropped. Never throws.
 */
export function excerptOf(text: string, spans: readonly Span[]): readonly Piece[] {
  const inside = spans
    .filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
    .sort((one, other) => one.start - other.start)
    .slice(0, mostSpans)
  const pieces: Piece[] = []
  let at = 0
  for (const span of inside) {
    if (span.start < at) continue
    pieces.push({ text: gapBefore(text, at, span.start) })
    pieces.push({ text: shorten(text.slice(span.start, span.end)), label: span.label })
    at = span.end
  }
  if (inside.length > 0) pieces.push({ text: gapAfter(text, at) })
  return pieces.filter((piece) => piece.text !== '')
}

function gapBefore(text: string, from: number, to: number): string {
  if (to - from <= contextLength * 2) return text.slice(from, to)
  const tail = text.slice(wordStart(text, to - contextLength), to)
  return from === 0 ? `… ${tail}` : `${text.slice(from, wordEnd(text, from + contextLength))} … ${tail}`
}

function gapAfter(text: string, from: number): string {
  if (text.length - from <= contextLength) return text.slice(from)
  return `${text.slice(from, wordEnd(text, from + contextLength))} …`
}

/** The start of the next word at or after `from`, so that no word and no character is cut in two. */
function wordStart(text: string, from: number): number {
  const space = text.slice(from, from + contextLength).search(/\s/)
  return space === -1 ? besideSurrogate(text, from) : from + space + 1
}

function wordEnd(text: string, to: number): number {
  const head = text.slice(to - contextLength, to)
  const space = head.search(/\s\S*$/)
  return space === -1 ? besideSurrogate(text, to) : to - contextLength + space
}

const besideSurrogate = (text: string, at: number): number => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}

const shorten = (found: string): string => {
  if (found.length <= longestFound) return found
  return `${found.slice(0, besideSurrogate(found, longestFound - 20))} … ${found.slice(besideSurrogate(found, found.length - 15))}`
}
