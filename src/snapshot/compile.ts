import { hash } from 'node:crypto'
import { type DataClass, dataClasses, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { Term } from '#/inspect/api.ts'
import { isOfModeration } from '#/inspect/index.ts'
import { type Pattern, patternLimits, stepsOf, typeOfPattern } from '#/inspect/patterns/index.ts'
import type {
  Budget,
  ClassNames,
  Clearing,
  Outside,
  Rule,
  UsableOffering,
  UsableUseCase,
} from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import { whyOutside } from '#/policy/use-case-terms.ts'
import { providerOf } from '#/providers/index.ts'
import type {
  Conditions,
  Decision,
  Offering,
  OfferingFacts,
  RecordHistory,
  Serving,
  UseCase,
} from '#/register/api.ts'
import { ceilingOf } from '#/register/ceiling.ts'
import { endOfDayMs } from '#/register/fields.ts'
import { exitIsOldFromMs, remindOf } from '#/register/kinds/use-case-terms.ts'
import type { NotSensitive } from '#/register/not-sensitive.ts'
import type { Probed } from '#/register/probes/api.ts'
import { unsafeBecause, withProbed } from '#/register/probes/merge.ts'
import type { Register } from '#/register/register.ts'
import { servingOf } from '#/register/serving.ts'
import { triggerLimits } from '#/register/trigger.ts'
import { usableFacts } from '#/register/usable-facts.ts'
import { whyVendorHolds } from '#/register/vendors/standing.ts'
import { addAccess, addDenials, type PlainUseCase, type StandingAccess } from './access.ts'
import type { Snapshot, Trigger } from './api.ts'
import { type CompanyOrder, companyOrder, findUnknownEntries } from './company-order.ts'
import { servingRule } from './serving-rule.ts'
import { tied } from './ties.ts'

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

/** Throws when two policies have a pattern of one id, or when all together cost too much. */
function patternsOf(policies: readonly Serving<'policy'>[]): readonly Pattern[] {
  const owners = new Map<string, string>()
  for (const { record } of policies) {
    for (const { id } of record.body.patterns) {
      const other = owners.get(id)
      if (other !== undefined)
        throw new Error(
          `The policies ${other} and ${record.id} both have a pattern ${id}: give one of them another id.`,
        )
      owners.set(id, record.id)
    }
  }
  const patterns = policies.flatMap(({ record }) => record.body.patterns)
  const steps = patterns.reduce((sum, each) => sum + stepsOf(each), 0)
  if (steps > patternLimits.stepsTogether)
    throw new Error(
      `The patterns of all policies have ${steps} steps together and may have ${patternLimits.stepsTogether}.`,
    )
  return patterns
}

/** Nothing where no policy names a class. Throws when two policies call a class by different names. */
function classNamesOf(policies: readonly Serving<'policy'>[]): { readonly classNames?: ClassNames } {
  const names = new Map<DataClass, { readonly name: string; readonly by: string }>()
  for (const { record } of policies) {
    for (const dataClass of dataClasses) {
      const name = record.body.classNames?.[dataClass]
      const known = names.get(dataClass)
      if (name !== undefined && known !== undefined && known.name !== name)
        throw new Error(
          `The policies ${known.by} and ${record.id} call the class ${dataClass} by different names: take one of them out.`,
        )
      if (name !== undefined) names.set(dataClass, { name, by: record.id })
    }
  }
  if (names.size === 0) return {}
  return { classNames: Object.fromEntries([...names].map(([dataClass, { name }]) => [dataClass, name])) }
}

/** Throws when two policies have a trigger of one id, or when there are too many. */
function triggersOf(policies: readonly Serving<'policy'>[]): { readonly triggers?: readonly Trigger[] } {
  const triggers = policies.flatMap(({ record }) =>
    (record.body.triggers ?? []).map((each) => ({ ...each, policy: record.id })),
  )
  const owners = new Map<string, string>()
  for (const { id, policy } of triggers) {
    const other = owners.get(id)
    if (other !== undefined)
      throw new Error(
        `The policies ${other} and ${policy} both have a trigger ${id}: give one of them another id.`,
      )
    owners.set(id, policy)
  }
  if (triggers.length > triggerLimits.together)
    throw new Error(
      `The policies have ${triggers.length} triggers together and may have ${triggerLimits.together}.`,
    )
  return triggers.length === 0 ? {} : { triggers }
}

/** As pairs, so that the version depends on them. */
function clearingsOf(entries: readonly NotSensitive[]): readonly (readonly [string, readonly Clearing[]])[] {
  const clearings = new Map<string, readonly Clearing[]>()
  for (const { id, text, types, useCases } of entries) {
    for (const type of types) {
      const key = clearingKey(type, text)
      clearings.set(key, [...(clearings.get(key) ?? []), { id, useCases }])
    }
  }
  return [...clearings]
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

/** A condition of the approval may lower a class and never raises it. */
function lowered(computed: DataClass | undefined, { highestClass }: Conditions): DataClass | undefined {
  if (computed === undefined || highestClass === undefined) return computed
  return isAtMost(highestClass, computed) ? highestClass : computed
}

/** As reasons and receipts name whose word it is. */
const nameApproval = ({ by, isBootstrap }: Decision): string =>
  isBootstrap ? `${by.name} (bootstrap)` : by.name

function usableOffering(
  { record, approval }: Serving<'offering'>,
  facts: OfferingFacts,
  provider: string,
  ceiling: DataClass,
  reasons: readonly string[],
  nowMs: number,
): UsableOffering {
  const { title, aliases, connection, model, priceUsdPerMillionTokens: price } = record.body
  return {
    id: record.id,
    title,
    aliases,
    connection,
    provider,
    model,
    ceiling,
    ceilingReasons:
      approval.conditions.highestClass === undefined
        ? reasons
        : [...reasons, `Approved up to ${ceiling} only.`],
    ...usableFacts(facts, nowMs),
    recordVersion: record.version,
    approvedBy: [nameApproval(approval)],
    priceMicroUsdPerMillionTokens: price === undefined ? undefined : priceOf(price),
    untilMs: approval.untilMs,
    deny: { roles: [], people: [], groups: [] },
  }
}

const priceOf = ({ input, output }: NonNullable<Offering['priceUsdPerMillionTokens']>) => ({
  input: Math.round(input * 1_000_000),
  output: Math.round(output * 1_000_000),
})

function plainUseCase(
  { record, approval, voices }: Serving<'use-case'>,
  findPersonIds: CompileServices['findPersonIds'],
  usable: ReadonlyMap<string, UsableOffering>,
): PlainUseCase {
  const { audience, highestClass, ...body }: UseCase = record.body
  const { roles, people, groups } = audience.deny ?? {}
  return {
    id: record.id,
    title: body.title,
    owner: body.owner,
    purpose: body.purpose,
    highestClass: lowered(highestClass, approval.conditions) ?? highestClass,
    contextClass: body.contextClass,
    ...withinTerms(body, usable),
    roles: audience.roles,
    // An address that was handed on, or is vouched for elsewhere, too, lets nobody else in; it keeps all of them out.
    people: audience.people.flatMap((email) => findPersonIds(email).slice(0, 1)),
    groups: audience.groups ?? [],
    grants: [],
    deny: {
      roles: roles ?? [],
      people: (people ?? []).flatMap((email) => findPersonIds(email)),
      groups: groups ?? [],
    },
    isListed: audience.isListed ?? false,
    rules: body.rules.map(servingRule),
    unread: body.unread,
    unreadClass: body.unreadClass ?? lowerClass('confidential', highestClass),
    tools: body.tools,
    notice: body.notice,
    needsReview: body.humanReview === 'before-use',
    keepsContent: body.keepsContent ?? true,
    budget: budgetOf(body),
    ...taskOf(body),
    recordVersion: record.version,
    approvedBy: voices.map(nameApproval),
    untilMs: approval.untilMs,
  }
}

/** A task is asked in the dialect of the first of its offerings, and `auto` does not go to those that speak another. */
function findTwoDialects(
  id: string,
  { offerings }: Pick<UseCase, 'offerings'>,
  usable: ReadonlyMap<string, UsableOffering>,
): readonly string[] {
  const spoken = offerings.flatMap((name) => {
    const offering = usable.get(name)
    return offering === undefined ? [] : [{ name, speaks: providerOf(offering.provider).speaks }]
  })
  const [first] = spoken
  if (first === undefined) return []
  const speaks = first.speaks === 'chat' ? 'openai-chat' : first.speaks
  const others = spoken.filter((each) => each.speaks !== speaks && each.speaks !== 'chat')
  return others.length === 0
    ? []
    : [
        `Use case ${id}: its task is asked as ${first.name} speaks, and goes to ${others.map(({ name }) => name).join(', ')} only where the model is named.`,
      ]
}

const taskOf = ({
  template,
  answerSchema,
}: Pick<UseCase, 'template' | 'answerSchema'>): Pick<UsableUseCase, 'task'> =>
  template === undefined
    ? {}
    : { task: { template, ...(answerSchema === undefined ? {} : { answerSchema }) } }

/** Its offerings in order, the exit last, without those its terms leave out. */
function withinTerms(
  body: Pick<UseCase, 'offerings' | 'exit' | 'customers' | BudgetField>,
  usable: ReadonlyMap<string, UsableOffering>,
): Pick<UsableUseCase, 'offerings' | 'exit' | 'outside' | 'customers'> {
  const { offerings, exit, customers = [] } = body
  const terms = { customers, hasBudget: budgetOf(body) !== undefined }
  const named =
    exit === undefined ? offerings : [...offerings.filter((id) => id !== exit.offering), exit.offering]
  const outside = named.flatMap((id): Outside[] => {
    const offering = usable.get(id)
    const why = offering && whyOutside(offering, terms)
    return why === undefined ? [] : [{ offering: id, why }]
  })
  return {
    offerings: named.filter((id) => !outside.some(({ offering }) => offering === id)),
    exit: exit?.offering,
    outside,
    ...(customers.length === 0 ? {} : { customers }),
  }
}

const microUsd = (usd: number | undefined): number | undefined =>
  usd === undefined ? undefined : Math.round(usd * 1_000_000)

type BudgetField = 'budgetUsdPerMonth' | 'budgetUsdPerPersonPerDay'

const budgetOf = ({
  budgetUsdPerMonth,
  budgetUsdPerPersonPerDay,
}: Pick<UseCase, BudgetField>): Budget | undefined =>
  budgetUsdPerMonth === undefined && budgetUsdPerPersonPerDay === undefined
    ? undefined
    : { perMonth: microUsd(budgetUsdPerMonth), perPersonPerDay: microUsd(budgetUsdPerPersonPerDay) }
