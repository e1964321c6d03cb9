import type { NewEntry } from '#/audit/api.ts'
import type { Person } from '#/core/role.ts'
import type { Rule } from '#/policy/api.ts'
import { offering, rule, useCase } from '#/policy/test-values.ts'
import type { Snapshot } from '../api.ts'

/** What the tests of this folder share: a snapshot, a person, and entries of exchanges as the gate writes them. */

export const nowMs = Date.UTC(2026, 10, 23, 12)

export const person: Person = {
  id: 'person_1',
  issuer: 'test',
  subject: 'mia',
  email: 'mia@example.com',
  name: 'Mia',
  roles: ['employee'],
  groups: [],
}

export const maskMail = rule('mail', 'mask', { types: ['email'] })

export function snapshotOf(rules: readonly Rule[] = [maskMail], change: Partial<Snapshot> = {}): Snapshot {
  const offerings = [offering('commercial', 'internal', { aliases: ['fast'] }), offering('own', 'restricted')]
  return {
    version: `version of ${rules.map(({ id, action }) => `${id} ${action}`).join()}`,
    compiledAtMs: 0,
    terms: [],
    patterns: [],
    clearings: new Map(),
    rules,
    // The one that answers in every dialect.
    offerings: new Map(offerings.map((each) => [each.id, { ...each, provider: 'demo' }])),
    useCases: new Map([useCase('general-assistant')].map((each) => [each.id, each])),
    ...change,
  }
}

export const intent = (facts: NewEntry['facts'] = {}, subject = person.id): NewEntry => ({
  kind: 'intent',
  subject,
  facts: {
    dialect: 'openai-chat',
    useCase: 'general-assistant',
    offering: 'commercial',
    leavesAs: 'public',
    asked: { model: 'auto' },
    snapshot: 'aa',
    ...facts,
  },
})
