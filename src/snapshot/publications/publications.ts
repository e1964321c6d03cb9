import type { Appended, NewEntry } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Author, RecordHistory } from '#/register/api.ts'
import { isSamePerson } from '#/register/quorum.ts'
import type { Register } from '#/register/register.ts'
import { type Checked, type CheckServices, checkRecords, firstProblem, standingErrors } from '../check.ts'
import type { Compiled } from '../compile.ts'
import type { Difference, ItemName, Publication, PublicationAsk, PublicationCause, Published } from './api.ts'
import { differenceOf } from './difference.ts'
import { PublicationHistory } from './history.ts'
import { areSame, changeBetween, digestOf, type Items, itemsOf, nameOf, pin, publishedOf } from './items.ts'
import { askEntry, publicationEntry } from './log-lines.ts'
import type { PublicationStore } from './store.ts'
import { summaryOf } from './summary.ts'

export interface PublicationServices {
  readonly register: Pick<Register, 'list'>
  readonly store: PublicationStore
  /** Resolves once the entry is durable. */
  readonly log: (entry: NewEntry) => Promise<Appended>
  readonly clock: Clock
  readonly writeLine: WriteLine
  readonly mode: 'automatic' | 'by-person'
  readonly secondPerson: boolean
  readonly check: CheckServices
}

/** A person, or an account of the machine on the command line. */
export type Asker = Person | string

/** Publish and step back: as with decisions about records. */
export const publishers: readonly [Role, ...Role[]] = ['security', 'owner']

/** What was approved and does not serve yet. */
export interface WaitingItems {
  readonly items: Items
  readonly digest: string
}

const nothingStands = (): ReadonlySet<string> => new Set()

/** A check holds this long: time alone changes what it says. */
const checkedForMs = 10_000

/** Reads what was published. Throws when one is missing. */
export async function openPublications(services: PublicationServices): Promise<Publications> {
  const history = new PublicationHistory()
  for (const publication of await services.store.read()) history.take(publication)
  const publications = new Publications(services, history, await services.store.readAsk())
  if (history.newest === undefined) await publications.begin()
  return publications
}

/**
 * Which versions of records serve. What is given waits for a publication; what is taken away never does (`items.ts`).
 * Automatic: everything that was approved and passes is published at once. By person: somebody publishes it. After a step
 * back: somebody publishes, whatever the mode.
 */
export class Publications {
  readonly history: PublicationHistory
  readonly #services: PublicationServices
  #ask: PublicationAsk | undefined
  #checked: { readonly key: string; readonly atMs: number; readonly checked: Checked } | undefined
  #served: { readonly key: string; readonly atMs: number; readonly checked: Checked } | undefined
  /** What was told of why something waits. */
  #told: string | undefined
  #isBusy = false
  #trouble: string | undefined
  #onChange: () => void = () => undefined
  #writing: Promise<unknown> = Promise.resolve()
  readonly #turns = createOneAtATime()

  constructor(services: PublicationServices, history: PublicationHistory, ask: PublicationAsk | undefined) {
    this.#services = services
    this.history = history
    this.#ask = ask
  }

  /** The first one: what the register lets serve. Throws when it does not compile, or a rule test is red. */
  async begin(): Promise<void> {
    const nowMs = this.#services.clock.now()
    const { register, check: services } = this.#services
    const items = itemsOf(register, nowMs)
    const { check } = checkRecords(services, register, {
      ...{ digest: digestOf(items), nowMs },
      standing: nothingStands,
    })
    if (check.doesNotCompile !== null || check.failures.length > 0) throw new Error(firstProblem(check))
    for (const { sentence, remedy } of check.findings.filter(({ severity }) => severity === 'error'))
      this.#services.writeLine({ level: 'warning', what: 'the register', problem: `${sentence} ${remedy}` })
    const { publication, difference } = this.#make('start', items, undefined, '')
    this.history.take(publication)
    await this.#write(publication, difference)
  }

  /** Called when something other serves. */
  onChange(listener: () => void): void {
    this.#onChange = listener
  }

  get ask(): PublicationAsk | undefined {
    return this.#ask
  }

  get trouble(): string | undefined {
    return this.#trouble
  }

  /** The register as far as it is published. */
  view(nowMs: number): Pick<Register, 'list'> {
    return publishedOf(this.history.current, this.#services.register, nowMs)
  }

  /** A record as it was published at a moment. From before there were publications, everything approved served. */
  readonly publishedThen = (history: RecordHistory, atMs: number): RecordHistory | undefined => {
    const items = this.history.itemsAt(atMs)
    return items === undefined ? history : pin(history, items.get(nameOf(history as ItemName)), atMs)
  }

  /** Undefined when everything that may serve does. */
  waiting(nowMs: number): WaitingItems | undefined {
    const items = itemsOf(this.#services.register, nowMs)
    return areSame(items, itemsOf(this.view(nowMs), nowMs)) ? undefined : { items, digest: digestOf(items) }
  }

  /** Publishes what waits, where that needs nobody. Gives it compiled; undefined when nothing was published. */
  publishWaiting(nowMs: number): Compiled | undefined {
    const { mode, writeLine } = this.#services
    if (mode !== 'automatic' || this.history.isHeld || this.#isBusy || this.#trouble !== undefined)
      return undefined
    const waiting = this.waiting(nowMs)
    if (waiting === undefined) {
      this.#told = undefined
      return undefined
    }
    const { check, compiled } = this.checkWaiting(waiting, nowMs)
    if (!check.isGreen || compiled === undefined) {
      const problem = firstProblem(check)
      const what =
        check.doesNotCompile === null
          ? 'what was approved is not published; the version before serves on'
          : 'the snapshot does not compile; the one before serves on'
      if (this.#told !== `${waiting.digest} ${problem}`) writeLine({ level: 'error', what, problem })
      this.#told = `${waiting.digest} ${problem}`
      return undefined
    }
    this.#told = undefined
    const { publication, difference } = this.#make('automatic', waiting.items, undefined, '')
    this.history.take(publication)
    this.#write(publication, difference).catch((error: unknown) =>
      this.#stopFor('a publication is not in the log', error),
    )
    return compiled
  }

  /** Of what waits. A green one is looked at anew: people and access change without it. */
  checkWaiting({ digest }: WaitingItems, nowMs: number): Checked {
    const known = this.#checked
    if (known?.key === digest && !known.checked.check.isGreen && nowMs - known.atMs < checkedForMs)
      return known.checked
    const standing = () => standingErrors(this.checkServing(nowMs).check)
    const checked = checkRecords(this.#services.check, this.#services.register, { digest, nowMs, standing })
    this.#checked = { key: digest, atMs: nowMs, checked }
    return checked
  }

  /** Of what serves. */
  checkServing(nowMs: number): Checked {
    const view = this.view(nowMs)
    const digest = digestOf(itemsOf(view, nowMs))
    const known = this.#served
    if (known?.key === digest && nowMs - known.atMs < checkedForMs) return known.checked
    const checked = checkRecords(this.#services.check, view, { digest, nowMs, standing: nothingStands })
    this.#served = { key: digest, atMs: nowMs, checked }
    return checked
  }

  /**
   * Publishes what waits, as it was looked at: by its digest. Where two people publish, the first asks and the second
   * agrees. Throws `role-missing`, `publication-nothing`, `publication-changed`, `publication-stopped`, `own-publication`.
   */
  readonly publish = (asked: { readonly digest: string; readonly reason: string }, asker: Asker) =>
    this.#inTurn(async (): Promise<Published> => {
      const by = authorOf(asker)
      const nowMs = this.#services.clock.now()
      const waiting = this.waiting(nowMs)
      if (waiting === undefined) throw new Refusal('publication-nothing', { what: 'that waits' })
      if (waiting.digest !== asked.digest) throw new Refusal('publication-changed', {})
      const { check } = this.checkWaiting(waiting, nowMs)
      if (!check.isGreen) throw new Refusal('publication-stopped', { problem: firstProblem(check) })
      let second: Author | undefined
      let first: Pick<PublicationAsk, 'by' | 'reason'> = { by, reason: asked.reason }
      if (this.#services.secondPerson) {
        if (typeof asker === 'string') throw new Refusal('own-publication', {})
        if (this.#ask?.digest !== waiting.digest) {
          await this.#setAsk({ digest: waiting.digest, by, reason: asked.reason, atMs: nowMs })
          return { state: 'asked', publication: null }
        }
        if (isSamePerson(this.#ask.by, by)) throw new Refusal('own-publication', {})
        first = this.#ask
        second = by
      }
      const { publication, difference } = this.#make(
        'by-person',
        waiting.items,
        first.by,
        first.reason,
        second,
      )
      await this.#write(publication, difference)
      this.history.take(publication)
      if (this.#ask !== undefined) await this.#setAsk(undefined)
      return { state: 'published', publication: summaryOf(publication, this.history) }
    })

  /**
   * The version before serves again, but for what was taken away since. It holds before it is written, and until somebody
   * publishes. Throws `role-missing`, `publication-nothing`, `publication-stopped`.
   */
  readonly rollBack = (reason: string, asker: Asker) =>
    this.#inTurn(async (): Promise<Published> => {
      const by = authorOf(asker)
      const items = this.history.stepBack
      if (items === undefined) throw new Refusal('publication-nothing', { what: 'to step back to' })
      const nowMs = this.#services.clock.now()
      const { check } = checkRecords(
        this.#services.check,
        publishedOf(items, this.#services.register, nowMs),
        { digest: digestOf(items), nowMs, standing: nothingStands },
      )
      // Rule tests and the linter do not stand in the way: it served before, and it is in haste.
      if (check.doesNotCompile !== null)
        throw new Refusal('publication-stopped', { problem: check.doesNotCompile })
      const { publication, difference } = this.#make('rollback', items, by, reason)
      this.history.take(publication)
      this.#onChange()
      try {
        await this.#write(publication, difference)
      } catch (error) {
        this.#stopFor('a step back holds and is not in the log', error)
        throw error
      }
      return { state: 'published', publication: summaryOf(publication, this.history) }
    })

  /** Waits until everything that was published is written. */
  async close(): Promise<void> {
    await this.#turns.settled()
    await this.#writing
  }

  #make(
    cause: PublicationCause,
    items: Items,
    by: Author | undefined,
    reason: string,
    second?: Author,
  ): { readonly publication: Publication; readonly difference: Difference } {
    const { current, nextNumber } = this.history
    const publication = {
      number: nextNumber,
      cause,
      digest: digestOf(items),
      ...changeBetween(current, items),
      ...{ by, second, reason },
      atMs: this.#services.clock.now(),
    }
    return { publication, difference: differenceOf(current, items, this.#services.register) }
  }

  /**
   * The log first, before the entry of the snapshot that serves by it; then the store. What only reached the log is taken
   * over by the next start.
   */
  #write(publication: Publication, difference: Difference): Promise<void> {
    const appended = this.#services.log(publicationEntry(publication, difference))
    const written = Promise.all([appended, this.#writing]).then(async ([{ index }]) => {
      if (this.#trouble !== undefined) throw new Error(this.#trouble)
      try {
        await this.#services.store.add(publication, index)
      } catch (error) {
        this.#stopFor('a publication is in the log and not stored', error)
      }
    })
    this.#writing = written.catch(() => undefined)
    return written
  }

  /** Numbers must not have a gap: only a start brings the log, the store and memory together. */
  #stopFor(what: string, error: unknown): void {
    this.#trouble =
      'A publication could not be written: nothing more is published until Sallyport is started again.'
    this.#services.writeLine({
      level: 'error',
      what: `${what}; nothing more is published until a start`,
      problem: describeError(error),
    })
  }

  async #setAsk(ask: PublicationAsk | undefined): Promise<void> {
    if (ask !== undefined) await this.#services.log(askEntry(ask, this.history.nextNumber))
    await this.#services.store.setAsk(ask)
    this.#ask = ask
  }

  /** One at a time: numbers are given out in memory. Nothing is published by itself meanwhile. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      if (this.#trouble !== undefined) throw new Refusal('publication-stopped', { problem: this.#trouble })
      this.#isBusy = true
      try {
        return await work()
      } finally {
        this.#isBusy = false
        this.#onChange()
      }
    })
  }
}

function authorOf(asker: Asker): Author {
  if (typeof asker === 'string') return { id: asker, name: asker }
  if (!asker.roles.some((role) => publishers.includes(role)))
    throw new Refusal('role-missing', { roles: publishers })
  return { id: asker.id, name: asker.email }
}
