/**
 * Kinds that laws and departments think of together, so that a rule can say `packs: ['pci']` and keep meaning it when
 * kinds are added. A pack names families and single kinds; what it holds is looked up among the kinds there are.
 */
import type { Family } from '#/core/finding.ts'
import type { Kind } from './api.ts'

export interface Pack {
  readonly name: PackName
  /** For people: 'payment cards (PCI DSS)'. */
  readonly label: string
  /** Every kind of these families, of today and of later. */
  readonly families: readonly Family[]
  /** Single kinds besides. */
  readonly types: readonly string[]
}

export const packNames = [
  'pii',
  'phi',
  'pci',
  'secrets',
  'accounts',
  'source-code',
  'pricing',
  'mergers',
  'legal',
  'personnel',
  'fundraising',
] as const

export type PackName = (typeof packNames)[number]

const packsByName: Readonly<Record<PackName, Omit<Pack, 'name'>>> = {
  // GDPR, article 4(1): names, identification numbers, location, online identifiers.
  pii: {
    label: 'personal data',
    families: ['person', 'contact', 'identity', 'health'],
    types: ['bank-account', 'iban', 'payment-card', 'ip-address', 'mac-address', 'imei'],
  },
  // 45 CFR 164.514(b)(2)(i): what makes health data identifiable, and the health data itself.
  phi: {
    label: 'health data and what ties it to a person',
    families: ['health', 'person', 'contact', 'identity'],
    types: ['bank-account', 'iban', 'ip-address', 'mac-address', 'imei'],
  },
  // PCI DSS 4.0, table of account data: cardholder data and sensitive authentication data.
  pci: {
    label: 'payment cards',
    families: [],
    types: ['payment-card', 'card-track', 'card-security-code', 'card-expiry'],
  },
  secrets: { label: 'keys, passwords and tokens', families: ['secret'], types: [] },
  accounts: {
    label: 'names and ids of accounts with services',
    families: [],
    types: ['service-identifier'],
  },
  'source-code': { label: 'source code', families: [], types: ['source-code'] },
  pricing: { label: 'prices and discounts', families: [], types: ['topic-pricing'] },
  mergers: { label: 'mergers and acquisitions', families: [], types: ['topic-mergers', 'isin', 'lei'] },
  legal: { label: 'legal matters', families: [], types: ['topic-legal'] },
  personnel: {
    label: 'personnel matters',
    families: [],
    types: [
      'topic-personnel',
      ...[
        'health-condition',
        'religion',
        'political-opinion',
        'union-membership',
        'sexual-orientation',
        'ethnic-origin',
      ],
      ...['date-of-birth', 'age', 'gender', 'nationality'],
    ],
  },
  fundraising: { label: 'fundraising', families: [], types: ['topic-fundraising'] },
}

export const packs: readonly Pack[] = packNames.map((name) => ({ name, ...packsByName[name] }))

/** The kinds of a pack among those there are, in their order. */
export function typesOfPack(name: PackName, kinds: readonly Kind[]): readonly string[] {
  const { families, types } = packsByName[name]
  return kinds
    .filter(({ type, family }) => families.includes(family) || types.includes(type))
    .map(({ type }) => type)
}
