import type { JsonValue } from './json.ts'

/**
 * Numbers that a double would change: an id of 19 digits has more of them than it can hold. They stand in a value as
 * what `JSON.rawJSON` makes, and write themselves as they were written.
 */

/** `JSON.rawJSON` (ECMAScript 2026), which the library types do not know yet. */
const raw = JSON as unknown as {
  readonly rawJSON: (source: string) => JsonValue
  readonly isRawJSON: (value: unknown) => boolean
}

/** What a number that kept its source was written as; undefined for any other value. */
export function sourceOfNumber(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const source = (value as { readonly rawJSON?: JsonValue }).rawJSON
  return typeof source === 'string' && raw.isRawJSON(value) ? source : undefined
}

/** A number as a text of its digits, for whoever looks for a card or an account in it; undefined for no number. */
export function textOfNumber(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  const source = sourceOfNumber(value)
  return source === undefined || /^-?\d+$/.test(source) ? source : String(Number(source))
}

/** Numbers nearer to nothing than this are kept always, so that such a number can stand for one that is kept. */
const smallestUsual = 2 ** -1_022
const isTiny = (value: number): boolean => value !== 0 && Math.abs(value) < smallestUsual

/** Whether a number must keep its source. `asWritten`: also for the way it is written, `1.0` or `1E5`. */
export function mustKeep(source: string, asWritten: boolean): boolean {
  const value = Number(source)
  const again = String(value)
  return again !== source && (asWritten || decimal(source) !== decimal(again)) ? true : isTiny(value)
}

/**
 * The value of a JSON text in which the numbers at these places (start and end of one after those of the other) keep
 * their source. They must be all for which `mustKeep` is true. Linear; a reviver costs ten to forty times as much
 * (measured) for everything else in a body that holds one such number.
 */
export function parseWithNumbers(text: string, places: readonly number[]): JsonValue {
  const sources: string[] = []
  let numbered = ''
  let done = 0
  for (let index = 0; index < places.length; index += 2) {
    const [start = 0, end = 0] = [places[index], places[index + 1]]
    sources.push(text.slice(start, end))
    numbered += text.slice(done, start) + String(sources.length * Number.MIN_VALUE)
    done = end
  }
  return withSources(JSON.parse(numbered + text.slice(done)) as JsonValue, sources)
}

function withSources(value: JsonValue, sources: readonly string[]): JsonValue {
  if (typeof value === 'number') {
    return isTiny(value) ? raw.rawJSON(sources[value / Number.MIN_VALUE - 1] as string) : value
  }
  if (typeof value !== 'object' || value === null) return value
  const holder = value as { [key: string]: JsonValue }
  for (const key in holder) {
    const member = holder[key] as JsonValue
    const kept = withSources(member, sources)
    if (kept !== member) holder[key] = kept
  }
  return value
}

/** Sign, digits without the zeros around them, and power of ten: equal for the same number, however it is written. */
function decimal(source: string): string {
  const read = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source)
  if (read === null) return source
  const [, sign = '', whole = '', part = '', power = '0'] = read
  const digits = whole + part
  let start = 0
  while (digits.charCodeAt(start) === zero) start++
  if (start === digits.length) return `${sign}0`
  let end = digits.length
  while (digits.charCodeAt(end - 1) === zero) end--
  return `${sign}${digits.slice(start, end)}e${Number(power) - part.length + digits.length - end}`
}

const zero = 0x30
