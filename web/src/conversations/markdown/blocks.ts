import { lexer, type Token } from 'marked'

/**
 * An answer as Markdown blocks, while it grows. A block that another one follows is settled: it keeps its identity,
 * so that the page neither reads nor draws it again. Only the last block is read anew.
 */
export interface Blocks {
  /** How much of the text `settled` covers, UTF-16. */
  readonly settledLength: number
  readonly settled: readonly Token[]
  readonly open: readonly Token[]
  readonly text: string
}

export const noBlocks: Blocks = { settledLength: 0, settled: [], open: [], text: '' }

/** The blocks of `text`, reusing those of an earlier state of it. Never throws. */
export function growBlocks(before: Blocks, text: string): Blocks {
  const whole = oneLineEnd(text)
  if (whole === before.text) return before
  const known = whole.startsWith(before.text.slice(0, before.settledLength)) ? before : noBlocks
  const tokens = readBlocks(whole.slice(known.settledLength))
  const lastBlock = tokens.findLastIndex(({ type }) => type !== 'space')
  const closed = tokens.slice(0, Math.max(lastBlock, 0))
  return {
    settledLength: known.settledLength + closed.reduce((sum, { raw }) => sum + raw.length, 0),
    settled: closed.length === 0 ? known.settled : [...known.settled, ...closed],
    open: tokens.slice(Math.max(lastBlock, 0)),
    text: whole,
  }
}

/** A CR at the end may be half of a CRLF that is still on its way. */
const oneLineEnd = (text: string): string =>
  text.includes('\r') ? text.replace(/\r$/, '').replace(/\r\n?/g, '\n') : text

/** Text nested so deeply that it cannot be read is shown as it came. */
function readBlocks(text: string): readonly Token[] {
  try {
    // A single line end is meant, in what people and models write to each other.
    return lexer(text, { gfm: true, breaks: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [{ type: 'text', raw: text, text }]
  }
}
