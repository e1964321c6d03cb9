import type { EntryFacts } from '#/audit/api.ts'
import type { RefusalCode } from '#/core/refusal.ts'
import type { Progress } from './exchange-progress.ts'
import type { GatewayServices } from './services.ts'
import { round } from './stages/intend.ts'
import type { Received } from './stages/receive.ts'

/**
 * The one entry of an exchange that did not leave. What was entered is sealed with it, so that somebody who must
 * explain a refusal can, and nobody else can read it. Throws `log-unavailable`.
 */
export async function logRefusal(
  code: RefusalCode | 'client-gone',
  received: Received,
  services: GatewayServices,
  progress: Progress,
): Promise<void> {
  const caller = progress.identified?.caller
  const { read } = progress
  await services.audit.append({
    kind: 'refusal',
    ...(caller === undefined ? {} : { subject: caller.person.id }),
    facts: {
      requestId: received.requestId,
      dialect: received.dialect.name,
      code,
      decision: 'refuse',
      settings: services.settingsDigest,
      ...(caller?.keyId === undefined ? {} : { keyId: caller.keyId }),
      ...(progress.inspected === undefined ? {} : factsOf(progress.inspected)),
      timingsMs: { total: round(services.clock.monotonic() - received.startedAt) },
    },
    ...(caller === undefined || read === undefined ? {} : { payload: ['{"typed":', read.bytes, '}'] }),
  })
}

/** Kinds of findings by channel; what would have been done with them is not known, so it says `refuse`. */
function factsOf({ marked, snapshot, inspector, read }: NonNullable<Progress['inspected']>): EntryFacts {
  const counts = new Map<string, { type: string; channel: string; action: string; count: number }>()
  for (const { segment, findings } of marked) {
    for (const { type } of findings) {
      const key = `${type} ${segment.channel}`
      const known = counts.get(key) ?? { type, channel: segment.channel, action: 'refuse', count: 0 }
      counts.set(key, { ...known, count: known.count + 1 })
    }
  }
  return {
    findings: [...counts.values()],
    snapshot: snapshot.version,
    inspector: inspector.version,
    isStream: read.chat.isStream,
  }
}
