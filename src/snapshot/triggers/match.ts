import type { NewEntry } from '#/audit/api.ts'
import { isAtMost } from '#/core/data-class.ts'
import type { RefusalCode } from '#/core/refusal.ts'
import type { Condition, TriggerTarget } from '#/register/trigger.ts'
import { familyOfType } from '../linter/scope.ts'

/** How an exchange ends when its provider failed, rather than the caller or the gate. */
const failures: ReadonlySet<string> = new Set<RefusalCode>([
  'provider-unreachable',
  'provider-timeout',
  'provider-error',
  'provider-busy',
  'provider-malformed',
  'provider-cut',
])

/** Whether a provider failed in this exchange; undefined where it was not the provider that ended it. */
export function providerFailed({ kind, facts }: NewEntry): boolean | undefined {
  if (kind !== 'outcome' || facts.decision === undefined) return undefined
  if (failures.has(facts.decision)) return true
  return facts.decision === 'answered' ? false : undefined
}

/** Whether an entry of an exchange is one a condition counts. */
export function counts(condition: Condition, { kind, facts }: NewEntry): boolean {
  switch (condition.what) {
    case 'refusals':
      return (
        kind === 'refusal' &&
        facts.code !== 'client-gone' &&
        (condition.code === undefined || facts.code === condition.code) &&
        (condition.rule === undefined || (facts.rules ?? []).includes(condition.rule))
      )
    case 'findings':
      return (
        (kind === 'intent' || kind === 'refusal') &&
        (facts.findings ?? []).some(({ type }) =>
          condition.kind === undefined ? familyOfType(type) === condition.family : type === condition.kind,
        )
      )
    case 'exchanges':
      return kind === 'intent' && facts.leavesAs !== undefined && isAtMost(condition.class, facts.leavesAs)
    case 'provider-errors':
      return (
        providerFailed({ kind, facts }) !== undefined &&
        (condition.offering === undefined || condition.offering === facts.offering)
      )
    case 'spend':
      return kind === 'outcome' && facts.useCase === condition.useCase
    case 'unsafe-probe':
      return false
  }
}

/** Whom or what an entry counts for; undefined where it has none, so that it does not count. */
export function countedFor(target: TriggerTarget, { subject, facts }: NewEntry): string | undefined {
  switch (target) {
    case 'person':
      return subject
    case 'key':
      return facts.keyId
    case 'use-case':
      return facts.useCase
    case 'offering':
      return facts.offering
    case 'everybody':
      return ''
  }
}
