/**
 * Reading what people entered: somebody asks with a reason, somebody else approves, for a time, every opening is in
 * the log first, and the person concerned is told. The log has every line first, then the store.
 */
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import { randomId } from '#/core/id.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { AuditLog, EntryFacts, EntryHead } from '../api.ts'
import type { FindAll } from '../index/find-all.ts'
import { type ContentAsked, matchContent } from '../index/match-content.ts'
import { scanContents } from '../index/scan-contents.ts'
import { searchMaxEntries } from '../read.ts'
import {
  type ApproverRole,
  approverRoles,
  askerRoles,
  type EntryContent,
  type NoticeView,
  type Reader,
  type Reading,
  type ReadingDecision,
  type ReadingHistory,
  type ReadingView,
  type Scope,
} from './api.ts'
import { type AskedDecision, type AskedReading, assertSpan, queryMostEntries, readReceipt } from './asked.ts'
import { contentKinds, hasContent, readContent } from './content.ts'
import { entryOf, type Line, readMissing } from './log-lines.ts'
import { approvalsNeeded, covers, isSamePerson, stateOf } from './state.ts'
import { createReadingStore, type ReadingStore } from './store.ts'
import { noticeView, viewOf } from './view.ts'

export interface ReadingServices {
  readonly database: Database
  readonly clock: Clock
  readonly log: Pick<AuditLog, 'origin' | 'append' | 'search' | 'open' | 'outcomeOf' | 'progressOf'>
  readonly findPeople: (email: string) => Promise<readonly Person[]>
  readonly findPerson: (id: string) => Promise<Person | undefined>
  /** Everybody who could sign in and has one of these roles. */
  readonly holdersOf: (roles: readonly Person['roles'][number][]) => readonly Person[]
  /** Indexes of the entries a question finds, the newest first, at most so many. The search is logged. */
  readonly findByQuery: FindAll
  /** A legal hold says that this person is not told now. Asked again until it no longer does. */
  readonly mustStaySilent?: (personId: string) => boolean
}

/** A signed-in person, or the name of an account of the machine at its command line. */
export type Asker = Person | string

/** An entry a reading covers, without its content. */
export type CoveredEntry = EntryHead & { readonly receipt: string }

export interface FoundContents {
  /** The newest first. */
  readonly entries: readonly CoveredEntry[]
  readonly scanned: number
  /** Of those looked through: they hold no text, or its key was destroyed. */
  readonly closed: number
  /** Receipts of what should open and does not: run audit verify. */
  readonly problems: readonly string[]
  /** There may be more: narrow the words or the reading. */
  readonly isCut: boolean
}

export interface Readings {
  /** Throws `request-invalid`, `role-missing`, `no-second-person`. */
  readonly request: (asked: AskedReading, by: Asker) => Promise<ReadingView>
  /** The newest first. */
  readonly list: (by: Asker) => Promise<readonly ReadingView[]>
  readonly find: (id: string, by: Asker) => Promise<ReadingView>
  /** Throws `own-reading`, `role-missing`, `reading-decided`, `not-found`. */
  readonly decide: (id: string, asked: AskedDecision, person: Person) => Promise<ReadingView>
  /** By whoever asked, whoever may decide, and the machine's own accounts. Throws `reading-decided`, `not-found`. */
  readonly end: (id: string, by: Asker) => Promise<ReadingView>
  /** What there is to open, for whoever asked. Throws `reading-not-open`, `not-found`. */
  readonly entries: (id: string, by: Asker) => Promise<readonly CoveredEntry[]>
  /** Looks through what is covered; each entry that holds it counts as opened. Throws the same, and `request-invalid`. */
  readonly search: (id: string, asked: ContentAsked, by: Asker) => Promise<FoundContents>
  /** Throws `reading-not-open`, `outside-reading`, `not-found`. */
  readonly open: (id: string, index: number, by: Asker) => Promise<EntryContent<EntryFacts>>
  /** What a person was told. */
  readonly noticesOf: (personId: string) => Promise<readonly NoticeView[]>
  /** Tells whoever was not told yet and may be now; gives how many. */
  readonly tellDue: () => Promise<number>
}

/** On one page of a list, and among the entries of one reading. */
const listMost = 500
const entriesMost = 1_000
/** Every one of them is an opening, and told to whoever wrote it. */
const foundMost = 100

export async function openReadings(services: ReadingServices): Promise<Readings> {
  const store = createReadingStore(services.database)
  const { lastLogIndex, lastUntilMs } = await store.state()
  const missing = await readMissing(services.log, lastLogIndex, (acts) =>
    Math.max(lastUntilMs, ...acts.map((line) => (line.what === 'request' ? line.value.untilMs : 0))),
  )
  const readings = new OpenReadings(services, store)
  await readings.takeOver(missing)
  return readings
}

class OpenReadings implements Readings {
  readonly #services: ReadingServices
  readonly #store: ReadingStore
  /** A clock that was set back must not open what was over. */
  #latestMs = 0
  /** The log has a line the store does not: only a start can bring them together. */
  #isBehind = false
  /** What is checked must still be so when it is written. */
  readonly #turns = createOneAtATime()

  constructor(services: ReadingServices, store: ReadingStore) {
    this.#services = services
    this.#store = store
  }

  /** Lines of a reading whose request nobody can open any more have nothing to belong to. */
  async takeOver(missing: Awaited<ReturnType<typeof readMissing>>): Promise<void> {
    const known = new Set<string>()
    for (const line of missing) {
      const id = line.what === 'request' ? line.value.id : line.value.reading
      if (line.what === 'request' || (await this.#store.find(id)) !== undefined) known.add(id)
      if (known.has(id)) await this.#store.add([line])
    }
  }

  request(asked: AskedReading, by: Asker): Promise<ReadingView> {
    return this.#turns.run(async () => {
      const reader = readerOf(by)
      const role = typeof by === 'string' ? undefined : askerRoles.find((each) => by.roles.includes(each))
      if (role === undefined && typeof by !== 'string')
        throw new Refusal('role-missing', { roles: askerRoles })
      const askedAtMs = this.#now()
      const { scope, concerns } = await this.#scopeOf(asked, askedAtMs, reader)
      const reading: Reading = {
        id: `reading_${randomId(16)}`,
        by: reader,
        role,
        reason: asked.reason,
        scope,
        concerns,
        askedAtMs,
        untilMs: askedAtMs + asked.hours * 3_600_000,
      }
      this.#assertApprovers(reading)
      await this.#write({ what: 'request', value: reading })
      return this.#view({ reading, decisions: [], end: undefined }, by)
    })
  }

  async list(by: Asker): Promise<readonly ReadingView[]> {
    const all = await this.#store.list(listMost)
    const seen = all.filter((each) => !this.#isHidden(each.reading, by))
    return Promise.all(seen.map((each) => this.#view(each, by)))
  }

  async find(id: string, by: Asker): Promise<ReadingView> {
    return this.#view(await this.#need(id, by), by)
  }

  decide(id: string, { verdict, reason }: AskedDecision, person: Person): Promise<ReadingView> {
    return this.#turns.run(async () => {
      const history = await this.#need(id, person)
      const role = approverRoleOf(person)
      if (role === undefined) throw new Refusal('role-missing', { roles: approverRoles })
      if (isSamePerson(readerOf(person), history.reading.by)) throw new Refusal('own-reading')
      const state = stateOf(history, this.#now())
      if (state !== 'waiting' || hasDecided(history, person)) throw new Refusal('reading-decided', { state })
      const decision: ReadingDecision = {
        reading: id,
        by: readerOf(person),
        role,
        verdict,
        reason,
        atMs: this.#now(),
      }
      await this.#write({ what: 'decision', value: decision })
      return this.#view({ ...history, decisions: [...history.decisions, decision] }, person)
    })
  }

  end(id: string, by: Asker): Promise<ReadingView> {
    return this.#turns.run(async () => {
      const history = await this.#need(id, by)
      const isAllowed =
        typeof by === 'string' || this.#isMine(history, by) || approverRoleOf(by) !== undefined
      if (!isAllowed) throw new Refusal('role-missing', { roles: approverRoles })
      const state = stateOf(history, this.#now())
      if (state !== 'waiting' && state !== 'open') throw new Refusal('reading-decided', { state })
      const end = { reading: id, by: readerOf(by), atMs: this.#now() }
      await this.#write({ what: 'end', value: end })
      return this.#view({ ...history, end }, by)
    })
  }

  async entries(id: string, by: Asker): Promise<readonly CoveredEntry[]> {
    const { scope } = (await this.#needOpen(id, by)).reading
    await this.#logSearch(id, {}, by)
    return this.#covered(scope, entriesMost)
  }

  async search(id: string, asked: ContentAsked, by: Asker): Promise<FoundContents> {
    const { log } = this.#services
    const matches = matchContent(asked)
    const { scope, untilMs } = (await this.#needOpen(id, by)).reading
    await this.#logSearch(id, asked, by)
    const covered = await this.#covered(scope, searchMaxEntries)
    const indexes = covered.map(({ index }) => index)
    const mayGoOn = (): boolean => this.#now() < untilMs
    const looked = await scanContents(log, indexes, matches, { limit: foundMost, mayGoOn })
    const entries = covered.filter(({ index }) => looked.found.includes(index))
    // That it holds the words says what is in it. Whether the reading is still open is asked with each.
    for (const entry of entries) await this.#writeOpening(id, entry, by)
    return {
      entries,
      scanned: looked.scanned,
      closed: looked.closed,
      problems: looked.problems.map((index) => `${log.origin}#${index}`),
      isCut: looked.isCut || covered.length >= searchMaxEntries,
    }
  }

  async open(id: string, index: number, by: Asker): Promise<EntryContent<EntryFacts>> {
    await this.#writeOpening(id, await this.#services.log.open(index), by)
    const content = await readContent(this.#services.log, index)
    if (content === undefined) throw new Error(`entry ${index} of the log was there and is not any more`)
    return content
  }

  /** In the log before anything is given out, and told to whoever wrote it. */
  #writeOpening(id: string, entry: EntryHead | undefined, by: Asker): Promise<void> {
    return this.#turns.run(async () => {
      const { reading } = await this.#needOpen(id, by)
      if (entry === undefined || !hasContent(entry.kind) || !covers(reading.scope, entry))
        throw new Refusal('outside-reading')
      const { index, subject: personId } = entry
      const opening = { reading: id, index, personId, by: readerOf(by), atMs: this.#now() }
      await this.#write({ what: 'opening', value: opening })
      await this.#tell()
    })
  }

  async #logSearch(id: string, asked: object, by: Asker): Promise<void> {
    const reader = readerOf(by)
    await this.#services.log.append({
      kind: 'read',
      facts: { reason: 'search', about: id },
      payload: JSON.stringify({ search: { reading: id, ...asked }, by: reader }),
      ...(reader.subject === undefined ? {} : { subject: reader.id }),
    })
  }

  async noticesOf(personId: string): Promise<readonly NoticeView[]> {
    const notices = await this.#store.noticesOf(personId, listMost)
    const views = notices.map(async ({ reading, atMs }) => {
      const history = await this.#store.find(reading)
      if (history === undefined) throw new Error(`there is a notice of ${reading} and no such reading`)
      const opened = await this.#store.openedOf(reading, personId)
      // A hold that came after the notice keeps back what was opened since.
      const told = this.#isSilent(personId) ? opened.filter((each) => each.atMs <= atMs) : opened
      return noticeView(history, atMs, told, this.#services.log.origin)
    })
    return Promise.all(views)
  }

  tellDue(): Promise<number> {
    return this.#turns.run(() => this.#tell())
  }

  async #tell(): Promise<number> {
    let told = 0
    for (const { reading, personId } of await this.#store.untold()) {
      if (this.#isSilent(personId)) continue
      await this.#write({ what: 'notice', value: { reading, personId, atMs: this.#now() } })
      told++
    }
    return told
  }

  async #scopeOf(asked: AskedReading, nowMs: number, by: Reader): Promise<ScopeAndConcerns> {
    if (asked.person !== undefined) {
      const { email, sinceMs, untilMs } = asked.person
      assertSpan(asked.person, nowMs)
      const [person, ...others] = await this.#services.findPeople(email)
      if (person === undefined) {
        const problem = 'nobody here has this address'
        throw new Refusal('request-invalid', { field: 'person.email', problem })
      }
      if (others.length > 0) throw new Refusal('person-ambiguous')
      return { scope: { what: 'person', personId: person.id, sinceMs, untilMs }, concerns: [person.id] }
    }
    const { origin } = this.#services.log
    if (asked.query !== undefined) return this.#scopeOfQuery(asked.query, by)
    const indexes = [...new Set((asked.receipts ?? []).map((receipt) => readReceipt(receipt, origin)))]
    const heads = await this.#heads(indexes)
    if (heads.length < indexes.length) {
      const there = new Set(heads.map(({ index }) => index))
      const missing = indexes.find((index) => !there.has(index))
      const problem = `${origin}#${missing} is not an exchange of this log`
      throw new Refusal('request-invalid', { field: 'receipts', problem })
    }
    return { scope: { what: 'receipts', indexes }, concerns: concernsOf(heads) }
  }

  async #scopeOfQuery(text: string, { id, name, subject }: Reader): Promise<ScopeAndConcerns> {
    const searcher = subject === undefined ? { name } : { name, personId: id }
    const found = await this.#services.findByQuery(text, searcher, queryMostEntries + 1)
    const refuse = (problem: string) => new Refusal('request-invalid', { field: 'query', problem })
    if (found.length > queryMostEntries)
      throw refuse(`it finds more than ${queryMostEntries} entries; ask for one matter`)
    const heads = await this.#heads(found)
    if (heads.length === 0) throw refuse('it finds no exchange')
    const indexes = heads.map(({ index }) => index)
    return { scope: { what: 'query', text, indexes }, concerns: concernsOf(heads) }
  }

  /** Of those that are exchanges. */
  async #heads(indexes: readonly number[]): Promise<readonly EntryHead[]> {
    const heads: EntryHead[] = []
    for (const index of indexes) {
      const entry = await this.#services.log.open(index)
      if (entry === undefined || !hasContent(entry.kind)) continue
      const { atMs, kind, facts, subject } = entry
      heads.push({ index, atMs, kind, facts, subject })
    }
    return heads
  }

  async #covered(scope: Scope, limit: number): Promise<readonly CoveredEntry[]> {
    const { log } = this.#services
    const heads =
      scope.what !== 'person'
        ? await this.#heads(scope.indexes)
        : await log.search({
            personIds: [scope.personId],
            sinceMs: scope.sinceMs,
            untilMs: scope.untilMs,
            kinds: contentKinds,
            limit,
          })
    return heads.map((head) => ({ ...head, receipt: `${log.origin}#${head.index}` }))
  }

  /** Somebody else must be able to approve it, or it would wait until it ends. */
  #assertApprovers(reading: Reading): void {
    const needed = approvalsNeeded(reading)
    const others = this.#services
      .holdersOf(approverRoles)
      .filter((each) => !isSamePerson(readerOf(each), reading.by) && !this.#isHidden(reading, each))
    if (others.length < needed) throw new Refusal('no-second-person', { there: others.length, needed })
  }

  /** A reading that its subject must not know of yet does not exist for that person, whatever their roles. */
  #isHidden({ concerns, by }: Reading, viewer: Asker): boolean {
    if (typeof viewer === 'string' || viewer.id === by.id) return false
    return concerns.includes(viewer.id) && this.#isSilent(viewer.id)
  }

  #isSilent(personId: string): boolean {
    return this.#services.mustStaySilent?.(personId) ?? false
  }

  async #need(id: string, by: Asker): Promise<ReadingHistory> {
    const history = await this.#store.find(id)
    if (history === undefined || this.#isHidden(history.reading, by))
      throw new Refusal('not-found', { what: 'reading' })
    return history
  }

  /** Only whoever asked reads: who approves has not taken over the duty to look no further than needed. */
  async #needOpen(id: string, by: Asker): Promise<ReadingHistory> {
    const history = await this.#need(id, by)
    if (!this.#isMine(history, by)) throw new Refusal('not-found', { what: 'reading' })
    if (typeof by !== 'string' && !askerRoles.some((role) => by.roles.includes(role)))
      throw new Refusal('role-missing', { roles: askerRoles })
    const state = stateOf(history, this.#now())
    if (state !== 'open') throw new Refusal('reading-not-open', { state })
    return history
  }

  #isMine({ reading }: ReadingHistory, by: Asker): boolean {
    return reading.by.id === readerOf(by).id
  }

  async #view(history: ReadingHistory, by: Asker): Promise<ReadingView> {
    const { scope } = history.reading
    const person = scope.what === 'person' ? await this.#services.findPerson(scope.personId) : undefined
    const mayDecide =
      typeof by !== 'string' &&
      approverRoleOf(by) !== undefined &&
      !isSamePerson(readerOf(by), history.reading.by) &&
      stateOf(history, this.#now()) === 'waiting' &&
      !hasDecided(history, by)
    return viewOf(
      history,
      { origin: this.#services.log.origin, nameOf: (personId) => person?.email ?? personId },
      { nowMs: this.#now(), isMine: this.#isMine(history, by), mayDecide },
    )
  }

  /** The log first, then the store. */
  async #write(line: Line): Promise<void> {
    if (this.#isBehind)
      throw new Error('the store missed a line of a reading; start Sallyport again, it is in the log')
    const { index } = await this.#services.log.append(entryOf(line))
    this.#isBehind = true
    await this.#store.add([{ ...line, logIndex: index }])
    this.#isBehind = false
  }

  #now(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#services.clock.now())
    return this.#latestMs
  }
}

interface ScopeAndConcerns {
  readonly scope: Scope
  readonly concerns: readonly string[]
}

const concernsOf = (heads: readonly EntryHead[]): readonly string[] => [
  ...new Set(heads.flatMap(({ subject }) => subject ?? [])),
]

const readerOf = (by: Asker): Reader =>
  typeof by === 'string'
    ? { id: by, name: by, issuer: undefined, subject: undefined }
    : // A provider may give no address.
      { id: by.id, name: by.email === '' ? by.id : by.email, issuer: by.issuer, subject: by.subject }

const approverRoleOf = ({ roles }: Person): ApproverRole | undefined =>
  approverRoles.find((role) => roles.includes(role))

const hasDecided = ({ decisions }: ReadingHistory, person: Person): boolean =>
  decisions.some(({ by }) => isSamePerson(by, readerOf(person)))
