import { dataClasses } from '#/core/data-class.ts'
import type { Bodies, Decision, RecordHistory, RecordKind } from '#/register/api.ts'
import { hashOf, readBody } from '#/register/read-body.ts'
import type { Register } from '#/register/register.ts'

/** A company of some size: what the goals are about. */
export const sizes = { useCases: 1_000, offerings: 200, rules: 60 } as const

export const useCaseId = (number: number): string =>
  number === 0 ? 'general-assistant' : `use-case-${number}`
export const offeringId = (number: number): string => `offering-${number}`

const owner = 'owner@example.com'
const writtenAt = Date.UTC(2026, 0, 1)
const fact = (is: unknown) => ({
  ...{ is, source: 'contract', asOf: '2026-01-01', until: '2027-12-31', by: 'contract' },
})

const kinds = ['email', 'phone', 'iban', 'payment-card', 'person-name', 'ip-address', 'imei', 'private-key']
const actions = ['mask', 'pseudonymise', 'note', 'remove'] as const

/** The rules of the company; `change` makes the draft of them. */
export const policyBody = (emailAction: string) => ({
  title: 'Rules',
  owner,
  terms: Array.from({ length: 200 }, (_, at) => ({ term: `Codename ${at}`, label: 'codename' })),
  rules: Array.from({ length: sizes.rules }, (_, at) => ({
    id: `rule-${at}`,
    title: `Rule ${at}`,
    types: [kinds[at % kinds.length]],
    // Most rules of a company are about something special: one channel.
    ...(at < kinds.length ? {} : { channels: [['tool-result', 'attachment', 'system'][at % 3]] }),
    action: at === 0 ? emailAction : actions[at % actions.length],
    owner,
  })),
})

const offeringBody = (at: number) => ({
  title: `Offering ${at}`,
  aliases: [`alias-${at}`],
  connection: 'demo',
  model: `model-${at}`,
  facts: {
    tier: fact(at % 4 === 0 ? 'self' : 'commercial'),
    processor: fact('Kestrel Cloud'),
    region: fact('eu-central'),
    regionScope: fact('region'),
    retentionDays: fact(at % 4 === 0 ? 0 : 30),
    trains: fact('never'),
    dpa: fact(at % 3 !== 0),
    privateEndpoint: fact(at % 4 === 0),
  },
})

const useCaseBody = (at: number) => ({
  title: `Use case ${at}`,
  owner,
  purpose: 'Answers',
  audience: { roles: ['employee'], people: [`person-${at}@example.com`] },
  offerings: Array.from({ length: 6 }, (_, each) => offeringId((at * 7 + each * 11) % sizes.offerings)),
  highestClass: dataClasses[1 + (at % 3)],
  rules: at % 5 === 0 ? [{ id: `own-${at}`, title: 'Own', types: ['phone'], action: 'note', owner }] : [],
})

function historyOf(kind: RecordKind, id: string, written: object, number: number): RecordHistory {
  const body = readBody(kind, written) as Bodies[RecordKind]
  const hash = hashOf(kind, body)
  const approval: Decision = {
    ...{ kind, id, version: 1, hash, role: 'security', verdict: 'approve', reason: 'Fine.', conditions: {} },
    ...{ by: { id: 'person_2', name: 'sam@example.com' }, atMs: writtenAt, untilMs: undefined },
    ...{ isBootstrap: false, number, receipt: 'log#1' },
  }
  const version = { kind, id, version: 1, body, hash, by: { id: 'person_1', name: owner }, atMs: writtenAt }
  return { kind, id, versions: [version], decisions: [approval] }
}

/** Everything approved, as the register holds it in memory. */
export function registerOf(emailAction = 'mask'): Pick<Register, 'list'> {
  const byKind: Partial<Record<RecordKind, readonly RecordHistory[]>> = {
    offering: Array.from({ length: sizes.offerings }, (_, at) =>
      historyOf('offering', offeringId(at), offeringBody(at), at),
    ),
    'use-case': Array.from({ length: sizes.useCases }, (_, at) =>
      historyOf('use-case', useCaseId(at), useCaseBody(at), at),
    ),
    policy: [historyOf('policy', 'rules', policyBody(emailAction), 1)],
  }
  return { list: ((kind: RecordKind) => byKind[kind] ?? []) as never }
}
