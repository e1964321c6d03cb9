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
export function identify(received: Received, services: GatewayServices): Identified | Promise<Identified> {
  const caller = services.identity.identify(received.request)
  return caller instanceof Promise
    ? caller.then((known) => ({ received, caller: known }) as Identified)
    : ({ received, caller } as Identified)
}
