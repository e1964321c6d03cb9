import type { ChangeLine, CountedLine, PersonShown, Sample } from './api.ts'
import type { Change } from './compare.ts'

/** Lines of each table that are told, and how many exchanges a line of changes names. */
const mostLines = 200
const mostSamples = 10

/** An exchange that would be otherwise. */
export interface Changed {
  readonly index: number
  readonly atMs: number
  readonly personId: string
  readonly useCase: string
  readonly changes: readonly Change[]
  readonly causes: readonly string[]
}

export interface Tally {
  readonly add: (changed: Changed) => void
  readonly tables: (shown: Shown) => Tables
}

export interface Tables {
  readonly changes: readonly ChangeLine[]
  readonly byUseCase: readonly CountedLine[]
  readonly byPerson: readonly (CountedLine & { readonly person: PersonShown })[]
  readonly byCause: readonly CountedLine[]
}

/** How what is counted is told. */
export interface Shown {
  readonly receiptOf: (index: number) => string
  readonly personOf: (personId: string) => PersonShown
}

interface Line extends Change {
  exchanges: number
  readonly people: Set<string>
  readonly samples: Changed[]
}

/** Counts changed exchanges, the newest first. What is kept grows with people and kinds of changes, never with exchanges. */
export function createTally(): Tally {
  const lines = new Map<string, Line>()
  const useCases = new Map<string, number>()
  const people = new Map<string, number>()
  const causes = new Map<string, number>()
  return {
    add: (changed) => {
      count(useCases, changed.useCase)
      count(people, changed.personId)
      for (const cause of changed.causes) count(causes, cause)
      for (const change of changed.changes) {
        const key = `${change.kind}\n${change.what}\n${change.from}\n${change.to}`
        let line = lines.get(key)
        if (line === undefined) {
          line = { ...change, exchanges: 0, people: new Set(), samples: [] }
          lines.set(key, line)
        }
        line.exchanges++
        line.people.add(changed.personId)
        if (line.samples.length < mostSamples) line.samples.push(changed)
      }
    },
    tables: ({ receiptOf, personOf }) => ({
      changes: [...lines.values()]
        .sort((one, other) => other.exchanges - one.exchanges)
        .slice(0, mostLines)
        .map(
          (line): ChangeLine => ({
            ...line,
            people: line.people.size,
            samples: line.samples.map(
              ({ index, atMs, personId, useCase }): Sample => ({
                receipt: receiptOf(index),
                at: new Date(atMs).toISOString(),
                person: personOf(personId),
                useCase,
              }),
            ),
          }),
        ),
      byUseCase: counted(useCases),
      byPerson: counted(people).map((line) => ({ ...line, person: personOf(line.value) })),
      byCause: counted(causes),
    }),
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const counted = (counts: ReadonlyMap<string, number>): readonly CountedLine[] =>
  [...counts]
    .map(([value, exchanges]) => ({ value, exchanges }))
    .sort((one, other) => other.exchanges - one.exchanges)
    .slice(0, mostLines)
