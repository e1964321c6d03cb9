import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { peerOf } from '#/core/http/peer.ts'
import { type Asked, personIn, type Reply, type Route, route } from '#/core/http/route.ts'
import { holdsAddress, type Network } from '#/core/network.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import type { ToolsPage } from './api.ts'
import { feedNames, feedText } from './feed.ts'
import type { ToolLists } from './tool-lists.ts'

export interface ToolRouteServices {
  readonly toolLists: ToolLists
  /** Proxies and filters that read feeds without a key. */
  readonly feedNetworks: readonly Network[]
  /** By key or by session; throws a refusal when it is nobody. */
  readonly identify: (request: IncomingMessage) => Promise<Caller> | Caller
}

/** The list of tools, for people, and what proxies and filters make of it. */
export const toolRoutes = (services: ToolRouteServices): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/tools',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => {
      const { roles } = personIn(asked)
      const { version, changedAt, tools, unexplained } = services.toolLists.current()
      const page: ToolsPage = {
        ...{ version, changedAt, unexplained },
        tools: tools.map((each) => ({
          ...each,
          isForYou: each.roles === null || each.roles.some((role) => roles.includes(role)),
        })),
      }
      return { json: page }
    },
  }),
  route({
    method: 'GET',
    path: '/feeds/:name',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => giveFeed(asked, services),
  }),
]

async function giveFeed(
  { request, parameters }: Asked,
  { toolLists, feedNetworks, identify }: ToolRouteServices,
): Promise<Reply> {
  const peer = peerOf(request)
  if (!feedNetworks.some((network) => holdsAddress(network, peer))) await identify(request)
  const name = parameters['name'] ?? ''
  const format = Object.hasOwn(feedNames, name) ? feedNames[name] : undefined
  if (format === undefined) throw new Refusal('not-found', { what: 'feed' })
  const text = feedText(toolLists.current(), format)
  const tag = `"${hash('sha256', text, 'hex').slice(0, 32)}"`
  const headers = { etag: tag, 'cache-control': 'private, no-cache' }
  if (isKnown(request.headers['if-none-match'], tag)) return { status: 304, headers }
  return {
    text,
    headers: format === 'json' ? { ...headers, 'content-type': 'application/json; charset=utf-8' } : headers,
  }
}

/** A proxy in between may have marked the tag as weak. Source: RFC 9110, section 13.1.2. */
const isKnown = (asked: string | undefined, tag: string): boolean =>
  asked === '*' || (asked ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
