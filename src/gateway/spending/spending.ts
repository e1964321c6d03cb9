import { type Clock, withoutGoingBack } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { UsableUseCase } from '#/policy/api.ts'
import type { KilledMark, SpendingStore } from './store.ts'

export interface Asked {
  readonly useCase: Pick<UsableUseCase, 'id' | 'owner' | 'budget'>
  readonly personId: string
  /** The most it can cost, in millionths of a US dollar. */
  readonly worstMicroUsd: number
  /** Whether the caller said how long the answer may be. */
  readonly isLimited: boolean
}

export interface Spent extends Pick<Asked, 'useCase' | 'personId'> {
  readonly microUsd: number
}

/** Money set aside for one exchange. Only the first call of `settle` counts. */
export interface Reservation {
  /** What it cost; 0 gives everything back. */
  readonly settle: (microUsd: number) => void
  /** Of whoever asked, as of now; undefined where each person may spend what all may. */
  readonly standing: () => Standing | undefined
}

/** What a person has spent of what they may spend in a use case on this day. Money in millionths of a US dollar. */
export interface Standing {
  readonly useCase: string
  readonly limit: number
  /** Without what is under way: that is set aside at its worst, and may cost nothing. */
  readonly spent: number
  readonly renewsAtMs: number
  /** When they last asked for something under it; 0 for not since the start. */
  readonly askedAtMs: number
}

/** What use cases with a budget spend. Counted in memory, written down at once. */
export interface Spending {
  /** Undefined for a use case without a budget. Throws `budget-spent`, and sets nothing aside then. */
  readonly reserve: (asked: Asked) => Reservation | undefined
  /** Counts what was spent without having been set aside; over the budget, too. */
  readonly charge: (spent: Spent) => void
  /** The same for killed exchanges, together with the mark up to where they are counted: both are written down, or neither. */
  readonly chargeKilled: (spent: readonly Spent[], mark: KilledMark) => void
  /** Up to which entry of this log killed exchanges are counted; undefined where none ever was. */
  readonly killedUpTo: (log: string) => Promise<number | undefined>
  /** What a use case with a budget spent in this month, in millionths of a US dollar; without what is under way. */
  readonly spentOf: (useCase: string) => number
  /** Undefined for a use case in which each person may spend what all may. */
  readonly standingOf: (
    useCase: Pick<UsableUseCase, 'id' | 'budget'>,
    personId: string,
  ) => Standing | undefined
  /** Waits until everything is written down. */
  readonly close: () => Promise<void>
}

/** A period of a use case, of one person or of all. */
interface Counter {
  readonly useCase: string
  readonly personId: string
  readonly period: string
  spent: number
  /** Set aside for exchanges under way. */
  reserved: number
  askedAt: number
}

interface Bound {
  readonly name: 'month' | 'person-day'
  readonly limit: number
  readonly counter: Counter
  readonly renewsOn: string
}

export interface SpendingServices {
  readonly store: SpendingStore
  readonly clock: Clock
  readonly writeLine: WriteLine
}

/** Reads what was spent in this month and on this day. */
export async function openSpending({
  store,
  clock: ofMachine,
  writeLine,
}: SpendingServices): Promise<Spending> {
  // A day or a month that is over does not come back with nothing spent because the clock was wrong for a moment.
  const clock = withoutGoingBack(ofMachine)
  const counters = new Map<string, Counter>()
  const changed = new Set<Counter>()
  let changedMark: KilledMark | undefined
  let writing: Promise<void> | undefined
  let { month: sweptMonth, day: sweptDay } = periodsAt(clock.now())
  await store.forgetBefore(monthBefore(sweptMonth))
  for (const { useCase, personId, period, microUsd } of await store.read([sweptMonth, sweptDay]))
    counterOf(useCase, personId, period).spent = microUsd

  function counterOf(useCase: string, personId: string, period: string): Counter {
    const key = `${useCase} ${personId} ${period}`
    let counter = counters.get(key)
    if (counter === undefined) {
      counter = { useCase, personId, period, spent: 0, reserved: 0, askedAt: 0 }
      counters.set(key, counter)
    }
    return counter
  }

  /** Counters of days and months that are over are forgotten, so that memory holds what is used in a day. */
  const sweep = (month: string, day: string): void => {
    for (const [key, { period, reserved }] of counters)
      if (reserved === 0 && period !== month && period !== day) counters.delete(key)
    if (month !== sweptMonth) store.forgetBefore(monthBefore(month)).catch(tell)
    sweptMonth = month
    sweptDay = day
  }

  const tell = (error: unknown): void =>
    writeLine({
      level: 'error',
      what: 'what use cases spent is not written down',
      problem: describeError(error),
    })

  /** One write at a time; what changes meanwhile goes with the next. What could not be written is tried with the next, too. */
  const write = (): void => {
    if (writing !== undefined || (changed.size === 0 && changedMark === undefined)) return
    const taken = [...changed]
    const mark = changedMark
    changed.clear()
    changedMark = undefined
    const rows = taken.map(({ useCase, personId, period, spent }) => ({
      ...{ useCase, personId, period },
      microUsd: spent,
    }))
    writing = store.put(rows, mark).then(
      () => {
        writing = undefined
        write()
      },
      (error: unknown) => {
        writing = undefined
        for (const counter of taken) changed.add(counter)
        changedMark ??= mark
        tell(error)
      },
    )
  }

  const count = ({ useCase, personId, microUsd }: Spent): void => {
    if (useCase.budget === undefined || microUsd <= 0) return
    const { month, day } = periodsAt(clock.now())
    for (const counter of [counterOf(useCase.id, '', month), counterOf(useCase.id, personId, day)]) {
      counter.spent += microUsd
      changed.add(counter)
    }
  }

  const standingOf: Spending['standingOf'] = ({ id, budget }, personId) => {
    if (budget?.perPersonPerDay === undefined) return undefined
    const { day, nextDay } = periodsAt(clock.now())
    const counter = counters.get(`${id} ${personId} ${day}`)
    return {
      useCase: id,
      limit: budget.perPersonPerDay,
      spent: counter?.spent ?? 0,
      renewsAtMs: Date.parse(nextDay),
      askedAtMs: counter?.askedAt ?? 0,
    }
  }

  return {
    standingOf,
    reserve: ({ useCase, personId, worstMicroUsd, isLimited }) => {
      const { id, budget, owner } = useCase
      if (budget === undefined) return undefined
      const at = clock.now()
      const { month, day, nextMonth, nextDay } = periodsAt(at)
      if (day !== sweptDay) sweep(month, day)
      const ofMonth = counterOf(id, '', month)
      const ofPerson = counterOf(id, personId, day)
      ofPerson.askedAt = at
      const bounds: Bound[] = []
      if (budget.perMonth !== undefined)
        bounds.push({ name: 'month', limit: budget.perMonth, counter: ofMonth, renewsOn: nextMonth })
      if (budget.perPersonPerDay !== undefined)
        bounds.push({
          name: 'person-day',
          limit: budget.perPersonPerDay,
          counter: ofPerson,
          renewsOn: nextDay,
        })
      for (const { name, limit, counter, renewsOn } of bounds) {
        const left = limit - counter.spent - counter.reserved
        if (left > 0 && worstMicroUsd <= left) continue
        throw new Refusal('budget-spent', {
          bound: name,
          useCase: id,
          limitUsd: limit / microPerUsd,
          leftUsd: Math.max(0, left) / microPerUsd,
          needsUsd: worstMicroUsd / microPerUsd,
          ...{ renewsOn, owner, isLimited },
          spentUsd: counter.spent / microPerUsd,
          renewsInSeconds: Math.ceil((Date.parse(renewsOn) - at) / 1_000),
        })
      }
      let isOpen = true
      for (const counter of [ofMonth, ofPerson]) counter.reserved += worstMicroUsd
      return {
        settle: (microUsd) => {
          if (!isOpen) return
          isOpen = false
          for (const counter of [ofMonth, ofPerson]) {
            counter.reserved -= worstMicroUsd
            counter.spent += microUsd
            if (microUsd > 0) changed.add(counter)
          }
          write()
        },
        standing: () => standingOf(useCase, personId),
      }
    },
    charge: (spent) => {
      count(spent)
      write()
    },
    chargeKilled: (spent, mark) => {
      for (const each of spent) count(each)
      changedMark = mark
      write()
    },
    killedUpTo: store.readMark,
    spentOf: (useCase) => counters.get(`${useCase}  ${periodsAt(clock.now()).month}`)?.spent ?? 0,
    close: async () => {
      while (writing !== undefined) await writing
      write()
      await writing
    },
  }
}

const microPerUsd = 1_000_000
const dayMs = 86_400_000

/** A month that is over is kept for one more: a start may find that the clock had been ahead. */
const monthBefore = (month: string): string =>
  dayText(Date.parse(`${month}-01T00:00:00Z`) - dayMs).slice(0, 7)

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The month and the day of a moment in UTC, and the days the next ones begin on. */
function periodsAt(ms: number) {
  const day = dayText(ms)
  const at = new Date(ms)
  return {
    month: day.slice(0, 7),
    day,
    nextMonth: dayText(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)),
    nextDay: dayText(ms + dayMs),
  }
}
