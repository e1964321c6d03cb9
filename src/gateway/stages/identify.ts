import type { Caller } from '#/core/role.ts'
import type { GatewayServices } from '../services.ts'
import type { Received } from './receive.ts'

declare const identified: unique symbol

/** Stage 1: we know who asks, by a key or a session that is valid now. */
export interface Identified {
  readonly [identified]: true
  readonly received: Received
  readonly caller: Caller
}

/** Throws `key-missing`, `key-unknown`, `key-expired`, `key-revoked`, `sign-in-needed`. */
export async function identify(received: Received, services: GatewayServices): Promise<Identified> {
  const caller = await services.identity.identify(received.request)
  return { received, caller } as Identified
}
