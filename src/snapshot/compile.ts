import { hash } from 'node:crypto'
import type { Term } from '#/inspect/api.ts'
import { isOfModeration } from '#/inspect/index.ts'
import { type Pattern, typeOfPattern } from '#/inspect/patterns/index.ts'
import type { ClassNames, Clearing, Rule, UsableOffering } from '#/policy/api.ts'
import { providerOf } from '#/providers/index.ts'
import type { RecordHistory } from '#/register/api.ts'
import { ceilingOf } from '#/register/ceiling.ts'
import { endOfDayMs } from '#/register/fields.ts'
import { exitIsOldFromMs, remindOf } from '#/register/kinds/use-case-terms.ts'
import type { Probed } from '#/register/probes/api.ts'
import { unsafeBecause, withProbed } from '#/register/probes/merge.ts'
import type { Register } from '#/register/register.ts'
import { servingOf } from '#/register/serving.ts'
import { whyVendorHolds } from '#/register/vendors/standing.ts'
import { addAccess, addDenials, type PlainUseCase, type StandingAccess } from './access.ts'
import type { Snapshot, Trigger } from './api.ts'
import { type CompanyOrder, companyOrder, findUnknownEntries } from './company-order.ts'
import { classNamesOf, clearingsOf, patternsOf, triggersOf } from './policies-together.ts'
import { servingRule } from './serving-rule.ts'
import { tied } from './ties.ts'
import { findTwoDialects, lowered, plainUseCase, usableOffering } from './usable-records.ts'

export interface CompileServices {
  readonly register: Pick<Register, 'list'>
  /** Ids of the people with this e-mail address, the one who has held it for longest first. */
  readonly findPersonIds: (email: string) => readonly string[]
  /** The kind of provider of a connection of the settings; undefined when there is no such connection. */
  readonly providerAt: (connection: string) => string | undefined
  /** What was measured of a connection; undefined when nothing was. */
  readonly probedAt: (connection: string) => Probed | undefined
  /** Access somebody was given or denied beside the records, as far as it is in force now. */
  readonly standingAccess: () => readonly StandingAccess[]
  /** Whether this kind of finding is looked for, with these settings. */
  readonly isLookedFor: (type: string) => boolean
}

/** What serves by the records alone, and when that ends by itself. */
export interface CompiledRecords extends CompanyOrder {
  readonly rules: readonly Rule[]
  readonly terms: readonly Term[]
  readonly patterns: readonly Pattern[]
  readonly clearings: readonly (readonly [string, readonly Clearing[]])[]
  readonly classNames?: ClassNames
  readonly triggers?: readonly Trigger[]
  readonly offerings: readonly UsableOffering[]
  readonly useCases: readonly PlainUseCase[]
  readonly ends: readonly (number | undefined)[]
  readonly warnings: readonly string[]
}

export interface Compiled {
  readonly snapshot: Snapshot
  /** Kept for when later records do not compile: what is given and denied beside them must serve all the same. */
  readonly records: CompiledRecords
  /** When an approval or a fact ends and this must be compiled again; undefined when nothing ends. */
  readonly nextChangeAtMs: number | undefined
  /** What is approved and still does not serve, each as a sentence. */
  readonly warnings: readonly string[]
}

/** A rule about what nobody looks for would be silent: names can be switched off, patterns are the company's own. */
function assertLookedFor(
  { id, types }: { readonly id: string; readonly types: readonly string[] },
  recordId: string,
  patterns: readonly Pattern[],
  { isLookedFor }: CompileServices,
): void {
  const own = types.find(
    (each) => each.startsWith(typeOfPattern('')) && !patterns.some((has) => typeOfPattern(has.id) === each),
  )
  if (own !== undefined) {
    throw new Error(
      `The rule ${id} of ${recordId} names ${own}, and no policy that serves has a pattern ${own.slice(typeOfPattern('').length)}: add the pattern, or take the rule out.`,
    )
  }
  const type = types.find((each) => !isLookedFor(each))
  if (type === undefined) return
  throw new Error(
    `The rule ${id} of ${recordId} names ${type}, which is not looked for: ${settingFor(type)} in the settings, or take the rule out.`,
  )
}

/** What makes a kind that is not looked for one that is. */
const settingFor = (type: string): string =>
  isOfModeration(type) ? 'name an offering in inspection.moderation' : 'set inspection.names to true'

/** Everything an exchange reads, from what serves at `nowMs`. The same records at the same state give the same version. */
export const compileSnapshot = (services: CompileServices, nowMs: number): Compiled =>
  withAccess(compileRecords(services, nowMs), services.standingAccess(), nowMs)

/** The same records with what is given and denied beside them at `nowMs`. */
export function withAccess(
  records: CompiledRecords,
  standing: readonly StandingAccess[],
  nowMs: number,
): Compiled {
  const access = standing.filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs)
  const accessOf = Map.groupBy(access, ({ what, id }) => `${what} ${id}`)
  const { ends, warnings, offerings, useCases, ...rest } = records
  const compiled = {
    ...rest,
    offerings: offerings.map((each) => addDenials(each, accessOf.get(`offering ${each.id}`) ?? [])),
    useCases: useCases.map((each) => addAccess(each, accessOf.get(`use-case ${each.id}`) ?? [])),
  }
  const version = hash('sha256', JSON.stringify(compiled), 'hex').slice(0, 16)
  const changes = [...ends, ...access.map(({ untilMs }) => untilMs)].filter((at) => at !== undefined)
  return {
    snapshot: freeze({ version, compiledAtMs: nowMs, ...compiled }),
    records,
    nextChangeAtMs: changes.length === 0 ? undefined : Math.min(...changes),
    warnings,
  }
}

function compileRecords(services: CompileServices, nowMs: number): CompiledRecords {
  const { register } = services
  const warnings: string[] = []
  const offerings = servingsOf(register.list('offering'), nowMs)
  const useCases = servingsOf(register.list('use-case'), nowMs)
  const policies = servingsOf(register.list('policy'), nowMs)
  const usable = new Map<string, UsableOffering>()
  const changes = [offerings.nextChangeAtMs, useCases.nextChangeAtMs, policies.nextChangeAtMs]
  const vendors = register.list('vendor')
  for (const serving of offerings.serving) {
    const { id, body } = serving.record
    const vendor = whyVendorHolds(body.vendor, vendors, nowMs)
    changes.push(...vendor.changes)
    const probed = services.probedAt(body.connection)
    const facts = withProbed(body.facts, probed, nowMs)
    const ceiling = ceilingOf(facts, nowMs)
    changes.push(ceiling.nextChangeAtMs)
    const provider = services.providerAt(body.connection)
    const highest = lowered(ceiling.class, serving.approval.conditions)
    if (provider === undefined)
      warnings.push(`Offering ${id} does not serve: the settings have no connection ${body.connection}.`)
    else if (vendor.why !== undefined) warnings.push(`Offering ${id} does not serve: ${vendor.why}.`)
    else if (unsafeBecause(probed) !== undefined)
      warnings.push(`Offering ${id} does not serve: a probe saw this. ${unsafeBecause(probed)}`)
    else if (highest === undefined)
      warnings.push(`Offering ${id} does not serve: its facts carry no class. ${ceiling.reasons[0] ?? ''}`)
    else if (body.selfHosted?.isInProcess === true && providerOf(provider).speaks !== 'chat')
      warnings.push(
        `Offering ${id} does not serve: it says that it runs inside Sallyport, and ${body.connection} goes elsewhere.`,
      )
    else usable.set(id, usableOffering(serving, facts, provider, highest, ceiling.reasons, nowMs))
  }
  if (policies.serving.length === 0)
    warnings.push('No policy serves: nothing that is found is masked, replaced or refused.')
  const terms = policies.serving.flatMap(({ record }) => record.body.terms)
  const patterns = patternsOf(policies.serving)
  const entries = policies.serving
    .flatMap(({ record }) => record.body.notSensitive)
    .filter(({ until }) => endOfDayMs(until) > nowMs)
  changes.push(...entries.map(({ until }) => endOfDayMs(until)))
  for (const { record } of [...policies.serving, ...useCases.serving]) {
    for (const rule of record.body.rules) assertLookedFor(rule, record.id, patterns, services)
  }
  const allowed = useCases.serving.filter(({ record: { id, body } }) => {
    const isProhibited = (body.practices ?? []).length > 0
    if (isProhibited)
      warnings.push(`Use case ${id} does not serve: it names a practice that nobody may follow.`)
    return !isProhibited
  })
  for (const { record } of allowed) {
    const { exit } = record.body
    if (exit !== undefined && exitIsOldFromMs(exit) > nowMs) changes.push(exitIsOldFromMs(exit))
    warnings.push(...remindOf(record.body, nowMs).map((what) => `Use case ${record.id}: ${what}`))
    if (record.body.template !== undefined) warnings.push(...findTwoDialects(record.id, record.body, usable))
  }
  const rules = policies.serving.flatMap(({ record }) => record.body.rules.map(servingRule))
  const ties = tied(
    allowed.map((serving) => plainUseCase(serving, services.findPersonIds, usable)),
    new Map(allowed.map(({ record }) => [record.id, record.body])),
    register,
    nowMs,
  )
  changes.push(...ties.changes)
  warnings.push(...ties.warnings)
  const order = companyOrder(policies.serving)
  warnings.push(...findUnknownEntries(order.preference ?? {}, offerings.serving))
  return {
    rules,
    ...order,
    terms,
    patterns,
    clearings: clearingsOf(entries),
    ...classNamesOf(policies.serving),
    ...triggersOf(policies.serving),
    offerings: [...usable.values()],
    useCases: ties.useCases,
    ends: changes,
    warnings,
  }
}

interface Frozen extends Omit<CompiledRecords, 'ends' | 'warnings'> {
  readonly version: string
  readonly compiledAtMs: number
}

const freeze = ({ clearings, offerings, useCases, ...rest }: Frozen): Snapshot =>
  Object.freeze({
    ...rest,
    clearings: new Map(clearings),
    offerings: new Map(offerings.map((each) => [each.id, each])),
    useCases: new Map(useCases.map((each) => [each.id, { ...each, grants: new Map(each.grants) }])),
  })

function servingsOf<K extends 'offering' | 'use-case' | 'policy'>(
  histories: readonly RecordHistory<K>[],
  nowMs: number,
) {
  const states = histories.map((history) => servingOf(history, nowMs))
  const ends = states.flatMap(({ nextChangeAtMs }) => nextChangeAtMs ?? [])
  return {
    serving: states.flatMap(({ serving }) => serving ?? []),
    nextChangeAtMs: ends.length === 0 ? undefined : Math.min(...ends),
  }
}
