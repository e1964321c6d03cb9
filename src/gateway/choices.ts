import { highestClass, isAtMost } from '#/core/data-class.ts'
import type { Person } from '#/core/role.ts'
import { actionFor } from '#/policy/actions.ts'
import type { UsableOffering } from '#/policy/api.ts'
import { usableFor } from '#/policy/usable.ts'
import type { Choices, Inspection, ModelChoice } from './api.ts'
import type { GatewayServices } from './services.ts'

export type ChoiceServices = Pick<GatewayServices, 'snapshot' | 'inspectorFor' | 'clock'>

/** What a person may use now: offerings and use cases, with the facts that matter before choosing. */
export function choicesFor(person: Person, services: ChoiceServices): Choices {
  const { offerings, useCases } = usableFor(person, services.snapshot(), services.clock.now())
  return {
    models: offerings.map(describeOffering),
    useCases: useCases.map(({ id, title, purpose, highestClass: highest }) => ({
      id,
      title,
      purpose,
      highestClass: highest,
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

/** "May I paste this?": class, findings and what would be done with them. Nothing is sent, nothing is kept. */
export function inspectDraft(text: string, person: Person, services: ChoiceServices): Inspection {
  const snapshot = services.snapshot()
  const inspector = services.inspectorFor(snapshot)
  const findings = inspector.inspect(text, 'user')
  const labels = new Map(inspector.kinds.map(({ type, label }) => [type, label]))
  const dataClass = highestClass(findings.map(inspector.classOf))
  const { offerings, useCases } = usableFor(person, snapshot, services.clock.now())
  const rules = useCases.find(({ id }) => id === 'general-assistant')?.rules ?? []
  return {
    class: dataClass,
    findings: findings.map((finding) => ({
      start: finding.start,
      end: finding.end,
      type: finding.type,
      label: labels.get(finding.type) ?? finding.type,
      action: actionFor(finding, 'user', rules, snapshot.rules).action,
    })),
    models: offerings.filter(({ ceiling }) => isAtMost(dataClass, ceiling)).map(({ id }) => id),
  }
}
