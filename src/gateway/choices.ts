import type { Person } from '#/core/role.ts'
import type { UsableOffering } from '#/policy/api.ts'
import type { Choices, ModelChoice } from './api.ts'
import { openNow } from './open-now.ts'
import type { GatewayServices } from './services.ts'
import { reachableFor } from './stages/decide.ts'

export type ChoiceServices = Pick<GatewayServices, 'snapshot' | 'inspectorFor' | 'clock' | 'switches'>

/**
 * What a person may use now in the chat: offerings and use cases, with the facts that matter before choosing. The chat
 * speaks OpenAI's dialect; what it cannot reach is no choice.
 */
export function choicesFor(
  person: Person,
  services: ChoiceServices & Pick<GatewayServices, 'lines'>,
): Choices {
  const snapshot = services.snapshot()
  const { offerings, useCases } = openNow(person, snapshot, services.clock.now(), services.switches)
  const reachable = reachableFor(snapshot, 'openai-chat', services.lines)
  return {
    models: offerings.filter(({ id }) => reachable.has(id)).map(describeOffering),
    useCases: useCases.map(({ id, title, purpose, highestClass, notice, needsReview, keepsContent }) => ({
      ...{ id, title, purpose, highestClass, needsReview, keepsContent },
      notice: notice ?? null,
    })),
  }
}

const describeOffering = (offering: UsableOffering): ModelChoice => ({
  id: offering.id,
  title: offering.title,
  processor: offering.processor,
  region: offering.region,
  retentionDays: offering.retentionDays ?? null,
  trains: offering.trains,
  ceiling: offering.ceiling,
  ceilingReasons: offering.ceilingReasons,
})
