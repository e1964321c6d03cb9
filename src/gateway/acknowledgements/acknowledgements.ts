import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Rule } from '#/policy/api.ts'
import { noticeKey } from '#/policy/asking.ts'
import type { AcknowledgementStore } from './store.ts'

/** Which notices each person has read, and until when that counts. */
export interface Acknowledgements {
  /** By `noticeKey`, with the moment in ms until which it counts. */
  readonly of: (personId: string) => ReadonlyMap<string, number>
  /** Called once the entry that says so is durable: what is remembered stands in the log. */
  readonly note: (personId: string, rules: readonly Rule[], nowMs: number) => void
  /** Resolves when everything noted so far is kept. */
  readonly settled: () => Promise<void>
}

/** For how long a notice counts as read where its rule says nothing. */
export const usualRememberedDays = 30

/** Twenty notices for each of 10,000 people; whoever is one too many reads theirs again. */
const mostRemembered = 200_000

const dayMs = 86_400_000
const nothing: ReadonlyMap<string, number> = new Map()

/**
 * Remembers in memory, and in the store for the next start. What cannot be kept costs a person one more look at a notice, never
 * an exchange: it is told to the operator and nobody waits for it.
 */
export async function openAcknowledgements(
  store: AcknowledgementStore,
  nowMs: number,
  writeLine: WriteLine,
  most = mostRemembered,
): Promise<Acknowledgements> {
  await store.forgetBefore(nowMs)
  const byPerson = new Map<string, Map<string, number>>()
  let size = 0
  const remember = (personId: string, notice: string, untilMs: number): boolean => {
    const known = byPerson.get(personId) ?? new Map<string, number>()
    if (!known.has(notice)) {
      if (size >= most) return false
      size++
    }
    byPerson.set(personId, known.set(notice, untilMs))
    return true
  }
  for (const { personId, notice, untilMs } of await store.read(most)) remember(personId, notice, untilMs)
  let last: Promise<void> = Promise.resolve()
  const keep = (personId: string, notice: string, untilMs: number) => {
    last = last
      .then(() => store.put({ personId, notice, untilMs }))
      .catch((error: unknown) =>
        writeLine({
          level: 'error',
          what: 'that a notice was read is forgotten with the next start',
          problem: describeError(error),
        }),
      )
  }
  const forgetEnded = (personId: string, nowMs: number) => {
    const known = byPerson.get(personId)
    for (const [notice, untilMs] of known ?? []) if (untilMs <= nowMs && known?.delete(notice)) size--
    if (known?.size === 0) byPerson.delete(personId)
  }
  return {
    of: (personId) => byPerson.get(personId) ?? nothing,
    note: (personId, rules, nowMs) => {
      forgetEnded(personId, nowMs)
      for (const rule of rules) {
        const untilMs = nowMs + (rule.rememberedDays ?? usualRememberedDays) * dayMs
        const notice = noticeKey(rule)
        if (remember(personId, notice, untilMs)) keep(personId, notice, untilMs)
        else
          writeLine({
            level: 'warning',
            what: 'too many notices are remembered as read; this one is asked again',
          })
      }
    },
    settled: () => last,
  }
}
