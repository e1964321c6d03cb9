import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { Probed } from './api.ts'
import type { StoredProbed } from './store.ts'

/** A probe that changed what is known: names of what did in the header, all that is known now in the sealed part. */
export function probeEntry(probed: Probed, changed: readonly string[], by: string | undefined): NewEntry {
  return {
    kind: 'probe',
    ...(by === undefined ? {} : { subject: by }),
    facts: {
      about: `connection/${probed.connection}`,
      decision: probed.tls?.problem == null ? 'measured' : 'unsafe',
      reason: changed.join(', '),
    },
    payload: JSON.stringify({ probed }),
  }
}

/** Only what was under way when a process ended is missing: one probe of the schedule, and a few by hand. */
const mostMissing = 100

/**
 * What reached the log and not the store: the process ended between the two. The newest of each connection. One whose person was erased
 * since cannot be read, and is measured again soon.
 */
export async function readMissing(
  log: Pick<AuditLog, 'search' | 'open'>,
  lastIndex: number,
): Promise<readonly StoredProbed[]> {
  const heads = await log.search({ kinds: ['probe'], limit: mostMissing })
  const newest = new Map<string, number>()
  for (const { index, facts } of heads)
    if (index > lastIndex && facts.about !== undefined && !newest.has(facts.about))
      newest.set(facts.about, index)
  const missing: StoredProbed[] = []
  for (const logIndex of newest.values()) {
    const payload = (await log.open(logIndex))?.payload
    if (payload === undefined) continue
    const { probed } = JSON.parse(new TextDecoder().decode(payload)) as { readonly probed: Probed }
    missing.push({ probed, logIndex })
  }
  return missing
}
