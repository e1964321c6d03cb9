import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import { conditionWords, type TriggerTarget, targetOf } from '#/register/trigger.ts'
import type { Snapshot, Trigger } from '../api.ts'
import type { Publications } from '../publications/publications.ts'
import type { Switches } from '../switches/switches.ts'
import type { Closing, Firing, TriggerPage } from './api.ts'
import { Counts, Silences } from './counts.ts'
import { closingEntry, firingEntry, takeOver } from './entries.ts'
import { countedFor, counts, providerFailed } from './match.ts'
import { isOneOf, mayClose } from './rights.ts'
import { isToLookAt, type StoredFiring, type TriggerStore } from './store.ts'
import { pageOf } from './views.ts'

export interface TriggerServices {
  readonly store: TriggerStore
  readonly log: Pick<AuditLog, 'append' | 'search' | 'open'>
  readonly clock: Pick<Clock, 'now'>
  readonly writeLine: WriteLine
  readonly serving: () => Snapshot
  readonly switches: Pick<Switches, 'pull' | 'standing'>
  readonly rollBack: Publications['rollBack']
  /** Ids of offerings whose connection a probe found unsafe. */
  readonly unsafeOfferings: () => readonly string[]
  readonly findPerson: (id: string) => Promise<Person | undefined>
}

/** A person, or an account of the machine on the command line. */
export type Asker = Person | string

/** What a use case spent this month, in millionths of a US dollar. */
export type SpentOf = (useCase: string) => number

/** What is watched for, what fired, and what somebody has to look at. */
export interface Triggers {
  /** An entry of an exchange is durable. Returns at once; what fires goes on by itself. */
  readonly hear: (entry: NewEntry) => void
  /** What probes found may be another. */
  readonly hearProbes: () => void
  /** Whoever serves exchanges says what they cost. */
  readonly attach: (spentOf: SpentOf) => void
  readonly list: (asker: Asker) => Promise<TriggerPage>
  /** Somebody has looked at it. Throws `not-found`, `log-unavailable`. */
  readonly close: (id: string, reason: string, by: Person) => Promise<TriggerPage>
  /** Waits until everything that fired is done and written. */
  readonly settled: () => Promise<void>
}

/** How many are shown of those to look at, and of the others. */
const mostShown = 200
const hourMs = 3_600_000

/** Counts start empty; what fired before is known, so that it does not fire again in its window. */
export async function openTriggers(services: TriggerServices): Promise<Triggers> {
  await takeOver(services.log, services.store)
  return new OpenTriggers(services, await services.store.read(mostShown))
}

class OpenTriggers implements Triggers {
  readonly #services: TriggerServices
  readonly #counts: Counts
  readonly #silences = new Silences()
  readonly #names = new WeakMap<Trigger, string>()
  readonly #unwritten = new Map<string, Firing>()
  #unsafe: ReadonlySet<string>
  #spentOf: SpentOf = () => 0
  #forgottenToldAtMs = Number.NEGATIVE_INFINITY
  /** In the order in which they fired. */
  readonly #turns = createOneAtATime()

  constructor(services: TriggerServices, fired: readonly StoredFiring[]) {
    this.#services = services
    this.#counts = new Counts(() => this.#tellForgotten())
    this.#unsafe = new Set(services.unsafeOfferings())
    for (const { firing } of fired) {
      const trigger = services.serving().triggers?.find(({ id }) => id === firing.trigger)
      if (trigger !== undefined) this.#silence(trigger, firing.target, firing.atMs)
    }
  }

  readonly attach = (spentOf: SpentOf): void => {
    this.#spentOf = spentOf
  }

  readonly hear = (entry: NewEntry): void => {
    const snapshot = this.#services.serving()
    for (const trigger of snapshot.triggers ?? []) {
      if (!counts(trigger.when, entry)) continue
      const target = countedFor(targetOf(trigger.when), entry)
      if (target === undefined || this.#isQuiet(trigger, target)) continue
      if (this.#isReached(trigger, target, entry, snapshot)) this.#fire(trigger, target)
    }
  }

  readonly hearProbes = (): void => {
    const before = this.#unsafe
    this.#unsafe = new Set(this.#services.unsafeOfferings())
    for (const offering of this.#unsafe) {
      if (before.has(offering)) continue
      for (const trigger of this.#services.serving().triggers ?? []) {
        const { when } = trigger
        if (when.what !== 'unsafe-probe' || (when.offering ?? offering) !== offering) continue
        if (!this.#isQuiet(trigger, offering)) this.#fire(trigger, offering)
      }
    }
  }

  readonly list = async (asker: Asker): Promise<TriggerPage> => {
    const stored = await this.#services.store.read(mostShown)
    const known = new Set(stored.map(({ firing }) => firing.id))
    const unwritten = [...this.#unwritten.values()].filter(({ id }) => !known.has(id))
    return pageOf({
      triggers: this.#services.serving().triggers ?? [],
      fired: [...stored, ...unwritten.map((firing) => ({ firing, logIndex: undefined, closing: undefined }))],
      findPerson: this.#services.findPerson,
      mayClose: typeof asker !== 'string' && isOneOf(asker, mayClose),
    })
  }

  readonly close = (id: string, reason: string, by: Person): Promise<TriggerPage> =>
    this.#turns.run(async () => {
      const { store, log, clock } = this.#services
      const found = await store.find(id)
      if (found === undefined || !isToLookAt(found.firing))
        throw new Refusal('not-found', { what: 'trigger' })
      // Closed twice is closed once, as the first one said.
      if (found.closing === undefined) {
        const closing: Closing = { by: { id: by.id, name: by.email }, atMs: clock.now(), reason }
        const { index } = await log.append(closingEntry(found.firing, closing))
        await store.close(id, closing, index)
      }
      return this.list(by)
    })

  readonly settled = async (): Promise<void> => {
    await this.#turns.settled()
  }

  /** Fires once per window. A stop fires again once it was released and its condition has come true anew. */
  #isQuiet(trigger: Trigger, target: string): boolean {
    const { now } = this.#services.clock
    if (this.#silences.isSilent(silenceKey(trigger, target), now())) return true
    const scope = targetOf(trigger.when)
    if (trigger.action !== 'stop' || scope === 'everybody') return false
    return this.#services.switches.standing.stopOf(scope, target) !== undefined
  }

  #isReached(trigger: Trigger, target: string, entry: NewEntry, snapshot: Snapshot): boolean {
    const { when } = trigger
    const atMs = this.#services.clock.now()
    const key = `${this.#nameOf(trigger)} ${target}`
    switch (when.what) {
      case 'spend': {
        const limit = snapshot.useCases.get(target)?.budget?.perMonth
        return limit !== undefined && this.#spentOf(target) * 100 >= limit * when.percent
      }
      case 'provider-errors':
        return this.#counts.addShare(
          key,
          { atMs, failed: providerFailed(entry) === true },
          { percent: when.percent, last: when.last, withinMs: when.withinMinutes * 60_000 },
        )
      case 'unsafe-probe':
        return false
      default:
        return this.#counts.add(key, atMs, when.times, when.withinMinutes * 60_000)
    }
  }

  /** With the condition: another one of the same id counts from nothing. */
  #nameOf(trigger: Trigger): string {
    const known = this.#names.get(trigger)
    if (known !== undefined) return known
    const name = `${trigger.id} ${conditionWords(trigger.when)}`
    this.#names.set(trigger, name)
    return name
  }

  #silence(trigger: Trigger, target: string, atMs: number): void {
    const { when, action } = trigger
    // A release must let it go on: what was spent stays spent.
    if (when.what === 'spend') this.#silences.set(silenceKey(trigger, target), nextMonthMs(atMs))
    else if (when.what === 'unsafe-probe') this.#silences.set(silenceKey(trigger, target), atMs + hourMs)
    else if (action !== 'stop')
      this.#silences.set(silenceKey(trigger, target), atMs + when.withinMinutes * 60_000)
  }

  #fire(trigger: Trigger, target: string): void {
    const atMs = this.#services.clock.now()
    this.#silence(trigger, target, atMs)
    // Begun here and now: a stop holds before anything is written, and before the next exchange is looked at.
    const done = this.#act(trigger, target)
    void this.#turns.run(async () => {
      const { id, policy, title, owner, action, when } = trigger
      await this.#write({
        id: `firing_${randomId(16)}`,
        trigger: id,
        ...{ policy, title, owner, action, target, atMs },
        condition: conditionWords(when),
        per: targetOf(when),
        problem: await done,
      })
    })
  }

  /** Gives why it could not be done; undefined when it was. */
  async #act(trigger: Trigger, target: string): Promise<string | undefined> {
    const { id, title, action, when, minutes } = trigger
    const reason = `The trigger ${id} (${title}) fired: ${conditionWords(when)}.`
    try {
      if (action === 'stop') {
        const scope = targetOf(when) as Exclude<TriggerTarget, 'everybody'>
        await this.#services.switches.pull({ scope, target, reason, minutes, drill: false }, byOf(trigger))
      }
      if (action === 'roll-back') await this.#services.rollBack(reason, byOf(trigger))
      return undefined
    } catch (error) {
      return error instanceof Refusal ? error.message : describeError(error)
    }
  }

  /** The operator's line, the log, the list: whichever works. What was done holds already. */
  async #write(firing: Firing): Promise<void> {
    const { writeLine, log, store } = this.#services
    const { trigger, condition, owner, action, problem, per, target } = firing
    writeLine({
      level: problem === undefined ? 'warning' : 'error',
      what: `the trigger ${trigger} of ${owner} fired: ${action}${target === '' ? '' : ` (${per} ${target})`}`,
      problem: problem === undefined ? condition : `${condition}; it could not be done: ${problem}`,
    })
    let logIndex: number | undefined
    await this.#orSay('a trigger fired and is not in the log', async () => {
      logIndex = (await log.append(firingEntry(firing))).index
    })
    this.#unwritten.set(firing.id, firing)
    await this.#orSay('a trigger fired and is not stored', async () => {
      await store.insert(firing, logIndex)
      this.#unwritten.delete(firing.id)
    })
    for (const oldest of this.#unwritten.keys()) {
      if (this.#unwritten.size <= mostShown) break
      this.#unwritten.delete(oldest)
    }
  }

  async #orSay(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#services.writeLine({ level: 'error', what, problem: describeError(error) })
    }
  }

  #tellForgotten(): void {
    const now = this.#services.clock.now()
    if (now - this.#forgottenToldAtMs < hourMs) return
    this.#forgottenToldAtMs = now
    this.#services.writeLine({
      level: 'warning',
      what: 'triggers count more people, keys and offerings than they can: what was not counted for longest begins anew',
    })
  }
}

const byOf = ({ id }: Trigger): string => `trigger:${id}`

const silenceKey = ({ id }: Trigger, target: string): string => `${id} ${target}`

function nextMonthMs(atMs: number): number {
  const at = new Date(atMs)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)
}
