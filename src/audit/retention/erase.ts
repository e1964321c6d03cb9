/**
 * Erasing what a person entered, or the text of one exchange. Each erasure has two entries: `begun` is durable before
 * anything is touched and says what is to go, `done` says what went. One that was cut off between the two is gone on
 * with at the next start, so that nobody who was told "erased" is told wrong; `incomplete` says what failed, and is tried again.
 */
import { z } from 'zod'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog, EntryKind } from '../api.ts'
import { lateCheckpoint } from '../ending.ts'
import { monthOf } from '../layout.ts'
import { withSealedFacts } from '../sealed-facts.ts'
import { endOfMonth } from './due.ts'
import type { Holds } from './holds.ts'
import type { ErasedInStore, KeptStore } from './kept-store.ts'

/** Grounds of GDPR Article 17 (1) (a) to (f), and `other`. They stand in the header, which holds no free text. */
export const bases = [
  'no-longer-needed',
  'consent-withdrawn',
  'objection',
  'unlawful',
  'legal-obligation',
  'child-service',
  'other',
] as const

export type Basis = (typeof bases)[number]

export interface ErasureAsked {
  readonly basis: Basis
  /** In words, and who asked: sealed, for nobody's key but the log's own. */
  readonly reason: string
  readonly by: string
}

/** What happened in one store. */
export type StoreResult = { readonly store: string } & (
  | ErasedInStore
  | { readonly outcome: 'failed'; readonly problem: string }
)

export interface Erased {
  readonly id: string
  /** Indexes of the two entries. */
  readonly entries: readonly [begun: number, done: number]
  /** False when a store failed: it is tried again (`unfinished.ts`). */
  readonly isComplete: boolean
  readonly keys: number
  readonly stores: readonly StoreResult[]
  /** Of an exchange: the entries whose texts were overwritten. */
  readonly overwritten: readonly number[]
  /** Later entries that referred to a text that is gone: that part is gone from these, too. */
  readonly alsoIn: readonly number[]
  /** Earlier entries that hold parts of the text, and keep them: what was said before in the same conversation. */
  readonly heldBy: readonly number[]
}

export interface ErasureServices {
  readonly log: AuditLog
  readonly holds: Holds
  readonly stores: readonly KeptStore[]
  readonly now: () => number
}

/** Throws `erasure-held` while a legal hold covers the person. */
export async function erasePerson(
  services: ErasureServices,
  personId: string,
  asked: ErasureAsked,
): Promise<Erased> {
  assertFree(services, personId)
  return work(services, { ...asked, id: newId(), personId, indexes: [] })
}

/** Of an exchange. What the log keeps about itself, such as who read whose text, goes with its month and not before. */
const erasedAlone: readonly EntryKind[] = ['intent', 'refusal', 'progress', 'outcome']

/**
 * Erases the text of one exchange: what was entered and what came back. For somebody named in a prompt of another.
 * Throws `erasure-held` while a hold covers the person who entered it, `request-invalid` when nothing is there, when it is
 * no exchange, and while it goes on.
 */
export async function eraseExchange(
  services: ErasureServices,
  index: number,
  asked: ErasureAsked,
): Promise<Erased> {
  const { log } = services
  const entry = await log.open(index)
  if (entry === undefined)
    throw new Refusal('request-invalid', { field: 'receipt', problem: 'the log has no such entry' })
  assertFree(services, entry.subject)
  if (!erasedAlone.includes(entry.kind))
    throw new Refusal('request-invalid', { field: 'receipt', problem: 'this entry is no exchange' })
  const outcome = entry.kind === 'intent' ? await log.outcomeOf(index) : undefined
  if (entry.kind === 'intent' && outcome === undefined) {
    const problem = 'this exchange still goes on: its answer would stay. Ask again once it has ended'
    throw new Refusal('request-invalid', { field: 'receipt', problem })
  }
  const progress = entry.kind === 'intent' ? await log.progressOf(index) : []
  const indexes = [entry, ...progress, outcome].flatMap((each) =>
    each?.payload === undefined ? [] : [each.index],
  )
  if (indexes.length === 0) {
    throw new Refusal('request-invalid', {
      field: 'receipt',
      problem: 'this entry has no text, or it was erased before',
    })
  }
  return work(services, { ...asked, id: newId(), personId: undefined, indexes })
}

/**
 * Goes on with what a crash cut off and with what was not complete: of the latter only where it failed, so that what somebody
 * entered after their erasure stays theirs. Called at start, and later for the ids in `only`. Gives what it did.
 */
export async function finishErasures(
  services: ErasureServices,
  only?: ReadonlySet<string>,
): Promise<readonly Erased[]> {
  const { log } = services
  // A crash leaves one open, at most a few: what was begun long ago has been looked at by earlier starts.
  const heads = await log.search({ kinds: ['erase'], limit: 200 })
  const done = new Set(heads.flatMap(({ facts }) => (facts.decision === 'done' ? [facts.about] : [])))
  const finished: Erased[] = []
  for (const { index, facts } of heads) {
    const { about = '', decision } = facts
    if (decision !== 'begun' || done.has(about) || only?.has(about) === false) continue
    const payload = (await log.open(index))?.payload
    if (payload === undefined) continue
    // The newest one: each says what was still to do after it.
    const tried = heads.find((head) => head.facts.decision === 'incomplete' && head.facts.about === about)
    const failed = tried && failedIn((await log.open(tried.index))?.payload)
    finished.push(await carryOut(services, toErasure(payload), index, { failed }))
  }
  return finished
}

const triedShape = z.object({ stores: z.array(z.object({ store: z.string(), outcome: z.string() })) })

/** Names of the stores that failed; undefined when nobody can say. */
function failedIn(payload: Uint8Array | undefined): ReadonlySet<string> | undefined {
  if (payload === undefined) return undefined
  const { stores } = triedShape.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  return new Set(stores.filter(({ outcome }) => outcome === 'failed').map(({ store }) => store))
}

interface Erasure extends ErasureAsked {
  readonly id: string
  readonly personId: string | undefined
  readonly indexes: readonly number[]
}

const erasureShape = z.object({
  id: z.string(),
  personId: z.string().optional(),
  indexes: z.array(z.number()),
  basis: z.enum(bases),
  reason: z.string(),
  by: z.string(),
})

const toErasure = (payload: Uint8Array): Erasure => {
  const { personId, ...rest } = erasureShape.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  return { ...rest, personId }
}

const newId = (): string => `erasure_${randomId(12)}`

function assertFree({ holds, now }: ErasureServices, personId: string | undefined): void {
  const covering = holds.covering({ personId, atMs: now() })
  if (covering.length > 0) throw new Refusal('erasure-held', { holds: covering.map(({ id }) => id) })
}

async function work(services: ErasureServices, erasure: Erasure): Promise<Erased> {
  const { id, basis, indexes } = erasure
  const facts = {
    about: id,
    decision: 'begun',
    reason: basis,
    ...(indexes.length === 0 ? {} : { erased: indexes }),
  }
  const begun = await services.log.append(withSealedFacts('erase', facts, { ...erasure }))
  return carryOut(services, erasure, begun.index)
}

/** A header has room for this many names of keys; a person has one or two a month. */
const namedKeysMax = 500

async function carryOut(
  services: ErasureServices,
  erasure: Erasure,
  begun: number,
  { failed }: { readonly failed?: ReadonlySet<string> | undefined } = {},
): Promise<Erased> {
  const { log } = services
  const { id, basis, personId, indexes } = erasure
  const heldBy = await findSources(log, indexes)
  const stores = services.stores.filter(({ name }) => failed?.has(name) ?? true)
  const results =
    (await heldSince(services, erasure, stores)) ??
    (personId === undefined ? await overwrite(log, indexes) : await eraseIn(stores, personId))
  // Afterwards: from now on nothing new refers to these texts, so that this finds everybody who does.
  const alsoIn = await findReferring(log, indexes)
  const keys = results.flatMap((result) => (result.outcome === 'erased' ? result.keys : []))
  const isComplete = results.every(({ outcome }) => outcome !== 'failed')
  const gone = isComplete ? indexes : []
  const facts = {
    about: id,
    decision: isComplete ? 'done' : 'incomplete',
    reason: basis,
    counts: { keys: keys.length, texts: gone.length, ...countsOf(results) },
    ...(keys.length === 0 ? {} : { keys: keys.slice(0, namedKeysMax) }),
  }
  const done = await log.append(withSealedFacts('erase', facts, { id, stores: results, alsoIn, heldBy }))
  return {
    id,
    entries: [begun, done.index],
    isComplete,
    keys: keys.length,
    stores: results,
    overwritten: gone,
    alsoIn,
    heldBy,
  }
}

/** A hold may have come after the erasure was begun: then nothing more goes. Undefined when there is none. */
async function heldSince(
  { log, holds, now }: ErasureServices,
  { personId, indexes: [first] }: Erasure,
  stores: readonly KeptStore[],
): Promise<readonly StoreResult[] | undefined> {
  const whose = personId ?? (first === undefined ? undefined : (await log.open(first))?.subject)
  const covering = holds.covering({ personId: whose, atMs: now() })
  if (covering.length === 0) return undefined
  const problem = `a legal hold covers it: ${covering.map(({ id }) => id).join(', ')}`
  const names = personId === undefined ? [textsOfLog] : stores.map(({ name }) => name)
  return names.map((store) => ({ store, outcome: 'failed', problem }))
}

/** What is erased of a single exchange. */
const textsOfLog = 'log texts'

/** Gives what failed. The entry that says why is signed before the first goes: until then it could be anybody's. */
async function overwrite(log: AuditLog, indexes: readonly number[]): Promise<readonly StoreResult[]> {
  if (!(await log.signNow())) return [{ store: textsOfLog, outcome: 'failed', problem: lateCheckpoint }]
  for (const index of indexes) await log.erasePayload(index)
  return []
}

/** Entries of one person in one month that are looked through: they share a key, so no others can refer to a text. */
const relatedMax = 10_000

/** Earlier entries that hold parts of what these sealed. */
async function findSources(log: AuditLog, indexes: readonly number[]): Promise<readonly number[]> {
  const sources: number[] = []
  for (const index of indexes) sources.push(...(await log.sourcesOf(index)))
  return [...new Set(sources)].filter((source) => !indexes.includes(source))
}

/** A text that was sent before lies with the entry that had it first; who refers to it is found by opening them. */
async function findReferring(log: AuditLog, indexes: readonly number[]): Promise<readonly number[]> {
  const erased = new Set(indexes)
  const [first] = indexes
  const entry = first === undefined ? undefined : await log.open(first)
  if (entry?.subject === undefined) return []
  const heads = await log.search({
    personIds: [entry.subject],
    sinceMs: entry.atMs,
    untilMs: endOfMonth(monthOf(entry.atMs)),
    limit: relatedMax,
  })
  const found: number[] = []
  for (const { index } of heads) {
    if (erased.has(index)) continue
    if ((await log.sourcesOf(index)).some((source) => erased.has(source))) found.push(index)
  }
  return found.toReversed()
}

/** Each store by itself: one that fails must not keep the text of another readable. */
async function eraseIn(stores: readonly KeptStore[], personId: string): Promise<readonly StoreResult[]> {
  const results: StoreResult[] = []
  for (const { name, eraseOf } of stores) {
    try {
      results.push({ store: name, ...(await eraseOf(personId)) })
    } catch (error) {
      results.push({ store: name, outcome: 'failed', problem: (error as Error).message })
    }
  }
  return results
}

function countsOf(results: readonly StoreResult[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const result of results) {
    if (result.outcome !== 'erased') continue
    for (const [name, count] of Object.entries(result.counts)) counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}
