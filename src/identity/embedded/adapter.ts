import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { createRecent, type Recent } from '../recent.ts'

/** Sign-ins under way, codes and tokens; the longest of them but two live for an hour. */
const maxEntries = 5_000
const keptMs = 3_600_000

const lastingModels: ReadonlySet<string> = new Set(['RefreshToken', 'Grant'])
const lastingMs = 30 * 86_400_000

/**
 * What the development provider remembers, in memory: a restart ends the sign-ins under way and nothing else,
 * because sessions of people are ours and stored. Bounded, because anybody may begin to sign in.
 */
export function createAdapterFactory(): AdapterFactory {
  // Real time: the provider checks its own tokens against the machine's clock too.
  const entries = createRecent<AdapterPayload>({ entries: maxEntries, keptMs, now: Date.now })
  const ids = createRecent<string>({ entries: maxEntries, keptMs, now: Date.now })
  const grants = createRecent<string[]>({ entries: maxEntries, keptMs, now: Date.now })
  // What renews sessions, which last for days.
  const lasting = createRecent<AdapterPayload>({ entries: maxEntries, keptMs: lastingMs, now: Date.now })
  const lastingGrants = createRecent<string[]>({ entries: maxEntries, keptMs: lastingMs, now: Date.now })
  return (model) =>
    lastingModels.has(model)
      ? createAdapter(model, lasting, ids, lastingGrants)
      : createAdapter(model, entries, ids, grants)
}

function createAdapter(
  model: string,
  entries: Recent<AdapterPayload>,
  ids: Recent<string>,
  grants: Recent<string[]>,
): Adapter {
  const keyOf = (id: string): string => `${model}:${id}`

  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const payload = entries.get(keyOf(id))
    const hasEnded = payload?.exp !== undefined && payload.exp * 1_000 <= Date.now()
    return hasEnded ? undefined : payload
  }
  const findByOtherId = async (other: string): Promise<AdapterPayload | undefined> => {
    const id = ids.get(other)
    return id === undefined ? undefined : find(id)
  }

  return {
    find,
    findByUid: (uid) => findByOtherId(`uid:${uid}`),
    findByUserCode: (code) => findByOtherId(`code:${code}`),
    upsert: async (id, payload) => {
      entries.set(keyOf(id), payload)
      if (model === 'Session' && payload.uid !== undefined) ids.set(`uid:${payload.uid}`, id)
      if (payload.userCode !== undefined) ids.set(`code:${payload.userCode}`, id)
      if (payload.grantId !== undefined)
        grants.set(payload.grantId, [...(grants.get(payload.grantId) ?? []), keyOf(id)])
    },
    consume: async (id) => {
      const payload = await find(id)
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000)
    },
    destroy: async (id) => entries.delete(keyOf(id)),
    revokeByGrantId: async (grantId) => {
      for (const key of grants.take(grantId) ?? []) entries.delete(key)
    },
  }
}
