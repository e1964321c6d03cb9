import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bodies, Decision, RecordHistory, RecordKind } from '#/register/api.ts'
import type { Probed } from '#/register/probes/api.ts'
import { readBody } from '#/register/read-body.ts'
import type { StandingAccess } from './access.ts'
import { compileSnapshot } from './compile.ts'

const now = Date.UTC(2026, 10, 23, 12)
const fact = (is: unknown, more: object = {}) => ({
  is,
  source: 'contract',
  asOf: '2026-01-01',
  by: 'contract',
  ...more,
})
const facts = {
  tier: fact('commercial'),
  processor: fact('West Models'),
  region: fact('eu-west-1'),
  regionScope: fact('region'),
  makerReceives: fact(false),
  retentionDays: fact(30),
  trains: fact('never'),
  dpa: fact(true),
}
const west = { title: 'West', aliases: ['large'], connection: 'west', model: 'west-large', facts }
const support = {
  title: 'Support',
  owner: 'owner@example.com',
  purpose: 'Answers',
  audience: { roles: ['product'], people: ['ada@example.com'] },
  offerings: ['west'],
  highestClass: 'confidential',
}
const rules = {
  title: 'Rules',
  owner: 'security@example.com',
  rules: [{ id: 'r', title: 'R', types: ['iban'], action: 'mask', owner: 'security@example.com' }],
  terms: [{ term: 'Project Kestrel', label: 'codename' }],
}

const approval: Decision = {
  kind: 'offering',
  id: 'west',
  version: 1,
  hash: 'h1',
  by: { id: 'p2', name: 'sam@example.com' },
  role: 'security',
  verdict: 'approve',
  reason: 'Fine.',
  conditions: {},
  atMs: now,
  untilMs: undefined,
  isBootstrap: false,
  number: 1,
  receipt: 'log#2',
}

function history(
  kind: RecordKind,
  id: string,
  body: object,
  decision: Partial<Decision> | undefined = {},
): RecordHistory {
  const record = {
    kind,
    id,
    version: 1,
    body: readBody(kind, body) as Bodies[RecordKind],
    hash: 'h1',
    by: { id: 'p1', name: 'ada@example.com' },
    atMs: now,
  }
  return {
    kind,
    id,
    versions: [record],
    decisions: decision === undefined ? [] : [{ ...approval, kind, id, ...decision }],
  }
}

const usual = [
  history('offering', 'west', west),
  history('use-case', 'support', support),
  history('policy', 'rules', rules),
]

const compile = (
  histories: readonly RecordHistory[],
  at = now,
  access: readonly StandingAccess[] = [],
  probed?: Probed,
) =>
  compileSnapshot(
    {
      register: { list: ((kind: RecordKind) => histories.filter((each) => each.kind === kind)) as never },
      findPersonIds: (email) => (email === 'ada@example.com' ? ['person_1', 'person_2'] : []),
      standingAccess: () => access,
      isLookedFor: (type) => type !== 'person-name',
      providerAt: (connection) => (connection === 'west' ? 'compatible' : undefined),
      probedAt: () => probed,
    },
    at,
  )

const without = (kind: RecordKind) => usual.filter((each) => each.kind !== kind)

test('an approved offering becomes usable, with its ceiling, its facts and whose word it is', () => {
  const { snapshot, warnings } = compile(usual)
  const offering = snapshot.offerings.get('west')
  assert.equal(offering?.ceiling, 'confidential')
  assert.equal(offering?.provider, 'compatible')
  assert.deepEqual(
    [offering?.processor, offering?.region, offering?.retentionDays, offering?.trains],
    ['West Models', 'eu-west-1', 30, 'never'],
  )
  assert.deepEqual(offering?.approvedBy, ['sam@example.com'])
  assert.equal(offering?.ceilingReasons.length, 2)
  assert.deepEqual(warnings, [])
})

test('a rule that names a pack acts on every kind of it', () => {
  const written = { ...rules.rules[0], types: ['iban'], packs: ['pci'] }
  const { snapshot } = compile([
    ...without('policy'),
    history('policy', 'rules', { ...rules, rules: [written] }),
  ])
  assert.deepEqual([...(snapshot.rules[0]?.types ?? [])].toSorted(), [
    'card-expiry',
    'card-security-code',
    'card-track',
    'iban',
    'payment-card',
  ])
})

test('a rule about a kind that is not looked for does not compile, and says how it would be', () => {
  const written = { ...rules.rules[0], types: ['person-name'] }
  const policies = [...without('policy'), history('policy', 'rules', { ...rules, rules: [written] })]
  assert.throws(
    () => compile(policies),
    /rule r of rules names person-name, which is not looked for: set inspection\.names to true/,
  )
  const useCases = [...without('use-case'), history('use-case', 'support', { ...support, rules: [written] })]
  assert.throws(() => compile(useCases), /rule r of support names person-name/)
})

test('what nobody approved is not in it', () => {
  const { snapshot } = compile(usual.map((each) => ({ ...each, decisions: [] })))
  assert.equal(
    snapshot.offerings.size + snapshot.useCases.size + snapshot.rules.length + snapshot.terms.length,
    0,
  )
})

test('an approval that came in a file says so', () => {
  const { snapshot } = compile([
    ...without('offering'),
    history('offering', 'west', west, { isBootstrap: true }),
  ])
  assert.deepEqual(snapshot.offerings.get('west')?.approvedBy, ['sam@example.com (bootstrap)'])
})

test('a condition of an approval lowers the class and never raises it', () => {
  const compiled = (kind: 'offering' | 'use-case', highestClass: 'public' | 'restricted') => {
    const [id, body] = kind === 'offering' ? ['west', west] : ['support', support]
    return compile([
      ...without(kind),
      history(kind, id as string, body as object, { conditions: { highestClass } }),
    ]).snapshot
  }
  assert.equal(compiled('offering', 'public').offerings.get('west')?.ceiling, 'public')
  assert.match(
    compiled('offering', 'public').offerings.get('west')?.ceilingReasons.at(-1) ?? '',
    /Approved up to public only/,
  )
  assert.equal(compiled('offering', 'restricted').offerings.get('west')?.ceiling, 'confidential')
  assert.equal(compiled('use-case', 'public').useCases.get('support')?.highestClass, 'public')
  assert.equal(compiled('use-case', 'restricted').useCases.get('support')?.highestClass, 'confidential')
})

test('an offering whose connection is gone, or whose facts carry nothing, does not serve, and that is said', () => {
  const gone = compile([history('offering', 'east', { ...west, connection: 'east' })])
  assert.equal(gone.snapshot.offerings.size, 0)
  assert.match(gone.warnings[0] ?? '', /east does not serve: the settings have no connection east/)
  const bare = compile([history('offering', 'west', { ...west, facts: {} })])
  assert.equal(bare.snapshot.offerings.size, 0)
  assert.match(bare.warnings[0] ?? '', /west does not serve: its facts carry no class/)
})

test('a gate without rules is said', () => {
  assert.match(compile(without('policy')).warnings.join(), /No policy serves/)
})

test('who is named by e-mail is whoever has held the address for longest', () => {
  const useCase = compile(usual).snapshot.useCases.get('support')
  assert.deepEqual(useCase?.people, ['person_1'], 'nobody else with this address')
  assert.deepEqual(useCase?.roles, ['product'])
})

test('rules and terms of all policies are together', () => {
  const { snapshot } = compile([...usual, history('policy', 'more', { ...rules, rules: [] })])
  assert.equal(snapshot.rules.length, 1)
  assert.equal(snapshot.terms.length, 2)
  assert.equal(snapshot.terms[0]?.class, 'confidential')
})

const staff = {
  id: 'staff-number',
  label: 'staff number',
  pattern: '\\bEX-\\d{5}\\b',
  examples: ['EX-12345'],
}

test('a rule may name a pattern that serves, and none that does not', () => {
  const rule = { ...rules.rules[0], types: ['own-staff-number'] }
  const policy = (patterns: readonly object[]) =>
    history('policy', 'rules', { ...rules, rules: [rule], patterns })
  const { snapshot } = compile([...without('policy'), policy([staff])])
  assert.deepEqual(
    snapshot.patterns.map(({ id }) => id),
    ['staff-number'],
  )
  assert.throws(
    () => compile([...without('policy'), policy([])]),
    /names own-staff-number, and no policy that serves has a pattern staff-number/,
  )
})

test('an entry that something is not sensitive holds until its day has passed', () => {
  const entry = {
    id: 'test-card',
    text: '4111 1111',
    types: ['payment-card', 'phone'],
    until: '2026-12-31',
    reason: 'A test.',
    by: 'sam@example.com',
  }
  const histories = [...without('policy'), history('policy', 'rules', { ...rules, notSensitive: [entry] })]
  const before = Date.UTC(2026, 11, 31, 23, 59)
  const { snapshot, nextChangeAtMs } = compile(histories, before)
  assert.deepEqual(
    [...snapshot.clearings],
    [
      ['payment-card\n41111111', [{ id: 'test-card', useCases: [] }]],
      ['phone\n41111111', [{ id: 'test-card', useCases: [] }]],
    ],
  )
  assert.equal(nextChangeAtMs, Date.UTC(2027, 0, 1))
  const after = compile(histories, Date.UTC(2027, 0, 1)).snapshot
  assert.equal(after.clearings.size, 0)
  assert.notEqual(after.version, snapshot.version)
})

test('two policies with a pattern of one id do not compile', () => {
  const policy = (id: string) => history('policy', id, { ...rules, patterns: [staff] })
  assert.throws(
    () => compile([...without('policy'), policy('one'), policy('other')]),
    /The policies one and other both have a pattern staff-number/,
  )
})

test('a price is in millionths of a USD', () => {
  const priced = { ...west, priceUsdPerMillionTokens: { input: 2.5, output: 0.000_001 } }
  const { snapshot } = compile([history('offering', 'west', priced)])
  assert.deepEqual(snapshot.offerings.get('west')?.priceMicroUsdPerMillionTokens, {
    input: 2_500_000,
    output: 1,
  })
})

test('the same records give the same version, whenever it is compiled; any other content another', () => {
  const { version } = compile(usual).snapshot
  assert.equal(compile(usual, now + 1_000).snapshot.version, version)
  assert.notEqual(compile(without('policy')).snapshot.version, version)
  assert.match(version, /^[0-9a-f]{16}$/)
})

test('it is frozen', () => {
  const { snapshot } = compile(usual)
  assert.throws(() => Object.assign(snapshot, { version: 'other' }), TypeError)
})

test('it says when something ends by itself: an approval or a fact, whichever is first', () => {
  assert.equal(compile(usual).nextChangeAtMs, undefined)
  const untilMs = now + 1_000
  const ending = [...without('use-case'), history('use-case', 'support', support, { untilMs })]
  assert.equal(compile(ending).nextChangeAtMs, untilMs)
  assert.equal(compile(ending, untilMs).snapshot.useCases.size, 0)
  const factual = { ...west, facts: { ...facts, dpa: fact(true, { until: '2026-11-23' }) } }
  const { nextChangeAtMs, snapshot } = compile([history('offering', 'west', factual)])
  assert.equal(nextChangeAtMs, Date.UTC(2026, 10, 24))
  assert.equal(snapshot.offerings.get('west')?.ceiling, 'confidential')
  assert.equal(
    compile([history('offering', 'west', factual)], Date.UTC(2026, 10, 24)).snapshot.offerings.get('west')
      ?.ceiling,
    'internal',
  )
})

test('an audience names groups, keeps people out, and says whether it is listed', () => {
  const audience = {
    groups: ['oidc:marketing'],
    deny: { people: ['ada@example.com'], groups: ['oidc:contractors'], roles: ['auditor'] },
    isListed: true,
  }
  const { snapshot } = compile([history('use-case', 'support', { ...support, audience })])
  const useCase = snapshot.useCases.get('support')
  assert.deepEqual([useCase?.groups, useCase?.isListed], [['oidc:marketing'], true])
  assert.deepEqual(useCase?.deny, {
    people: ['person_1', 'person_2'],
    groups: ['oidc:contractors'],
    roles: ['auditor'],
  })
})

test('a grant serves until its end, to the moment, and what is denied beside the records is kept out', () => {
  const access: readonly StandingAccess[] = [
    { effect: 'allow', what: 'use-case', id: 'support', person: 'person_7', untilMs: now + 1_000 },
    { effect: 'allow', what: 'use-case', id: 'support', person: 'person_7', untilMs: now + 500 },
    { effect: 'allow', what: 'use-case', id: 'other', person: 'person_8', untilMs: now + 1_000 },
    { effect: 'deny', what: 'use-case', id: 'support', group: 'scim:9', untilMs: undefined },
    { effect: 'deny', what: 'offering', id: 'west', person: 'person_7', untilMs: undefined },
  ]
  const before = compile(usual, now, access)
  const useCase = before.snapshot.useCases.get('support')
  assert.deepEqual([...(useCase?.grants ?? [])], [['person_7', now + 1_000]])
  assert.deepEqual(useCase?.deny.groups, ['scim:9'])
  assert.deepEqual(before.snapshot.offerings.get('west')?.deny.people, ['person_7'])
  assert.equal(before.nextChangeAtMs, now + 500)
  const after = compile(usual, now + 1_000, access)
  assert.equal(after.snapshot.useCases.get('support')?.grants.size, 0)
  assert.notEqual(after.snapshot.version, before.snapshot.version)
})

test('an offering has the tier its facts say, which rules may name', () => {
  assert.equal(compile(usual).snapshot.offerings.get('west')?.tier, 'commercial')
})

test('a notice has a version of what its rule says, and of nothing else in the policy', () => {
  const [rule] = rules.rules
  const asking = { ...rule, action: 'acknowledge', notice: 'Read this.' }
  const versionOf = (body: object) => compile([history('policy', 'rules', body)]).snapshot.rules[0]?.version
  const version = versionOf({ ...rules, rules: [asking] })
  assert.match(version ?? '', /^[0-9a-f]{12}$/)
  assert.equal(versionOf({ ...rules, terms: [], rules: [asking] }), version)
  assert.notEqual(versionOf({ ...rules, rules: [{ ...asking, notice: 'Read that.' }] }), version)
  assert.equal(versionOf(rules), undefined)
})

test('classes are called as a policy says, and two policies that disagree do not compile', () => {
  const named = (id: string, confidential: string) =>
    history('policy', id, { ...rules, classNames: { confidential } })
  const { snapshot } = compile([named('one', 'Sensitive'), named('two', 'Sensitive')])
  assert.deepEqual(snapshot.classNames, { confidential: 'Sensitive' })
  assert.equal(compile(usual).snapshot.classNames, undefined)
  assert.throws(
    () => compile([named('one', 'Sensitive'), named('two', 'Secret')]),
    /one and two call the class confidential by different names/,
  )
})

const north = {
  ...west,
  title: 'North',
  aliases: [],
  facts: { ...facts, processor: fact('North Models'), region: fact('us-east-1') },
  priceUsdPerMillionTokens: { input: 1, output: 2 },
}
const termsOf = (more: object, at = now) => {
  const compiled = compile(
    [
      ...without('use-case'),
      history('offering', 'north', north),
      history('use-case', 'support', { ...support, ...more }),
    ],
    at,
  )
  return { ...compiled, useCase: compiled.snapshot.useCases.get('support') }
}

test('the exit comes last among the offerings, once', () => {
  const exit = { offering: 'north', testedOn: '2026-11-01' }
  assert.deepEqual(termsOf({ exit }).useCase?.offerings, ['west', 'north'])
  const listed = termsOf({
    exit: { ...exit, offering: 'west' },
    offerings: ['north', 'west', 'east'],
  }).useCase
  assert.deepEqual(listed?.offerings, ['north', 'east', 'west'])
})

test('the test of an exit grows old by itself, and the operator is told', () => {
  const exit = { offering: 'north', testedOn: '2026-11-01' }
  const old = Date.UTC(2026, 10, 2) + 180 * 86_400_000
  assert.equal(termsOf({ exit }).nextChangeAtMs, old)
  assert.deepEqual(termsOf({ exit }, old - 1).warnings, [])
  assert.match(termsOf({ exit }, old).warnings[0] ?? '', /support: The exit was tested last on 2026-11-01/)
})

test('offerings outside a contract, or without a price where there is a budget, are left out with the reason', () => {
  const both = { offerings: ['west', 'north'] }
  const { useCase } = termsOf({ ...both, customers: [{ name: 'Tarn', regions: ['eu-*'] }] })
  assert.deepEqual(useCase?.offerings, ['west'])
  assert.match(
    useCase?.outside[0]?.why ?? '',
    /contract with Tarn allows the regions eu-\*; that of North is us-east-1/,
  )
  const priced = termsOf({ ...both, budgetUsdPerMonth: 5 }).useCase
  assert.deepEqual(priced?.offerings, ['north'])
  assert.deepEqual(priced?.budget, { perMonth: 5_000_000, perPersonPerDay: undefined })
})

test('a use case that names a prohibited practice never serves, whoever approved it', () => {
  const whole = history('use-case', 'support', support)
  const [record] = whole.versions
  const body = { ...record?.body, practices: ['social-scoring'] } as unknown as Bodies['use-case']
  const histories = [...without('use-case'), { ...whole, versions: [{ ...record!, body }] }]
  const { snapshot, warnings } = compile(histories)
  assert.equal(snapshot.useCases.size, 0)
  assert.match(warnings[0] ?? '', /support does not serve/)
})

test('everybody whose approval counts is named', () => {
  const high = {
    ...support,
    risk: 'high',
    practices: [],
    exit: { offering: 'north', testedOn: '2026-11-01' },
  }
  const whole = history('use-case', 'support', high)
  const decisions = (['security', 'legal', 'product'] as const).map((role, index) => ({
    ...approval,
    ...{ kind: 'use-case' as const, id: 'support', role, number: index + 1 },
    by: { id: role, name: `${role}@example.com` },
    conditions: role === 'legal' ? { highestClass: 'internal' as const } : {},
  }))
  const { snapshot } = compile([...without('use-case'), { ...whole, decisions }])
  assert.deepEqual(snapshot.useCases.get('support')?.approvedBy, [
    'security@example.com',
    'legal@example.com',
    'product@example.com',
  ])
  assert.equal(snapshot.useCases.get('support')?.highestClass, 'internal')
})

test('of several policies the strictest counts for health data, and nothing said is the strictest', () => {
  const policy = (id: string, more: object) =>
    history('policy', id, { ...rules, rules: [], terms: [], ...more })
  const needs = (...said: readonly (string | undefined)[]) =>
    compile([
      ...without('policy'),
      ...said.map((healthNeeds, index) =>
        policy(`p${index}`, healthNeeds === undefined ? {} : { healthNeeds }),
      ),
    ]).snapshot.healthNeeds
  assert.equal(needs(undefined), undefined)
  assert.equal(needs('nothing', undefined), 'nothing')
  assert.equal(needs('nothing', 'agreement'), 'agreement')
  assert.equal(needs('nothing', 'baa', 'agreement'), 'baa')
})

test('an order of preference serves, warns of what it names in vain, and stands in one policy for a class', () => {
  const policy = (id: string, preference: object) =>
    history('policy', id, { title: id, owner: 'o@example.com', preference })
  const one = policy('one', { restricted: ['self', 'west', 'gone'] })
  const { snapshot, warnings } = compile([...usual, one])
  assert.deepEqual(snapshot.preference, { restricted: ['self', 'west', 'gone'] })
  assert.deepEqual(warnings, [
    'The preference for restricted names gone, which is no tier and no connection or id of an offering that serves.',
  ])
  assert.deepEqual(compile([...usual, one, policy('two', { public: ['cloud'] })]).snapshot.preference, {
    public: ['cloud'],
    restricted: ['self', 'west', 'gone'],
  })
  assert.throws(
    () => compile([...usual, one, policy('two', { restricted: ['cloud'] })]),
    /The policies one and two both have a preference for restricted/,
  )
})

test('what says that it runs inside Sallyport, and goes elsewhere, does not serve', () => {
  const inside = { ...west, facts: { ...facts, tier: fact('self') }, selfHosted: { isInProcess: true } }
  const { snapshot, warnings } = compile([history('offering', 'west', inside), ...without('offering')])
  assert.equal(snapshot.offerings.size, 0)
  assert.match(warnings[0] ?? '', /Offering west does not serve: it says that it runs inside Sallyport/)
})

const measured = (more: Partial<Probed>): Probed => ({
  ...{ connection: 'west', target: 'https://west.example.com', atMs: now, facts: {}, problems: [] },
  ...{ addresses: undefined, tls: undefined, retention: undefined },
  ...more,
})

test('a measured fact overrules the record: the ceiling falls, and what a receipt says of it is what was measured', () => {
  const retentionDays = { is: 90, source: 'account', asOf: '2026-11-23', by: 'probe' as const }
  const { snapshot } = compile(usual, now, [], measured({ facts: { retentionDays } }))
  const offering = snapshot.offerings.get('west')
  assert.deepEqual([offering?.ceiling, offering?.retentionDays], ['internal', 90])
})

test('it is compiled again when a measured fact ends, and the record counts once more', () => {
  const facts = {
    dpa: { is: false, source: 'probe', asOf: '2026-11-20', until: '2026-11-24', by: 'probe' as const },
  }
  const { snapshot, nextChangeAtMs } = compile(usual, now, [], measured({ facts }))
  assert.equal(snapshot.offerings.get('west')?.ceiling, 'internal')
  assert.equal(nextChangeAtMs, Date.UTC(2026, 10, 25))
  const after = compile(usual, Date.UTC(2026, 10, 25), [], measured({ facts }))
  assert.equal(after.snapshot.offerings.get('west')?.ceiling, 'confidential')
})

test('an offering whose probe saw no sound TLS does not serve, and it is said', () => {
  const problem = 'It offers TLSv1.1; TLS 1.2 is the least.'
  const tls = { protocol: 'TLSv1.1', issuer: 'X', ends: '2027-01-01T00:00:00.000Z', problem }
  const { snapshot, warnings } = compile(usual, now, [], measured({ tls }))
  assert.equal(snapshot.offerings.has('west'), false)
  assert.deepEqual(warnings, [`Offering west does not serve: a probe saw this. ${problem}`])
})
