import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { DataClass } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import { kinds, kindsOfNames } from '#/inspect/index.ts'
import type { ExchangeFacts, FoundFact, Rule, RuleSlice, ServingTier } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import { offering, useCase } from '#/policy/test-values.ts'
import type { Policy } from '#/register/kinds/policy.ts'
import { readRecordFile } from '#/register/read-file.ts'
import { servingRule } from './serving-rule.ts'

/** The schemes that are shipped: what each cell of their tables does, and that each rule does something. */

const folder = new URL('../../catalogue/schemes/', import.meta.url)
const tiers: readonly ServingTier[] = ['commercial', 'cloud', 'self']

const policyOf = (file: string): Policy => {
  const [record] = readRecordFile(readFileSync(new URL(file, folder), 'utf8'), file).records
  assert.equal(record?.kind, 'policy')
  return record?.body as Policy
}
const rulesOf = (file: string): readonly Rule[] => policyOf(file).rules.map(servingRule)

const sliceOf = (rules: readonly Rule[], tier: ServingTier, hasBaa: boolean): RuleSlice => ({
  rules,
  offerings: new Map([['there', offering('there', 'restricted', { tier, hasBaa })]]),
  useCases: new Map([['general-assistant', useCase('general-assistant', { offerings: ['there'] })]]),
})

const foundOf = (type: string): FoundFact => {
  const kind = [...kinds, ...kindsOfNames].find((each) => each.type === type)
  assert.ok(kind !== undefined, type)
  return {
    type,
    family: kind.family,
    label: kind.label,
    class: 'public',
    channel: 'user',
    isFixed: false,
    field: 'messages.0.content',
  }
}

/** `goes`, the code of a refusal, or what is done with the one finding; and the rules behind it. */
function outcome(rules: readonly Rule[], tier: ServingTier, more: Partial<ExchangeFacts>, hasBaa = false) {
  const facts: ExchangeFacts = {
    roles: ['employee'],
    personId: 'p1',
    groups: [],
    keyUseCase: undefined,
    askedUseCase: undefined,
    askedModel: 'auto',
    declaredClass: undefined,
    wantsMask: false,
    reachable: new Set(['there']),
    findings: [],
    unread: [],
    ...more,
  }
  try {
    const { actions, rules: acted } = decide(facts, sliceOf(rules, tier, hasBaa), 0)
    return { does: actions[0] ?? 'goes', rules: acted }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { rule, rules: named } = error.facts as { rule?: string; rules?: readonly string[] }
    return { does: error.code as string, rules: named ?? (rule === undefined ? [] : [rule]) }
  }
}

const goes = ['goes', 'goes', 'goes'] as const
const usual = ['acknowledgement-needed', 'goes', 'goes'] as const
const schemes: Readonly<
  Record<
    string,
    {
      readonly classes: Record<DataClass, readonly string[]>
      readonly found: Record<string, readonly string[]>
    }
  >
> = {
  'three-classes.yaml': {
    classes: {
      public: goes,
      internal: usual,
      confidential: ['held', 'justification-needed', 'goes'],
      restricted: ['held', 'justification-needed', 'goes'],
    },
    found: {
      'private-key': ['finding-blocked', 'finding-blocked', 'finding-blocked'],
      'payment-card': ['mask', 'mask', 'mask'],
      'card-expiry': ['mask', 'mask', 'mask'],
      'diagnosis-code': ['finding-blocked', 'finding-blocked', 'note'],
      email: ['note', 'note', 'note'],
    },
  },
  'four-classes.yaml': {
    classes: {
      public: goes,
      internal: usual,
      confidential: ['justification-needed', 'goes', 'goes'],
      restricted: ['rule-blocked', 'justification-needed', 'goes'],
    },
    found: {
      'private-key': ['finding-blocked', 'finding-blocked', 'finding-blocked'],
      'payment-card': ['mask', 'mask', 'mask'],
      'card-security-code': ['mask', 'mask', 'mask'],
      'diagnosis-code': ['finding-blocked', 'finding-blocked', 'note'],
      'us-ssn': ['mask', 'mask', 'mask'],
      email: ['pseudonymise', 'pseudonymise', 'note'],
    },
  },
}

test('every scheme that is shipped has its table here', () => {
  assert.deepEqual(readdirSync(folder).sort(), Object.keys(schemes).sort())
})

for (const [file, { classes, found }] of Object.entries(schemes)) {
  test(`${file}: each cell of its table does what it says, and each rule is in one of them`, () => {
    const rules = rulesOf(file)
    const seen = new Set<string>()
    const look = (label: string, expected: readonly string[], more: Partial<ExchangeFacts>) => {
      for (const [index, tier] of tiers.entries()) {
        const told = outcome(rules, tier, more)
        assert.equal(told.does, expected[index], `${label}, ${tier}`)
        for (const id of told.rules) seen.add(id)
      }
    }
    for (const [dataClass, expected] of Object.entries(classes))
      look(dataClass, expected, { declaredClass: dataClass as DataClass })
    for (const [type, expected] of Object.entries(found)) look(type, expected, { findings: [foundOf(type)] })
    assert.deepEqual([...seen].sort(), rules.map(({ id }) => id).sort())
  })

  test(`${file}: health data goes to others with an agreement, and a caller's answer opens what asks for one`, () => {
    const rules = rulesOf(file)
    const health = { findings: [foundOf('diagnosis-code')] }
    assert.equal(outcome(rules, 'commercial', health, true).does, 'note')
    assert.equal(outcome(rules, 'cloud', { declaredClass: 'restricted', isJustified: true }).does, 'goes')
    const read = { declaredClass: 'internal', acknowledges: ['internal-after-notice'] } as const
    assert.equal(outcome(rules, 'commercial', read).does, 'goes')
  })

  test(`${file}: every kind of secret stays, and every class has a name`, () => {
    for (const { type, family } of kinds) {
      if (family === 'secret')
        assert.equal(
          outcome(rulesOf(file), 'self', { findings: [foundOf(type)] }).does,
          'finding-blocked',
          type,
        )
    }
    assert.equal(Object.keys(policyOf(file).classNames ?? {}).length, 4)
  })
}
