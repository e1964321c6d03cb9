import type { ToolList } from './api.ts'
import { withParents } from './tool-list.ts'

/** What proxies and filters read: as names on lines, and as three of them want it. */
export const feedFormats = ['json', 'txt', 'hosts', 'squid', 'rpz'] as const

export type FeedFormat = (typeof feedFormats)[number]

/** What each is called below `/feeds`. */
export const feedNames: Readonly<Record<string, FeedFormat>> = {
  'tools.json': 'json',
  'blocklist.txt': 'txt',
  'blocklist.hosts': 'hosts',
  'blocklist.squid': 'squid',
  'blocklist.rpz': 'rpz',
}

/** The same list gives the same bytes. */
export function feedText(list: ToolList, format: FeedFormat): string {
  const domains = list.blocked.map(({ domain }) => domain)
  switch (format) {
    case 'json':
      return `${JSON.stringify(list)}\n`
    case 'txt':
      return lines(header(list, '#', 'one domain a line, each with everything below it'), domains)
    case 'hosts':
      return lines(
        header(list, '#', 'a hosts file: the names alone, and nothing below them'),
        domains.map((domain) => `0.0.0.0 ${domain}`),
      )
    case 'squid':
      return lines(
        header(list, '#', 'an acl of dstdomain'),
        withoutCovered(domains).map((domain) => `.${domain}`),
      )
    case 'rpz':
      return lines(
        [...header(list, ';', 'a response policy zone'), ...zoneHead(list)],
        withoutCovered(domains).flatMap((domain) => [`${domain} CNAME .`, `*.${domain} CNAME .`]),
      )
  }
}

const lines = (head: readonly string[], rest: readonly string[]): string =>
  `${[...head, ...rest].join('\n')}\n`

const header = ({ version, changedAt, blocked, leftOpen }: ToolList, mark: string, what: string) =>
  [
    `Sallyport blocklist: ${what}`,
    `version ${version}`,
    `changed ${changedAt ?? 'never'}`,
    `domains ${blocked.length}`,
    ...leftOpen.map(({ domain, because }) => `left open: ${domain}, because ${because}`),
  ].map((each) => `${mark} ${each}`)

/** The serial goes up with time, as secondaries want it. Source: draft-vixie-dnsop-dns-rpz-00, section 3; RFC 1982. */
const zoneHead = ({ changedAt }: ToolList): readonly string[] => {
  const serial = changedAt === null ? 0 : Math.floor(Date.parse(changedAt) / 1_000)
  return ['$TTL 300', `@ SOA localhost. root.localhost. ${serial} 300 60 86400 300`, '@ NS localhost.']
}

/** Squid stops at a name below another one of the same list. */
function withoutCovered(domains: readonly string[]): readonly string[] {
  const all = new Set(domains)
  return domains.filter(
    (domain) =>
      !withParents(domain)
        .slice(1)
        .some((parent) => all.has(parent)),
  )
}
