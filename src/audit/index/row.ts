/**
 * What the index keeps of a header. One function decides it, when the row is made and when a found row is compared
 * with the log, so that a row that says something else than the log is noticed.
 */
import { crc32 } from 'node:zlib'
import { numberOfId } from '#/core/id.ts'
import { kindCode } from '../frame.ts'
import type { Statement } from '../header.ts'

export interface FindingOfRow {
  readonly type: string
  readonly count: number
}

/** What an exchange cost, or what another kind of entry says of it. */
interface Measures {
  readonly status: number | null
  readonly tokens: number | null
  readonly cost: number | null
}

export interface EntryRow extends Measures {
  readonly index: number
  readonly atMs: number
  /** Its code on disk. */
  readonly kind: number
  readonly alias: string | null
  readonly useCase: string | null
  readonly offering: string | null
  readonly class: string | null
  readonly decision: string | null
  readonly code: string | null
  readonly key: string | null
  /** `requestNumber` of the id of its request. */
  readonly request: number | null
  readonly findings: readonly FindingOfRow[]
}

/** How an exchange ended: goes into the row of its intent. */
export interface EndRow extends Measures {
  readonly intent: number
  readonly index: number
  readonly atMs: number
  readonly decision: string | null
  readonly code: string | null
  readonly findings: readonly FindingOfRow[]
}

/** What a row is made of: of a header, or as it was handed over. A header somebody else prepared may say anything. */
export interface RowSource extends Pick<Statement, 'index' | 'atMs' | 'kind' | 'subject'> {
  readonly facts: { readonly [Name in keyof Statement['facts']]?: unknown }
}

export function entryRow({ index, atMs, kind, subject, facts }: RowSource): EntryRow {
  return {
    index,
    atMs,
    kind: kindCode(kind),
    alias: subject ?? null,
    useCase: textOf(facts.useCase),
    offering: textOf(facts.offering),
    class: textOf(facts.class),
    decision: textOf(facts.decision),
    code: textOf(facts.code),
    key: textOf(facts.keyId),
    request: requestOf(facts.requestId),
    findings: findingsOf(facts.findings),
    // Of an intent the outcome says these.
    ...(kind === 'intent' ? nothingMeasured : measuresOf(facts)),
  }
}

/** Undefined for anything but the outcome of an earlier intent. */
export function endRow({ index, atMs, kind, facts }: RowSource): EndRow | undefined {
  const intent = countOf(facts.intent)
  if (kind !== 'outcome' || intent === null || intent >= index) return undefined
  return {
    intent,
    index,
    atMs,
    decision: textOf(facts.decision),
    code: textOf(facts.code),
    findings: findingsOf(facts.findings),
    ...measuresOf(facts),
  }
}

/** 32 bits over everything a row says but its findings. */
export const checkEntry = (row: EntryRow): number =>
  crc32(
    `${row.index}|${row.atMs}|${row.kind}|${row.alias}|${row.useCase}|${row.offering}|${row.class}|` +
      `${row.decision}|${row.code}|${row.key}|${row.request}${row.kind === intentCode ? '' : measured(row)}`,
  )

export const checkEnd = (row: EndRow): number =>
  crc32(`${row.intent}>${row.index}|${row.atMs}|${row.decision}|${row.code}${measured(row)}`)

export const checkFinding = (index: number, isOfAnswer: boolean, finding: FindingOfRow): number =>
  crc32(`${index}${isOfAnswer ? '>' : '|'}${finding.type}|${finding.count}`)

/** Five bits of each. */
const charactersOfRequest = 10

/** The end of an id as a number of 50 bits: each entry has another id, and as a text each would be kept as a word. */
export const requestNumber = (id: string): number => numberOfId(id, charactersOfRequest)

/** It is handed over as its number. */
const requestOf = (id: unknown): number | null => (typeof id === 'string' ? requestNumber(id) : countOf(id))

const measured = ({ status, tokens, cost }: Measures): string => `|${status}|${tokens}|${cost}`

export const intentCode = kindCode('intent')

const nothingMeasured: Measures = { status: null, tokens: null, cost: null }

const measuresOf = ({ status, usage, costMicroUsd }: RowSource['facts']): Measures => ({
  status: countOf(status),
  tokens: tokensOf(usage),
  cost: countOf(costMicroUsd),
})

/** All of them: what was read from and written to the provider's cache is paid for, too. */
export function tokensOf(usage: unknown): number | null {
  if (typeof usage !== 'object' || usage === null) return null
  let sum = 0
  for (const name of ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens']) {
    sum += countOf((usage as Record<string, unknown>)[name]) ?? 0
  }
  return Number.isSafeInteger(sum) ? sum : null
}

/** One line per type, whatever the channel and the action. */
function findingsOf(value: unknown): readonly FindingOfRow[] {
  if (!Array.isArray(value) || value.length === 0) return []
  const counts = new Map<string, number>()
  for (const each of value as readonly unknown[]) {
    if (typeof each !== 'object' || each === null) continue
    const { type, count } = each as Record<string, unknown>
    const name = textOf(type)
    if (name !== null) counts.set(name, Math.min(maxCount, (counts.get(name) ?? 0) + (countOf(count) ?? 0)))
  }
  return [...counts].map(([type, count]) => ({ type, count }))
}

const maxCount = 2 ** 40

/** Ids and codes are short. */
const textMaxCharacters = 200

/** As the database gives it back: no NUL, no half of a character. */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.length > textMaxCharacters ? value.slice(0, textMaxCharacters) : value
  return plain.test(text) ? text : text.replaceAll('\0', '').toWellFormed()
}

const plain = /^[\x20-\x7e]*$/

const countOf = (value: unknown): number | null =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null
