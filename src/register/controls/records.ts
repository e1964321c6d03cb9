import { standingOf } from '../before-approval.ts'
import { nameOfPeriod, periodOf, periodsOf } from '../cadence.ts'
import { hasEnded } from '../fact.ts'
import { recordKinds } from '../kinds/index.ts'
import type { Records } from '../records.ts'
import { stateOf } from '../state.ts'
import type { Tally } from './tally.ts'

/** Each decision of the register is the word of a signed-in person, and not of a file. */
export function decisionsAreMadeByPeople(records: Records, sinceMs: number, tally: Tally): void {
  const all = recordKinds.flatMap((kind) => records.list(kind)).flatMap(({ decisions }) => decisions)
  for (const { kind, id, version, isBootstrap, atMs } of all) {
    if (atMs < sinceMs) continue
    tally.count()
    if (isBootstrap)
      tally.except(`${kind} ${id}`, `version ${version} was approved by a file at the first start`)
  }
  tally.blindTo('Whether the person who signed in was the one the account belongs to.')
}

/** No fact of an offering that serves has run out. */
export function factsHaveNotEnded(records: Records, nowMs: number, tally: Tally): void {
  for (const history of records.list('offering')) {
    const facts = stateOf(history, nowMs).serving?.record.body.facts ?? {}
    for (const [name, fact] of Object.entries(facts)) {
      if (fact === undefined) continue
      tally.count()
      if (hasEnded(fact, nowMs)) tally.except(`offering ${history.id}`, `${name} ended on ${fact.until}`)
    }
  }
  tally.blindTo('Facts without an end, and facts that are no longer true.')
}

/** Each month or quarter that went by had its review. */
export function reviewsAreDoneInTime(records: Records, sinceMs: number, nowMs: number, tally: Tally): void {
  for (const history of records.list('review')) {
    const newest = history.versions.at(-1)?.body
    const standing = standingOf(history, nowMs)
    if (newest === undefined || standing.state === 'rejected') continue
    const { first, current, done } = periodsOf(newest, standing.approvedAtMs, nowMs)
    for (let period = Math.max(first, periodOf(newest.cadence, sinceMs)); period < current; period++) {
      tally.count()
      if (!done.has(period))
        tally.except(`review ${history.id}`, `it was not done in ${nameOfPeriod(newest.cadence, period)}`)
    }
  }
  tally.blindTo('The time that still runs, and how closely somebody looked.')
}

/** What closed an incident still serves. */
export function fixesOfIncidentsServe(records: Records, nowMs: number, tally: Tally): void {
  for (const history of records.list('incident')) {
    const fix = stateOf(history, nowMs).serving?.record.body.fix
    if (fix === undefined || !('rule' in fix)) continue
    tally.count()
    const policy = records.find('policy', fix.policy)
    const rules = (policy && stateOf(policy, nowMs).serving?.record.body.rules) ?? []
    if (!rules.some(({ id }) => id === fix.rule))
      tally.except(`incident ${history.id}`, `the rule ${fix.rule} of ${fix.policy} no longer serves`)
  }
  tally.blindTo('Incidents closed by a stop, which somebody may have released since.')
}
