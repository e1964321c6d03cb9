import { anthropic } from './anthropic/index.ts'
import type { Provider } from './api.ts'
import { compatible } from './compatible/index.ts'
import { demo } from './demo/index.ts'

/** What vendors speak. A new provider is a folder and a line here. */
export const providers: readonly Provider[] = [compatible, anthropic, demo]

const byKind = new Map(providers.map((provider) => [provider.kind, provider]))

/** Throws a plain Error for a kind that does not exist; the settings are read against `providers` at start. */
export function providerOf(kind: string): Provider {
  const provider = byKind.get(kind)
  if (provider === undefined)
    throw new Error(`there is no provider "${kind}"; there are ${[...byKind.keys()].join(', ')}`)
  return provider
}
