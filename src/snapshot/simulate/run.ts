import { setImmediate as turn } from 'node:timers/promises'
import type { AuditLog, EntryHead } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { Person } from '#/core/role.ts'
import type { Clearing } from '#/policy/api.ts'
import { defaultUseCase } from '#/policy/use-case.ts'
import type { Snapshot } from '../api.ts'
import type { Outcome, PersonShown, SimulationResult, UnknownWhy } from './api.ts'
import { blindSpotsOf, unknownWords } from './blind-spots.ts'
import { changesBetween, outcomeOf } from './compare.ts'
import { causesOf, differencesOf } from './differences.ts'
import { cameToRules, factsFor, type Replayable, type ReplayServices, replayable } from './replay.ts'
import { createTally, type Tables } from './tally.ts'

export interface RunServices extends ReplayServices {
  readonly log: Pick<AuditLog, 'origin' | 'size' | 'newestHeads'>
  readonly clock: Clock
}

/** What is compared, and over which time: `untilMs` is not included. */
export interface Comparison {
  readonly serving: Snapshot
  readonly drafted: Snapshot
  readonly sinceMs: number
  readonly untilMs: number
}

export interface Progress {
  readonly exchanges: number
  /** Of the log, 0 to 1. */
  readonly share: number
}

/** More exchanges than these are not decided again; the newest are. At the speed that is promised it takes two minutes. */
const mostExchanges = 1_000_000

/** Heads that are read at once: half a millisecond of parsing to a hundred of them. */
const pageHeads = 250
/** Exchanges under way go on in between; longer than this none of them waits. */
const longestTurnMs = 3

type Figures = Omit<SimulationResult, 'records' | 'notes'>

/** Decides every exchange of a range twice. Rejects with `signal.reason` once it is aborted, and with what the log throws. */
export async function compare(
  { serving, drafted, sinceMs, untilMs }: Comparison,
  { log, clock, findPerson, boundsOf }: RunServices,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Figures> {
  const startedAt = clock.monotonic()
  const nowMs = clock.now()
  const differences = differencesOf(serving, drafted)
  const clearings = { serving: clearingsById(serving), drafted: clearingsById(drafted) }
  const tally = createTally()
  const unknown = new Map<UnknownWhy, number>()
  const met = new Set<string>()
  const people = new Map<string, Person | undefined>()
  let [exchanges, changed, beforeRules, notAsThen] = [0, 0, 0, 0]

  const personOf = async (id: string | undefined): Promise<Person | undefined> => {
    if (id === undefined) return undefined
    if (!people.has(id)) people.set(id, await findPerson(id))
    return people.get(id)
  }

  const decideAgain = (head: EntryHead, facts: Replayable): void => {
    const from = outcomeOf(factsFor(facts, serving, clearings.serving), serving, nowMs)
    const to = outcomeOf(factsFor(facts, drafted, clearings.drafted, differences.rules), drafted, nowMs)
    if (!isAsThen(head, from)) notAsThen++
    for (const rule of to.rules) met.add(rule)
    const changes = changesBetween(
      from,
      to,
      facts.found.map(({ fact }) => fact.type),
    )
    if (changes.length === 0) return
    changed++
    const useCase = facts.keyUseCase ?? facts.askedUseCase ?? defaultUseCase
    const causes = causesOf(differences, from, to, useCase)
    tally.add({ index: head.index, atMs: head.atMs, personId: facts.personId, useCase, changes, causes })
  }

  const size = log.size()
  let below = size
  let isCut = false
  let goneBeforeMs: number | undefined
  let turnedAt = clock.monotonic()
  while (below > 0 && !isCut) {
    const page = await log.newestHeads({
      kinds: ['intent', 'refusal'],
      sinceMs,
      untilMs,
      below,
      most: pageHeads,
    })
    for (const head of page.heads.toReversed()) {
      if (clock.monotonic() - turnedAt >= longestTurnMs) {
        await turn(undefined, { signal })
        turnedAt = clock.monotonic()
      }
      if (!cameToRules(head)) {
        beforeRules++
        continue
      }
      if (exchanges === mostExchanges) {
        isCut = true
        break
      }
      exchanges++
      const facts = replayable(head, await personOf(head.subject), boundsOf, !differences.newNames)
      if (typeof facts === 'string') unknown.set(facts, (unknown.get(facts) ?? 0) + 1)
      else decideAgain(head, facts)
    }
    below = page.below
    goneBeforeMs = page.goneBeforeMs
    tell({ exchanges, share: 1 - below / size })
    signal.throwIfAborted()
  }

  const told: Tables = tally.tables({
    receiptOf: (index) => `${log.origin}#${index}`,
    personOf: (id) => shown(people.get(id)),
  })
  const left = [...unknown].map(([why, count]) => ({ why, says: unknownWords[why], exchanges: count }))
  return {
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    serving: serving.version,
    drafted: drafted.version,
    exchanges,
    replayed: exchanges - left.reduce((sum, each) => sum + each.exchanges, 0),
    changed,
    unknown: left,
    beforeRules,
    notAsThen,
    isCut,
    ...told,
    idleRules: [...differences.actingRules].filter((id) => !met.has(id)).sort(),
    blindSpots: [...blindSpotsOf(differences), ...endedBefore(goneBeforeMs)],
    tookMs: Math.round(clock.monotonic() - startedAt),
  }
}

const endedBefore = (atMs: number | undefined): readonly string[] =>
  atMs === undefined
    ? []
    : [`Exchanges before ${new Date(atMs).toISOString().slice(0, 10)}: what the log held of them has ended.`]

const shown = (person: Person | undefined): PersonShown =>
  person === undefined ? null : { id: person.id, email: person.email }

/** A value that was one of an entry is told in a head by the id of that entry. */
const clearingsById = ({ clearings }: Snapshot): ReadonlyMap<string, Clearing> =>
  new Map([...clearings.values()].flat().map((clearing) => [clearing.id, clearing]))

/** What would stop an exchange before or beside the rules is not decided here. */
const besideRules: ReadonlySet<string | undefined> = new Set([
  'stopped-by-switch',
  'tool-not-allowed',
  'budget-spent',
  'credential-unavailable',
  'client-gone',
  'log-unavailable',
])

function isAsThen({ kind, facts }: EntryHead, now: Outcome): boolean {
  if (kind === 'intent') return now.goes && now.offering === facts.offering && now.leavesAs === facts.leavesAs
  return besideRules.has(facts.code) || (!now.goes && now.code === facts.code)
}
