import { hash } from 'node:crypto'
import { type DataClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { Term } from '#/inspect/api.ts'
import { type Pattern, patternLimits, stepsOf, typeOfPattern } from '#/inspect/patterns/index.ts'
import type { Clearing, Denied, Rule, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import type { Conditions, Decision, Offering, RecordHistory, Serving, UseCase } from '#/register/api.ts'
import { ceilingOf } from '#/register/ceiling.ts'
import { endOfDayMs } from '#/register/fields.ts'
import type { NotSensitive } from '#/register/not-sensitive.ts'
import type { Register } from '#/register/register.ts'
import { ruleOf } from '#/register/rule.ts'
import { stateOf } from '#/register/state.ts'
import type { Snapshot } from './api.ts'

export interface CompileServices {
  readonly register: Pick<Register, 'list'>
  /** Ids of the people an e-mail address names now. */
  readonly findPersonIds: (email: string) => readonly string[]
  /** The kind of provider of a connection of the settings; undefined when there is no such connection. */
  readonly providerAt: (connection: string) => string | undefined
  /** Access somebody was given or denied beside the records, as far as it is in force now. */
  readonly standingAccess: () => readonly StandingAccess[]
  /** Whether this kind of finding is looked for, with these settings. */
  readonly isLookedFor: (type: string) => boolean
}

/** One grant or denial of a use case or an offering. */
export interface StandingAccess {
  readonly effect: 'allow' | 'deny'
  readonly what: 'use-case' | 'offering'
  /** The use case's or the offering's. */
  readonly id: string
  /** A person's id, or a group `SOURCE:ID`. */
  readonly person?: string | undefined
  readonly group?: string | undefined
  /** Undefined for a denial that does not end. */
  readonly untilMs: number | undefined
}

export interface Compiled {
  readonly snapshot: Snapshot
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
    `The rule ${id} of ${recordId} names ${type}, which is not looked for: set inspection.names to true in the settings, or take the rule out.`,
  )
}

/** Everything an exchange reads, from what serves at `nowMs`. The same records at the same state give the same version. */
export function compileSnapshot(services: CompileServices, nowMs: number): Compiled {
  const { register } = services
  const warnings: string[] = []
  const offerings = servingOf(register.list('offering'), nowMs)
  const useCases = servingOf(register.list('use-case'), nowMs)
  const policies = servingOf(register.list('policy'), nowMs)
  const usable = new Map<string, UsableOffering>()
  const access = services.standingAccess().filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs)
  const accessOf = Map.groupBy(access, ({ what, id }) => `${what} ${id}`)
  const changes = [
    offerings.nextChangeAtMs,
    useCases.nextChangeAtMs,
    policies.nextChangeAtMs,
    ...access.map(({ untilMs }) => untilMs),
  ]
  for (const serving of offerings.serving) {
    const { id, body } = serving.record
    const ceiling = ceilingOf(body.facts, nowMs)
    changes.push(ceiling.nextChangeAtMs)
    const provider = services.providerAt(body.connection)
    const highest = lowered(ceiling.class, serving.approval.conditions)
    if (provider === undefined)
      warnings.push(`Offering ${id} does not serve: the settings have no connection ${body.connection}.`)
    else if (highest === undefined)
      warnings.push(`Offering ${id} does not serve: its facts carry no class. ${ceiling.reasons[0] ?? ''}`)
    else {
      const deny = denied(accessOf.get(`offering ${id}`) ?? [])
      usable.set(id, { ...usableOffering(serving, provider, highest, ceiling.reasons), deny })
    }
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
  const rules = policies.serving.flatMap(({ record }) => record.body.rules.map(ruleOf))
  const compiled = {
    rules,
    terms,
    patterns,
    clearings: clearingsOf(entries),
    offerings: [...usable.values()],
    useCases: useCases.serving.map((serving) =>
      usableUseCase(serving, services.findPersonIds, accessOf.get(`use-case ${serving.record.id}`) ?? []),
    ),
  }
  const version = hash('sha256', JSON.stringify(compiled), 'hex').slice(0, 16)
  const ends = changes.filter((at) => at !== undefined)
  return {
    snapshot: freeze({ version, compiledAtMs: nowMs, ...compiled }),
    nextChangeAtMs: ends.length === 0 ? undefined : Math.min(...ends),
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

interface Frozen {
  readonly version: string
  readonly compiledAtMs: number
  readonly rules: readonly Rule[]
  readonly terms: readonly Term[]
  readonly patterns: readonly Pattern[]
  readonly clearings: readonly (readonly [string, readonly Clearing[]])[]
  readonly offerings: readonly UsableOffering[]
  readonly useCases: readonly FrozenUseCase[]
}

/** Grants as pairs, so that the version depends on them. */
interface FrozenUseCase extends Omit<UsableUseCase, 'grants'> {
  readonly grants: readonly (readonly [string, number])[]
}

const freeze = ({ clearings, offerings, useCases, ...rest }: Frozen): Snapshot =>
  Object.freeze({
    ...rest,
    clearings: new Map(clearings),
    offerings: new Map(offerings.map((each) => [each.id, each])),
    useCases: new Map(useCases.map((each) => [each.id, { ...each, grants: new Map(each.grants) }])),
  })

function servingOf<K extends 'offering' | 'use-case' | 'policy'>(
  histories: readonly RecordHistory<K>[],
  nowMs: number,
) {
  const states = histories.map((history) => stateOf(history, nowMs))
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

const unknown = 'unknown'

function usableOffering(
  { record, approval }: Serving<'offering'>,
  provider: string,
  ceiling: DataClass,
  reasons: readonly string[],
): Omit<UsableOffering, 'deny'> {
  const { title, aliases, connection, model, facts, priceUsdPerMillionTokens: price } = record.body
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
    processor: facts.processor?.is ?? unknown,
    region: facts.region?.is ?? unknown,
    retentionDays: facts.retentionDays?.is,
    trains: facts.trains?.is ?? unknown,
    recordVersion: record.version,
    approvedBy: [nameApproval(approval)],
    priceMicroUsdPerMillionTokens: price === undefined ? undefined : priceOf(price),
    untilMs: approval.untilMs,
  }
}

const priceOf = ({ input, output }: NonNullable<Offering['priceUsdPerMillionTokens']>) => ({
  input: Math.round(input * 1_000_000),
  output: Math.round(output * 1_000_000),
})

function usableUseCase(
  { record, approval }: Serving<'use-case'>,
  findPersonIds: CompileServices['findPersonIds'],
  access: readonly StandingAccess[],
): FrozenUseCase {
  const { audience, highestClass, ...body }: UseCase = record.body
  const { roles, people, groups } = audience.deny ?? {}
  const denies = denied(access)
  return {
    id: record.id,
    title: body.title,
    owner: body.owner,
    purpose: body.purpose,
    highestClass: lowered(highestClass, approval.conditions) ?? highestClass,
    contextClass: body.contextClass,
    offerings: body.offerings,
    roles: audience.roles,
    people: audience.people.flatMap((email) => findPersonIds(email)),
    groups: audience.groups ?? [],
    grants: grantsOf(access),
    deny: {
      roles: roles ?? [],
      people: [...(people ?? []).flatMap((email) => findPersonIds(email)), ...denies.people],
      groups: [...(groups ?? []), ...denies.groups],
    },
    isListed: audience.isListed ?? false,
    rules: body.rules.map(ruleOf),
    unread: body.unread,
    unreadClass: body.unreadClass ?? lowerClass('confidential', highestClass),
    recordVersion: record.version,
    approvedBy: [nameApproval(approval)],
    untilMs: approval.untilMs,
  }
}

/** Who stays out by a denial beside the records. */
function denied(access: readonly StandingAccess[]): Denied {
  const denials = access.filter(({ effect }) => effect === 'deny')
  return {
    roles: [],
    people: denials.flatMap(({ person }) => person ?? []),
    groups: denials.flatMap(({ group }) => group ?? []),
  }
}

/** For each person the latest end of what they were given; every grant ends. */
function grantsOf(access: readonly StandingAccess[]): readonly (readonly [string, number])[] {
  const ends = new Map<string, number>()
  for (const { effect, person, untilMs } of access) {
    if (effect !== 'allow' || person === undefined || untilMs === undefined) continue
    ends.set(person, Math.max(untilMs, ends.get(person) ?? 0))
  }
  return [...ends].sort(([one], [other]) => (one < other ? -1 : 1))
}
