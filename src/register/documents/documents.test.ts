import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import type { EntryFacts, EntryHead, EntryKind } from '#/audit/api.ts'
import { offering, useCase } from '#/policy/test-values.ts'
import { differencesOf } from '../differences.ts'
import { bodies, rule } from '../test-bodies.ts'
import { ada, authorOf, openTestRegister, sam, type TestRegister, testNow } from '../test-register.ts'
import { type CountableLog, countActs, createActs } from './acts.ts'
import { linkText } from './api.ts'
import { openDocuments } from './documents.ts'
import { documentMarkdown, guideMarkdown } from './markdown.ts'

const dayMs = 86_400_000

type Written = readonly [kind: EntryKind, daysAgo: number, facts: EntryFacts, person?: string]

function logOf(written: readonly Written[]): CountableLog & { readonly reads: () => number } {
  const heads = written.map(
    ([kind, daysAgo, facts, subject], index): EntryHead => ({
      index,
      kind,
      atMs: testNow - daysAgo * dayMs,
      facts,
      subject,
    }),
  )
  let reads = 0
  return {
    reads: () => reads,
    size: () => heads.length,
    newestHeads: async ({ kinds, sinceMs, untilMs, below, most }) => {
      reads++
      const fitting = heads.filter(
        ({ index, kind, atMs }) => index < below && kinds.includes(kind) && atMs >= sinceMs && atMs < untilMs,
      )
      const page = fitting.slice(-most)
      return { heads: page, below: fitting.length > page.length ? (page[0]?.index ?? 0) : 0 }
    },
  }
}

const clause = (id: string, more: object = {}) => ({ id, text: `Text of ${id}.`, ...more })
const withDocument = (clauses: readonly object[], more: object = {}) => ({
  ...bodies.policy,
  document: { purpose: 'How we work.', clauses },
  ...more,
})

const liveRule = {
  ...rule,
  types: ['iban'],
  action: 'mask',
  direction: 'request',
  families: [],
  channels: [],
}
const slice = {
  version: 'v1',
  rules: [{ ...liveRule, mayMask: false, action: 'mask' as const, direction: 'request' as const }],
  offerings: new Map([['west', offering('west', 'confidential')]]),
  useCases: new Map([['support', useCase('support', { offerings: ['west'] })]]),
}

const openOn = (opened: TestRegister, log: CountableLog, serving: object = {}) =>
  openDocuments({
    register: opened.register,
    log,
    serving: () => ({ ...slice, ...serving }),
    now: opened.now,
  })

test('a clause names only what there is, and is no promise when something keeps it', async (context) => {
  const { register } = await openTestRegister(context)
  const propose = (clauses: readonly object[]) =>
    register.propose('policy', 'rules', withDocument(clauses), authorOf(ada))
  await assert.rejects(propose([clause('a', { rules: ['gone'] })]), /is no rule of this policy/)
  await assert.rejects(propose([clause('a', { rules: ['r'], promiseOnly: true })]), /must not be true where/)
  await assert.rejects(propose([clause('a', { rules: [{ refusal: 'teapot' }] })]), /must be the id of a rule/)
  await assert.rejects(propose([clause('a', { rules: [{ trigger: 'x' }] })]), /must be the id of a rule/)
  await assert.rejects(propose([clause('a', { rules: ['r', 'r'] })]), /must not hold the same thing twice/)
  await assert.rejects(propose([clause('a'), clause('a')]), /must not hold two clauses with one id/)
  await assert.rejects(propose([]), /must have at least one clause/)
  await assert.rejects(propose([clause('a', { rules: [{ offering: 'nowhere' }] })]), /nowhere|no such/)
  assert.equal((await propose([clause('a', { rules: ['r'] })])).waits, true)
})

test('a rule of another policy or use case must serve before the document is approved', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('policy', 'others', { ...bodies.policy, rules: [{ ...rule, id: 'theirs' }] })
  await opened.approved('offering', 'west', bodies.offering)
  const { pilot: _, datasets: __, ...support } = bodies['use-case'] as Record<string, unknown>
  await opened.approved('use-case', 'support', support)
  const named = (rules: readonly object[]) => withDocument([clause('a', { rules })])
  await assert.rejects(
    opened.approved('policy', 'rules', named([{ policy: 'others', rule: 'ours' }])),
    /no such rule of others serves/,
  )
  await assert.rejects(
    opened.approved('policy', 'rules', named([{ useCase: 'support', rule: 'none' }])),
    /no such rule of support serves/,
  )
  await opened.approved(
    'policy',
    'rules',
    named([
      { policy: 'others', rule: 'theirs' },
      { useCase: 'support', rule: 'r' },
    ]),
  )
})

test('a file approves a document that depends on itself alone', async (context) => {
  const bootstrap = { approve: 'all', by: 'owner@example.com', reason: 'Start' }
  const texts = [[clause('a', { rules: ['r'] })], [clause('a', { rules: [{ policy: 'others', rule: 'r' }] })]]
  const [own, others] = texts.map((clauses) =>
    JSON.stringify({
      bootstrap,
      records: [
        { kind: 'policy', id: 'others', ...bodies.policy },
        { kind: 'policy', id: 'rules', ...withDocument(clauses) },
      ],
    }),
  )
  const first = await openTestRegister(context)
  await assert.rejects(
    first.register.bootstrap([{ name: 'r.yaml', text: others ?? '' }]),
    /a person approves/,
  )
  await first.register.bootstrap([{ name: 'r.yaml', text: own ?? '' }])
  assert.equal(openOn(first, logOf([])).readable().length, 1)
})

test('coverage counts how often what keeps a clause acted, of how many, and lists promises', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  const clauses = [
    clause('banks', { title: 'Banks', rules: ['r', { offering: 'west' }] }),
    clause('gate', { rules: [{ refusal: 'class-above-ceiling' }, { switch: 'all' }] }),
    clause('silent'),
    clause('said', { promiseOnly: true }),
  ]
  await opened.approved('policy', 'rules', withDocument(clauses))
  const log = logOf([
    ['intent', 40, { rules: ['r'], offering: 'west' }, 'p1'],
    ['intent', 3, { rules: ['r'], offering: 'west' }, 'p1'],
    ['intent', 2, { rules: [], offering: 'east' }, 'p1'],
    ['refusal', 2, { code: 'class-above-ceiling', snapshot: 'v1', rules: [] }, 'p2'],
    ['refusal', 2, { code: 'rate-reached' }, 'p2'],
    ['decision', 1, { about: 'switch/s1', decision: 'stop', reason: 'all' }],
    ['decision', 1, { about: 'switch/s2', decision: 'drill', reason: 'all' }],
    ['decision', 1, { about: 'policy/rules', decision: 'approve' }],
  ])
  const coverage = await openOn(opened, log).coverage({ days: 30 })
  assert.deepEqual([coverage.exchanges, coverage.requests, coverage.isCut], [3, 4, false])
  const [document] = coverage.documents
  assert.ok(document !== undefined)
  assert.deepEqual(
    document.clauses.map(({ id, state }) => [id, state]),
    [
      ['banks', 'kept'],
      ['gate', 'kept'],
      ['silent', 'promise'],
      ['said', 'promise'],
    ],
  )
  assert.deepEqual(document.promises, ['silent', 'said'])
  assert.deepEqual(
    document.clauses.flatMap(({ links }) => links.map((link) => linkText(link, 30))),
    [
      'rule r of rules – R: is masked; acted in 1 of 3 exchanges in 30 days',
      'offering west – carries up to its ceiling; acted in 1 of 3 exchanges in 30 days',
      'refusal class-above-ceiling – the gate refuses by itself; acted in 1 of 4 requests in 30 days',
      'switch all – can be pulled at any time; pulled 1 times in 30 days',
    ],
  )
  assert.match(documentMarkdown(document, coverage), /\*Promise only: nothing keeps it\.\*/)
  await assert.rejects(
    openOn(opened, log).coverage({ days: 30, policy: 'others' }),
    /no policy with a document/,
  )
})

test('what only notes is no keeping, what serves no more keeps nothing, and namesakes are told', async (context) => {
  const opened = await openTestRegister(context)
  const rules = [rule, { ...rule, id: 'n', action: 'note' }, { ...rule, id: 'a', direction: 'answer' }]
  const clauses = [
    clause('notes', { rules: ['n'] }),
    clause('held', { rules: ['r'] }),
    clause('answers', { rules: ['a'] }),
  ]
  await opened.approved('policy', 'rules', withDocument(clauses, { rules }))
  const [serves] = slice.rules
  assert.ok(serves !== undefined)
  const log = logOf([['intent', 1, { rules: ['n', 'a'] }, 'p1']])
  // The rule r is approved and not published.
  const published = {
    rules: [
      { ...serves, id: 'n', action: 'note' as const },
      { ...serves, id: 'a', direction: 'answer' as const },
    ],
    useCases: new Map([['own', useCase('own', { rules: [{ ...serves, id: 'n' }] })]]),
  }
  const [document] = (await openOn(opened, log, published).coverage({ days: 30 })).documents
  assert.deepEqual(
    document?.clauses.map(({ state, links: [link] }) => [state, link?.serves, link?.acted, link?.sharedWith]),
    [
      ['noted', true, 1, ['use-case own']],
      ['promise', false, 0, []],
      ['kept', true, null, []],
    ],
  )
})

test('everybody reads what serves, and neither counts nor names of other records', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  const clauses = [clause('a', { title: 'Where', rules: [{ offering: 'west' }] })]
  await opened.approved('policy', 'rules', withDocument(clauses))
  await opened.register.propose('policy', 'rules', withDocument([...clauses, clause('b')]), authorOf(ada))
  const [told] = openOn(opened, logOf([])).readable()
  assert.equal(told?.version, 1)
  assert.equal(told?.approvedBy, sam.email)
  assert.match(told?.hash ?? '', /^[0-9a-f]{64}$/)
  assert.deepEqual(told?.clauses, [{ id: 'a', title: 'Where', text: 'Text of a.', state: 'kept' }])
  assert.ok(!JSON.stringify(told).includes('west'))
})

test('two versions differ by clause, and a changed clause is another hash', async (context) => {
  const opened = await openTestRegister(context)
  const first = withDocument([clause('a'), clause('b')])
  const second = withDocument([clause('b'), { ...clause('a'), text: 'Another text.' }])
  await opened.approved('policy', 'rules', first)
  await opened.register.propose('policy', 'rules', second, authorOf(ada))
  const [one, two] = opened.register.find('policy', 'rules')?.versions ?? []
  assert.notEqual(one?.hash, two?.hash)
  assert.deepEqual(differencesOf(one?.body, two?.body), [
    { field: 'document.clauses.a.text', before: 'Text of a.', after: 'Another text.' },
  ])
})

test('the guide says where everybody may send a class, and what is found, without one value', async (context) => {
  const opened = await openTestRegister(context)
  const masked = (type: string, action: string, people: number): readonly Written[] =>
    Array.from({ length: people }, (_, index) => [
      'intent',
      1,
      { findings: [{ type, channel: 'user', action, count: 2 }] },
      `p${index}`,
    ])
  const log = logOf([
    ...masked('payment-card', 'mask', 5),
    ...masked('email', 'pseudonymise', 4),
    ...masked('own-kestrel', 'mask', 6),
    ...masked('iban', 'note', 9),
  ])
  const secretCase = useCase('merger', { title: 'Tarn merger', roles: ['legal'], offerings: ['east'] })
  const serving = {
    offerings: new Map([
      ['west', offering('west', 'confidential')],
      ['east', offering('east', 'restricted')],
    ]),
    useCases: new Map([...slice.useCases, ['merger', secretCase]]),
    classNames: { restricted: 'Secret' },
  }
  const guide = await openOn(opened, log, serving).guide()
  assert.deepEqual(
    guide.classes.map(({ name, goesTo }) => [name, goesTo.map(({ title }) => title)]),
    [
      ['public', ['Offering west']],
      ['internal', ['Offering west']],
      ['confidential', ['Offering west']],
      ['Secret', []],
    ],
  )
  assert.deepEqual(guide.found, [
    { placeholder: '[value of the company’s own]', does: 'is masked', values: 12, exchanges: 6 },
    { placeholder: '[payment card number]', does: 'is masked', values: 10, exchanges: 5 },
  ])
  const text = guideMarkdown(guide)
  assert.match(text, /\\\[payment card number\\\] is masked: 10 values in 5 exchanges/)
  assert.ok(!/kestrel-|own-|Tarn|e-mail address\\\]/i.test(text), text)
  const again = await openOn(opened, logOf([]), serving).guide()
  assert.equal(again.hash, guide.hash)
  const other = await openOn(opened, logOf([]), { ...serving, rules: [] }).guide()
  assert.notEqual(other.hash, guide.hash)
})

test('a class goes nowhere a rule stops it, and after a reason where one is asked for', async (context) => {
  const opened = await openTestRegister(context)
  const [serves] = slice.rules
  assert.ok(serves !== undefined)
  const whole = { ...serves, types: [] }
  const rules = [
    { ...whole, id: 'stop', action: 'block' as const, classes: ['confidential' as const] },
    { ...whole, id: 'ask', action: 'justify' as const, classes: ['internal' as const] },
  ]
  const guide = await openOn(opened, logOf([]), { rules }).guide()
  assert.deepEqual(
    guide.classes.map(({ goesTo }) => goesTo.map(({ first }) => first)),
    [[null], ['reason'], [], []],
  )
})

test('texts of records stay texts in Markdown', async (context) => {
  const opened = await openTestRegister(context)
  const body = withDocument([{ id: 'a', text: '<b>*x*</b>' }], { title: '[a](b) | c' })
  await opened.approved('policy', 'rules', body)
  const coverage = await openOn(opened, logOf([])).coverage({ days: 1 })
  const [document] = coverage.documents
  assert.ok(document !== undefined)
  const text = documentMarkdown(document, coverage)
  assert.match(text, /^# \\\[a\\\]\(b\) \\\| c\n/)
  assert.match(text, /\\<b\\>\\\*x\\\*\\<\/b\\>/)
})

test('the template links to rules that serve, and is a record that waits', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('policy', 'rules', bodies.policy)
  const documents = openOn(opened, logOf([]))
  const { draft, markdown } = documents.acceptableUse('olga@example.com')
  assert.match(markdown, /## Personal accounts/)
  const [record] = parse(draft).records
  const clauses = new Map(
    record.document.clauses.map((each: { readonly id: string }) => [each.id, each]),
  ) as ReadonlyMap<string, { readonly rules?: unknown; readonly promiseOnly?: boolean }>
  assert.deepEqual(clauses.get('payment')?.rules, [{ policy: 'rules', rule: 'r' }])
  assert.equal(clauses.get('secrets')?.promiseOnly, true)
  const applied = await opened.register.apply({
    files: [{ name: 'a.yaml', text: draft }],
    by: 'command-line:test',
  })
  assert.deepEqual(
    applied.plan.map(({ id, change, waits }) => [id, change, waits]),
    [['acceptable-use', 'new', true]],
  )
  assert.deepEqual(documents.readable(), [])
  await assert.rejects(documents.proposeAcceptableUse(authorOf(ada)), /there is a policy/)
  const decision = { kind: 'policy', id: 'acceptable-use', version: 1, verdict: 'approve' } as const
  // What came in a file takes two people.
  for (const person of [sam, ada])
    await opened.register.decide({ ...decision, reason: 'Read.', conditions: {} }, person)
  assert.deepEqual(
    documents.readable().map(({ policy, version }) => [policy, version]),
    [['acceptable-use', 1]],
  )
})

test('the newest are counted where there is more, and it is said', async () => {
  const log = logOf(Array.from({ length: 12 }, (_, index) => ['intent', 12 - index, { rules: ['r'] }, 'p']))
  const acts = await countActs(log, 0, testNow + 1, 5)
  assert.equal(acts.isCut, true)
  assert.equal(acts.exchanges, 5)
  assert.equal(acts.sinceMs, testNow - 5 * dayMs)
  assert.deepEqual(acts.rules.get('r'), { exchanges: 5, values: 5, people: 1 })
})

test('a count is remembered for minutes, and made anew after them', async () => {
  const log = logOf([['intent', 1, { rules: ['r'] }, 'p']])
  let nowMs = testNow
  const actsOf = createActs(log, () => nowMs)
  await Promise.all([actsOf(30), actsOf(30), actsOf(30)])
  assert.equal(log.reads(), 1)
  nowMs += 6 * 60_000
  await actsOf(30)
  assert.equal(log.reads(), 2)
})

test('a count that failed is not remembered', async () => {
  let isBroken = true
  const good = logOf([['intent', 1, {}, 'p']])
  const log: CountableLog = {
    size: good.size,
    newestHeads: async (query) => {
      if (isBroken) throw new Error('the disk is gone')
      return good.newestHeads(query)
    },
  }
  const actsOf = createActs(log, () => testNow)
  await assert.rejects(actsOf(30), /the disk is gone/)
  isBroken = false
  assert.equal((await actsOf(30)).exchanges, 1)
})
