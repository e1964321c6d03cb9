import { type BodyLimits, ClientGone, readBody } from '#/core/http/body.ts'
import { writeReply } from '#/core/http/reply.ts'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import type { JsonObject } from '#/core/json.ts'
import { readJsonObject } from '#/core/read-json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Clients } from './clients.ts'
import type { Directory } from './directory.ts'
import { findSchema, findType, listSchemas, listTypes, showConfig } from './discovery.ts'
import { groupRoutes } from './group-routes.ts'
import { idOf, json, type ScimHandle, type ScimRoute, scimBase } from './route-parts.ts'
import { errorReply, ScimError } from './scim-error.ts'
import { userRoutes } from './user-routes.ts'

export interface ScimRouteServices {
  readonly clients: Clients
  readonly directoryOf: (clientId: string) => Directory
  readonly publicUrl: () => string
  readonly onError: (error: unknown) => void
}

/** A group of everybody has megabytes; nesting is never deeper than an operation's value. */
const limits: BodyLimits & { readonly jsonMaxDepth: number } = {
  bodyMaxBytes: 8 * 1_024 * 1_024,
  bodyMaxMs: 30_000,
  jsonMaxDepth: 16,
}

/** RFC 7644, section 3.2. Every route asks for a token of `identity.scim`; sessions and keys do not count here. */
export const scimRoutes = (services: ScimRouteServices): readonly Route[] =>
  [...discovery, ...userRoutes, ...groupRoutes, ...notOffered].map(([method, path, handle]) => ({
    method,
    path: `${scimBase}${path}`,
    need: 'caller',
    reads: 'itself',
    handle: (asked) => answer(asked, handle, services),
  }))

const found = (body: JsonObject | undefined, what: string): Reply => {
  if (body === undefined) throw new ScimError(404, `There is no such ${what}.`)
  return json(body)
}

const discovery: readonly ScimRoute[] = [
  ['GET', '/ServiceProviderConfig', ({ base }) => json(showConfig(base))],
  ['GET', '/ResourceTypes', ({ base }) => json(listTypes(base))],
  [
    'GET',
    '/ResourceTypes/:id',
    ({ base, parameters }) => found(findType(idOf(parameters), base), 'resource type'),
  ],
  ['GET', '/Schemas', ({ base }) => json(listSchemas(base))],
  ['GET', '/Schemas/:id', ({ base, parameters }) => found(findSchema(idOf(parameters), base), 'schema')],
]

const notOffered: readonly ScimRoute[] = [
  [
    'ANY',
    '/*',
    ({ url }) => {
      const name = url.pathname.slice(scimBase.length + 1).split('/')[0]
      if (name === 'Bulk')
        throw new ScimError(
          501,
          'Bulk is not offered (see /ServiceProviderConfig): send the requests one by one.',
        )
      if (name === 'Me') throw new ScimError(501, '/Me is not offered: a directory is nobody.')
      throw new ScimError(
        404,
        'There is no such resource or method. There are Users, Groups, ServiceProviderConfig, ResourceTypes and Schemas.',
      )
    },
  ],
]

/** Whatever goes wrong is said in the envelope of SCIM: a console shows its `detail` and nothing else. */
async function answer(
  asked: Asked<never>,
  handle: ScimHandle,
  services: ScimRouteServices,
): Promise<Reply | undefined> {
  try {
    const client = await services.clients.authenticate(asked.request)
    return await handle({
      directory: services.directoryOf(client.id),
      base: `${services.publicUrl()}${scimBase}`,
      url: asked.url,
      request: asked.request,
      parameters: asked.parameters,
      body: async () => readJsonObject(await readBody(asked.request, limits), limits.jsonMaxDepth),
    })
  } catch (error) {
    if (error instanceof ClientGone) throw error
    const reply = errorReply(asScimError(error, asked.requestId, services))
    if (asked.request.complete) return reply
    // A body nobody is going to read must not hold the connection.
    asked.response.setHeader('connection', 'close')
    writeReply(asked.response, reply, asked.requestId, asked.request)
    return undefined
  }
}

function asScimError(error: unknown, requestId: string, { onError }: ScimRouteServices): ScimError {
  if (error instanceof ScimError) return error
  if (error instanceof Refusal && error.code !== 'defect')
    return new ScimError(
      error.status,
      error.message,
      error.status === 400 ? { scimType: 'invalidSyntax' } : {},
    )
  onError(error)
  return new ScimError(500, `A defect of Sallyport; its log tells more under ${requestId}.`)
}
