import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { holdsAddress, type Network, plainAddress } from '../network.ts'

/** Whose word about others counts, and in which headers they give it: in any other header the client itself may speak. */
export interface TrustedProxies {
  readonly networks: readonly Network[]
  readonly header: 'x-forwarded-for' | 'forwarded'
}

/** What is known of where a request comes from. */
interface Origin {
  /** Of the nearest one we do not trust: an IP address; empty once the socket is gone. */
  readonly address: string
  /** What a trusted proxy says it was asked for; undefined when none says so. */
  readonly scheme: string | undefined
  readonly host: string | undefined
}

const proxiesOf = new WeakMap<IncomingMessage, TrustedProxies>()

/** Told once per request, by the router. Without it forwarded headers are only text. */
export const trustProxies = (request: IncomingMessage, proxies: TrustedProxies): void =>
  void proxiesOf.set(request, proxies)

const ownOrigins = new WeakMap<IncomingMessage, string>()

/** Told once per request, by the router. */
export const cameTo = (request: IncomingMessage, origin: string): void => void ownOrigins.set(request, origin)

/** The origin of ours a request came to; undefined on a server that was not told. */
export const ownOriginOf = (request: IncomingMessage): string | undefined => ownOrigins.get(request)

/** The IP address of whoever asks, behind the proxies of the settings; empty once the socket is gone. */
export const peerOf = (request: IncomingMessage): string => originOf(request).address

/**
 * Walks from the socket to the left, through trusted proxies alone: what stands left of the first address that is no
 * trusted proxy was written by whoever is there. An entry that is no address ends the walk.
 * Source: RFC 7239, sections 4, 5 and 7.4.
 */
export function originOf(request: IncomingMessage): Origin {
  const proxies = proxiesOf.get(request)
  const nearest = plainAddress(request.socket.remoteAddress ?? '')
  if (proxies === undefined || !isProxy(proxies, nearest))
    return { address: nearest, scheme: undefined, host: undefined }
  const hops = proxies.header === 'forwarded' ? readForwarded(request) : readXForwarded(request)
  let address = nearest
  let known: Hop = {}
  for (const hop of hops.toReversed()) {
    if (!isProxy(proxies, address)) break
    known = { ...known, ...hop }
    const next = hop.for === undefined ? undefined : readAddress(hop.for)
    if (next === undefined) break
    address = next
  }
  return { address, scheme: known.proto?.toLowerCase(), host: known.host }
}

const isProxy = ({ networks }: TrustedProxies, address: string): boolean =>
  networks.some((network) => holdsAddress(network, address))

/** What one proxy says of whoever asked it. */
interface Hop {
  readonly for?: string
  readonly proto?: string
  readonly host?: string
}

/** X-Forwarded-Proto and -Host hold one value, or one per proxy; the last ones were written by the proxy nearest to us. */
function readXForwarded({ headers }: IncomingMessage): readonly Hop[] {
  const [addresses, schemes, hosts] = ['for', 'proto', 'host'].map((name) =>
    listOf(headers[`x-forwarded-${name}`]),
  )
  const proto = schemes?.at(-1)
  const host = hosts?.at(-1)
  const nearest = { ...(proto === undefined ? {} : { proto }), ...(host === undefined ? {} : { host }) }
  const hops = (addresses ?? []).map((each): Hop => ({ for: each }))
  return [...hops.slice(0, -1), { ...hops.at(-1), ...nearest }]
}

/** More proxies than this stand in no company's way; headers are bounded to 16 KiB by Node. */
const mostHops = 32

const listOf = (value: string | string[] | undefined): readonly string[] =>
  value === undefined
    ? []
    : String(value)
        .split(',')
        .slice(-mostHops)
        .map((each) => each.trim())

/** `for=192.0.2.60;proto=https, for="[2001:db8::1]:4711"`. A quoted value with a comma or semicolon is no address. */
const readForwarded = ({ headers }: IncomingMessage): readonly Hop[] =>
  listOf(headers['forwarded']).map((element) => {
    const pairs = element.split(';').map((pair) => {
      const [name = '', value = ''] = pair.split('=', 2)
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')] as const
    })
    return Object.fromEntries(pairs.filter(([name]) => ['for', 'proto', 'host'].includes(name)))
  })

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`; undefined for `unknown` and made-up names. */
function readAddress(text: string): string | undefined {
  const bare =
    /^\[([0-9a-f:.]{2,45})\](?::\d{1,5})?$/i.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d{1,5}$/, '$1')
  const address = plainAddress(bare)
  return isIP(address) === 0 ? undefined : address
}
