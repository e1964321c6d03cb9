import type { Access } from './access/access.ts'
import type { Devices } from './devices/devices.ts'
import type { Keys } from './keys/keys.ts'
import type { ProviderSessions } from './provider-sessions/provider-sessions.ts'
import type { Sessions } from './sessions/sessions.ts'

/** How often what is only in memory (when keys and sessions were last used) is stored. */
const flushMs = 30_000

/** An expired key must not keep a stream open: access is never older than this. */
const expiryMs = 1_000

/** How often is looked for grants that have ended. They stop counting at their moment; this tells log and listeners. */
const endedEveryMs = 1_000

interface UpkeepServices {
  readonly keys: Pick<Keys, 'flush' | 'tellExpired'>
  readonly sessions: Pick<Sessions, 'flush'>
  readonly providerSessions: Pick<ProviderSessions, 'sweep'>
  readonly devices: Pick<Devices, 'flush'>
  readonly access: Pick<Access, 'grants' | 'use'>
  readonly onError: (what: string) => (error: unknown) => void
}

/** What the room does by the clock. Gives what stops it, after storing once more. */
export function startUpkeep({
  keys,
  sessions,
  providerSessions,
  devices,
  access,
  onError,
}: UpkeepServices): () => Promise<void> {
  const flush = async (): Promise<void> => {
    await keys.flush()
    await sessions.flush()
    await devices.flush()
    await access.use.flush()
  }
  const timers = [
    setInterval(keys.tellExpired, expiryMs),
    setInterval(() => flush().catch(onError('storing when keys were used failed')), flushMs),
    setInterval(providerSessions.sweep, flushMs),
    setInterval(
      () => access.grants.endExpired().catch(onError('writing down what has ended failed')),
      endedEveryMs,
    ),
  ]
  for (const timer of timers) timer.unref()
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await flush()
  }
}
