/**
 * Order is a type. `npm run check` compiles this file: each line marked `@ts-expect-error` must fail to compile,
 * or the check fails. Nothing here is ever run.
 */

import { call } from '#/gateway/call.ts'
import { deliverStream } from '#/gateway/deliver-stream.ts'
import { deliverWhole } from '#/gateway/deliver-whole.ts'
import type { GatewayServices } from '#/gateway/services.ts'
import { type Admitted, admit } from '#/gateway/stages/admit.ts'
import { conclude } from '#/gateway/stages/conclude.ts'
import { type Decided, decide } from '#/gateway/stages/decide.ts'
import type { Identified } from '#/gateway/stages/identify.ts'
import { type Inspected, inspectRequest } from '#/gateway/stages/inspect.ts'
import { type Intended, intend } from '#/gateway/stages/intend.ts'
import { type Read, readRequest } from '#/gateway/stages/read.ts'
import type { Received } from '#/gateway/stages/receive.ts'
import { type Transformed, transform } from '#/gateway/stages/transform.ts'
import type { Upstream } from '#/gateway/upstream.ts'

declare const services: GatewayServices
declare const received: Received
declare const identified: Identified
declare const admitted: Admitted
declare const read: Read
declare const inspected: Inspected
declare const decided: Decided
declare const transformed: Transformed
declare const upstream: Upstream

// A request nobody identified is not admitted.
// @ts-expect-error
admit(received, services)

// A body is not read before its sender is admitted.
// @ts-expect-error
readRequest(identified, services)

// What was not read cannot be inspected.
// @ts-expect-error
inspectRequest(admitted, services)

// What was not inspected cannot be decided on.
// @ts-expect-error
decide(read, services)

// What was not decided on cannot be transformed.
// @ts-expect-error
transform(inspected, services)

// What was not transformed cannot be intended.
// @ts-expect-error
intend(decided, services)

// What has no intent on disk cannot be sent, neither whole nor as a stream, nor past the deliveries.
// @ts-expect-error
deliverWhole(transformed, services)
// @ts-expect-error
deliverStream(transformed, services)
// @ts-expect-error
call(transformed, upstream)

// An exchange without an intent has no outcome.
// @ts-expect-error
conclude(transformed, {}, services)

// Built by hand, field by field, it still does not pass: the brand is not exported.
const byHand: Omit<Inspected, never> = {
  // @ts-expect-error
  inspected: true,
  read,
  snapshot: inspected.snapshot,
  inspector: inspected.inspector,
  marked: [],
  tookMs: 0,
}
const forged = { transformed, appended: { index: 0, receipt: 'x#0' }, intendedAt: 0, prepared: {} }
// @ts-expect-error
const intended: Intended = forged

export const unused = [byHand, intended]
