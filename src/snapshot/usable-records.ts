/** Offerings and use cases that serve, as an exchange reads them. */
import { type DataClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { Budget, Outside, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { whyOutside } from '#/policy/use-case-terms.ts'
import { providerOf } from '#/providers/index.ts'
import type { Conditions, Decision, Offering, OfferingFacts, Serving, UseCase } from '#/register/api.ts'
import { usableFacts } from '#/register/usable-facts.ts'
import type { PlainUseCase } from './access.ts'
import { servingRule } from './serving-rule.ts'

/** A condition of the approval may lower a class and never raises it. */
export function lowered(
  computed: DataClass | undefined,
  { highestClass }: Conditions,
): DataClass | undefined {
  if (computed === undefined || highestClass === undefined) return computed
  return isAtMost(highestClass, computed) ? highestClass : computed
}

/** As reasons and receipts name whose word it is. */
const nameApproval = ({ by, isBootstrap }: Decision): string =>
  isBootstrap ? `${by.name} (bootstrap)` : by.name

export function usableOffering(
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

export function plainUseCase(
  { record, approval, voices }: Serving<'use-case'>,
  findPersonIds: (email: string) => readonly string[],
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
export function findTwoDialects(
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
