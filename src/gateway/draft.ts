import { highestClass, isAtMost } from '#/core/data-class.ts'
import { type Action, changesText, type Finding } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import { actionFor, type Circumstances } from '#/policy/actions.ts'
import type { ExchangeFacts, FoundFact, RuleSlice, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { clearingOf } from '#/policy/cleared.ts'
import { decide } from '#/policy/decide.ts'
import { anywhere } from '#/policy/judge.ts'
import { indexOf } from '#/policy/rule-index.ts'
import { defaultUseCase } from '#/policy/use-case.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { Inspection } from './api.ts'
import type { ChoiceServices } from './choices.ts'
import { openNow } from './open-now.ts'
import { keysIn, ownKeyType } from './own-keys.ts'
import type { GatewayServices } from './services.ts'
import { clearingsFor } from './stages/decide.ts'
import type { TextInspection } from './text-inspection.ts'

export interface DraftServices extends ChoiceServices {
  readonly texts: Pick<TextInspection, 'inspectAll'>
  readonly identity: Pick<GatewayServices['identity'], 'reportLeaked'>
  readonly acknowledgements: Pick<GatewayServices['acknowledgements'], 'of'>
}

export interface Draft {
  readonly text: string
  /** The usual one when left out. */
  readonly useCase?: string | undefined
}

/** Who asks: a person, or a program with a key and what that is bound to. */
export type Asker = Pick<Caller, 'person' | 'useCase' | 'bounds'>

/**
 * "May I paste this?": class, findings, what would be done with them, and which offerings may carry the text. It is
 * the decision of the exchange itself, so that the two cannot differ. Nothing is sent, nothing is kept.
 * A key is told what it may carry itself. Throws `use-case-unknown` for a use case that is named and not open to this
 * person, or not to this key.
 */
export async function inspectDraft(
  { text, useCase: asked }: Draft,
  caller: Asker,
  services: DraftServices,
): Promise<Inspection> {
  const { person, bounds } = caller
  const snapshot = services.snapshot()
  const nowMs = services.clock.now()
  const inspector = services.inspectorFor(snapshot)
  const [findings = []] = await services.texts.inspectAll({ snapshot, inspector, isWanted: () => true }, [
    { text, channel: 'user' },
  ])
  for (const { type, start, end } of findings)
    if (type === ownKeyType) await services.identity.reportLeaked(keysIn(text.slice(start, end)), 'a draft')
  const labels = new Map(inspector.kinds.map(({ type, label }) => [type, label]))
  const facts = findings.map(
    (finding): FoundFact => ({
      type: finding.type,
      family: finding.family,
      label: labels.get(finding.type) ?? finding.type,
      class: inspector.classOf(finding),
      channel: 'user',
      isFixed: false,
      field: 'text',
      isContinued: finding.isContinued === true,
      ...clearedBy(snapshot, finding, text),
    }),
  )
  const { offerings, useCases } = openNow(
    person,
    snapshot,
    nowMs,
    services.switches,
    { useCase: caller.useCase, offerings: bounds?.offerings },
    'any',
  )
  const useCase = useCases.find(({ id }) => id === (asked ?? caller.useCase ?? defaultUseCase))
  if (useCase === undefined && asked !== undefined) throw new Refusal('use-case-unknown', { useCase: asked })
  const isCleared = (fact: FoundFact): boolean =>
    useCase !== undefined && clearingOf(fact, useCase) !== undefined
  const dataClass = highestClass(facts.filter((fact) => !isCleared(fact)).map((fact) => fact.class))
  const acknowledged = services.acknowledgements.of(person.id)
  const ask = { caller, useCase, facts, offerings, snapshot, nowMs, acknowledged }
  const chosen = useCase === undefined ? undefined : actionsOfAuto({ ...ask, useCase })
  const circumstances: Circumstances = { ...person, leavesAs: dataClass, offering: anywhere }
  const rules = { own: indexOf(useCase?.rules ?? []), company: indexOf(snapshot.rules) }
  const planned = (index: number): Action => {
    const fact = facts[index] as FoundFact
    if (isCleared(fact)) return 'note'
    // Where it may go nowhere as it is, the strictest of all places is told.
    return chosen?.[index] ?? actionFor(fact, 'user', rules, circumstances).action
  }
  return {
    class: dataClass,
    findings: findings.map(({ start, end, type, score, why, isContinued }, index) => {
      const fact = facts[index] as FoundFact
      const action = planned(index)
      const known = {
        start,
        end,
        type,
        label: fact.label,
        action,
        score,
        why,
      } as const
      return isContinued ? { ...known, isContinued } : known
    }),
    models: offerings
      .filter(
        ({ ceiling }) => isAtMost(dataClass, ceiling) && isAtMost(dataClass, bounds?.highestClass ?? ceiling),
      )
      .map(({ id }) => id),
    useCase: useCase?.id ?? null,
    offerings: useCase === undefined ? [] : judgeOfferings({ ...ask, useCase }),
  }
}

function clearedBy(snapshot: Snapshot, finding: Finding, text: string): Pick<FoundFact, 'clearings'> {
  const clearings = clearingsFor(snapshot, finding, text)
  return clearings === undefined ? {} : { clearings }
}

interface Ask {
  readonly caller: Asker
  readonly useCase: UsableUseCase
  readonly facts: readonly FoundFact[]
  readonly offerings: readonly UsableOffering[]
  readonly snapshot: RuleSlice
  readonly nowMs: number
  /** Notices the person has read. */
  readonly acknowledged: ReadonlyMap<string, number>
}

/** In the order of preference of the use case. */
function judgeOfferings(ask: Ask): Inspection['offerings'] {
  return ask.useCase.offerings.flatMap((id) => {
    const offering = ask.offerings.find((each) => each.id === id)
    return offering === undefined ? [] : [{ id, title: offering.title, ...judge(offering, ask) }]
  })
}

const exchangeOf = (
  { caller: { person, bounds, ...key }, useCase, facts, offerings, acknowledged }: Ask,
  model: string,
): ExchangeFacts => ({
  roles: person.roles,
  personId: person.id,
  groups: person.groups,
  keyUseCase: key.useCase,
  keyHighestClass: bounds?.highestClass,
  keyOfferings: bounds?.offerings,
  askedUseCase: useCase.id,
  askedModel: model,
  declaredClass: undefined,
  wantsMask: false,
  acknowledged,
  reachable: new Set(offerings.map((each) => each.id)),
  findings: facts,
  unread: [],
})

/** What would be done where `auto` sends it; undefined when that is nowhere. */
function actionsOfAuto(ask: Ask): readonly Action[] | undefined {
  try {
    return decide(exchangeOf(ask, 'auto'), ask.snapshot, ask.nowMs).actions
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return undefined
  }
}

function judge(
  { id, ceiling }: UsableOffering,
  ask: Ask,
): { readonly isAllowed: boolean; readonly reason: string } {
  const { facts, snapshot, nowMs } = ask
  try {
    const { leavesAs, actions } = decide(exchangeOf(ask, id), snapshot, nowMs)
    const counted = actions.filter((_, index) => !facts[index]?.isContinued)
    const changed = counted.filter(changesText).length
    const change = changed === 0 ? 'as it is' : `with ${changed} of ${counted.length} findings changed`
    return {
      isAllowed: true,
      reason: `It may go ${change}, as ${leavesAs}; this offering carries up to ${ceiling}.`,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { isAllowed: false, reason: error.message }
  }
}
