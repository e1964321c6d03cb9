import type { RecordKind } from './api.ts'

/** A fact as somebody writes it. */
export const fact = (is: unknown, more: object = {}) => ({
  is,
  source: 'contract',
  asOf: '2026-01-01',
  by: 'contract',
  ...more,
})

export const rule = { id: 'r', title: 'R', types: ['iban'], action: 'mask', owner: 'security@example.com' }

/** Every fact that must be answered about a vendor. */
export const checklist = {
  dataFlow: fact('Prompts go to one cluster and back.'),
  retentionDays: fact(0),
  isolation: fact('A key per customer.'),
  subprocessors: fact([]),
  incidentContact: fact('security@west.example.com'),
  deletion: fact({ contact: 'https://west.example.com/delete', how: 'By form.', proof: 'A signed letter.' }),
  trains: fact('never'),
  dpa: fact(true),
  region: fact('eu'),
  transferMechanism: fact('not-needed'),
  exit: fact('Nothing is kept, so nothing comes back.'),
}

/** One right body of each kind, each naming the one before it: all of them together can be applied. */
export const bodies: Readonly<Record<RecordKind, Readonly<Record<string, unknown>>>> = {
  offering: { title: 'West', connection: 'west', model: 'west-large', facts: { tier: fact('commercial') } },
  'use-case': {
    title: 'Support',
    owner: 'owner@example.com',
    purpose: 'Answers',
    audience: { roles: ['employee'] },
    offerings: ['west'],
    highestClass: 'internal',
    rules: [rule],
    pilot: 'trial',
    datasets: ['tickets'],
  },
  policy: {
    title: 'Rules',
    owner: 'security@example.com',
    rules: [rule],
    terms: [{ term: 'Project Kestrel' }],
  },
  dataset: {
    title: 'Tickets',
    owner: 'owner@example.com',
    description: 'Tickets of two years.',
    class: 'internal',
    uses: ['inference', 'training'],
    scan: { on: '2026-11-01', by: 'inspect 1.0', samples: 4_000, found: ['email'] },
    scrubbed: { on: '2026-11-02', receipt: 'sallyport.local#4' },
  },
  pilot: {
    title: 'Trial',
    owner: 'owner@example.com',
    from: '2026-11-20',
    until: '2026-12-19',
    metric: 'minutes for a ticket',
    baseline: 12,
    target: 8,
    highestClass: 'internal',
    reviewer: 'sam@example.com',
  },
  incident: {
    title: 'Tickets in answers',
    owner: 'security@example.com',
    foundOn: '2026-11-21',
    what: 'An answer named another customer.',
    about: [{ kind: 'use-case', id: 'support' }],
    contained: { on: '2026-11-21', how: 'The use case was stopped.' },
    fix: { policy: 'rules', rule: 'r' },
  },
  review: {
    title: 'Monthly look at support',
    owner: 'security@example.com',
    about: [
      { kind: 'use-case', id: 'support' },
      { kind: 'offering', id: 'west' },
    ],
    cadence: 'month',
    since: '2026-09-15',
  },
  control: {
    title: 'Every exchange is whole in the log',
    owner: 'security@example.com',
    query: 'exchanges-have-both-entries',
    periodDays: 30,
    maps: ['ISO 42001 A.6.2.8'],
  },
  vendor: {
    title: 'Maker of West',
    owner: 'owner@example.com',
    processor: 'West Models',
    domains: ['west.example.com'],
    contact: 'trust@west.example.com',
    facts: checklist,
  },
  tool: {
    title: 'West Chat',
    owner: 'owner@example.com',
    vendor: 'west-models',
    form: 'chat',
    domains: ['chat.west.example.com'],
    standing: 'sanctioned',
    why: 'Our contract covers it.',
  },
}

/** Ids that fit what the bodies name. */
export const idsOf: Readonly<Record<RecordKind, string>> = {
  offering: 'west',
  'use-case': 'support',
  policy: 'rules',
  dataset: 'tickets',
  pilot: 'trial',
  incident: 'tickets-in-answers',
  review: 'support-monthly',
  control: 'exchanges-whole',
  vendor: 'west-models',
  tool: 'west-chat',
}
