import { createRestorer } from './restore.ts'

/**
 * Puts originals back into a whole text. Where the text is JSON, an original is written as a part of the string it stands
 * in, and once more for each JSON text that string holds in turn: what was JSON before is JSON after. All else in it stays
 * as it was written. Linear: a string inside a string is at most half as long.
 */
export function restoreText(text: string, issued: ReadonlyMap<string, string>): string {
  const restored = restorePlain(text, issued)
  if (restored === text || fitsAnywhere(issued) || !isJson(text)) return restored
  let result = ''
  let done = 0
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', done)) {
    const end = endOfString(text, start)
    result += text.slice(done, start) + restoreString(text.slice(start, end), issued)
    done = end
  }
  return result + text.slice(done)
}

/** True when every original reads the same inside a JSON string as outside: it does not matter then where it stands. */
export function fitsAnywhere(issued: ReadonlyMap<string, string>): boolean {
  for (const original of issued.values())
    if (JSON.stringify(original).length !== original.length + 2) return false
  return true
}

/** Whether a text that begins like this may turn out to be JSON; a text that has not begun may. */
export const mayBeJson = (text: string): boolean => /^\s*(?:[{[]|$)/.test(text)

function restorePlain(text: string, issued: ReadonlyMap<string, string>): string {
  const restorer = createRestorer(issued)
  return restorer.push(text) + restorer.end()
}

/** A string of a JSON text, with its quotes. */
function restoreString(source: string, issued: ReadonlyMap<string, string>): string {
  if (restorePlain(source, issued) === source) return source
  return JSON.stringify(restoreText(JSON.parse(source) as string, issued))
}

function isJson(text: string): boolean {
  if (!mayBeJson(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const backslash = 0x5c
const quote = 0x22

/** The position behind the string that begins here. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === backslash) at++
    else if (unit === quote) return at + 1
  }
  return at
}
