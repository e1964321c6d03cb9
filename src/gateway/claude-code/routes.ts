import { writeReply } from '#/core/http/reply.ts'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import type { JsonObject } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import type { Standing } from '../spending/spending.ts'
import { usageOf } from './limit-headers.ts'
import { isKnown, type ManagedSettings, manageSettings } from './managed-settings.ts'

export interface ClaudeCodeServices {
  readonly identify: (asked: Asked) => Promise<Caller>
  /** Writes a refusal in Anthropic's envelope. */
  readonly refuse: (refusal: Refusal, asked: Asked) => Promise<void>
  /** Of the settings file; false for none. */
  readonly settings: JsonObject | false
  /** How the caller stands against every limit of their own. */
  readonly standings: (caller: Caller) => readonly Standing[]
}

type Handle = (asked: Asked, caller: Caller) => Reply

/**
 * What Claude Code asks of a gateway beside exchanges, with the same token. What Sallyport does not do says so, in the
 * way the tool takes for an answer. Source: `GET /protocol` of its own gateway, 2.1.330.
 */
export function claudeCodeRoutes(services: ClaudeCodeServices): readonly Route[] {
  const managed = services.settings === false ? undefined : manageSettings(services.settings)
  const at = (method: Route['method'], path: string, handle: Handle): Route => ({
    on: 'main',
    method,
    path,
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => answer(asked, handle, services),
  })
  return [
    at('GET', '/managed/settings', (asked) => settingsReply(asked, managed)),
    at('POST', '/v1/messages/count_tokens', refuseCounting),
    at('GET', '/api/oauth/usage', (_, caller) => ({
      headers: { 'cache-control': 'no-store' },
      json: usageOf(services.standings(caller)),
    })),
    ...['/v1/metrics', '/v1/logs', '/v1/traces'].map((path) => at('POST', path, discard)),
  ]
}

async function answer(asked: Asked, handle: Handle, services: ClaudeCodeServices): Promise<void> {
  const { request, response, requestId } = asked
  try {
    const caller = await services.identify(asked)
    const reply = handle(asked, caller)
    if (!request.complete) response.setHeader('connection', 'close')
    writeReply(response, reply, requestId, request)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await services.refuse(error, asked)
  }
}

function settingsReply({ request }: Asked, managed: ManagedSettings | undefined): Reply {
  // The tool takes a 404 for "there is no policy".
  if (managed === undefined) return { status: 404, json: { error: { type: 'not_found_error' } } }
  const headers = { etag: `"${managed.checksum}"`, 'cache-control': 'private, no-cache' }
  return isKnown(request.headers['if-none-match'], managed)
    ? { status: 304, headers }
    : { headers, json: managed }
}

const refuseCounting: Handle = () => {
  throw new Refusal('not-supported', {
    what: 'count tokens before a request is sent',
    instead: 'Send the request: its answer says how many there were.',
  })
}

/** Telemetry is read and thrown away: the tool logs an error each time when it is not taken. */
const discard: Handle = ({ request }) =>
  request.headers['content-type']?.startsWith('application/json') === true
    ? { json: {} }
    : { status: 200, headers: { 'content-type': 'application/x-protobuf', 'content-length': '0' } }
