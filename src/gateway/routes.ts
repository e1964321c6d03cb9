import { z } from 'zod'
import type { Dialect, ModelListing } from '#/chat/api.ts'
import { endAnswer } from '#/core/http/linger.ts'
import { refusalHeaders, refusalReply, writeReply } from '#/core/http/reply.ts'
import { type Asked, type Route, route } from '#/core/http/route.ts'
import type { JsonObject } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import { anthropicMessages, dialects, openaiChat } from '#/dialects/index.ts'
import { choicesFor } from './choices.ts'
import { spentHeaders } from './claude-code/limit-headers.ts'
import { claudeCodeRoutes } from './claude-code/routes.ts'
import { inspectDraft } from './draft.ts'
import { errorFacts } from './error-facts.ts'
import { exchange, type WriteRefusal } from './exchange.ts'
import { readExchange } from './exchange-details.ts'
import { inARow } from './in-a-row.ts'
import { logRefusal } from './log-refusal.ts'
import { openNow } from './open-now.ts'
import type { GatewayServices } from './services.ts'
import type { Standing } from './spending/spending.ts'
import { reachableFor } from './stages/decide.ts'
import type { Received } from './stages/receive.ts'
import { taskRoutes } from './tasks/routes.ts'

/** Where packages ask when `/v1` is missing in their base URL: they are told in a shape they show. */
const withoutVersion = [
  '/chat/completions',
  '/completions',
  '/responses',
  '/embeddings',
  '/messages',
  '/models',
]

/** Everything a client or the page asks of the gateway. Each way out is an exchange; there is no other. */
export const gatewayRoutes = (services: GatewayServices): readonly Route[] => [
  ...dialects.map((dialect) => exchangeRoute(dialect.path, dialect, writeInDialect, services)),
  exchangeRoute('/api/chat', openaiChat, writeInOwnEnvelope, services),
  ...taskRoutes(services, (...told) => writeInOwnEnvelope(...told)),
  {
    method: 'GET',
    path: '/v1/models',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => answerOnModels(asked, services, (dialect, models) => dialect.writeModels(models)),
  },
  {
    method: 'GET',
    path: '/v1/models/:name',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) =>
      answerOnModels(asked, services, (dialect, models) =>
        dialect.writeModel(modelNamed(asked.parameters['name'] as string, models)),
      ),
  },
  ...claudeCodeRoutes({
    identify: async ({ request }) => services.identity.identify(request),
    refuse: (refusal, asked) => refuseInAnthropic(refusal, asked, services),
    settings: services.claudeCode,
    standings: (caller) => standingsOf(caller, services),
  }),
  ...['/v1/*', ...withoutVersion].map(
    (path): Route => ({
      method: 'ANY',
      path,
      need: 'caller',
      reads: 'nothing',
      handle: (asked) => refuseUnknown(asked, services),
    }),
  ),
  {
    method: 'GET',
    path: '/api/models',
    need: 'person',
    reads: 'nothing',
    handle: ({ person }) => ({ json: choicesFor(person!, services) }),
  },
  {
    method: 'GET',
    path: '/api/exchanges/:index',
    need: 'person',
    reads: 'nothing',
    handle: async ({ person, parameters }) => ({
      json: await readExchange(
        services.audit,
        readIndex(parameters['index']),
        person!.id,
        services.inspectorFor(services.snapshot()).kinds,
      ),
    }),
  },
  route({
    method: 'POST',
    path: '/api/inspect',
    need: 'caller',
    reads: z.strictObject({
      text: z.string().max(200_000, 'must have at most 200000 characters'),
      useCase: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,99}$/)
        .optional(),
    }),
    handle: async ({ request, body }) => {
      const caller = await services.identity.identify(request)
      // The page asks while somebody writes.
      if (caller.keyId !== undefined) services.open.count(caller.keyId, services.clock.now())
      return { json: await inspectDraft(body, caller, services) }
    },
  }),
]

function exchangeRoute(
  path: string,
  dialect: Dialect,
  writeRefusal: WriteRefusal,
  services: GatewayServices,
): Route {
  return {
    on: 'main',
    method: 'POST',
    path,
    need: 'caller',
    reads: 'itself',
    handle: (asked) => {
      const received = receive(asked, dialect, services)
      return inARow('begin', () => exchange(received, services, writeRefusal))
    },
  }
}

const receive = (
  { requestId, request, response }: Asked,
  dialect: Dialect,
  services: GatewayServices,
): Received => ({
  requestId,
  dialect,
  request,
  response,
  startedAt: services.clock.monotonic(),
})

const writeInDialect: WriteRefusal = (refusal, received, receipt) => {
  const { response, request, dialect } = received
  const error = dialect.writeError(errorFacts(refusal, received))
  // What is left of a body nobody reads would be taken for the next request.
  const closing = request.complete ? {} : { connection: 'close' }
  response.writeHead(error.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(error.body),
    'x-request-id': received.requestId,
    ...(receipt === undefined ? {} : { 'x-sallyport-receipt': receipt }),
    ...closing,
    ...refusalHeaders(refusal),
    ...error.headers,
    ...(dialect === anthropicMessages ? spentHeaders(refusal) : {}),
  })
  endAnswer(request, response, error.body)
}

const writeInOwnEnvelope: WriteRefusal = (refusal, { response, request, requestId }, receipt) => {
  if (receipt !== undefined) response.setHeader('x-sallyport-receipt', receipt)
  if (!request.complete) response.setHeader('connection', 'close')
  writeReply(response, refusalReply(refusal, requestId), requestId, request)
}

/** Of every use case open to a caller in which they may spend so much a day. */
function standingsOf({ person, useCase }: Caller, services: GatewayServices): readonly Standing[] {
  const { snapshot, switches, spending, clock } = services
  const { useCases } = openNow(person, snapshot(), clock.now(), switches, { useCase }, 'any')
  return useCases.flatMap((each) => spending.standingOf(each, person.id) ?? [])
}

/** Anthropic's clients say which version they speak; everybody else reads OpenAI's shapes. */
const dialectOf = ({ request, url }: Asked): Dialect =>
  request.headers['anthropic-version'] !== undefined || url.pathname.startsWith('/v1/messages')
    ? anthropicMessages
    : openaiChat

/** A model a caller may name. */
interface NamedModel extends ModelListing {
  readonly aliases: readonly string[]
}

/** An id comes before an alias, as for a request. Throws `model-unknown`. */
function modelNamed(name: string, models: readonly NamedModel[]): NamedModel {
  const found = models.find(({ id }) => id === name) ?? models.find(({ aliases }) => aliases.includes(name))
  if (found === undefined) throw new Refusal('model-unknown')
  return found
}

/** Tells a caller of the models there are for them, in the shapes of their dialect. */
async function answerOnModels(
  asked: Asked,
  services: GatewayServices,
  answer: (dialect: Dialect, models: readonly NamedModel[]) => JsonObject,
): Promise<void> {
  const dialect = dialectOf(asked)
  const received = receive(asked, dialect, services)
  try {
    const { person, useCase, bounds } = await services.identity.identify(asked.request)
    const snapshot = services.snapshot()
    const key = { useCase, offerings: bounds?.offerings }
    const { offerings } = openNow(person, snapshot, services.clock.now(), services.switches, key)
    // What speaks another dialect would be refused as unknown once it is asked for.
    const reachable = reachableFor(snapshot, dialect.name, services.lines)
    const named = offerings
      .filter(({ id }) => reachable.has(id))
      .map(
        ({ id, processor, aliases }): NamedModel => ({
          id,
          createdAtMs: snapshot.compiledAtMs,
          ownedBy: processor,
          aliases,
        }),
      )
    const auto = { id: 'auto', createdAtMs: snapshot.compiledAtMs, ownedBy: 'sallyport', aliases: [] }
    writeReply(asked.response, { json: answer(dialect, [auto, ...named]) }, asked.requestId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    writeInDialect(error, received, await logRefusal(error, received, services, {}))
  }
}

/** What is not supported was not asked of a provider: only who may not ask at all stands in the log. */
async function refuseInAnthropic(refusal: Refusal, asked: Asked, services: GatewayServices): Promise<void> {
  const received = receive(asked, anthropicMessages, services)
  const receipt =
    refusal.code === 'not-supported' ? undefined : await logRefusal(refusal, received, services, {})
  writeInDialect(refusal, received, receipt)
}

/** What clients may ask where there is something, so that another method is told so. */
const methodsOf: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...dialects.map(({ path }) => [path, ['POST']] as const),
  ['/v1/models', ['GET', 'HEAD']],
])

async function refuseUnknown(asked: Asked, services: GatewayServices): Promise<void> {
  const received = receive(asked, dialectOf(asked), services)
  const { pathname } = asked.url
  const allowed = methodsOf.get(pathname)
  const refusal =
    allowed === undefined
      ? new Refusal('path-unknown', { method: asked.request.method, path: pathname.slice(0, 100) })
      : new Refusal('method-refused', { allowed })
  writeInDialect(refusal, received, await logRefusal(refusal, received, services, {}))
}

function readIndex(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new Refusal('request-invalid', {
      field: 'index',
      problem: 'it takes the number behind # in a receipt',
    })
  }
  return Number(text)
}
