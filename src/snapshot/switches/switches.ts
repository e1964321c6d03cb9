import type { AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { Author } from '#/register/api.ts'
import type { Reached, Release, Subject, Switch, SwitchPage, SwitchView } from './api.ts'
import type { AskedSwitch } from './asked.ts'
import { createDrills, type Drills, interrupted } from './drills.ts'
import { drillEntry, pullEntry, releaseEntry, takeOver } from './entries.ts'
import {
  type Asker,
  assertMayPull,
  isOneOf,
  pullers,
  type RightsWorld,
  releasers,
  scopesOf,
  sees,
  whyNotRelease,
} from './rights.ts'
import { StandingSwitches } from './standing.ts'
import type { StoredSwitch, SwitchStore } from './store.ts'
import { viewOf } from './views.ts'

export interface SwitchServices extends RightsWorld {
  readonly store: SwitchStore
  readonly log: Pick<AuditLog, 'append' | 'search' | 'open'>
  readonly clock: Clock
  readonly writeLine: WriteLine
  /** The id of the person an address or an id names. Throws `not-found`, `person-ambiguous`. */
  readonly personIdOf: (who: string) => string
  readonly findPerson: (id: string) => Promise<Person | undefined>
  readonly hasKey: (id: string) => boolean
  /** Ids of the records of a kind. */
  readonly idsOf: (kind: 'offering' | 'use-case') => readonly string[]
}

/** Tells the exchanges under way of a switch: ends those it stops, and for a drill only looks. */
export type Reach = (pulled: Switch) => Reached

/** What an exchange asks. */
export interface ExchangeSwitches {
  readonly standing: Pick<StandingSwitches, 'size' | 'find' | 'findTool' | 'stopOf'>
  /** An exchange was decided and goes: drills count it. */
  readonly noteDecided: (subject: Subject) => void
  /** Addresses of people who can release; three at most. */
  readonly asks: () => readonly string[]
}

/** Everything that can be stopped at once, by whom, and what is stopped now. */
export interface Switches extends ExchangeSwitches {
  /** It holds before anything is written. Throws `role-missing`, `not-found`, `request-invalid`. */
  readonly pull: (asked: AskedSwitch, by: Asker) => Promise<SwitchView>
  /** It holds until its entry is durable. Throws `role-missing`, `own-stop`, `not-found`, `log-unavailable`. */
  readonly release: (id: string, reason: string, by: Asker) => Promise<SwitchView>
  readonly list: (asker: Asker) => Promise<SwitchPage>
  /** Scopes that are stopped now, for whoever looks after the machine. */
  readonly stoppedScopes: () => readonly string[]
  /** Whoever serves exchanges says how they are reached; a drill needs somebody. */
  readonly attach: (reach: Reach) => void
  /** Ends drills and stops whose moment has come. */
  readonly endDue: () => Promise<void>
  readonly close: () => Promise<void>
}

/** How many are kept to look back at. */
const mostPast = 50
/** More at once would not be looked at by anybody; a stop of everything is always taken. */
const mostStanding = 1_000
/** How often is looked for drills and stops that are over. They stop counting at their moment. */
const dueEveryMs = 1_000

export async function openSwitches(services: SwitchServices): Promise<Switches> {
  await takeOver(services.log, services.store)
  const switches = new OpenSwitches(services, await services.store.read(mostPast))
  await switches.begin()
  return switches
}

class OpenSwitches implements Switches {
  readonly standing: StandingSwitches
  readonly #services: SwitchServices
  readonly #drills: Drills
  /** By id: those that stand, and the last ones that do not. */
  readonly #stored = new Map<string, StoredSwitch>()
  readonly #timer: NodeJS.Timeout
  #reach: Reach | undefined
  #asked: { readonly at: number; readonly emails: readonly string[] } | undefined
  /** What is written must not be written twice. */
  readonly #turns = createOneAtATime()

  constructor(services: SwitchServices, stored: readonly StoredSwitch[]) {
    this.#services = services
    this.standing = new StandingSwitches(services.clock.now)
    this.#drills = createDrills(this.standing, this.asks)
    for (const each of stored) {
      this.#stored.set(each.switch.id, each)
      if (each.overAtMs === undefined) this.standing.add(each.switch)
    }
    this.#timer = setInterval(() => void this.endDue(), dueEveryMs).unref()
  }

  /** What the process before left: drills that nobody counts any more, and stops the log did not take. */
  async begin(): Promise<void> {
    for (const { switch: pulled, logIndex } of [...this.#stored.values()]) {
      if (this.standing.get(pulled.id) === undefined) continue
      if (pulled.isDrill) await this.#turns.run(() => this.#endDrill(pulled, undefined))
      else if (logIndex === undefined) await this.#turns.run(() => this.#write(pulled, undefined))
    }
  }

  // A stop tells a thousand exchanges in a row, and looking for these goes through everybody.
  readonly asks = (): readonly string[] => {
    const now = this.#services.clock.monotonic()
    if (this.#asked === undefined || now - this.#asked.at >= 1_000) {
      const found = this.#services.holdersOf(releasers).slice(0, 3)
      this.#asked = { at: now, emails: found.map(({ email }) => email) }
    }
    return this.#asked.emails
  }

  readonly noteDecided = (subject: Subject): void => this.#drills.note(subject)

  readonly attach = (reach: Reach): void => {
    this.#reach = reach
  }

  readonly stoppedScopes = (): readonly string[] => [
    ...new Set(
      this.standing
        .list()
        .filter(({ isDrill, scope, target }) => !isDrill && this.standing.stopOf(scope, target) !== undefined)
        .map(({ scope }) => scope),
    ),
  ]

  // Not one await before it holds: nothing that is slow or broken may come before a stop.
  readonly pull = async (asked: AskedSwitch, by: Asker): Promise<SwitchView> => {
    const pulled = this.#read(asked, by)
    const before = this.#sameAs(pulled)
    if (before !== undefined) {
      const { logIndex } = this.#stored.get(before.id) ?? {}
      if (logIndex === undefined) await this.#turns.run(() => this.#write(before, undefined))
      return this.#view(before.id, by)
    }
    this.standing.add(pulled)
    this.#stored.set(pulled.id, { ...nothingYet, switch: pulled })
    const reached = this.#reach?.(pulled)
    if (pulled.isDrill && reached !== undefined) this.#drills.begin(pulled.id, reached)
    await this.#turns.run(() => this.#write(pulled, reached))
    return this.#view(pulled.id, by)
  }

  readonly release = (id: string, reason: string, by: Asker): Promise<SwitchView> =>
    this.#turns.run(async () => {
      const stored = this.#stored.get(id)
      if (stored === undefined || !sees(stored.switch, by, this.#services))
        throw new Refusal('not-found', { what: 'switch' })
      if (stored.overAtMs !== undefined) return this.#view(id, by)
      const why = whyNotRelease(stored.switch, by, this.#services)
      if (why !== undefined) throw why
      const release = { by: authorOf(by), atMs: this.#services.clock.now(), reason }
      if (stored.switch.isDrill) await this.#endDrill(stored.switch, release)
      else {
        if (stored.logIndex === undefined) await this.#write(stored.switch, undefined)
        const { index } = await this.#services.log.append(releaseEntry(stored.switch, release))
        const over = { atMs: release.atMs, release, report: undefined, logIndex: index }
        await this.#services.store.end(id, over)
        this.#putAway(id, { overAtMs: release.atMs, release })
      }
      return this.#view(id, by)
    })

  readonly list = async (asker: Asker): Promise<SwitchPage> => {
    const seen = [...this.#stored.values()].filter((each) => sees(each.switch, asker, this.#services))
    const views = await Promise.all(seen.toReversed().map((each) => this.#view(each.switch.id, asker)))
    const isStanding = ({ state }: SwitchView): boolean => state === 'stopped' || state === 'drill'
    const isWide = typeof asker === 'string' || isOneOf(asker, pullers)
    return {
      standing: views.filter(isStanding),
      past: views.filter((each) => !isStanding(each)).slice(0, mostPast),
      mayStop: typeof asker === 'string' ? [] : scopesOf(asker, this.#services),
      offerings: isWide ? this.#services.idsOf('offering') : [],
      useCases: isWide ? this.#services.idsOf('use-case') : this.#services.ownedBy(asker),
    }
  }

  readonly endDue = (): Promise<void> => {
    const now = this.#services.clock.now()
    const isDue = ({ untilMs }: Switch): boolean => untilMs !== undefined && untilMs <= now
    if (this.standing.size === 0 || !this.standing.list().some(isDue)) return Promise.resolve()
    return this.#turns.run(async () => {
      for (const pulled of this.standing.list().filter(isDue)) {
        if (pulled.isDrill) await this.#endDrill(pulled, undefined)
        else await this.#endStop(pulled)
      }
    })
  }

  readonly close = async (): Promise<void> => {
    clearInterval(this.#timer)
    await this.#turns.settled()
  }

  /** Throws when it may not be, names nothing, or there are too many. */
  #read({ scope, target: named, reason, minutes, drill }: AskedSwitch, by: Asker): Switch {
    const { clock, personIdOf, hasKey, idsOf } = this.#services
    // Who may not stop it is not told whether it is there.
    assertMayPull({ scope, target: named }, by, this.#services)
    const target = scope === 'person' ? personIdOf(named) : named
    const isKnown =
      scope === 'offering' || scope === 'use-case'
        ? idsOf(scope).includes(target)
        : scope !== 'key' || hasKey(target)
    if (!isKnown) throw new Refusal('not-found', { what: scope.replace('-', ' ') })
    if (drill && this.#reach === undefined)
      throw wrong('drill', 'a drill measures what is served, and nothing is: start Sallyport first')
    if ((scope !== 'all' || drill) && this.standing.size >= mostStanding)
      throw wrong('scope', `${mostStanding} switches stand already: release some, or stop all`)
    const atMs = clock.now()
    const untilMs = minutes === undefined ? undefined : atMs + minutes * 60_000
    const id = `switch_${randomId(16)}`
    return { id, scope, target, reason, by: authorOf(by), atMs, untilMs, isDrill: drill }
  }

  /** One that stands and lasts as long: pulled twice is pulled once. */
  #sameAs({ scope, target, untilMs, isDrill }: Switch): Switch | undefined {
    return this.standing
      .list()
      .find(
        (each) =>
          each.scope === scope &&
          each.target === target &&
          each.isDrill === isDrill &&
          (each.untilMs === undefined || (untilMs !== undefined && each.untilMs >= untilMs)),
      )
  }

  /** The store and the log, whichever works: it holds already, and what is missing is written when it is asked again. */
  async #write(pulled: Switch, reached: Reached | undefined): Promise<void> {
    const { store, log } = this.#services
    const { id } = pulled
    await this.#orSay('a switch holds and is not stored', () => store.insert(pulled))
    await this.#orSay('a switch holds and is not in the log', async () => {
      const { index } = await log.append(pullEntry(pulled, reached))
      this.#change(id, { logIndex: index })
      await store.setLogIndex(id, index)
    })
  }

  async #endDrill(pulled: Switch, release: Release | undefined): Promise<void> {
    const { store, log, clock } = this.#services
    const report = this.#drills.reportOf(pulled.id) ?? interrupted
    const atMs = clock.now()
    this.#drills.forget(pulled.id)
    this.#putAway(pulled.id, { overAtMs: atMs, release, report })
    await this.#orSay('the end of a drill is not stored', () =>
      store.end(pulled.id, { atMs, release, report, logIndex: undefined }),
    )
    await this.#orSay('the end of a drill is not in the log', () => log.append(drillEntry(pulled, report)))
  }

  async #endStop({ id, untilMs }: Switch): Promise<void> {
    const atMs = untilMs ?? this.#services.clock.now()
    this.#putAway(id, { overAtMs: atMs })
    await this.#orSay('the end of a stop is not stored', () =>
      this.#services.store.end(id, { atMs, release: undefined, report: undefined, logIndex: undefined }),
    )
  }

  #putAway(id: string, over: Partial<StoredSwitch>): void {
    this.#change(id, over)
    this.standing.remove(id)
    const past = [...this.#stored.values()].filter(({ overAtMs }) => overAtMs !== undefined)
    for (const { switch: old } of past.slice(0, -mostPast)) this.#stored.delete(old.id)
  }

  #change(id: string, change: Partial<StoredSwitch>): void {
    const stored = this.#stored.get(id)
    if (stored !== undefined) this.#stored.set(id, { ...stored, ...change })
  }

  async #orSay(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#services.writeLine({ level: 'error', what, problem: describeError(error) })
    }
  }

  #view(id: string, asker: Asker): Promise<SwitchView> {
    const stored = this.#stored.get(id)
    if (stored === undefined) throw new Refusal('not-found', { what: 'switch' })
    return viewOf(stored, {
      findPerson: this.#services.findPerson,
      mayNotRelease: ({ switch: pulled }) => whyNotRelease(pulled, asker, this.#services)?.message,
      reportOf: ({ switch: pulled }) => this.#drills.reportOf(pulled.id),
      nowMs: this.#services.clock.now(),
    })
  }
}

const nothingYet = { logIndex: undefined, overAtMs: undefined, release: undefined, report: undefined }

const wrong = (field: string, problem: string): Refusal => new Refusal('request-invalid', { field, problem })

const authorOf = (asker: Asker): Author =>
  typeof asker === 'string' ? { id: asker, name: asker } : { id: asker.id, name: asker.email }
