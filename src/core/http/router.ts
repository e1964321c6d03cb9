import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ZodType } from 'zod'
import { newRequestId } from '../id.ts'
import { describeError, type WriteLine } from '../log-line.ts'
import { readJsonObject } from '../read-json.ts'
import { Refusal } from '../refusal.ts'
import type { Need, Person } from '../role.ts'
import { type BodyLimits, ClientGone, readBody } from './body.ts'
import { assertOwnFetch } from './fetch-metadata.ts'
import { cameTo, originOf, type TrustedProxies, trustProxies } from './peer.ts'
import { asRefusal, refusalReply, writeReply } from './reply.ts'
import type { Asked, Reply, Route } from './route.ts'

export interface RouterServices {
  readonly personOf: (request: IncomingMessage) => Promise<Person | undefined> | Person | undefined
  /** Throws `step-up-needed` when the sign-in behind a request is too old. Needed as soon as a route asks for one. */
  readonly assertFresh?: (request: IncomingMessage) => void
  readonly limits: BodyLimits & { readonly jsonMaxDepth: number }
  /** Whether a Host header names this server: a page elsewhere must not reach it under a name of its own. */
  readonly isOwnHost: (host: string) => boolean
  /** The origin people use here, when a server has several. */
  readonly origin?: string
  /** The proxies in front; without them forwarded headers are not looked at. */
  readonly proxies?: TrustedProxies | undefined
  /** People use https: every answer says so to browsers, and what a proxy took over http is refused. */
  readonly isHttps?: boolean
  /** Told of what was refused because of where it comes from, before it is answered. */
  readonly onForeign?: (refusal: Refusal, request: IncomingMessage, requestId: string) => Promise<void>
  readonly writeLine: WriteLine
}

export type Router = (request: IncomingMessage, response: ServerResponse) => void

/**
 * One table for all routes. Exact paths are found in a map; paths with parameters or a last `/*` by
 * going through a list, longest first. Throws at start for a route without a need, without a schema,
 * or that stands twice, and for one
 * whose demand of a fresh sign-in nobody can check.
 */
export function createRouter(routes: readonly Route[], services: RouterServices): Router {
  const table = buildTable(routes)
  assertFreshness(routes, services)
  return (request, response) => {
    const requestId = newRequestId()
    answer(request, response, requestId, table, services).catch((error: unknown) => {
      if (error instanceof ClientGone) return
      const refusal = asRefusal(error)
      if (refusal.code === 'defect') {
        services.writeLine({
          level: 'error',
          what: 'a request failed',
          requestId,
          problem: describeError(error),
        })
      }
      if (response.headersSent) response.destroy()
      else {
        if (!request.complete) response.setHeader('connection', 'close')
        writeReply(response, refusalReply(refusal, requestId), requestId, request)
      }
    })
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  table: Table,
  services: RouterServices,
): Promise<void> {
  if (services.isHttps) response.setHeader('strict-transport-security', strictTransport)
  // Nothing is waited for that is known at once: an exchange is on its way within the same turn of the event loop.
  const foreign = assertOwn(request, requestId, services)
  if (foreign !== undefined) await foreign
  const { route, parameters } = findFor(request, table)
  const person = isOpen(route.need) ? undefined : await admit(route.need, request, services)
  const isRead = route.reads === 'itself' || route.reads === 'nothing'
  const body = isRead ? undefined : await readRouteBody(route.reads, request, services)
  if (route.fresh === true || route.fresh?.(body as never)) services.assertFresh?.(request)
  const asked = new AskedOnce(requestId, parameters, body as never, person, request, response)
  const reply = (await route.handle(asked)) as Reply | undefined
  if (reply !== undefined) writeReply(response, reply, requestId)
}

/** A year, as browsers' lists of such hosts ask for. Source: RFC 6797, section 6.1. */
const strictTransport = 'max-age=31536000'

/** Throws `origin-refused` and `https-needed`. */
function assertOwn(
  request: IncomingMessage,
  requestId: string,
  services: RouterServices,
): Promise<void> | undefined {
  try {
    if (services.origin !== undefined) cameTo(request, services.origin)
    if (services.proxies !== undefined) trustProxies(request, services.proxies)
    assertOwnHost(request, services)
    assertOwnFetch(request)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal) || services.onForeign === undefined) throw error
    return services.onForeign(error, request, requestId).then(() => Promise.reject(error))
  }
}

function assertOwnHost(request: IncomingMessage, { isOwnHost, isHttps, proxies }: RouterServices): void {
  const { scheme, host } = proxies === undefined ? notForwarded : originOf(request)
  // A proxy may name the server it asks instead of the one it was asked for.
  if (!isOwnHost(request.headers.host ?? '') && !(host !== undefined && isOwnHost(host)))
    throw new Refusal('origin-refused', { header: 'Host' })
  if (isHttps && scheme !== undefined && scheme !== 'https') throw new Refusal('https-needed')
}

const notForwarded = { scheme: undefined, host: undefined }

/** What a route is handed. A class: an object made with a getter of its own costs a microsecond. */
class AskedOnce implements Asked<never> {
  readonly requestId: string
  readonly parameters: Readonly<Record<string, string>>
  readonly body: never
  readonly person: Person | undefined
  readonly request: IncomingMessage
  readonly response: ServerResponse

  constructor(
    requestId: string,
    parameters: Readonly<Record<string, string>>,
    body: never,
    person: Person | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.requestId = requestId
    this.parameters = parameters
    this.body = body
    this.person = person
    this.request = request
    this.response = response
  }

  /** Reading it costs a microsecond, and an exchange never asks. */
  get url(): URL {
    return readUrl(this.request)
  }
}

function readUrl({ method, url: target = '/' }: IncomingMessage): URL {
  // Beside a base, `//a/b` would be the path /b at the host a: another one than whoever guards a path has looked at.
  const url = URL.parse(target.startsWith('/') ? `http://sallyport.invalid${target}` : target)
  if (url === null) throw new Refusal('path-unknown', { method, path: '(unreadable)' })
  return url
}

/** Whether the route itself looks at who asks, or nobody does. */
const isOpen = (need: Need): need is 'anyone' | 'caller' => need === 'anyone' || need === 'caller'

async function admit(
  need: Exclude<Need, 'anyone' | 'caller'>,
  request: IncomingMessage,
  services: RouterServices,
): Promise<Person | undefined> {
  const person = await services.personOf(request)
  if (person === undefined) throw new Refusal('sign-in-needed')
  if (need !== 'person' && !need.some((role) => person.roles.includes(role))) {
    throw new Refusal('role-missing', { roles: need })
  }
  return person
}

async function readRouteBody(
  schema: ZodType,
  request: IncomingMessage,
  services: RouterServices,
): Promise<unknown> {
  const object = readJsonObject(await readBody(request, services.limits), services.limits.jsonMaxDepth)
  return readWith(schema, object)
}

/** A demand nobody looks at would be none. */
function assertFreshness(routes: readonly Route[], services: RouterServices): void {
  for (const { method, path, need, fresh } of routes) {
    if (fresh === undefined) continue
    if (need === 'anyone' || need === 'caller')
      throw new Error(`the route ${method} ${path} asks for a fresh sign-in and takes whoever has none`)
    if (services.assertFresh === undefined)
      throw new Error(`the route ${method} ${path} asks for a fresh sign-in, and nobody can tell`)
  }
}

/** Reads a value by a schema; the first problem becomes a refusal that names the field. */
export function readWith<T>(schema: ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const problem = read.error.issues[0]
  if (problem?.code === 'unrecognized_keys') {
    const field = [...problem.path, problem.keys[0]?.slice(0, 100)].join('.')
    throw new Refusal('request-invalid', { field, problem: 'there is no such field' })
  }
  throw new Refusal('request-invalid', {
    field: problem?.path.join('.') || '(the body)',
    problem: inOurWords(problem?.message ?? 'it does not fit'),
  })
}

const shapeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** What a schema says without words of its own for it. */
function inOurWords(message: string): string {
  const [, expected = '', received] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? []
  if (received === 'undefined') return 'it is missing'
  const shape = shapeWords[expected]
  return shape === undefined ? message.replace(/\.$/, '') : `it must be ${shape}`
}

interface Pattern {
  readonly route: Route
  readonly parts: readonly string[]
  readonly takesRest: boolean
}

interface Table {
  readonly exact: ReadonlyMap<string, Route>
  readonly patterns: readonly Pattern[]
}

function buildTable(routes: readonly Route[]): Table {
  const exact = new Map<string, Route>()
  const patterns: Pattern[] = []
  const seen = new Set<string>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    if (!route.need || !route.reads)
      throw new Error(`the route ${name} does not say who may call it and what it reads`)
    if (seen.has(name)) throw new Error(`the route ${name} stands twice`)
    seen.add(name)
    if (!/[:*]/.test(route.path)) exact.set(name, route)
    else {
      const takesRest = route.path.endsWith('/*')
      patterns.push({
        route,
        takesRest,
        parts: (takesRest ? route.path.slice(0, -2) : route.path).split('/'),
      })
    }
  }
  patterns.sort(
    (one, other) => other.parts.length - one.parts.length || Number(one.takesRest) - Number(other.takesRest),
  )
  return { exact, patterns }
}

interface Found {
  readonly route: Route
  readonly parameters: Readonly<Record<string, string>>
}

const noParameters: Readonly<Record<string, string>> = Object.freeze({})

/** A path that stands in the table as it came needs no reading. */
function findFor(request: IncomingMessage, table: Table): Found {
  // What GET answers without the answer itself, which `node:http` leaves out (RFC 9110, section 9.3.2).
  const method = request.method === undefined || request.method === 'HEAD' ? 'GET' : request.method
  const route = table.exact.get(`${method} ${request.url ?? '/'}`)
  return route === undefined
    ? find(table, method, readUrl(request).pathname)
    : { route, parameters: noParameters }
}

function find(table: Table, method: string, path: string): Found {
  const route = table.exact.get(`${method} ${path}`) ?? table.exact.get(`ANY ${path}`)
  if (route !== undefined) return { route, parameters: noParameters }
  const parts = path.split('/')
  const fitting = table.patterns.filter((pattern) => fits(pattern, parts))
  const taken = fitting.find(({ route: each }) => each.method === method || each.method === 'ANY')
  if (taken !== undefined) return { route: taken.route, parameters: readParameters(taken, parts) }
  const methods = new Set([...methodsAt(table, path), ...fitting.map(({ route: each }) => each.method)])
  const allowed = [...methods].flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each]))
  if (allowed.length > 0) throw new Refusal('method-refused', { allowed })
  throw new Refusal('path-unknown', { method, path: path.slice(0, 100) })
}

const methodsAt = (table: Table, path: string): string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => table.exact.has(`${method} ${path}`))

const fits = (pattern: Pattern, parts: readonly string[]): boolean =>
  (pattern.takesRest ? parts.length > pattern.parts.length : parts.length === pattern.parts.length) &&
  pattern.parts.every((part, index) => (part.startsWith(':') ? parts[index] !== '' : part === parts[index]))

function readParameters(pattern: Pattern, parts: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.parts.entries()) {
    if (part.startsWith(':')) parameters[part.slice(1)] = decode(parts[index] as string)
  }
  return parameters
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new Refusal(
      'request-invalid',
      { field: 'path', problem: 'it holds a broken % escape' },
      { cause: error },
    )
  }
}
