import { lookup } from 'node:dns/promises'
import type { AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import type { WriteLine } from '#/core/log-line.ts'
import type { RetentionSettings, Settings } from '#/settings/api.ts'
import type { RetentionSecrets } from '#/settings/credentials.ts'
import type { Probeable } from './measure.ts'
import { openProbes, type Probes } from './probes.ts'
import { createProbeStore } from './store.ts'

interface Services {
  readonly database: Database
  readonly log: Pick<AuditLog, 'append' | 'search' | 'open'>
  /** Throws `credential-unavailable`. */
  readonly credentialOf: (connection: string) => Promise<string | undefined>
  readonly clock: Clock
  readonly writeLine: WriteLine
}

/** Probes of the connections of the settings that are reached over a network. */
export function openProbesOf(
  { connections, probes: { factDays, limitMs } }: Pick<Settings, 'connections' | 'probes'>,
  retention: ReadonlyMap<string, RetentionSecrets>,
  { database, log, credentialOf, clock, writeLine }: Services,
): Promise<Probes> {
  const targets = Object.entries(connections).flatMap(([id, { url, retention: asked }]) =>
    url === undefined ? [] : [[id, targetOf(url, asked)] as const],
  )
  const probeable = (id: string): Probeable => {
    const connection = connections[id]
    if (connection?.url === undefined) throw new Error(`there is no connection ${id} to probe`)
    const { kind, url, region, silenceLimitMs, retention: settings } = connection
    const secrets = retention.get(id)
    return {
      connection: { id, kind, url, region, silenceLimitMs },
      credential: () => credentialOf(id),
      retention: settings === undefined || secrets === undefined ? undefined : { settings, secrets },
    }
  }
  return openProbes({
    store: createProbeStore(database),
    log,
    // As exchanges find them: the names of this machine count, too.
    resolve: (host) => lookup(host, { all: true }),
    clock,
    writeLine,
    limitMs,
    factDays,
    targets: new Map(targets),
    probeable,
  })
}

/** What was measured holds for this address and this account: with another one in the settings nothing is known. */
function targetOf(url: string, retention: RetentionSettings | undefined): string {
  if (retention === undefined) return url
  const account = retention.kind === 'openai' ? retention.project : retention.region
  return `${url} ${retention.kind} ${account}`
}
