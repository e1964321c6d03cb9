import { isProtocolKey } from './words.ts'

/**
 * `{"password": "…"}`: what a value is, its name says. A value that stands under a name of somebody's own is read as
 * it would be in a text, name and all, so that what is only known by its name is found there too.
 */

/** Words, as names of members are; nothing that could be taken for the end of the name. */
const nameShape = /^[\p{L}_$][\p{L}\d_$ .-]{1,63}$/u

const between = '": "'

/** What stands after the value. */
export const tail = '"'

/** What stands before the value of a member; undefined where the name says nothing: an index, a word of the protocol. */
export const leadOf = (key: string | number | undefined): string | undefined =>
  typeof key === 'string' && !isProtocolKey(key) && nameShape.test(key) ? `"${key}${between}` : undefined

/**
 * The value alone of a text that was read with its name, after that text was changed.
 * Throws a plain Error when a change went over the end of the name: nobody knows then what the value is.
 */
export function valueAfterName(text: string): string {
  const end = text.indexOf(between)
  if (end === -1 || !text.endsWith(tail))
    throw new Error('a change went over the end of the name of a member')
  return text.slice(end + between.length, -tail.length)
}

/** A text that was read with its name, with another value. Throws like `valueAfterName`. */
export function changeValue(text: string, change: (value: string) => string): string {
  const value = valueAfterName(text)
  return text.slice(0, text.length - value.length - tail.length) + change(value) + tail
}
