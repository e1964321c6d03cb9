import type { NewEntry } from '#/audit/api.ts'
import type { Probed } from './api.ts'

/** A probe that changed what is known: names of what did in the header, the values in the sealed part. */
export function probeEntry(probed: Probed, changed: readonly string[], by: string | undefined): NewEntry {
  const { connection, facts, tls, retention, addresses } = probed
  return {
    kind: 'probe',
    ...(by === undefined ? {} : { subject: by }),
    facts: {
      about: `connection/${connection}`,
      decision: tls?.problem == null ? 'measured' : 'unsafe',
      reason: changed.join(', '),
    },
    payload: JSON.stringify({ facts, tls, retention, addresses }),
  }
}
