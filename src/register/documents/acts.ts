import { setImmediate as turn } from 'node:timers/promises'
import type { AuditLog, EntryHead } from '#/audit/api.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'

export interface Act {
  readonly exchanges: number
  readonly people: number
}

/** What was done in a time, by the heads of the log: no content is read. */
export interface Acts {
  /** Later than asked for where `isCut`. */
  readonly sinceMs: number
  readonly untilMs: number
  readonly isCut: boolean
  /** That came to the rules. */
  readonly exchanges: number
  /** With those refused before. */
  readonly requests: number
  /** By the id of the rule. */
  readonly rules: ReadonlyMap<string, Act>
  readonly offerings: ReadonlyMap<string, Act>
  readonly useCases: ReadonlyMap<string, Act>
  /** By code. */
  readonly refusals: ReadonlyMap<string, Act>
  /** By `type action`. */
  readonly found: ReadonlyMap<string, Act & { readonly values: number }>
  /** Stops by what they were of. */
  readonly stops: ReadonlyMap<string, number>
}

export type CountableLog = Pick<AuditLog, 'size' | 'newestHeads'>

/** More heads than these are not counted; the newest are. A second of work. */
const mostHeads = 200_000
const pageHeads = 250

/** A count is asked for by everybody who opens the guide: it is made again after this long. */
const keptMs = 5 * 60_000
/** Spans that are kept at once. */
const mostKept = 4

const dayMs = 86_400_000

/** Counts one span at a time, and remembers it for some minutes. */
export function createActs(log: CountableLog, now: () => number): (days: number) => Promise<Acts> {
  const kept = new Map<number, { readonly atMs: number; readonly acts: Promise<Acts> }>()
  const turns = createOneAtATime()
  return (days) => {
    const nowMs = now()
    const known = kept.get(days)
    if (known !== undefined && Math.abs(nowMs - known.atMs) < keptMs) return known.acts
    const acts = turns.run(() => countActs(log, nowMs - days * dayMs, nowMs))
    kept.delete(days)
    kept.set(days, { atMs: nowMs, acts })
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    // What failed is asked for again the next time; whoever waits for this one is told.
    acts.catch(() => kept.get(days)?.acts === acts && kept.delete(days))
    return acts
  }
}

/** `sinceMs` included, `untilMs` not. Rejects with what the log throws. */
export async function countActs(
  log: CountableLog,
  sinceMs: number,
  untilMs: number,
  most: number = mostHeads,
): Promise<Acts> {
  const counts = new Counts()
  let [heads, below, oldestMs] = [0, log.size(), untilMs]
  let goneBeforeMs: number | undefined
  while (below > 0 && heads < most) {
    const kinds = ['intent', 'refusal', 'decision'] as const
    const wanted = Math.min(pageHeads, most - heads)
    const page = await log.newestHeads({ kinds, sinceMs, untilMs, below, most: wanted })
    for (const head of page.heads) {
      counts.add(head)
      oldestMs = Math.min(oldestMs, head.atMs)
    }
    heads += page.heads.length
    below = page.below
    goneBeforeMs = page.goneBeforeMs
    // Exchanges under way go on in between.
    await turn()
  }
  // What is older was not read, or its headers have ended.
  const isCut = below > 0 || goneBeforeMs !== undefined
  return { sinceMs: isCut ? (goneBeforeMs ?? oldestMs) : sinceMs, untilMs, isCut, ...counts.told() }
}

interface Counting {
  exchanges: number
  values: number
  readonly people: Set<string>
}

class Counts {
  #exchanges = 0
  #requests = 0
  readonly #rules = new Map<string, Counting>()
  readonly #offerings = new Map<string, Counting>()
  readonly #useCases = new Map<string, Counting>()
  readonly #refusals = new Map<string, Counting>()
  readonly #found = new Map<string, Counting>()
  readonly #stops = new Map<string, number>()

  add(head: EntryHead): void {
    const { kind, facts, subject } = head
    if (kind === 'decision') {
      if (facts.decision !== 'stop' || facts.about?.startsWith('switch/') !== true) return
      const scope = facts.reason ?? ''
      this.#stops.set(scope, (this.#stops.get(scope) ?? 0) + 1)
      return
    }
    this.#requests++
    // Of a refusal the snapshot stands there once all was inspected.
    if (kind === 'intent' || facts.snapshot !== undefined) this.#exchanges++
    if (kind === 'refusal' && facts.code !== undefined) count(this.#refusals, facts.code, subject)
    if (kind === 'intent' && facts.offering !== undefined) count(this.#offerings, facts.offering, subject)
    if (kind === 'intent' && facts.useCase !== undefined) count(this.#useCases, facts.useCase, subject)
    for (const rule of new Set(facts.rules)) count(this.#rules, rule, subject)
    const values = new Map<string, number>()
    for (const { type, action, count: many } of facts.findings ?? []) {
      const key = `${type} ${action}`
      values.set(key, (values.get(key) ?? 0) + many)
    }
    for (const [key, many] of values) count(this.#found, key, subject, many)
  }

  told(): Omit<Acts, 'sinceMs' | 'untilMs' | 'isCut'> {
    return {
      exchanges: this.#exchanges,
      requests: this.#requests,
      rules: toActs(this.#rules),
      offerings: toActs(this.#offerings),
      useCases: toActs(this.#useCases),
      refusals: toActs(this.#refusals),
      found: toActs(this.#found),
      stops: this.#stops,
    }
  }
}

function count(into: Map<string, Counting>, key: string, person: string | undefined, values = 1): void {
  let counting = into.get(key)
  if (counting === undefined) {
    counting = { exchanges: 0, values: 0, people: new Set() }
    into.set(key, counting)
  }
  counting.exchanges++
  counting.values += values
  if (person !== undefined) counting.people.add(person)
}

const toActs = (counted: ReadonlyMap<string, Counting>) =>
  new Map(
    [...counted].map(([key, { exchanges, values, people }]) => [
      key,
      { exchanges, values, people: people.size },
    ]),
  )
