import { isAtMost } from '#/core/data-class.ts'
import { changesText } from '#/core/finding.ts'
import type { UsableOffering } from '#/policy/api.ts'
import { mayCarryHealth } from '#/policy/offering.ts'
import { isCurrent, isDenied } from '#/policy/use-case.ts'
import { whyOutside } from '#/policy/use-case-terms.ts'
import type { VendorRequest } from '#/providers/api.ts'
import { providerOf } from '#/providers/index.ts'
import type { GatewayServices, Line } from '../services.ts'
import type { Decided } from '../stages/decide.ts'

/** A model that may be shown what this exchange sends. */
export interface Reachable {
  readonly offering: UsableOffering
  readonly line: Line
  readonly requestFor: (texts: readonly string[]) => VendorRequest
}

/** `away`: it cannot be asked now. `above`: it must not see this. `why` is the rest of a sentence about the model. */
export interface Unreachable {
  readonly what: 'away' | 'above'
  readonly why: string
}

/**
 * Whether the moderation model may see what is about to leave: what holds for an offering that answers holds for it, but
 * that use cases need not name it.
 */
export function reachModel(
  id: string,
  decided: Decided,
  { switches, lines, clock }: Pick<GatewayServices, 'switches' | 'lines' | 'clock'>,
): Reachable | Unreachable {
  const { inspected, decision, subject } = decided
  const { snapshot, read } = inspected
  const offering = snapshot.offerings.get(id)
  if (offering === undefined || !isCurrent(offering, clock.now())) return away('is not approved')
  if (switches.standing.find({ ...subject, offering: id }) !== undefined)
    return away('is stopped by a switch')
  const line = lines.get(offering.connection)
  const provider = line && providerOf(line.connection.kind)
  if (line === undefined || provider?.speaks === 'chat' || provider?.moderation === undefined)
    return away('has a connection that has no moderation')
  const { moderation } = provider
  const why = whyNot(offering, decided)
  if (why !== undefined) return { what: 'above', why }
  const { person } = read.admitted.identified.caller
  const asker = { roles: person.roles, personId: person.id, groups: person.groups }
  if (isDenied(offering.deny, asker)) return { what: 'above', why: 'is closed to you' }
  const { customers = [], budget } = decision.useCase
  if (whyOutside(offering, { customers, hasBudget: false }) !== undefined)
    return { what: 'above', why: 'is left out by a contract with a customer' }
  if (whyOutside(offering, { customers, hasBudget: budget !== undefined }) !== undefined)
    return away('has no price that the budget of the use case could be counted with')
  return {
    offering,
    line,
    requestFor: (texts) => moderation(texts, offering.model, { ...line.connection }),
  }
}

const away = (why: string): Unreachable => ({ what: 'away', why })

function whyNot(offering: UsableOffering, { inspected, decision, facts }: Decided): string | undefined {
  if (!isAtMost(decision.leavesAs, offering.ceiling))
    return `may see no more than ${offering.ceiling}; this is ${decision.leavesAs}`
  const isHealthLeft = facts.some(
    ({ family }, index) => family === 'health' && !changesText(decision.actions[index] ?? 'note'),
  )
  return isHealthLeft && !mayCarryHealth(offering, inspected.snapshot.healthNeeds ?? 'baa')
    ? 'has no agreement on health data'
    : undefined
}
