/**
 * The header of an entry: JSON with a fixed order of fields and no spaces. The stored bytes are what the tree
 * hashes; nothing is ever serialised again to be checked. It stays readable for ever, so it holds no name, no
 * address and no text: whose entry it is stands there as a random alias, and the payload only as its hash.
 */
import { type EntryFacts, type EntryKind, entryKinds } from './api.ts'
import { partsFormat } from './pieces/parts.ts'

export interface PayloadPlace {
  /** `yyyy-mm/number`, below `pay/`. */
  readonly file: string
  readonly offset: number
  readonly length: number
  /** Of the sealed bytes, in hex. */
  readonly sha256: string
  /** Names the data key and commits to it. */
  readonly key: string
  /** 2: the payload is in parts (pieces/parts.ts). Left out where it is the text as it is. */
  readonly format?: typeof partsFormat | undefined
}

export interface Header {
  readonly index: number
  readonly atMs: number
  /** Monotonic, since the start of the process `boot`. */
  readonly monoMs: number
  readonly boot: string
  readonly kind: EntryKind
  readonly subject: string | undefined
  readonly facts: EntryFacts
  readonly payload: PayloadPlace | undefined
}

/** A header without the place of its payload. */
export type Statement = Omit<Header, 'payload'>

export function formatHeader(header: Header): string {
  const { payload } = header
  return (
    `{"v":1,"index":${header.index},"atMs":${header.atMs},"monoMs":${header.monoMs},"boot":"${header.boot}",` +
    `"kind":"${header.kind}"` +
    (header.subject === undefined ? '' : `,"subject":"${header.subject}"`) +
    `,"facts":${JSON.stringify(header.facts)}` +
    (payload === undefined
      ? '}'
      : `,"payload":{"file":"${payload.file}","offset":${payload.offset},"length":${payload.length},` +
        `"sha256":"${payload.sha256}","key":"${payload.key}"${payload.format === undefined ? '' : `,"format":${payload.format}`}}}`)
  )
}

/** Undefined when the bytes are no header of ours. A header may come from a folder somebody else prepared. */
export function readHeader(bytes: Buffer): Header | undefined {
  const value = parse(bytes.toString('utf8'))
  if (!isStatement(value) || (value.payload !== undefined && !isPayloadPlace(value.payload))) return undefined
  const { index, atMs, monoMs, boot, kind, subject, facts, payload } = value
  return { index, atMs, monoMs, boot, kind, subject, facts, payload }
}

/** What a header says. Whether and where its payload lies, a third of the bytes, is not looked at. */
export function readStatement(bytes: Buffer): Statement | undefined {
  const text = bytes.toString('utf8')
  const end = text.lastIndexOf(payloadStart)
  // What stands before a fact of that name is no JSON.
  const value = (end < 0 ? undefined : parse(`${text.slice(0, end)}}`)) ?? parse(text)
  return isStatement(value) ? value : undefined
}

const payloadStart = ',"payload":{"file":"'

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isStatement(value: unknown): value is Statement & { readonly payload?: unknown } {
  if (!isObject(value)) return false
  const { v, index, atMs, monoMs, boot, kind, subject, facts } = value
  if (v !== 1 || !isCount(index) || !isCount(atMs) || !isCount(monoMs) || typeof boot !== 'string')
    return false
  if (!isKind(kind) || !isObject(facts)) return false
  return subject === undefined || (typeof subject === 'string' && /^[0-9a-f]{32}$/.test(subject))
}

/** A place must not lead out of the folder. */
function isPayloadPlace(value: unknown): value is PayloadPlace {
  if (!isObject(value)) return false
  const { file, offset, length, sha256, key, format } = value
  return (
    typeof file === 'string' &&
    /^[0-9]{4,6}-[0-9]{2}\/[0-9]{10}$/.test(file) &&
    isCount(offset) &&
    isCount(length) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof key === 'string' &&
    /^[0-9a-f]{64}$/.test(key) &&
    (format === undefined || format === partsFormat)
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const kinds: ReadonlySet<unknown> = new Set(entryKinds)

const isKind = (value: unknown): value is EntryKind => kinds.has(value)
