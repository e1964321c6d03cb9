/** What the ranges of addresses say: whether one leads into a company, to anybody, or nowhere. */

export type Reachable = 'private' | 'public'

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const four = new RegExp(`^${octet}(?:\\.${octet}){3}$`)

/**
 * Four octets without leading zeros. Undefined for what is none, and for what leads nowhere: loopback, masks,
 * broadcast, unspecified and multicast. Source: IANA IPv4 special-purpose address registry.
 */
export function reachOfIpv4(address: string): Reachable | undefined {
  if (!four.test(address)) return undefined
  const [first = 0, second = 0] = address.split('.').map(Number)
  if (first === 0 || first === 127 || first >= 224) return undefined
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  return isPrivate ? 'private' : 'public'
}

/** First groups a shortened address may have: global unicast, unique local, link local. Others are names in code. */
const shortenedStart = /^(?:[23][\da-f]{3}|f[cd][\da-f]{2}|fe[89ab][\da-f])$/

/** Eight groups, or fewer with one `::`. Lower case. Source: RFC 4291, sections 2.2 and 2.4; RFC 4193. */
export function reachOfIpv6(address: string): Reachable | undefined {
  const [before = '', after, ...more] = address.split('::')
  if (more.length > 0) return undefined
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const groups = [...head, ...tail]
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return undefined
  const [first = ''] = head
  if (groups.every((group) => /^0*1?$/.test(group))) return undefined
  if (after === undefined) {
    // Eight groups of two are the address of a device.
    if (groups.length !== 8 || groups.every((group) => group.length === 2)) return undefined
  } else if (groups.length > 7 || groups.length < 2 || !shortenedStart.test(first)) return undefined
  return /^f[cde]/.test(first.padStart(4, '0')) ? 'private' : 'public'
}
