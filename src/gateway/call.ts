import { callInProcess } from './in-process.ts'
import type { Intended } from './stages/intend.ts'
import { callUpstream, type Upstream, type UpstreamCall } from './upstream.ts'

/** Step 8, send: the only place from which a request leaves (a moderation model is asked in `moderation/`, after an entry of its own). Takes nothing but an exchange whose intent is on disk. */
export function call(intended: Intended, upstream: Upstream): UpstreamCall {
  const { line, provider, vendor } = intended.prepared
  if (provider.speaks === 'chat') return callInProcess(provider, intended, upstream)
  if (vendor === undefined) throw new Error(`nothing was prepared for the provider ${provider.kind}`)
  return callUpstream(line, vendor, upstream)
}
