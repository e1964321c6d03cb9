import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dialect } from '#/chat/api.ts'
import type { TaskExchange } from '../tasks/task-exchange.ts'

/** Where every exchange begins: what the route knows, and nothing else. */
export interface Received {
  readonly requestId: string
  readonly dialect: Dialect
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Monotonic milliseconds at which the request came. */
  readonly startedAt: number
  /** Of `/tasks/`: what makes a request of its inputs and its own answer of the answer. */
  readonly task?: TaskExchange
}
