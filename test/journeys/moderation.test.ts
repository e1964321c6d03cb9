import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { EntryKind } from '#/audit/api.ts'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** What people write is shown to a moderation model before it leaves, as far as that model may see it. */

const rule = (type: string, action: string) =>
  `\n    rules:\n      - { id: r, title: Nothing of that kind, types: [${type}], action: ${action}, owner: owner@example.com }\n      - { id: cards, title: Cards, types: [payment-card], action: mask, owner: owner@example.com }`

const records = recordsText([
  offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
  offeringText({ id: 'claude-sim-echo', connection: 'simulator-anthropic' }),
  offeringText({ id: 'guard', connection: 'simulator-openai', tier: 'commercial' }),
  useCaseText('general-assistant', ['sim-echo', 'claude-sim-echo'], rule('harm-violence', 'block')),
  useCaseText('masks', ['sim-echo'], rule('harm-violence', 'mask')),
  useCaseText('other', ['sim-echo'], rule('harm-other', 'block')),
  useCaseText(
    'contract',
    ['sim-echo'],
    '\n    customers: [{ name: Marlow Freight, processors: [Tarnwick] }]',
  ),
  policyText(),
])
const settings =
  'inspection: { moderation: { offering: guard, limitMs: 120, away: refuse, above: note } }\nlimits: { requestsPerMinute: 100000 }'

let company: Company
let key: string

before(async () => {
  company = await startCompany({ records, settings })
  key = (await company.createKey()).key
})
after(() => company.end())

type Message = { readonly role: string; readonly content: unknown }

interface Asked {
  readonly status: number
  readonly text: string
  /** What the moderation model was shown, and what the model was. */
  readonly shown: readonly string[]
  readonly reached: string
}

async function ask(
  said: string | readonly Message[],
  { useCase = 'general-assistant', headers = {}, model = 'sim-echo' } = {},
): Promise<Asked> {
  await company.simulator.clear()
  const messages = typeof said === 'string' ? [{ role: 'user', content: said }] : said
  const path = model === 'sim-echo' ? '/v1/chat/completions' : '/v1/messages'
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'x-sallyport-use-case': useCase,
      'anthropic-version': '2023-06-01',
      ...headers,
    },
    body: JSON.stringify({ model, max_tokens: 100, messages }),
  })
  const text = await response.text()
  const seen = await company.simulator.seen()
  const shown = seen.filter(({ path: at }) => at.endsWith('/moderations'))
  return {
    status: response.status,
    text,
    shown: shown.flatMap(({ body }) => body['input'] as readonly string[]),
    reached: JSON.stringify(seen.filter((each) => !shown.includes(each)).map(({ body }) => body)),
  }
}

async function newest(kind: EntryKind) {
  const { sallyport } = company
  const [head] = await sallyport.audit.search({ kinds: [kind], limit: 1 })
  assert.ok(head !== undefined, `there is no ${kind}`)
  const entry = await sallyport.audit.open(head.index)
  return { index: head.index, facts: head.facts, sealed: entry?.payload?.toString() ?? '' }
}

for (const model of ['sim-echo', 'claude-sim-echo']) {
  test(`${model}: what the model flags is stopped by a rule, and the log says what it was shown, what it said and in which version`, async () => {
    const told = await ask(`Do flag-violence to ${model}`, { model })
    assert.equal(told.status, 400, told.text)
    assert.match(told.text, /finding-blocked/)
    assert.match(told.text, /request for violence or hatred/)
    assert.match(told.text, /It was not sent on\. Only guard, the moderation model, was shown it\./)
    assert.deepEqual(told.shown, [`Do flag-violence to ${model}`])
    assert.equal(told.reached, '[]')
    const shown = await newest('moderation')
    assert.deepEqual(JSON.parse(shown.sealed), { moderated: told.shown })
    assert.equal(shown.facts.offering, 'guard')
    assert.equal(shown.facts.leavesAs, 'public')
    const refusal = await newest('refusal')
    assert.ok(refusal.index > shown.index)
    const { tookMs, ...facts } = refusal.facts.moderation ?? { tookMs: 0 }
    assert.ok((tookMs ?? 0) > 0)
    assert.deepEqual(facts, {
      offering: 'guard',
      model: 'guard',
      version: 'guard-2026-11-01',
      how: 'answered',
      entry: shown.index,
      // It says no usage: three characters count as a token, at two dollars a million.
      costMicroUsd: 2 * Math.ceil(told.shown.join('').length / 3),
    })
    assert.deepEqual(refusal.facts.findings, [
      { type: 'harm-violence', channel: 'user', action: 'refuse', count: 1, place: 'fixed' },
    ])
  })
}

test('what is flagged and no rule names is noted, and goes', async () => {
  const told = await ask('flag-crime please')
  assert.equal(told.status, 200, told.text)
  const intent = await newest('intent')
  assert.deepEqual(intent.facts.findings, [
    { type: 'harm-crime', channel: 'user', action: 'note', count: 1, place: 'fixed' },
  ])
})

test('a category nobody has heard of is found as harmful content, and two categories of one kind are one finding', async () => {
  assert.match((await ask('flag-new', { useCase: 'other' })).text, /harmful content/)
  await ask('flag-violence and flag-threat')
  assert.equal((await newest('refusal')).facts.findings?.[0]?.count, 1)
})

test('a rule that would change the text is a refusal: there is no value to change', async () => {
  const told = await ask('flag-violence here', { useCase: 'masks' })
  assert.match(told.text, /text-fixed/)
  assert.equal(told.reached, '[]')
})

test('the model is shown what people wrote as it would leave, and what is new of it', async () => {
  const first: readonly Message[] = [
    { role: 'system', content: 'Instructions of the house' },
    { role: 'user', content: 'My card is 5500 0000 0000 0004, thanks' },
  ]
  const told = await ask(first)
  assert.equal(told.status, 200, told.text)
  assert.deepEqual(told.shown, ['My card is [PAYMENT CARD], thanks'])
  const next = await ask([
    ...first,
    { role: 'assistant', content: 'Welcome' },
    { role: 'user', content: 'What is new?' },
  ])
  assert.deepEqual(next.shown, ['What is new?'])
  const again = await ask(first)
  assert.deepEqual(again.shown, [])
  const { how, entry } = (await newest('intent')).facts.moderation ?? {}
  assert.deepEqual({ how, entry }, { how: 'known', entry: undefined })
})

test('a flag is remembered as well', async () => {
  await ask('flag-violence twice')
  const again = await ask('flag-violence twice')
  assert.deepEqual(again.shown, [])
  assert.match(again.text, /finding-blocked/)
})

test('a long text is shown in pieces that overlap', async () => {
  const told = await ask(`${'We walked along the shore. '.repeat(595)}flag-violence`)
  assert.equal(told.shown.length, 2)
  assert.match(told.text, /finding-blocked/)
})

test('a text the model may not see never goes there; the settings let it go, with a note', async () => {
  for (const [said, asked, why] of [
    [
      'An ordinary question',
      { headers: { 'x-sallyport-class': 'restricted' } },
      /^above: may see no more than/,
    ],
    ['Another question', { useCase: 'contract' }, /^above: is left out by a contract/],
  ] as const) {
    const noted = await ask(said, asked)
    assert.equal(noted.status, 200, noted.text)
    assert.deepEqual(noted.shown, [])
    assert.match((await newest('intent')).facts.moderation?.how ?? '', why)
  }
})

test('a model that is away, too slow or speaks nonsense stops what waits for it', async () => {
  const faults = [
    ['sim-503', 'answered with status 503'],
    ['sim-stall', 'did not answer within 120 ms'],
    ['sim-malformed', 'sent an answer that cannot be read'],
  ] as const
  for (const [said, why] of faults) {
    const refused = await ask(said)
    assert.equal(refused.status, 503, refused.text)
    assert.match(refused.text, /moderation-away/)
    assert.match(refused.text, /, so it was not sent on\. Only guard, the moderation model, was shown it\./)
    assert.equal(refused.reached, '[]')
    const { moderation } = (await newest('refusal')).facts
    assert.equal(moderation?.how, `away: ${why}`)
    assert.equal(moderation?.entry, (await newest('moderation')).index)
  }
})

test('a model that is stopped is not asked', async () => {
  const asked = { scope: 'offering', target: 'guard', reason: 'a test of the switch' }
  await company.sallyport.control['switch.pull']!({ by: 'command-line:test', asked } as never)
  const refused = await ask('Nobody asked about this before')
  assert.match(refused.text, /is stopped by a switch, so nothing was sent\./)
  assert.deepEqual([refused.shown, refused.reached], [[], '[]'])
})
