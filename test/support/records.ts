import type { Tier } from '#/core/tier.ts'

/** Records of a made-up company: one offering per behaviour of the simulated provider, all approved by the file. */

interface OfferingText {
  readonly id: string
  readonly connection: string
  readonly model?: string
  /** `self` carries everything, and `cloud` behind a private endpoint; `commercial` goes up to confidential. */
  readonly tier?: Tier
  /** Of a commercial offering: without an agreement it goes up to internal only. */
  readonly hasAgreement?: boolean
  /** Facts beside these, or instead of them. */
  readonly facts?: Readonly<Record<string, unknown>>
}

const fact = (is: unknown): string =>
  `{ is: ${JSON.stringify(is)}, source: "test", asOf: "2026-11-01", by: contract }`

export const offeringText = ({
  id,
  connection,
  model = id,
  tier = 'self',
  hasAgreement = true,
  facts = {},
}: OfferingText): string => `
  - kind: offering
    id: ${id}
    title: Simulated ${id}
    connection: ${connection}
    model: ${model}
    priceUsdPerMillionTokens: { input: 2, output: 8 }${tier === 'self' ? lookedAfter(connection) : ''}
    facts:
${Object.entries({ ...usualFacts(tier, hasAgreement), ...facts })
  .map(([name, is]) => `      ${name}: ${fact(is)}`)
  .join('\n')}`

const lookedAfter = (connection: string): string => `
    selfHosted: ${connection === 'demo' ? '{ isInProcess: true }' : '{ threatModel: "test", patchedOn: "2026-11-01", runsModelCode: false, isOwnModel: false }'}`

function usualFacts(tier: Tier, hasAgreement: boolean): Readonly<Record<string, unknown>> {
  const keepsNothing = tier === 'self' || tier === 'cloud'
  return {
    tier,
    processor: tier === 'self' ? 'Tarnwick' : 'Kestrel Cloud',
    region: 'eu-central',
    regionScope: 'region',
    makerReceives: false,
    retentionDays: keepsNothing ? 0 : 30,
    trains: 'never',
    dpa: hasAgreement,
    privateEndpoint: keepsNothing,
  }
}

export const useCaseText = (id: string, offerings: readonly string[], more = ''): string => `
  - kind: use-case
    id: ${id}
    title: ${id === 'general-assistant' ? 'General assistant' : id}
    owner: owner@example.com
    purpose: Tests
    audience: { roles: [employee], people: [] }
    offerings: [${offerings.join(', ')}]
    highestClass: restricted${more}`

export const policyText = (more = ''): string => `
  - kind: policy
    id: company-rules
    title: Company rules
    owner: security@example.com
    terms:
      - { term: Project Kestrel, label: codename }
    rules:
      - { id: secrets-never-leave, title: Secrets never leave, families: [secret], action: block, mayMask: true, owner: security@example.com }
      - { id: cards-never-leave, title: Card numbers never leave, types: [payment-card], action: mask, owner: security@example.com }
      - { id: ibans-replaced, title: Bank accounts are replaced, types: [iban], action: pseudonymise, owner: security@example.com }
      - { id: contacts-replaced, title: Contacts are replaced, types: [email, phone], action: pseudonymise, owner: security@example.com }${more}`

export const recordsText = (records: readonly string[]): string =>
  `bootstrap: { approve: all, by: owner@example.com, reason: Records of a test }\nrecords:${records.join('')}\n`

const behaviours =
  'echo tokens-split tool stall cut error-after-200 malformed split-utf8 429 500 401 too-long slow-5ms no-done fast'.split(
    ' ',
  )
const openaiIds = behaviours.map((behaviour) => `sim-${behaviour}`)
const anthropicIds = behaviours.map((behaviour) => `claude-sim-${behaviour}`)

export const defaultRecords = recordsText([
  ...openaiIds.map((id) => offeringText({ id, connection: 'simulator-openai' })),
  ...anthropicIds.map((id) => offeringText({ id, connection: 'simulator-anthropic' })),
  offeringText({ id: 'nowhere', connection: 'nowhere' }),
  offeringText({ id: 'demo', connection: 'demo' }),
  useCaseText('general-assistant', ['demo', ...openaiIds, ...anthropicIds, 'nowhere']),
  policyText(),
])
