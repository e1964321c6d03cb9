import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { DrillReport, Reached, Release, Switch } from './api.ts'
import type { SwitchStore } from './store.ts'

/** Switches as they stand in the log: decisions, with who and why in the sealed part. */

const about = (id: string): string => `switch/${id}`

const subjectOf = ({ id }: { readonly id: string }): { readonly subject?: string } =>
  id.startsWith('person_') ? { subject: id } : {}

export function pullEntry(pulled: Switch, reached: Reached | undefined): NewEntry {
  const { id, scope, target, by, untilMs, isDrill } = pulled
  return {
    kind: 'decision',
    ...subjectOf(by),
    facts: {
      about: about(id),
      decision: isDrill ? 'drill' : 'stop',
      reason: scope,
      ...(scope === 'offering' ? { offering: target } : {}),
      ...(scope === 'use-case' ? { useCase: target } : {}),
      ...(scope === 'key' ? { keyId: target } : {}),
      ...(scope === 'tool' ? { tools: [target] } : {}),
      untilMs,
      ...(reached === undefined
        ? {}
        : {
            counts: { exchanges: reached.exchanges, people: reached.people.size },
            timingsMs: { slowest: reached.slowestMs },
          }),
    },
    payload: JSON.stringify({ pulled }),
  }
}

export const releaseEntry = ({ id, scope }: Switch, release: Release): NewEntry => ({
  kind: 'decision',
  ...subjectOf(release.by),
  facts: { about: about(id), decision: 'release', reason: scope },
  payload: JSON.stringify({ release }),
})

export const drillEntry = ({ id, scope }: Switch, report: DrillReport): NewEntry => ({
  kind: 'decision',
  facts: {
    about: about(id),
    decision: 'drill-ended',
    reason: report.isInterrupted ? 'interrupted' : scope,
    counts: { cut: report.cut, refused: report.refused, people: report.people },
    timingsMs: { slowest: report.slowestMs },
  },
  payload: JSON.stringify({ report }),
})

/** As many as a search of the log gives. */
const mostMissing = 10_000

/** Takes over what reached the log and not the store: the process ended between the two. */
export async function takeOver(log: Pick<AuditLog, 'search' | 'open'>, store: SwitchStore): Promise<void> {
  const last = await store.lastLogIndex()
  const heads = await log.search({ kinds: ['decision'], limit: mostMissing })
  const missing = heads.filter(({ index, facts }) => index > last && facts.about?.startsWith('switch/'))
  for (const { index, facts } of missing.toReversed()) {
    if (facts.decision === 'drill' || facts.decision === 'drill-ended') continue
    const payload = (await log.open(index))?.payload
    // Erased since: what it would release stays stopped, and a stop that nobody can read must not be passed over.
    if (payload === undefined && facts.decision === 'release') continue
    if (payload === undefined) throw new Error(`entry ${index} of the log is a switch that cannot be opened`)
    const { pulled, release } = JSON.parse(new TextDecoder().decode(payload)) as {
      readonly pulled?: Switch
      readonly release?: Release
    }
    if (pulled !== undefined) {
      await store.insert({ ...pulled, untilMs: pulled.untilMs })
      await store.setLogIndex(pulled.id, index)
    }
    if (release !== undefined)
      await store.end(facts.about?.slice('switch/'.length) ?? '', {
        atMs: release.atMs,
        release,
        report: undefined,
        logIndex: index,
      })
  }
}
