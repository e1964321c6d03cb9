import { hash } from 'node:crypto'
import type { RecordHistory } from '../api.ts'
import { endOfDayMs } from '../fields.ts'
import { servingOf } from '../serving.ts'
import { stateOf } from '../state.ts'
import { type DomainLine, standings, type ToolLine, type ToolList, type UnexplainedVendor } from './api.ts'
import { lastChangeMs, type ToolRecords } from './last-change.ts'
import { type VendorStanding, vendorStanding } from './standing.ts'

export interface DatedToolList {
  readonly list: ToolList
  /** When it must be made again; undefined when only a decision changes it. */
  readonly nextChangeAtMs: number | undefined
}

/** More than this no filter of a company takes at once; it is said instead of cut. */
export const mostDomains = 100_000

/**
 * What may be used and what is blocked at `nowMs`, by the records alone: the same records give the same list. `keepOpen`
 * holds names that are never blocked. Throws when there are more domains than `mostDomains`.
 */
export function toolListOf(records: ToolRecords, nowMs: number, keepOpen: readonly string[]): DatedToolList {
  const standing = new Map(
    records.vendors.flatMap((history) => {
      const found = vendorStanding(history, nowMs)
      return found === undefined ? [] : [[history.id, found] as const]
    }),
  )
  const judged = records.tools.flatMap((history) => judge(history, standing, nowMs) ?? [])
  const tools = judged.map(({ line }) => line).sort(byStanding)
  const unexplained = unexplainedOf(standing, tools)
  const { blocked, leftOpen } = domainsOf(tools, unexplained, keepOpen)
  if (blocked.length > mostDomains)
    throw new Error(`the blocklist would have ${blocked.length} domains and may have ${mostDomains}`)
  const content = { tools, unexplained, blocked, leftOpen }
  const changes = [
    ...[...standing.values()].flatMap((each) => each.changes),
    ...judged.flatMap((each) => each.changes),
  ].filter((at) => at > nowMs)
  const changedMs = lastChangeMs(records, nowMs)
  return {
    list: {
      version: hash('sha256', JSON.stringify(content), 'hex').slice(0, 16),
      changedAt: changedMs === undefined ? null : new Date(changedMs).toISOString(),
      ...content,
    },
    nextChangeAtMs: changes.length === 0 ? undefined : changes.reduce((one, other) => Math.min(one, other)),
  }
}

interface Judged {
  readonly line: ToolLine
  readonly changes: readonly number[]
}

function judge(
  history: RecordHistory<'tool'>,
  vendors: ReadonlyMap<string, VendorStanding>,
  nowMs: number,
): Judged | undefined {
  const { serving, nextChangeAtMs } = servingOf(history, nowMs)
  const ended =
    serving === undefined
      ? stateOf(history, nowMs).versions.findLast(({ state }) => state === 'suspended' || state === 'expired')
      : undefined
  const body = (serving?.record ?? ended?.record ?? history.versions.at(-1))?.body
  if (body === undefined) return undefined
  const { title, form, domains, owner, vendor, instead, roles, toleratedUntil } = body
  const endMs = toleratedUntil === undefined ? undefined : endOfDayMs(toleratedUntil)
  const line = (standing: ToolLine['standing'], why: string): Judged => ({
    line: {
      ...{ id: history.id, title, form, domains, owner, standing, why },
      vendor: vendor ?? null,
      until: standing === 'tolerated' ? (toleratedUntil ?? null) : null,
      instead: instead ?? null,
      roles: standing === 'unsanctioned' ? null : (roles ?? null),
    },
    changes: [nextChangeAtMs, endMs].flatMap((at) => at ?? []),
  })
  if (ended !== undefined)
    return line(
      'unsanctioned',
      ended.state === 'expired' ? 'Its approval has ended.' : 'Somebody stopped or suspended it.',
    )
  if (serving === undefined) return line('undecided', 'Nobody has approved it yet.')
  if (endMs !== undefined && endMs <= nowMs)
    return line('unsanctioned', `It was tolerated until ${toleratedUntil}, which is over.`)
  const held = vendor === undefined ? undefined : vendors.get(vendor)?.why
  if (body.standing === 'sanctioned' && held !== undefined)
    return line('unsanctioned', `It was sanctioned, and does not count now: ${held}.`)
  return line(body.standing, body.why)
}

const byStanding = (one: ToolLine, other: ToolLine): number =>
  standings.indexOf(one.standing) - standings.indexOf(other.standing) || (one.id < other.id ? -1 : 1)

const unexplainedOf = (
  vendors: ReadonlyMap<string, VendorStanding>,
  tools: readonly ToolLine[],
): readonly UnexplainedVendor[] => {
  const tolerated = new Set(tools.flatMap((each) => (each.standing === 'tolerated' ? [each.vendor] : [])))
  return [...vendors].flatMap(([id, { body, why }]) =>
    why === undefined
      ? []
      : [{ id, title: body.title, domains: body.domains, why, isTolerated: tolerated.has(id) }],
  )
}

/** A domain is blocked with everything below it, so nothing is blocked that stands above what may be used. */
function domainsOf(
  tools: readonly ToolLine[],
  unexplained: readonly UnexplainedVendor[],
  keepOpen: readonly string[],
): Pick<ToolList, 'blocked' | 'leftOpen'> {
  const reasons = new Map<string, string>()
  const block = (domains: readonly string[], because: string): void => {
    for (const domain of domains) if (!reasons.has(domain)) reasons.set(domain, because)
  }
  const vendorsWithout = new Map(unexplained.map((each) => [each.id, each.why]))
  for (const { id, domains, standing } of tools)
    if (standing === 'unsanctioned') block(domains, `the tool ${id} is unsanctioned`)
  for (const { domains, why, isTolerated } of unexplained) if (!isTolerated) block(domains, why)
  for (const { domains, standing, vendor } of tools) {
    const why = vendor === null ? undefined : vendorsWithout.get(vendor)
    if (standing === 'undecided' && why !== undefined) block(domains, why)
  }
  const above = new Map<string, string>()
  const open = (domains: readonly string[], because: string): void => {
    for (const domain of domains)
      for (const each of withParents(domain)) if (!above.has(each)) above.set(each, because)
  }
  open(keepOpen, 'Sallyport itself is reached there')
  for (const { id, domains, standing } of tools)
    if (standing === 'sanctioned' || standing === 'tolerated') open(domains, `the tool ${id} is ${standing}`)
  const lines = [...reasons].map(([domain, because]): DomainLine => ({ domain, because })).sort(byDomain)
  return {
    blocked: lines.filter(({ domain }) => !above.has(domain)),
    leftOpen: lines.flatMap(({ domain }) => {
      const because = above.get(domain)
      return because === undefined ? [] : [{ domain, because }]
    }),
  }
}

const byDomain = (one: DomainLine, other: DomainLine): number => (one.domain < other.domain ? -1 : 1)

/** `a.b.example.com`, `b.example.com`, `example.com`, `com`. */
export function withParents(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}
