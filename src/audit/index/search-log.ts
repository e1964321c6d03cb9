/**
 * Who did what, when: the log searched for people. Every search is itself logged, with the question and the reader,
 * before anything is given out. What is given out names people and holds no text, but to those who wrote it.
 */
import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import { didYouMean } from '#/settings/nearest.ts'
import type { AuditLog, EntryFacts, EntryKind } from '../api.ts'
import { enteredText } from '../entered-text.ts'
import {
  type Condition,
  type CountedBy,
  type CountLine,
  type FoundRow,
  type LogQuestion,
  type NameColumn,
  nameColumns,
} from './api.ts'
import { aliasLinesMax, linesMax } from './find.ts'
import type { LogIndex } from './log-index.ts'
import { readQuestion } from './question.ts'

/** Who reads: a signed-in person, or an account of the machine at the command line. */
export interface Reader {
  readonly personId?: string
  readonly name: string
}

export interface NamedPerson {
  readonly id: string
  readonly email: string
  readonly name: string
}

/** `erased`: it was somebody, and nobody can say who any more. Null for entries of nobody. */
export type ShownPerson = NamedPerson | 'erased' | null

/** Plain values, so that it can go through a socket. */
export interface FoundEntry {
  readonly index: number
  readonly receipt: string
  readonly at: string
  readonly kind: EntryKind
  readonly person: ShownPerson
  readonly facts: EntryFacts
  /** Of an intent, once there is one. */
  readonly outcome: { readonly index: number; readonly at: string; readonly facts: EntryFacts } | null
}

/** With the beginning of what the reader entered: null when there is none, or its key was destroyed. */
export interface OwnEntry extends FoundEntry {
  readonly text: string | null
  /** Why the text cannot be shown though it should be there. */
  readonly problem: string | null
}

export interface Found<Entry = FoundEntry> {
  /** Newest first. */
  readonly entries: readonly Entry[]
  /** `before` of the next page; null when this is the last. */
  readonly next: number | null
  /** What a question asked for and no entry ever had. */
  readonly notes: readonly string[]
}

export interface CountedLine extends Omit<CountLine, 'value'> {
  /** Null for entries that have none. A person is said by e-mail address. */
  readonly value: string | null
}

export interface Counted {
  readonly by: CountedBy
  readonly total: CountedLine
  readonly lines: readonly CountedLine[]
  /** There are more lines than are given. */
  readonly isCut: boolean
  readonly notes: readonly string[]
}

export interface PageAsked {
  readonly question: string
  readonly limit: number
  readonly before?: number | undefined
}

/** Each throws `question-invalid`, `index-behind`, `index-broken`, and `log-unavailable` when the search cannot be logged. */
export interface LogSearch {
  readonly entries: (asked: PageAsked, by: Reader) => Promise<Found>
  readonly counts: (
    asked: { readonly question: string; readonly by: CountedBy },
    reader: Reader,
  ) => Promise<Counted>
  readonly own: (asked: PageAsked, by: NamedPerson) => Promise<Found<OwnEntry>>
}

export interface LogSearchServices {
  readonly log: AuditLog
  readonly index: LogIndex
  readonly aliases: {
    readonly aliasesOf: (person: string) => readonly string[]
    readonly personOf: (alias: string) => string | undefined
  }
  readonly findPeople: (email: string) => Promise<readonly NamedPerson[]>
  readonly findPerson: (id: string) => Promise<NamedPerson | undefined>
  readonly clock: Pick<Clock, 'now'>
}

export function createLogSearch(services: LogSearchServices): LogSearch {
  const { log, index, clock } = services
  const read = (text: string): LogQuestion => readQuestion(text, { now: clock.now(), origin: log.origin })

  return {
    entries: async (asked, by) => {
      const question = read(asked.question)
      await logReading(log, 'search', asked, by)
      const resolved = await resolvePeople(question, services)
      const rows = await index.find(resolved, pageOf(asked))
      const nameOf = peopleNamer(services)
      const entries = await Promise.all(rows.map((row) => describe(row, log.origin, nameOf)))
      return { entries, next: nextOf(rows, asked.limit), notes: await notesOn(question, index) }
    },

    counts: async (asked, reader) => {
      const question = read(asked.question)
      await logReading(log, 'search', asked, reader)
      const { total, lines } = await index.count(await resolvePeople(question, services), asked.by)
      const isCut = lines.length >= (asked.by === 'person' ? aliasLinesMax : linesMax)
      const told = asked.by === 'person' ? await byPerson(lines, services) : lines
      return {
        by: asked.by,
        total: lineOf(total),
        lines: told.slice(0, linesMax).map(lineOf),
        isCut: isCut || told.length > linesMax,
        notes: await notesOn(question, index),
      }
    },

    own: async (asked, { id, email, name }) => {
      const question = read(asked.question)
      if (question.conditions.some(({ on }) => on === 'person')) {
        throw new Refusal('question-invalid', {
          problem: 'person: is not asked for here; these are your own entries',
        })
      }
      await logReading(log, 'own-search', asked, { personId: id, name: email })
      const own: Condition = { on: 'alias', isNot: false, values: services.aliases.aliasesOf(id) }
      const rows = await index.find({ ...question, conditions: [...question.conditions, own] }, pageOf(asked))
      const entries: OwnEntry[] = []
      for (const row of rows) {
        const entry = await describe(row, log.origin, async () => ({ id, email, name }))
        entries.push({ ...entry, ...(await textOf(log, row)) })
      }
      return { entries, next: nextOf(rows, asked.limit), notes: await notesOn(question, index) }
    },
  }
}

const logReading = (log: AuditLog, reason: string, asked: object, by: Reader): Promise<unknown> =>
  log.append({
    kind: 'read',
    facts: { reason },
    payload: JSON.stringify({ search: asked, by }),
    ...(by.personId === undefined ? {} : { subject: by.personId }),
  })

const pageOf = ({ limit, before }: PageAsked) => ({ limit, before })

const nextOf = (rows: readonly FoundRow[], limit: number): number | null =>
  rows.length < limit ? null : (rows.at(-1)?.index ?? null)

/** Headers name nobody: whose aliases are asked for is known here alone. */
async function resolvePeople(
  question: LogQuestion,
  { findPeople, findPerson, aliases }: LogSearchServices,
): Promise<LogQuestion> {
  const conditions: Condition[] = []
  for (const condition of question.conditions) {
    if (condition.on !== 'person') {
      conditions.push(condition)
      continue
    }
    const found = new Set<string>()
    for (const [at, value] of condition.values.entries()) {
      const byId = await findPerson(value)
      const people = byId === undefined ? await findPeople(value) : [byId]
      if (people.length === 0) {
        const which = condition.values.length === 1 ? '' : ` (value ${at + 1})`
        throw new Refusal('question-invalid', {
          problem: `person: nobody here has this address or id${which}`,
        })
      }
      for (const { id } of people) for (const alias of aliases.aliasesOf(id)) found.add(alias)
    }
    conditions.push({ on: 'alias', isNot: condition.isNot, values: [...found] })
  }
  return { ...question, conditions }
}

type NameAlias = (alias: string | undefined) => Promise<ShownPerson>

function peopleNamer({ aliases, findPerson }: LogSearchServices): NameAlias {
  const known = new Map<string, Promise<ShownPerson>>()
  const name = async (alias: string): Promise<ShownPerson> => {
    const id = aliases.personOf(alias)
    if (id === undefined) return 'erased'
    // What the log keeps for itself is sealed for nobody.
    if (id === '') return null
    const person = await findPerson(id)
    return { id, email: person?.email ?? '', name: person?.name ?? '' }
  }
  return async (alias) => {
    if (alias === undefined) return null
    const named = known.get(alias) ?? name(alias)
    known.set(alias, named)
    return named
  }
}

async function describe(row: FoundRow, origin: string, nameOf: NameAlias): Promise<FoundEntry> {
  const { index, kind, facts, outcome } = row
  return {
    index,
    receipt: `${origin}#${index}`,
    at: timeOf(row.atMs),
    kind,
    person: await nameOf(row.alias),
    facts,
    outcome:
      outcome === undefined ? null : { index: outcome.index, at: timeOf(outcome.atMs), facts: outcome.facts },
  }
}

async function textOf(log: AuditLog, { index }: FoundRow): Promise<Pick<OwnEntry, 'text' | 'problem'>> {
  try {
    const opened = await log.open(index)
    // With parts gone it is no JSON any more, and what is left says nothing in order.
    if (opened?.lostParts !== undefined) return { text: null, problem: 'parts of it are erased or gone' }
    return { text: (opened?.payload && enteredText(opened.payload)) ?? null, problem: null }
  } catch (error) {
    // One changed payload must not hide the others; it is named instead.
    return { text: null, problem: (error as Error).message }
  }
}

/** A person has an alias for each month: their lines become one. */
async function byPerson(
  lines: readonly CountLine[],
  services: LogSearchServices,
): Promise<readonly CountLine[]> {
  const nameOf = peopleNamer(services)
  const sums = new Map<string | undefined, CountLine>()
  for (const line of lines) {
    const person = await nameOf(line.value)
    const value = person === null ? undefined : person === 'erased' ? person : person.email || person.id
    const sum = sums.get(value)
    sums.set(value, {
      value,
      entries: line.entries + (sum?.entries ?? 0),
      costMicroUsd: line.costMicroUsd + (sum?.costMicroUsd ?? 0),
      tokens: line.tokens + (sum?.tokens ?? 0),
      withoutCost: line.withoutCost + (sum?.withoutCost ?? 0),
    })
  }
  return [...sums.values()].sort((one, other) => other.entries - one.entries)
}

const lineOf = (line: CountLine): CountedLine => ({ ...line, value: line.value ?? null })

const namedMax = 20

/** A name that no entry ever had is more often a typing mistake than an answer. */
async function notesOn({ conditions }: LogQuestion, index: LogIndex): Promise<readonly string[]> {
  const notes: string[] = []
  for (const condition of conditions.filter(isOnName)) {
    // Classes are a closed list: the question was refused already.
    if (condition.on === 'class') continue
    const there = await index.words(condition.on)
    // With as many as are told there may be more.
    if (there.length >= wordsToldMax) continue
    const some = there.length === 0 ? '' : ` There are: ${there.slice(0, namedMax).join(', ')}`
    for (const value of condition.values.filter((each) => !there.includes(each))) {
      notes.push(`no entry has the ${condition.on} "${value}".${didYouMean(value, there) || some}`)
    }
  }
  return notes
}

type NameCondition = Extract<Condition, { readonly on: NameColumn }>

const isOnName = (condition: Condition): condition is NameCondition =>
  (nameColumns as readonly string[]).includes(condition.on)

const wordsToldMax = 1_000

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
