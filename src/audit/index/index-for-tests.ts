/** What the tests of the index share: logs of random exchanges, and the answer a plain reading of all headers gives. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { dataClasses } from '#/core/data-class.ts'
import type { AuditLog, EntryFacts } from '../api.ts'
import type { Header } from '../header.ts'
import { listSegments } from '../layout.ts'
import { folderOf, newFolder, type OpenedForTest, openIn, origin } from '../log-for-tests.ts'
import { walkEntries } from '../walk.ts'
import type { Comparison, Condition, LogQuestion } from './api.ts'
import type { IndexKeeper, KeeperOptions } from './keeper.ts'
import { indexPath } from './log-index.ts'

export const dayMs = 86_400_000
export const startMs = Date.UTC(2026, 10, 20)

export interface RandomLog extends OpenedForTest {
  readonly folder: string
  readonly dataFolder: string
  /** Lets wall time be set, as a clock that is corrected does. */
  readonly clock: { atMs: number }
}

export const people = ['person-ada', 'person-ben', 'person-cleo']
const offerings = ['demo', 'sim-echo', 'in-house', "o'brien"]
const findings = ['email', 'us-ssn', 'person-name', 'iban']

export async function openRandomLog(context: TestContext): Promise<RandomLog> {
  const dataFolder = await newFolder(context)
  const clock = { atMs: startMs }
  const opened = await openIn(dataFolder, {
    clock: { now: () => clock.atMs, monotonic: () => Math.max(0, clock.atMs - startMs) },
  })
  return { ...opened, folder: folderOf(dataFolder), dataFolder, clock }
}

export const keeperOptions = (folder: string, name = indexPath(folder)): KeeperOptions => ({
  folder,
  origin,
  path: name,
})

export const otherPath = (folder: string): string => join(folder, 'other.db')

/** Appends some entries of every sort: exchanges that end late or never, refusals, sign-ins, readings. */
export async function appendRandom(
  { log, clock }: RandomLog,
  random: (below: number) => number,
  entries: number,
): Promise<void> {
  const open: { index: number; person: string }[] = []
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T
  const found = () =>
    Array.from({ length: random(3) }, () => ({
      type: pick(findings),
      channel: pick(['user', 'tool-result']),
      action: pick(['mask', 'note']),
      count: 1 + random(4),
    }))
  for (let count = 0; count < entries; count++) {
    // Now and then the clock is put back.
    clock.atMs += random(20) === 0 ? -random(2 * dayMs) : random(dayMs / 10)
    const person = pick(people)
    const facts: EntryFacts = {
      requestId: `req_${count}`,
      useCase: pick(['general-assistant', 'support', 'a "quoted" one']),
      offering: pick(offerings),
      class: pick(dataClasses),
      decision: pick(['allow', 'transform']),
      keyId: random(2) === 0 ? undefined : pick(['key_1', 'key_2']),
      findings: found(),
    }
    const sort = random(10)
    if (sort < 5) {
      const { index } = await log.append({ kind: 'intent', subject: person, facts })
      open.push({ index, person })
    } else if (sort < 7 && open.length > 0) {
      const [ended] = open.splice(random(open.length), 1)
      await appendEnd(log, ended as { index: number; person: string }, random, found())
    } else if (sort < 8) {
      const refused = { ...facts, decision: 'refuse', code: pick(['finding-blocked', 'no-offering']) }
      await log.append({ kind: 'refusal', subject: person, facts: refused, payload: '{"typed":"x"}' })
    } else if (sort < 9) await log.append({ kind: 'sign-in', subject: person, facts: {} })
    else await log.append({ kind: 'read', facts: { reason: 'search' }, payload: '{}' })
  }
}

async function appendEnd(
  log: AuditLog,
  { index, person }: { readonly index: number; readonly person: string },
  random: (below: number) => number,
  found: NonNullable<EntryFacts['findings']>,
): Promise<void> {
  const isAnswered = random(4) > 0
  await log.append({
    kind: 'outcome',
    subject: person,
    facts: {
      intent: index,
      decision: isAnswered ? 'answered' : 'provider-error',
      status: isAnswered ? 200 : 500 + random(4),
      findings: found,
      ...(isAnswered
        ? {
            costMicroUsd: random(4) === 0 ? undefined : random(200_000),
            usage: {
              inputTokens: random(9_000),
              outputTokens: random(900),
              cacheReadTokens: random(5),
              cacheWriteTokens: 0,
            },
          }
        : {}),
    },
  })
}

/** A question at random, whose people are known by their aliases already. */
export function randomQuestion(
  random: (below: number) => number,
  aliasesOf: (person: string) => readonly string[],
  size: number,
): LogQuestion {
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T
  const some = <T>(from: readonly T[]): readonly T[] => [pick(from), ...(random(3) === 0 ? [pick(from)] : [])]
  const compare = (): Comparison => pick(['<', '<=', '=', '>=', '>'])
  const makers: readonly (() => Condition)[] = [
    () => ({ on: 'alias', isNot: random(3) === 0, values: some(people).flatMap(aliasesOf) }),
    () => ({
      on: 'use-case',
      isNot: random(3) === 0,
      values: some(['support', 'a "quoted" one', 'nothing']),
    }),
    () => ({ on: 'offering', isNot: random(3) === 0, values: some([...offerings, 'never-there']) }),
    () => ({ on: 'class', isNot: random(3) === 0, values: some(dataClasses) }),
    () => ({ on: 'finding', isNot: random(3) === 0, values: some([...findings, 'never-found']) }),
    () => ({ on: 'decision', isNot: random(3) === 0, values: some(['allow', 'refuse', 'answered']) }),
    () => ({ on: 'code', isNot: random(3) === 0, values: some(['finding-blocked', 'no-offering']) }),
    () => ({ on: 'key', isNot: random(3) === 0, values: some(['key_1', 'key_2']) }),
    () => ({ on: 'kind', isNot: random(3) === 0, values: some(['intent', 'refusal', 'sign-in', 'read']) }),
    () => ({ on: 'cost', isNot: random(3) === 0, compare: compare(), values: [random(200_000)] }),
    () => ({ on: 'tokens', isNot: random(3) === 0, compare: compare(), values: [random(9_000)] }),
    () => ({ on: 'status', isNot: random(3) === 0, compare: compare(), values: [pick([200, 500, 501])] }),
    () => ({ on: 'request', isNot: random(3) === 0, values: some([`req_${random(size)}`, 'req_never']) }),
    () => ({ on: 'receipt', isNot: random(3) === 0, values: some([random(size), random(size)]) }),
  ]
  const conditions = Array.from({ length: random(4) }, () => pick(makers)())
  const sinceMs = random(3) === 0 ? startMs + random(10 * dayMs) : undefined
  const untilMs = random(3) === 0 ? startMs + random(20 * dayMs) : undefined
  return { conditions, sinceMs, untilMs }
}

/** Every header of a log, in order. */
export async function readHeaders(folder: string): Promise<readonly Header[]> {
  return [...walkEntries(folder, await listSegments(folder))].map(({ header }) => header)
}

export interface ScannedRow {
  readonly header: Header
  readonly outcome: Header | undefined
}

/** Rows by reading everything: an exchange is one, the newest first. */
export function scan(headers: readonly Header[], question: LogQuestion): readonly ScannedRow[] {
  const outcomes = new Map<number, Header>()
  for (const header of headers) if (header.kind === 'outcome') outcomes.set(header.facts.intent ?? -1, header)
  return headers
    .filter(({ kind }) => kind !== 'outcome')
    .map((header) => ({ header, outcome: outcomes.get(header.index) }))
    .filter(
      (row) =>
        row.header.atMs >= (question.sinceMs ?? 0) &&
        row.header.atMs < (question.untilMs ?? Number.POSITIVE_INFINITY) &&
        question.conditions.every((condition) => holds(row, condition) !== condition.isNot),
    )
    .reverse()
}

function holds({ header, outcome }: ScannedRow, condition: Condition): boolean {
  const { facts } = header
  const has = (...values: readonly unknown[]): boolean =>
    values.some((value) => (condition.values as readonly unknown[]).includes(value))
  switch (condition.on) {
    case 'person':
    case 'alias':
      return has(header.subject)
    case 'kind':
      return has(header.kind)
    case 'use-case':
      return has(facts.useCase)
    case 'offering':
      return has(facts.offering)
    case 'class':
      return has(facts.class)
    case 'key':
      return has(facts.keyId)
    case 'request':
      return has(facts.requestId)
    case 'finding':
      return has(...[...(facts.findings ?? []), ...(outcome?.facts.findings ?? [])].map(({ type }) => type))
    case 'decision':
      return has(facts.decision, outcome?.facts.decision)
    case 'code':
      return has(facts.code, outcome?.facts.code)
    case 'receipt':
      return has(header.index, outcome?.index)
    case 'cost':
    case 'tokens':
    case 'status': {
      const value = measureOf((header.kind === 'intent' ? outcome : header)?.facts, condition.on)
      const asked = condition.values[0] as number
      return value !== undefined && compares[condition.compare](value, asked)
    }
  }
}

const compares: Readonly<Record<Comparison, (one: number, other: number) => boolean>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '=': (one, other) => one === other,
  '>=': (one, other) => one >= other,
  '>': (one, other) => one > other,
}

export function measureOf(
  facts: EntryFacts | undefined,
  what: 'cost' | 'tokens' | 'status',
): number | undefined {
  if (what === 'cost') return facts?.costMicroUsd
  if (what === 'status') return facts?.status
  return facts?.usage && Object.values(facts.usage).reduce((sum, each) => sum + each, 0)
}

/** Until the index holds all of a log of so many entries. */
export function catchUp(keeper: IndexKeeper, size: number): void {
  while (keeper.step(size)) {
    // The next batch.
  }
}
