/**
 * `sallyport audit search --person EMAIL --since 2d`: who entered what, when.
 * Exactly one process writes the log, and a search writes that it was made: so the words are read here, the
 * search runs where the log is open (`searchLog`), and what it found is printed here.
 */
import { parseArgs } from 'node:util'
import { type AuditLog, type EntryKind, entryKinds } from '#/audit/api.ts'
import { printable, printableJson } from '#/audit/printable.ts'
import { type FoundEntry, searchEntries } from '#/audit/search.ts'
import type { Output } from './audit-verify.ts'

const usage = `Usage: sallyport audit search --person EMAIL [--since 2d|12h|30m|TIME] [--until TIME]
                              [--kind KIND[,KIND]] [--limit N] [--json]
  TIME    ISO 8601, such as 2026-11-01 or 2026-11-01T08:00:00Z
  --kind  intent and refusal unless given; one of ${entryKinds.join(', ')}
  --limit 50 unless given, at most 1000`

/** What was asked; plain values, so that they can go through the control socket. */
export interface AuditQuestion {
  readonly email: string
  readonly sinceMs: number
  readonly untilMs: number
  readonly kinds: readonly EntryKind[]
  readonly limit: number
}

export interface FoundPerson {
  readonly id: string
  readonly email: string
  readonly name: string
}

export interface AuditAnswer {
  readonly people: readonly FoundPerson[]
  readonly entries: readonly FoundEntry[]
}

/** Where the log is open. `by` is the person who reads; undefined for the operator of the machine. */
export async function searchLog(
  question: AuditQuestion,
  services: {
    readonly log: AuditLog
    readonly findPeople: (email: string) => Promise<readonly FoundPerson[]>
    readonly by: string | undefined
  },
): Promise<AuditAnswer> {
  const { email, ...query } = question
  const people = (await services.findPeople(email)).map(({ id, email, name }) => ({ id, email, name }))
  const personIds = people.map((person) => person.id)
  return { people, entries: await searchEntries(services.log, { ...query, personIds }, services.by) }
}

/** `args` are those after `audit search`. Exit code 0 when the search ran, 1 when nobody has the address, 2 usage. */
export async function run(
  args: readonly string[],
  output: Output,
  ask: (question: AuditQuestion) => Promise<AuditAnswer>,
  nowMs: number,
): Promise<number> {
  const read = readQuestion(args, nowMs)
  if (typeof read === 'string') {
    output.error(read)
    output.error(usage)
    return 2
  }
  const { people, entries } = await ask(read.question)
  if (people.length === 0) {
    output.error(`Nobody here has the address ${printable(read.question.email)}.`)
    return 1
  }
  if (!read.isJson) output.out(`${entries.length} entries, newest first`)
  for (const entry of entries) {
    const person = people.find((each) => each.id === entry.personId)
    if (read.isJson) output.out(printableJson({ ...entry, at: timeOf(entry), person }))
    else for (const line of format(entry, person)) output.out(line)
  }
  return 0
}

/** A string says what is wrong with the words given. */
export function readQuestion(
  args: readonly string[],
  nowMs: number,
): { readonly question: AuditQuestion; readonly isJson: boolean } | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        person: { type: 'string' },
        since: { type: 'string' },
        until: { type: 'string' },
        kind: { type: 'string', multiple: true },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    if (values.person === undefined) return 'Name the person: --person EMAIL.'
    const sinceMs = values.since === undefined ? 0 : readTime(values.since, nowMs)
    const untilMs = values.until === undefined ? Number.MAX_SAFE_INTEGER : readTime(values.until, nowMs)
    const kinds = (values.kind ?? ['intent,refusal']).flatMap((kind) => kind.split(','))
    const limit = Number(values.limit ?? '50')
    if (sinceMs === undefined || untilMs === undefined) return 'Give times as 2d, 12h, 30m or in ISO 8601.'
    if (!kinds.every(isEntryKind)) return 'One of the kinds is unknown.'
    if (!Number.isInteger(limit) || limit < 1 || limit > limitMax)
      return `--limit goes from 1 to ${limitMax}.`
    return {
      question: { email: values.person, sinceMs, untilMs, kinds, limit },
      isJson: values.json ?? false,
    }
  } catch (error) {
    return printable((error as Error).message)
  }
}

const limitMax = 1_000
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function readTime(text: string, nowMs: number): number | undefined {
  const ago = /^([0-9]{1,6})([mhd])$/.exec(text)
  if (ago !== null) return nowMs - Number(ago[1]) * (unitMs[ago[2] as string] as number)
  // Date.parse takes much that is no ISO 8601, in ways that differ between machines.
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?)?$/.test(text)) return undefined
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : atMs
}

const isEntryKind = (kind: string): kind is EntryKind => (entryKinds as readonly string[]).includes(kind)

const timeOf = (entry: FoundEntry): string => new Date(entry.atMs).toISOString()

function format(entry: FoundEntry, person: FoundPerson | undefined): readonly string[] {
  const { facts, outcome } = entry
  const found = (facts.findings ?? []).map((finding) => `${finding.type} x${finding.count} ${finding.action}`)
  const decision = [facts.decision, facts.code, outcome?.decision, outcome?.code].filter(
    (each) => each !== undefined,
  )
  const lines = [
    `${timeOf(entry)}  ${person?.email ?? 'unknown'}  ${entry.kind}  ${entry.receipt}`,
    `  use case ${facts.useCase ?? '-'}  class ${facts.class ?? '-'}  offering ${facts.offering ?? '-'}` +
      `  decision ${decision.join(', ') || '-'}  status ${outcome?.status ?? facts.status ?? '-'}`,
    ...(found.length > 0 ? [`  found: ${found.join(', ')}`] : []),
    ...(entry.text === undefined ? [] : [`  entered: ${entry.text}`]),
    ...(entry.problem === undefined ? [] : [`  PROBLEM: ${entry.problem}`]),
  ]
  return lines.map(printable)
}
