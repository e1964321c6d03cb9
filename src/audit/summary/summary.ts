/**
 * What a start takes over of a segment that is finished, instead of reading its headers: a file for each, in `summary/`,
 * derived and signed. A line with the signature, a line of JSON, then the columns, a number of each entry after the other.
 */
import { hash, type KeyObject, sign, verify } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ownerOf, type SegmentColumns } from '../entry-index.ts'
import { kindCode } from '../frame.ts'
import type { WalkedEntry } from '../walk.ts'

export const summaryPath = (folder: string, segment: number): string =>
  join(folder, 'summary', `${String(segment).padStart(10, '0')}.summary`)

/** As long as all of these are the same, nobody wrote into the file: its time of change cannot be set by hand. */
export const stampOf = ({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string =>
  [size, mtimeNs, ctimeNs, ino].join(' ')

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const metaShape = z.object({
  v: z.literal(1),
  segment: z.int().positive(),
  /** Of the file of the segment. */
  stamp: z.string().max(200),
  /** Index of its first entry. */
  first: z.int().nonnegative(),
  count: z.int().positive(),
  /** Of the tree before and behind the segment. */
  before: z.array(hex).max(64),
  after: z.array(hex).max(64),
  lastAtMs: z.number(),
  /** Where its last payload ends. */
  payload: z.object({ file: z.string(), end: z.int().nonnegative() }).optional(),
  /** What each alias takes of the day of its last entry. */
  use: z.array(z.tuple([z.string(), z.number()])),
})

export type SummaryMeta = z.infer<typeof metaShape>

export type Summary = SummaryMeta & SegmentColumns

/** Bytes of one entry in all columns. */
const rowBytes = 21

/** The columns of a segment while it is read. */
export class Columns {
  readonly #offsets: number[] = []
  readonly #times: number[] = []
  readonly #owners: number[] = []
  readonly #kinds: number[] = []
  readonly #intents: number[] = []

  get count(): number {
    return this.#times.length
  }

  add({ offset, header }: Pick<WalkedEntry, 'offset' | 'header'>): void {
    const { atMs, subject, kind, facts } = header
    this.#offsets.push(offset)
    this.#times.push(atMs)
    this.#owners.push(ownerOf(subject))
    this.#kinds.push(kindCode(kind))
    this.#intents.push(kind === 'outcome' && facts.intent !== undefined ? facts.intent + 1 : 0)
  }

  bytes(): Buffer {
    const columns = [
      Float64Array.from(this.#times),
      Uint32Array.from(this.#offsets),
      Uint32Array.from(this.#owners),
      Uint32Array.from(this.#intents),
      Uint8Array.from(this.#kinds),
    ]
    return Buffer.concat(columns.map(({ buffer }) => Buffer.from(buffer)))
  }
}

/** What is signed. */
export const formatSummary = (meta: SummaryMeta, columns: Columns): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify(meta)}\n`), columns.bytes()])

/** Says what it is, so that it can be taken for nothing else that was signed with the key of the log. */
const signedText = (origin: string, body: Buffer): Buffer =>
  Buffer.from(`sallyport-summary/v1\n${origin}\n${hash('sha256', body, 'hex')}\n`)

export function signSummary(origin: string, body: Buffer, key: KeyObject): Buffer {
  const signature = sign(null, signedText(origin, body), key).toString('base64')
  return Buffer.concat([Buffer.from(`${signature}\n`), body])
}

/** Undefined when it was changed, was not signed by this key, or is of another version. */
export function readSummary(bytes: Buffer, origin: string, key: KeyObject): Summary | undefined {
  const at = bytes.indexOf(10)
  const body = bytes.subarray(at + 1)
  const end = body.indexOf(10)
  if (at < 0 || end < 0) return undefined
  const signature = Buffer.from(bytes.toString('latin1', 0, at), 'base64')
  if (!verify(null, signedText(origin, body), key, signature)) return undefined
  const meta = metaShape.safeParse(JSON.parse(body.toString('utf8', 0, end)))
  if (!meta.success || body.length !== end + 1 + meta.data.count * rowBytes) return undefined
  const { count } = meta.data
  // Columns begin where an array of their kind may.
  const { buffer } = Uint8Array.from(body.subarray(end + 1))
  return {
    ...meta.data,
    times: new Float64Array(buffer, 0, count),
    offsets: new Uint32Array(buffer, count * 8, count),
    owners: new Uint32Array(buffer, count * 12, count),
    intents: new Uint32Array(buffer, count * 16, count),
    kinds: new Uint8Array(buffer, count * 20, count),
  }
}

/** But for the stamp: a copy or a link made by somebody changes that, and not what stands in the segment. */
export function saysTheSame(one: Buffer, other: Buffer): boolean {
  const [first, second] = [one.indexOf(10), other.indexOf(10)]
  const metaOf = (body: Buffer, end: number): string =>
    JSON.stringify({ ...JSON.parse(body.toString('utf8', 0, end)), stamp: '' })
  return one.subarray(first).equals(other.subarray(second)) && metaOf(one, first) === metaOf(other, second)
}

/** The part of a file that is signed. */
export const bodyOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.indexOf(10) + 1)
