import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import OpenAI from 'openai'
import { pdfOf, picture } from '#/attachments/test-files.ts'
import type { OpenedEntry } from '#/audit/api.ts'
import { type RefusalCode, refusals } from '#/core/refusal.ts'
import type { ExchangeDetails } from '#/gateway/api.ts'
import type { RecordKind, RecordView } from '#/register/api.ts'
import type { PublicationPage } from '#/snapshot/publications/api.ts'
import type { SwitchPage, SwitchView } from '#/snapshot/switches/api.ts'
import { type Company, startCompany } from '../support/company.ts'
import {
  type Asked,
  ask,
  bothOf,
  type Dialect,
  dialects,
  groundsOf,
  inDialect,
  offeringPair,
  type Told,
} from '../support/gates.ts'
import { recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * Every gate an exchange passes, each twice and by the clients of both dialects: refused, with its sentence, what works now, and
 * an entry in the log that leads to the decision it rests on; then what the remedy says is done, and it goes.
 * `docs/guide/gates.md` is the same table for people, and is held against this one.
 */

const dayMs = 86_400_000
const owner = 'owner: security@example.com'
const kestrel = 'How is Project Kestrel going?'
const iban = ['DE89', '3704', '0044', '0532', '0130', '00'].join(' ')
const card = ['4111', '1111', '1111', '1111'].join(' ')
const secret = `AKIA${'IOSFODNN7EXAMPLF'}`
const email = 'ines.halvard@example.com'
const commercial = { tier: 'commercial' } as const

const everywhere = ['own', 'west', 'low', 'no-baa', 'with-baa', 'consumer', 'zero', 'stopped', 'ending']
const all = [...everywhere, 'kestrel', 'waiting', 'limited', 'far'].flatMap(bothOf)
const ownAnd = (...ids: string[]): readonly string[] => [...ids, 'own'].flatMap(bothOf)

const records = recordsText([
  offeringPair('own'),
  offeringPair('west', commercial),
  offeringPair('low', { ...commercial, hasAgreement: false }),
  offeringPair('no-baa', commercial),
  offeringPair('with-baa', { ...commercial, facts: { baa: true } }),
  offeringPair('consumer', { tier: 'consumer' }),
  offeringPair('zero', {
    ...commercial,
    facts: { retentionDays: 0, zeroRetention: 'active', zeroRetentionExcept: ['grounding', 'server-tools'] },
  }),
  offeringPair('far', { ...commercial, facts: { region: 'us-east-1' } }),
  offeringPair('stopped'),
  offeringPair('ending'),
  offeringPair('kestrel', commercial),
  offeringPair('limited'),
  useCaseText('general-assistant', all),
  useCaseText('desk', ownAnd()).replace('highestClass: restricted', 'highestClass: internal'),
  useCaseText('only-low', ['low'].flatMap(bothOf)),
  useCaseText('vendors', ['low', 'no-baa'].flatMap(bothOf)),
  useCaseText(
    'home',
    ownAnd('west'),
    `
    rules:
      - { id: stays-home, title: Restricted stays home, classes: [restricted], tiers: [commercial], action: block, ${owner} }`,
  ),
  useCaseText(
    'masked',
    ownAnd(),
    `
    rules:
      - { id: mail-masked, title: Addresses are masked, types: [email], action: mask, ${owner} }`,
  ),
  useCaseText('with-tools', ownAnd(), '\n    tools: [find]'),
  useCaseText(
    'translate',
    ownAnd(),
    `
    template: { prompt: "Translate: {{text}}", inputs: { text: { kind: text, maxCharacters: 200 } } }`,
  ),
  useCaseText('with-budget', ownAnd(), '\n    budgetUsdPerMonth: 0.01'),
  useCaseText('for-customers', ownAnd('far'), "\n    customers: [{ name: Tarn, regions: ['eu-*'] }]"),
  `
  - kind: policy
    id: company-rules
    title: Company rules
    ${owner}
    terms:
      - { term: Project Kestrel, label: codename }
    rules:
      - { id: secrets-never-leave, title: Secrets never leave, families: [secret], action: block, mayMask: true, ${owner} }
      - { id: cards-never-leave, title: Card numbers never leave, types: [payment-card], action: mask, ${owner} }
      - { id: why, title: Bank accounts need a reason, types: [iban], tiers: [commercial], action: justify, ${owner} }
      - { id: read, title: Contacts after the notice, types: [email], tiers: [commercial], action: acknowledge, notice: Only with consent., ${owner} }
      - { id: wait, title: Restricted waits at vendors, classes: [restricted], tiers: [commercial], action: hold, ${owner} }
    triggers:
      - id: addresses-again
        title: One key keeps naming tools after people
        when: { what: refusals, rule: mail-masked, per: key, times: 3 }
        action: stop
        ${owner}`,
])

/** Nobody has decided about these: one comes with the first records, one by a file into a Sallyport that runs. */
const proposed = `records:${offeringPair('waiting')}\n`
const draft = `records:${useCaseText('draft', ownAnd())}\n`

const roles = { sam: 'security', lea: 'legal', eve: 'engineering', pia: 'product' } as const
const names = ['olga', 'sam', 'lea', 'eve', 'pia', 'mia'] as const
type Name = (typeof names)[number]

const clock = { movedMs: 0, now: () => Date.now() + clock.movedMs, monotonic: () => performance.now() }
const people = {} as Record<Name, SignedIn>
let company: Company
let key: string

async function signIn(...who: readonly Name[]): Promise<void> {
  for (const name of who) people[name] = await openSession(company, `${name}@example.com`)
}

before(async () => {
  company = await startCompany({
    records,
    proposed,
    clock,
    settings: `limits: { requestsPerMinute: 100000 }
identity:
  kind: embedded
  owners: [olga@example.com]
  accounts:
${names.map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  await signIn(...names)
  const { control } = company.sallyport
  for (const [name, role] of Object.entries(roles))
    await control['role.grant']?.({
      asked: { email: `${name}@example.com`, role, reason: 'For a test' },
      by: 'command-line:test',
    } as never)
  await control['apply']?.({
    files: [{ name: 'draft.yaml', text: draft }],
    by: 'command-line:test',
    dryRun: false,
  } as never)
  key = (await company.createKey({ email: 'mia@example.com' })).key
})
after(() => company.end())

// --- What people do ---------------------------------------------------------------------------------------

const view = async (kind: RecordKind, id: string): Promise<RecordView> =>
  (await people.olga.get(`/api/records/${kind}/${id}`)).json

async function write(kind: RecordKind, id: string, body: object, by: Name = 'sam'): Promise<void> {
  const { status, json } = await people[by].put(`/api/records/${kind}/${id}`, body)
  assert.equal(status, 200, JSON.stringify(json))
}

/** About the newest version. */
async function decide(by: Name, kind: RecordKind, id: string, more: object = {}): Promise<void> {
  const { total: version } = await view(kind, id)
  const asked = { kind, id, version, verdict: 'approve', reason: 'Looked at for a test.', ...more }
  const { status, json } = await people[by].post('/api/decisions', asked)
  assert.equal(status, 201, JSON.stringify(json))
}
const decideBoth = async (by: Name, id: string, more: object = {}): Promise<void> => {
  for (const each of bothOf(id)) await decide(by, 'offering', each, more)
}

const useCase = {
  title: 'Of a test',
  owner: 'owner@example.com',
  purpose: 'Tests',
  audience: { roles: ['employee'] },
  offerings: ownAnd(),
  highestClass: 'confidential',
}
const exit = { offering: 'west', testedOn: '2026-11-02' }
const scoring = { ...useCase, highestClass: 'internal', risk: 'high', practices: [], exit }

const fact = (is: unknown) => ({ is, source: 'contract 17', asOf: '2026-11-01', by: 'contract' })
const vendor = {
  title: 'Kestrel Cloud',
  owner: 'olga@example.com',
  processor: 'Kestrel Cloud',
  domains: ['kestrel.example.com'],
  facts: {
    dataFlow: fact('Prompts go to one cluster and back.'),
    retentionDays: fact(30),
    isolation: fact('A key per customer.'),
    subprocessors: fact([]),
    incidentContact: fact('security@kestrel.example.com'),
    deletion: fact({ contact: 'dpo@kestrel.example.com', how: 'By mail.', proof: 'A signed letter.' }),
    trains: fact('never'),
    dpa: fact(true),
    region: fact('eu-central'),
    transferMechanism: fact('not-needed'),
    exit: fact('An export, then deletion within 30 days.'),
  },
}

/** What an approval of a use case is refused with. */
async function refusalOf(by: Name, id: string, version: number): Promise<readonly [number, string]> {
  const asked = { kind: 'use-case', id, version, verdict: 'approve', reason: 'Looked at for a test.' }
  const { status, json } = await people[by].post('/api/decisions', asked)
  return [status, json.error?.code]
}

async function publish(): Promise<void> {
  const { waiting: what } = (await people.olga.get('/api/publications')).json as PublicationPage
  const asked = { digest: what?.digest, reason: 'It was right.' }
  const { status, json } = await people.olga.post('/api/publications', asked)
  assert.equal(status, 201, JSON.stringify(json))
}

let pulled = ''
async function pull(target: object): Promise<void> {
  const { status, json } = await people.sam.post('/api/switches', { reason: 'For a test.', ...target })
  assert.equal(status, 201, JSON.stringify(json))
  pulled = (json as SwitchView).id
}
/** A trigger acts after the entry that made it true. */
async function pulledBy(by: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const { standing } = (await people.sam.get('/api/switches')).json as SwitchPage
    const found = standing.find((each) => each.by === by)
    if (found !== undefined) return found.id
    await pause(10)
  }
  return assert.fail(`${by} pulled nothing within a second`)
}
const release = async (): Promise<void> => {
  const { status, json } = await people.olga.post(`/api/switches/${pulled}/release`, {
    reason: 'It is fine.',
  })
  assert.equal(status, 200, JSON.stringify(json))
}

/** Sessions are over by then. */
async function threeDaysLater(): Promise<void> {
  clock.movedMs += 3 * dayMs
  await signIn('olga', 'sam', 'pia', 'mia')
}

const boundKey = async (bound: object): Promise<string> => {
  const made = await company.sallyport.control['key.create']?.({
    ...{ email: 'mia@example.com', expiresInDays: 30, by: 'test', ...bound },
  } as never)
  return (made as { readonly key: string }).key
}

// --- The table --------------------------------------------------------------------------------------------

interface Gate {
  /** As it stands in the guide. */
  readonly gate: string
  readonly code: RefusalCode
  /** What has to be so before it is refused. */
  readonly given?: () => Promise<void>
  readonly asked: Asked | (() => Promise<Asked>)
  readonly sentence: RegExp
  /** What works now, in the order it is told. */
  readonly remedies: readonly string[]
  /**
   * What it rests on: the decision by which a record served, whose it was, or that there was none. `KIND/ID` of an offering is
   * that of the dialect.
   */
  readonly restsOn:
    | {
        readonly record: string
        readonly by: string | 'nobody'
        readonly version?: number
        /** The approval was over by then. */
        readonly hasEnded?: true
      }
    | { readonly rules: readonly string[] }
    | 'the switch'
    | 'the key'
    | 'no decision'
  /** Takes the remedy, where it is more than another request. */
  readonly taken?: () => Promise<void>
  /** What goes then, beside what was asked before. */
  readonly passes?: Asked | (() => Promise<Asked>)
}

const bootstrap = 'owner@example.com'
const kestrelOf = (asked: Asked): Asked => ({ ...asked, text: kestrel })
const tool = (name: string): NonNullable<Asked['more']> => ({
  'openai-chat': { tools: [{ type: 'function', function: { name, parameters: { type: 'object' } } }] },
  'anthropic-messages': { tools: [{ name, input_schema: { type: 'object' } }] },
})
const search: NonNullable<Asked['more']> = {
  'openai-chat': { web_search_options: {} },
  'anthropic-messages': { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const message = (...content: object[]): object => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Sum this up.' }, ...content] }],
})
const image: NonNullable<Asked['more']> = {
  'openai-chat': message({
    type: 'image_url',
    image_url: { url: `data:image/png;base64,${base64(picture)}` },
  }),
  'anthropic-messages': message({
    type: 'image',
    source: { type: 'base64', media_type: 'image/png', data: base64(picture) },
  }),
}
const pdf = base64(pdfOf([{ lines: [`Pay with ${card} today.`] }]))
const file: NonNullable<Asked['more']> = {
  'openai-chat': message({
    type: 'file',
    file: { filename: 'bill.pdf', file_data: `data:application/pdf;base64,${pdf}` },
  }),
  'anthropic-messages': message({
    type: 'document',
    source: { type: 'base64', media_type: 'application/pdf', data: pdf },
  }),
}
const namedAfterPeople: Asked = {
  useCase: 'masked',
  more: {
    'openai-chat': { tool_choice: { type: 'function', function: { name: email } } },
    'anthropic-messages': { tool_choice: { type: 'tool', name: email } },
  },
}
const longest = (tokens: number): NonNullable<Asked['more']> => ({
  'openai-chat': { max_tokens: tokens },
  'anthropic-messages': { max_tokens: tokens },
})

const gates: readonly Gate[] = [
  // --- Is it approved ---
  {
    gate: 'An offering nobody has approved',
    code: 'model-unknown',
    given: async () => {
      const listed: string[] = []
      const client = new OpenAI({ apiKey: key, baseURL: `${company.sallyport.url}/v1` })
      for await (const { id } of client.models.list()) listed.push(id)
      for (const id of ['own', 'no-baa']) assert.ok(listed.includes(id), listed.join(' '))
      for (const id of ['waiting', 'consumer']) assert.ok(!listed.includes(id), id)
    },
    asked: { model: 'waiting' },
    sentence: /no model of this name for you/,
    remedies: ['use-auto', 'list-models'],
    restsOn: { record: 'offering/waiting', by: 'nobody' },
    taken: () => decideBoth('sam', 'waiting'),
  },
  {
    gate: 'An offering on consumer terms',
    code: 'model-unknown',
    asked: { model: 'consumer' },
    sentence: /no model of this name for you/,
    remedies: ['use-auto', 'list-models'],
    restsOn: { record: 'offering/consumer', by: bootstrap, version: 1 },
    passes: { model: 'auto' },
  },
  {
    gate: 'A use case nobody has approved',
    code: 'use-case-unknown',
    asked: { useCase: 'draft' },
    sentence: /use case draft is not approved, or not open to you/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/draft', by: 'nobody' },
    // What came in a file takes two people.
    taken: async () => {
      await decide('sam', 'use-case', 'draft')
      await decide('olga', 'use-case', 'draft')
    },
  },
  {
    gate: 'An edit nobody has approved',
    code: 'class-above-use-case',
    given: async () => {
      await write('use-case', 'desk', useCase)
      for (const dialect of dialects)
        assert.equal((await send(dialect, { useCase: 'desk' })).code, 'answered')
    },
    asked: kestrelOf({ useCase: 'desk' }),
    sentence: /This is confidential; the use case desk goes up to internal/,
    remedies: ['other-use-case', 'lower-content', 'ask-owner'],
    restsOn: { record: 'use-case/desk', by: bootstrap, version: 1 },
    taken: () => decide('olga', 'use-case', 'desk'),
  },
  {
    gate: 'A prohibited practice',
    code: 'use-case-unknown',
    given: async () => {
      const asked = { ...useCase, practices: ['emotions-at-work'] }
      const { status, json } = await people.pia.put('/api/records/use-case/moods', asked)
      assert.deepEqual([status, json.error.code], [400, 'practice-prohibited'])
      assert.match(json.error.message, /Article 5\(1\)\(f\)/)
    },
    asked: { useCase: 'moods' },
    sentence: /use case moods is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/moods', by: 'nobody' },
    taken: async () => {
      await write('use-case', 'moods', { ...useCase, practices: [] }, 'pia')
      await decide('sam', 'use-case', 'moods')
    },
  },
  {
    gate: 'Something that must be said is missing',
    code: 'use-case-unknown',
    given: async () => {
      await write('use-case', 'unsaid', { ...useCase, risk: 'limited', exit }, 'pia')
      assert.deepEqual(await refusalOf('sam', 'unsaid', 1), [409, 'record-incomplete'])
    },
    asked: { useCase: 'unsaid' },
    sentence: /use case unsaid is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/unsaid', by: 'nobody' },
    taken: async () => {
      await write('use-case', 'unsaid', { ...useCase, risk: 'limited', exit, practices: [] }, 'pia')
      await decide('sam', 'use-case', 'unsaid')
    },
  },
  {
    gate: 'High risk with two of three roles',
    code: 'use-case-unknown',
    given: async () => {
      await write('use-case', 'scoring', scoring)
      await decide('lea', 'use-case', 'scoring')
      await decide('eve', 'use-case', 'scoring')
      assert.deepEqual(await refusalOf('sam', 'scoring', 1), [403, 'own-proposal'])
      assert.deepEqual(await refusalOf('olga', 'scoring', 1), [403, 'role-missing'])
      const [version] = (await view('use-case', 'scoring')).versions
      assert.deepEqual([version?.state, version?.quorum.missing], ['proposed', ['security', 'product']])
      assert.deepEqual(
        version?.quorum.given.map(({ by }) => by),
        ['lea@example.com', 'eve@example.com'],
      )
    },
    asked: { useCase: 'scoring' },
    sentence: /use case scoring is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/scoring', by: 'nobody' },
    taken: () => decide('pia', 'use-case', 'scoring'),
  },
  {
    gate: 'A condition of one of three approvals',
    code: 'class-above-use-case',
    given: () => decide('lea', 'use-case', 'scoring', { conditions: { highestClass: 'public' } }),
    asked: { useCase: 'scoring', headers: { 'x-sallyport-class': 'internal' } },
    sentence: /the use case scoring goes up to public/,
    remedies: ['other-use-case', 'lower-content', 'ask-owner'],
    restsOn: { record: 'use-case/scoring', by: 'lea@example.com', version: 1 },
    taken: () => decide('lea', 'use-case', 'scoring'),
  },
  {
    gate: 'An edit of high risk with one of three roles',
    code: 'class-above-use-case',
    given: async () => {
      await write('use-case', 'scoring', { ...scoring, highestClass: 'restricted' })
      await decide('lea', 'use-case', 'scoring')
    },
    asked: kestrelOf({ useCase: 'scoring' }),
    sentence: /the use case scoring goes up to internal/,
    remedies: ['other-use-case', 'lower-content', 'ask-owner'],
    restsOn: { record: 'use-case/scoring', by: 'lea@example.com', version: 1 },
    // A no ends what was proposed, and not what serves.
    taken: () => decide('eve', 'use-case', 'scoring', { verdict: 'reject' }),
    passes: { text: 'How is it going?' },
  },
  {
    gate: 'A pilot that does not run',
    code: 'use-case-unknown',
    given: async () => {
      await write('pilot', 'first-month', {
        ...{ title: 'First month', owner: 'olga@example.com', from: dayAfter(0), until: dayAfter(27) },
        ...{ metric: 'minutes for a letter', baseline: 30, target: 15, highestClass: 'internal' },
        reviewer: 'lea@example.com',
      })
      await write('use-case', 'letters', { ...useCase, pilot: 'first-month' })
      await decide('olga', 'use-case', 'letters')
    },
    asked: { useCase: 'letters' },
    sentence: /use case letters is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'pilot/first-month', by: 'nobody' },
    taken: () => decide('lea', 'pilot', 'first-month'),
  },
  {
    gate: 'A dataset nobody has approved',
    code: 'use-case-unknown',
    given: async () => {
      await write('dataset', 'tickets', {
        ...{ title: 'Tickets', owner: 'olga@example.com', class: 'confidential', uses: ['inference'] },
      })
      await write('use-case', 'support', { ...useCase, datasets: ['tickets'] })
      await decide('olga', 'use-case', 'support')
    },
    asked: { useCase: 'support' },
    sentence: /use case support is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'dataset/tickets', by: 'nobody' },
    taken: () => decide('lea', 'dataset', 'tickets'),
  },
  {
    gate: 'A vendor nobody has explained',
    code: 'model-unknown',
    given: async () => {
      const { exit: _, ...unanswered } = vendor.facts
      await write('vendor', 'kestrel-cloud', { ...vendor, facts: unanswered })
      const asked = { kind: 'vendor', id: 'kestrel-cloud', version: 1, verdict: 'approve', reason: 'A test.' }
      const { status, json } = await people.olga.post('/api/decisions', asked)
      assert.deepEqual([status, json.error.code], [409, 'record-incomplete'])
      assert.match(json.error.message, /facts\.exit is not answered/)
      for (const id of bothOf('kestrel')) {
        const [newest] = (await view('offering', id)).versions
        await write('offering', id, { ...newest?.body, vendor: 'kestrel-cloud' })
        await decide('olga', 'offering', id)
      }
    },
    asked: { model: 'kestrel' },
    sentence: /no model of this name for you/,
    remedies: ['use-auto', 'list-models'],
    restsOn: { record: 'vendor/kestrel-cloud', by: 'nobody' },
    taken: async () => {
      await write('vendor', 'kestrel-cloud', vendor)
      await decide('olga', 'vendor', 'kestrel-cloud')
    },
  },
  {
    gate: 'A condition of the approval of an offering',
    code: 'class-above-ceiling',
    given: () => decideBoth('sam', 'limited', { conditions: { highestClass: 'internal' } }),
    asked: kestrelOf({ model: 'limited' }),
    sentence: /limited\S* may carry at most internal/,
    remedies: ['use-auto', 'lower-content', 'ask-owner'],
    restsOn: { record: 'offering/limited', by: 'sam@example.com' },
    taken: () => decideBoth('sam', 'limited'),
  },
  {
    gate: 'What was rolled back',
    code: 'use-case-unknown',
    given: async () => {
      await write('use-case', 'newest', useCase)
      await decide('olga', 'use-case', 'newest')
      assert.equal((await send('openai-chat', { useCase: 'newest' })).code, 'answered')
      const { status } = await people.sam.post('/api/publications/rollback', { reason: 'Too early.' })
      assert.equal(status, 201)
    },
    asked: { useCase: 'newest' },
    sentence: /use case newest is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/newest', by: 'nobody' },
    taken: publish,
  },

  // --- What it may carry ---
  {
    gate: 'A class above the ceiling',
    code: 'class-above-ceiling',
    asked: kestrelOf({ model: 'low' }),
    sentence: /This is confidential; low\S* may carry at most internal/,
    remedies: ['use-auto', 'lower-content', 'ask-owner'],
    restsOn: { record: 'offering/low', by: bootstrap, version: 1 },
    passes: { model: 'auto' },
  },
  {
    gate: 'A class no offering may carry',
    code: 'no-offering',
    asked: kestrelOf({ useCase: 'only-low' }),
    sentence: /No approved offering may carry confidential/,
    remedies: ['lower-content', 'ask-owner'],
    restsOn: { record: 'use-case/only-low', by: bootstrap, version: 1 },
    passes: { text: 'How is it going?' },
  },
  {
    gate: 'A class above the use case',
    code: 'class-above-use-case',
    asked: { useCase: 'desk', headers: { 'x-sallyport-class': 'restricted' } },
    sentence: /This is restricted; the use case desk goes up to confidential/,
    remedies: ['other-use-case', 'lower-content', 'ask-owner'],
    restsOn: { record: 'use-case/desk', by: 'olga@example.com', version: 2 },
    passes: { useCase: 'general-assistant' },
  },
  {
    gate: 'Health data without an agreement',
    code: 'baa-missing',
    asked: { model: 'no-baa', text: 'The patient has ICD-10: E11.9 since May.' },
    sentence: /no-baa\S* has no business associate agreement in force\. Nothing was sent/,
    remedies: ['use-auto', 'remove-text', 'ask-owner'],
    restsOn: { record: 'offering/no-baa', by: bootstrap, version: 1 },
    passes: { model: 'with-baa' },
  },
  {
    gate: 'Health data and no agreement anywhere',
    code: 'baa-missing',
    asked: { useCase: 'vendors', text: 'The patient has ICD-10: E11.9 since May.' },
    sentence: /No offering that may carry it has its business associate agreement in force/,
    remedies: ['remove-text', 'ask-owner'],
    restsOn: { record: 'use-case/vendors', by: bootstrap, version: 1 },
    passes: { text: 'The patient is well.' },
  },
  {
    gate: 'A contract of a customer',
    code: 'offering-outside-terms',
    asked: { useCase: 'for-customers', model: 'far' },
    sentence: /contract with Tarn allows the regions eu-\*; that of .* is us-east-1/,
    remedies: ['use-auto', 'list-models', 'ask-owner'],
    restsOn: { record: 'use-case/for-customers', by: bootstrap, version: 1 },
    passes: { model: 'auto' },
  },
  {
    gate: 'What keeps data under zero retention',
    code: 'feature-keeps-data',
    asked: { model: 'zero', text: kestrel, more: search },
    sentence: /which keeps data; what is confidential may go to zero\S* only without it/,
    remedies: ['use-auto', 'leave-out', 'ask-owner'],
    restsOn: { record: 'offering/zero', by: bootstrap, version: 1 },
    passes: { more: { 'openai-chat': {}, 'anthropic-messages': {} } },
  },
  {
    gate: 'State kept at a provider',
    code: 'state-on-server',
    asked: {
      more: { 'openai-chat': { store: true }, 'anthropic-messages': { container: 'container_1' } },
    },
    sentence: /asks the provider to keep state, which cannot be checked or masked here/,
    remedies: ['leave-out'],
    restsOn: 'no decision',
    passes: { more: { 'openai-chat': {}, 'anthropic-messages': {} } },
  },
  {
    gate: 'A tool the use case does not allow',
    code: 'tool-not-allowed',
    asked: { useCase: 'with-tools', more: tool('run_shell') },
    sentence: /does not allow the tool run_shell; it allows: find\. Nothing was sent/,
    remedies: ['leave-out-tool', 'other-use-case', 'ask-owner'],
    restsOn: { record: 'use-case/with-tools', by: bootstrap, version: 1 },
    passes: { more: tool('find') },
  },
  {
    gate: 'A use case that is a task',
    code: 'use-case-is-task',
    asked: { useCase: 'translate' },
    sentence: /use case translate is a task: it takes inputs, and not a conversation/,
    remedies: ['post-task', 'default-use-case'],
    restsOn: { record: 'use-case/translate', by: bootstrap, version: 1 },
    passes: { useCase: 'general-assistant' },
  },
  {
    gate: 'A budget that is spent',
    code: 'budget-spent',
    asked: { useCase: 'with-budget', more: longest(20_000) },
    sentence: /with-budget may spend 0\.01 USD a month; .* are left/,
    remedies: ['limit-answer', 'send-less', 'wait-for-renewal', 'ask-owner'],
    restsOn: { record: 'use-case/with-budget', by: bootstrap, version: 1 },
    passes: { more: longest(50) },
  },

  // --- What rules say ---
  {
    gate: 'A rule that blocks a finding',
    code: 'finding-blocked',
    asked: { text: `Why does ${secret} not work?` },
    sentence: /holds an AWS access key id, which may not leave\. Nothing was sent/,
    remedies: ['mask-and-send', 'remove-text', 'ask-owner'],
    restsOn: { rules: ['secrets-never-leave'] },
    passes: { headers: { 'x-sallyport-remedy': 'mask' } },
  },
  {
    gate: 'A rule that blocks a class',
    code: 'rule-blocked',
    asked: { useCase: 'home', model: 'west', headers: { 'x-sallyport-class': 'restricted' } },
    sentence: /“Restricted stays home” lets nothing that is restricted go there/,
    remedies: ['use-auto', 'lower-content', 'ask-owner'],
    restsOn: { rules: ['stays-home'] },
    passes: { model: 'auto' },
  },
  {
    gate: 'A rule that asks for a reason',
    code: 'justification-needed',
    asked: { model: 'west', text: `Check ${iban} please` },
    sentence: /“Bank accounts need a reason” asks for a reason before this goes to Simulated west/,
    remedies: ['justify', 'use-auto', 'ask-owner'],
    restsOn: { rules: ['why'] },
    passes: { headers: { 'x-sallyport-justification': 'Refund of ticket 4711' } },
  },
  {
    gate: 'A rule that asks to read a notice',
    code: 'acknowledgement-needed',
    asked: { model: 'west', text: `Write to ${email}` },
    sentence: /read this: “Only with consent\.” Nothing was sent/,
    remedies: ['acknowledge', 'use-auto', 'ask-owner'],
    restsOn: { rules: ['read'] },
    passes: { headers: { 'x-sallyport-acknowledge': 'read' } },
  },
  {
    gate: 'A rule that holds',
    code: 'held',
    asked: { model: 'west', headers: { 'x-sallyport-class': 'restricted' } },
    sentence: /“Restricted waits at vendors” holds this .* nobody can release it yet\. Nothing was sent/,
    remedies: ['use-auto', 'lower-content', 'ask-owner'],
    restsOn: { rules: ['wait'] },
    passes: { model: 'auto' },
  },
  {
    gate: 'A text that cannot be changed',
    code: 'text-fixed',
    asked: namedAfterPeople,
    sentence: /fixed text at "tool_choice\S*" holds an e-mail address and cannot be masked/,
    remedies: ['remove-text'],
    restsOn: { rules: ['mail-masked'] },
    passes: { more: { 'openai-chat': {}, 'anthropic-messages': {} } },
  },
  {
    gate: 'A file that cannot be changed',
    code: 'file-unchangeable',
    asked: { more: file },
    sentence: /which a rule changes before it leaves, and a file cannot be changed on the way/,
    remedies: ['send-text', 'remove-attachment', 'ask-owner'],
    restsOn: { rules: ['cards-never-leave'] },
    passes: { headers: { 'x-sallyport-remedy': 'file-text' } },
  },
  {
    gate: 'A part nobody can read',
    code: 'attachment-unread',
    asked: { more: image },
    sentence: /\(image\/png\) cannot be read here/,
    remedies: ['remove-attachment', 'ask-owner'],
    restsOn: { record: 'use-case/general-assistant', by: bootstrap, version: 1 },
    passes: { more: { 'openai-chat': {}, 'anthropic-messages': {} } },
  },

  // --- What the key is bound to ---
  {
    gate: 'A key of another use case',
    code: 'use-case-conflict',
    asked: async () => ({ useCase: 'desk', key: await boundKey({ useCase: 'masked' }) }),
    sentence: /bound to the use case masked/,
    remedies: ['drop-header', 'create-key'],
    restsOn: 'the key',
    passes: async () => ({ useCase: 'desk', key: await boundKey({ useCase: 'desk' }) }),
  },
  {
    gate: 'A class above the key',
    code: 'class-above-key',
    asked: async () => ({ text: kestrel, key: await boundKey({ bounds: { highestClass: 'internal' } }) }),
    sentence: /bound to a highest class \(highestClass\) of internal/,
    remedies: ['lower-content', 'other-key'],
    restsOn: 'the key',
    passes: { text: 'How is it going?' },
  },
  {
    gate: 'An offering the key may not use',
    code: 'offering-outside-key',
    asked: async () => ({ model: 'west', key: await boundKey({ bounds: { offerings: bothOf('own') } }) }),
    sentence: /bound to offerings \(offerings\): own, own-messages\. west\S* is none of them/,
    remedies: ['use-auto', 'other-key'],
    restsOn: 'the key',
    passes: { model: 'auto' },
  },

  // --- What was stopped, and what ended ---
  {
    gate: 'An offering that is stopped',
    code: 'stopped-by-switch',
    given: () => pull({ scope: 'offering', target: 'stopped' }),
    asked: { model: 'stopped' },
    sentence: /The offering stopped was stopped by a switch/,
    remedies: ['use-auto', 'ask-releaser'],
    restsOn: 'the switch',
    taken: release,
  },
  {
    gate: 'A use case that is stopped',
    code: 'stopped-by-switch',
    given: () => pull({ scope: 'use-case', target: 'home' }),
    asked: { useCase: 'home' },
    sentence: /The use case home was stopped by a switch/,
    remedies: ['other-use-case', 'ask-releaser'],
    restsOn: 'the switch',
    taken: release,
  },
  {
    gate: 'Everything is stopped',
    code: 'stopped-by-switch',
    given: () => pull({ scope: 'all' }),
    asked: {},
    sentence: /All use of models was stopped by a switch/,
    remedies: ['ask-releaser'],
    restsOn: 'the switch',
    taken: release,
  },
  {
    gate: 'A key that a trigger stopped',
    code: 'stopped-by-switch',
    asked: async () => {
      const own = await boundKey({})
      for (let times = 0; times < 3; times++)
        assert.equal((await send('openai-chat', { ...namedAfterPeople, key: own })).code, 'text-fixed')
      pulled = await pulledBy('trigger:addresses-again')
      return { key: own }
    },
    sentence: /This key was stopped by a switch/,
    remedies: ['other-key', 'ask-releaser'],
    restsOn: 'the switch',
    taken: release,
  },
  {
    gate: 'An approval of an offering that has ended',
    code: 'model-unknown',
    given: async () => {
      await decideBoth('sam', 'ending', { until: dayAfter(1) })
      assert.equal((await send('openai-chat', { model: 'ending' })).code, 'answered')
      await threeDaysLater()
    },
    asked: { model: 'ending' },
    sentence: /no model of this name for you/,
    remedies: ['use-auto', 'list-models'],
    restsOn: { record: 'offering/ending', by: 'sam@example.com', hasEnded: true },
    taken: () => decideBoth('sam', 'ending'),
  },
  {
    gate: 'An approval of a use case that has ended',
    code: 'use-case-unknown',
    given: async () => {
      const until = dayAfter(1)
      await decide('pia', 'use-case', 'scoring', { version: 1, until })
      assert.equal((await send('openai-chat', { useCase: 'scoring' })).code, 'answered')
      await threeDaysLater()
      const first = (await view('use-case', 'scoring')).versions.find(({ version }) => version === 1)
      assert.equal(first?.state, 'expired')
      assert.match(first?.why ?? '', /pia@example\.com \(product\) ended/)
    },
    asked: { useCase: 'scoring' },
    sentence: /use case scoring is not approved/,
    remedies: ['default-use-case', 'ask-access'],
    restsOn: { record: 'use-case/scoring', by: 'pia@example.com', version: 1, hasEnded: true },
    taken: () => decide('pia', 'use-case', 'scoring', { version: 1 }),
  },
]

const dayAfter = (days: number): string => new Date(clock.now() + days * dayMs).toISOString().slice(0, 10)

const send = (dialect: Dialect, asked: Asked): Promise<Told> => ask(company, key, dialect, asked)
const read = (asked: Gate['asked']): Promise<Asked> | Asked => (typeof asked === 'function' ? asked() : asked)

// --- The same table in the guide ---------------------------------------------------------------------------

const sourceFolder = join(import.meta.dirname, '../../src')
const guide = readFileSync(join(sourceFolder, '../docs/guide/gates.md'), 'utf8')

/** `| gate | what is asked | code | what works |`: names in backticks. */
const rows = guide
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^`[a-z-]+`$/.test(cells[3] ?? ''))
  .map(([, gate, , code, works]) => ({
    gate,
    code: code?.slice(1, -1),
    remedies: [...(works?.split(':')[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, id]) => id),
  }))

test('the guide has every gate with its code and what works now, in this order, and no other', () => {
  assert.deepEqual(
    rows,
    gates.map(({ gate, code, remedies }) => ({ gate, code, remedies })),
  )
})

test('every refusal of policy is one of these gates', () => {
  const folder = join(sourceFolder, 'policy')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const own = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const sources = [...own, '../gateway/stages/decide.ts']
  const codes = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].flatMap(
      ([, code = '']) => (code in refusals ? code : []),
    ),
  )
  assert.ok(codes.length >= 20, `${codes.length} codes in ${folder}`)
  for (const code of new Set(codes))
    assert.ok(
      gates.some((gate) => gate.code === code),
      code,
    )
})

// --- Each gate, refused and passed ------------------------------------------------------------------------

describe('each gate refuses, leads to its decision, and lets go', { concurrency: false }, () => {
  for (const gate of gates)
    test(gate.gate, async () => {
      await gate.given?.()
      const asked = await read(gate.asked)
      for (const dialect of dialects) await assertRefused(gate, dialect, asked)
      await gate.taken?.()
      const changed = { ...asked, ...(await read(gate.passes ?? {})) }
      for (const dialect of dialects) {
        const told = await send(dialect, changed)
        assert.equal(told.code, 'answered', `${dialect}: ${told.message}`)
        const entry = await company.sallyport.audit.open(told.entry)
        assert.deepEqual([entry?.kind, entry?.facts.offering], ['intent', told.offering])
      }
    })
})

async function assertRefused(gate: Gate, dialect: Dialect, asked: Asked): Promise<void> {
  await company.simulator.clear()
  // An offering is stopped by its own name, and each dialect has one.
  const sent = gate.code === 'stopped-by-switch' && asked.model !== undefined ? 'openai-chat' : dialect
  const told = await send(sent, asked)
  assert.deepEqual([told.code, told.remedies], [gate.code, gate.remedies], `${dialect}: ${told.message}`)
  assert.equal(told.status, refusals[gate.code].status)
  assert.match(told.message, gate.sentence)
  assert.deepEqual(await company.simulator.seen(), [], 'nothing reached a provider')
  const entry = await company.sallyport.audit.open(told.entry)
  assert.ok(entry !== undefined)
  assert.deepEqual([entry.kind, entry.facts.code], ['refusal', gate.code])
  const { status, json } = await people.mia.get(`/api/exchanges/${told.entry}`)
  assert.deepEqual([status, (json as ExchangeDetails).code], [200, gate.code], 'the receipt opens')
  await assertRestsOn(gate.restsOn, entry, sent)
}

async function assertRestsOn(restsOn: Gate['restsOn'], entry: OpenedEntry, dialect: Dialect): Promise<void> {
  // It is so for everybody, before anything is looked up.
  if (restsOn === 'no decision') return assert.equal(entry.facts.snapshot, undefined)
  if (restsOn === 'the key') return assert.ok(entry.facts.keyId !== undefined)
  if (restsOn === 'the switch') {
    assert.equal(entry.facts.about, `switch/${pulled}`)
    const decisions = await company.sallyport.audit.search({ kinds: ['decision'], limit: 1_000 })
    const stop = decisions.find(({ facts }) => facts.about === entry.facts.about)
    return assert.equal(stop?.facts.decision, 'stop')
  }
  if ('rules' in restsOn) return assert.deepEqual(entry.facts.rules, restsOn.rules)
  const [kind, id] = restsOn.record.split('/') as [string, string]
  const record = kind === 'offering' ? `${kind}/${inDialect(id, dialect)}` : restsOn.record
  const grounds = await groundsOf(company, entry, record)
  assert.equal(grounds?.by ?? 'nobody', restsOn.by)
  if (restsOn.version !== undefined) assert.equal(grounds?.version, restsOn.version)
  const endedMs = grounds?.untilMs ?? Number.POSITIVE_INFINITY
  assert.equal(endedMs <= entry.atMs, restsOn.hasEnded === true, `it ended at ${endedMs}`)
}
