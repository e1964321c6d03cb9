import { isUtf8 } from 'node:buffer'

/**
 * The text of a file somebody wrote. A byte order mark, as editors and spreadsheets of Windows put it before UTF-8, is no part of
 * it. Throws an `Error` that names the file when the bytes are not UTF-8: its letters would become other ones.
 */
export function textOfFile(bytes: Uint8Array, name: string): string {
  if (!isUtf8(bytes)) throw new Error(`${name} ${notUtf8}`)
  return new TextDecoder().decode(bytes)
}

/** What is wrong with such a file, and what to do. */
export const notUtf8 = 'is not UTF-8; save it as UTF-8 and try again'
