/**
 * What the index keeps of a header, read without making everything else of it: a header has some thirty fields, the
 * index a dozen, and parsing all of them took a third of its time. Whatever does not look as `formatHeader` writes it
 * is read whole instead, by `readHeader`.
 */
import type { EntryFacts } from '../api.ts'
import { type Header, isKind, readHeader } from '../header.ts'

/** Of `facts` there are only those of `names`. */
export type KnownFields = Pick<Header, 'index' | 'atMs' | 'kind' | 'subject' | 'facts'>

/** As `row.ts` reads them. */
const names = [
  'useCase',
  'offering',
  'class',
  'decision',
  'code',
  'keyId',
  'findings',
  'status',
  'usage',
  'costMicroUsd',
  'intent',
] as const satisfies readonly (keyof EntryFacts)[]

/** Most names differ in it from those of their length, and comparing it is cheap. */
const firstUnits: readonly number[] = names.map((name) => name.charCodeAt(0))

/** Places in `names`. */
const placesByLength: readonly (readonly number[])[] = Array.from({ length: 13 }, (_, length) =>
  names.flatMap((name, place) => (name.length === length ? place : [])),
)

/** In the order of `names`. One shape for all of them: an object that grows field by field costs as much as parsing. */
function factsOf(values: readonly unknown[]): EntryFacts {
  const [
    useCase,
    offering,
    entryClass,
    decision,
    code,
    keyId,
    findings,
    status,
    usage,
    costMicroUsd,
    intent,
  ] = values
  const facts: Record<(typeof names)[number], unknown> = {
    useCase,
    offering,
    class: entryClass,
    decision,
    code,
    keyId,
    findings,
    status,
    usage,
    costMicroUsd,
    intent,
  }
  return facts as EntryFacts
}

/** Undefined when the bytes are no header of ours. What is inside of fields the index does not keep is not looked at. */
export function readKnownFields(bytes: Buffer): KnownFields | undefined {
  const text = bytes.toString('utf8')
  // Without escapes every quote begins or ends a text.
  return (text.includes('\\') ? undefined : scan(text)) ?? readHeader(bytes)
}

const head =
  /^\{"v":1,"index":(\d{1,15}),"atMs":(\d{1,15}),"monoMs":\d{1,15},"boot":"[^"]*","kind":"([a-z-]+)"(?:,"subject":"([0-9a-f]{32})")?,"facts":\{/

function scan(text: string): KnownFields | undefined {
  const found = head.exec(text)
  if (found === null) return undefined
  const kind = found[3]
  if (!isKind(kind)) return undefined
  const facts = scanFacts(text, (found[0] as string).length)
  return facts && { index: Number(found[1]), atMs: Number(found[2]), kind, subject: found[4], facts }
}

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const closing = 0x7d

/** `start` is behind the brace that opens them. */
function scanFacts(text: string, start: number): EntryFacts | undefined {
  const values: unknown[] = names.map(() => undefined)
  if (text.charCodeAt(start) === closing) return factsOf(values)
  for (let at = start; ; at++) {
    const nameEnd = text.indexOf('"', at + 1)
    if (text.charCodeAt(at) !== quote || nameEnd === -1 || text.charCodeAt(nameEnd + 1) !== colon)
      return undefined
    const place = placeOf(text, at + 1, nameEnd)
    const value = nameEnd + 2
    at = endOfValue(text, value)
    if (place !== -1) {
      const read = readValue(text, value, at)
      if (read === undefined) return undefined
      values[place] = read
    }
    const next = text.charCodeAt(at)
    if (next === closing) return factsOf(values)
    if (next !== comma) return undefined
  }
}

/** Of a name in `names`; -1 for any other. */
function placeOf(text: string, start: number, end: number): number {
  const alike = placesByLength[end - start]
  if (alike !== undefined)
    for (const place of alike)
      if (text.charCodeAt(start) === firstUnits[place] && text.startsWith(names[place] as string, start))
        return place
  return -1
}

/** Where the value that begins at `start` ends; the end of the text where it does not. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) {
      const end = text.indexOf('"', at + 1)
      if (end === -1) return text.length
      at = end
    } else if (depth === 0 && (unit === comma || unit === closing)) return at
    // 0x7b '{' and 0x5b '[' differ only in this bit, as do their closing partners.
    else if ((unit | 0x20) === 0x7b) depth++
    else if ((unit | 0x20) === closing) depth--
  }
  return text.length
}

/** Undefined when it is no JSON. */
function readValue(text: string, start: number, end: number): unknown {
  if (text.charCodeAt(start) === quote && text.indexOf('"', start + 1) === end - 1)
    return text.slice(start + 1, end - 1)
  try {
    return JSON.parse(text.slice(start, end))
  } catch {
    return undefined
  }
}
