import type { Restorer } from './api.ts'
import { createRestorer } from './restore.ts'

/**
 * Puts originals back into whole texts. Where a text is JSON, an original is written as a part of the string it stands
 * in, and once more for each JSON text that string holds in turn: what was JSON before is JSON after. All else in it stays
 * as it was written. Linear: a string inside a string is at most half as long.
 */
export function createTextRestorer(issued: ReadonlyMap<string, string>): (text: string) => string {
  if (issued.size === 0) return (text) => text
  let restorer: Restorer | undefined
  const mayHold = holdsTokens(issued)
  const restorePlain = (text: string): string => {
    if (!mayHold(text)) return text
    restorer ??= createRestorer(issued)
    return restorer.push(text) + restorer.end()
  }
  if (fitsAnywhere(issued)) return restorePlain
  const restore = (text: string): string => {
    const restored = restorePlain(text)
    return restored === text || !isJson(text) ? restored : inStrings(text, restoreString)
  }
  const restoreString = (source: string): string =>
    restorePlain(source) === source ? source : JSON.stringify(restore(JSON.parse(source) as string))
  return restore
}

/**
 * False for a whole text in which no token can stand: each has an underscore, also with other capitals and with the escapes
 * of Markdown. Most answers repeat no value at all, and are not looked at twice.
 */
function holdsTokens(issued: ReadonlyMap<string, string>): (text: string) => boolean {
  for (const token of issued.keys()) if (!token.includes('_')) return () => true
  return (text) => text.includes('_')
}

/** A JSON text with each of its strings, quotes and all, put through `change`. */
function inStrings(text: string, change: (source: string) => string): string {
  let result = ''
  let done = 0
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', done)) {
    const end = endOfString(text, start)
    result += text.slice(done, start) + change(text.slice(start, end))
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
