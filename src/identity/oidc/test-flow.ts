import type { Clock } from '#/core/clock.ts'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { ProviderFile } from '#/settings/sign-in-schema.ts'
import { type TestProvider, testClientId } from '../test-provider.ts'
import type { Fetch } from './bounded-fetch.ts'
import { toProvider } from './provider.ts'
import { createSignIn, type Finished, type SignIn } from './sign-in.ts'

export const testPublicUrl = 'http://127.0.0.1:9'

export interface TestTime extends Clock {
  readonly forward: (ms: number) => void
  /** Sets the clock on the wall, as an operator or a time server does. */
  readonly jump: (ms: number) => void
}

export function createTestTime(): TestTime {
  let [wall, passed] = [0, 0]
  return {
    now: () => Date.now() + wall,
    monotonic: () => performance.now() + passed,
    forward: (ms) => {
      wall += ms
      passed += ms
    },
    jump: (ms) => {
      wall += ms
    },
  }
}

/** The flow alone, without a server around it: providers by the id `one`, `two` and so on. */
export function createTestFlow(
  providers: readonly (Partial<ProviderFile> & { readonly at: TestProvider })[],
  services: { readonly clock?: Clock; readonly fetch?: Fetch } = {},
): SignIn {
  const ids = ['one', 'two', 'three']
  const read = readProviders({
    kind: 'oidc',
    providers: providers.map(({ at, ...more }, index) => ({
      id: ids[index] as string,
      issuer: at.url,
      clientId: testClientId,
      ...more,
    })),
  })
  return createSignIn({
    providers: read.map((each) => toProvider(each)),
    publicUrl: () => testPublicUrl,
    clock: services.clock ?? createTestTime(),
    fetch: services.fetch ?? fetch,
  })
}

/** Begins, is approved at the provider, and comes back. */
export async function passThrough(flow: SignIn, provider: TestProvider, id = 'one'): Promise<Finished> {
  const begun = await flow.begin({ provider: id, next: '/' }, undefined)
  return flow.finish(provider.approve(begun.location), begun.browser)
}
