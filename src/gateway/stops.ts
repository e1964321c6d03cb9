import { isAtMost } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Decision, ExchangeFacts, RuleSlice } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import { usableFor } from '#/policy/usable.ts'
import type { Switch } from '#/snapshot/switches/api.ts'
import type { ExchangeSwitches } from '#/snapshot/switches/switches.ts'

/** What works instead of what is stopped, as far as it is known. */
export interface Alternatives {
  readonly autoWorks: boolean
  /** Ids of use cases; three at most. */
  readonly useCases: readonly string[]
}

export function stoppedBy(
  { id, scope, target }: Pick<Switch, 'id' | 'scope' | 'target'>,
  { asks }: Pick<ExchangeSwitches, 'asks'>,
  alternatives?: () => Alternatives,
): Refusal {
  const isPlace = scope === 'offering' || scope === 'use-case'
  const { autoWorks = false, useCases = [] } = (isPlace ? alternatives?.() : undefined) ?? {}
  return new Refusal('stopped-by-switch', {
    why: scope,
    switch: id,
    scope,
    // Whoever is stopped knows who they are.
    target: scope === 'person' || scope === 'key' ? undefined : target,
    owner: asks(),
    autoWorks,
    useCases: useCases.length === 0 ? undefined : useCases,
  })
}

/** The switch that stopped it, as the decision that pulled it is about it; undefined where none did. */
export const switchOf = ({ facts }: Refusal): string | undefined =>
  typeof facts['switch'] === 'string' ? `switch/${facts['switch']}` : undefined

/**
 * Decides by the rules, and around offerings that are stopped: `auto` goes elsewhere where it can. What was named is
 * decided as ever, so that its refusal says what is stopped.
 */
export function decideAround(
  facts: ExchangeFacts,
  slice: RuleSlice,
  nowMs: number,
  { standing }: Pick<ExchangeSwitches, 'standing'>,
): Decision {
  if (standing.size === 0 || facts.askedModel !== 'auto') return decide(facts, slice, nowMs)
  try {
    return decide(withoutStopped(facts, standing), slice, nowMs)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return decide(facts, slice, nowMs)
  }
}

/** What this very request could do instead, found out by deciding it once more. */
export function alternativesTo(
  decision: Decision,
  facts: ExchangeFacts,
  slice: RuleSlice,
  nowMs: number,
  { standing }: Pick<ExchangeSwitches, 'standing'>,
): Alternatives {
  const works = (changed: ExchangeFacts): Decision | undefined => {
    try {
      return decide(changed, slice, nowMs)
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }
  const open = withoutStopped({ ...facts, askedModel: 'auto' }, standing)
  const isStopped = standing.stopOf('use-case', decision.useCase.id) !== undefined
  if (!isStopped && works(open) !== undefined) return { autoWorks: true, useCases: [] }
  // A key of one use case has no other; nor do the inputs of a task fit another.
  if (facts.keyUseCase !== undefined || decision.useCase.task !== undefined)
    return { autoWorks: false, useCases: [] }
  const asker = { id: facts.personId, roles: facts.roles, groups: facts.groups }
  const others = usableFor(asker, slice, nowMs)
    .useCases.filter(
      ({ id, task, highestClass }) =>
        id !== decision.useCase.id && task === undefined && isAtMost(decision.leavesAs, highestClass),
    )
    .filter(({ id }) => standing.stopOf('use-case', id) === undefined)
    // Each is decided about; more than a few would be work for nothing.
    .slice(0, 10)
    .filter(({ id }) => works({ ...open, askedModel: facts.askedModel, askedUseCase: id }) !== undefined)
  return { autoWorks: false, useCases: others.slice(0, 3).map(({ id }) => id) }
}

const withoutStopped = (facts: ExchangeFacts, standing: ExchangeSwitches['standing']): ExchangeFacts => ({
  ...facts,
  reachable: new Set([...facts.reachable].filter((id) => standing.stopOf('offering', id) === undefined)),
})
