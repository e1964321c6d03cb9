import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ZodType } from 'zod'
import type { Need, Person } from '#/core/role.ts'

/** What a handler of the control plane is given. */
export interface Asked<Body = unknown> {
  readonly requestId: string
  readonly url: URL
  /** Values of `:name` parts of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  /** The body, read by the route's schema. */
  readonly body: Body
  /** The signed-in person; present on every route whose need is neither 'anyone' nor 'caller'. */
  readonly person: Person | undefined
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Who asks, on a route that needs a person: the router lets nobody else through. */
export function personIn({ person }: Pick<Asked, 'person'>): Person {
  if (person === undefined) throw new Error('a route that needs a person was reached by nobody')
  return person
}

/** What a handler gives back: JSON, or `undefined` when it wrote to `response` itself. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly json?: unknown
  readonly text?: string
  readonly html?: string
  /** Bytes as they are; `headers` must hold their content-type. */
  readonly bytes?: Uint8Array
}

/** `admin`: only there; `main`: only where everybody comes; `both`. */
export type Place = 'admin' | 'main' | 'both'

/** What programs and devices use; nothing of it is administration. */
const usedByPrograms = /^\/(v1|oauth|scim|managed|device|\.well-known)(\/|$)/

/** What only some roles may do is administration, unless the route says otherwise. */
export const placeOf = ({ on, need, path }: Route): Place =>
  on ?? (typeof need !== 'string' ? 'admin' : usedByPrograms.test(path) ? 'main' : 'both')

/**
 * One route. `need` and `reads` are not optional: a route without a role or a schema does not start.
 * `reads: 'nothing'` ignores a body; `'itself'` leaves reading to the handler (the exchange, the sign-in provider).
 */
export interface Route {
  /** Where it is served when administration has an address of its own; `placeOf` says where when this does not. */
  readonly on?: Place
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'
  /** `/api/records/:kind/:id`; a last `/*` takes everything below. */
  readonly path: string
  readonly need: Need
  readonly reads: ZodType | 'nothing' | 'itself'
  /** Asks for a fresh sign-in: always, or for bodies this says so of. Only where a person is needed. */
  readonly fresh?: true | ((body: never) => boolean)
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that writes the response itself returns nothing
  readonly handle: (asked: Asked<never>) => Promise<Reply | void> | Reply | void
}

/** Gives a route its body type: `route({... reads: schema, handle: (asked) => asked.body ...})`. */
export const route = <Body>(
  described: Omit<Route, 'reads' | 'fresh' | 'handle'> & {
    readonly reads: ZodType<Body> | 'nothing' | 'itself'
    readonly fresh?: true | ((body: Body) => boolean)
    // biome-ignore lint/suspicious/noConfusingVoidType: as above
    readonly handle: (asked: Asked<Body>) => Promise<Reply | void> | Reply | void
  },
): Route => described as unknown as Route
