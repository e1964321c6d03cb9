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
const settings = (more: string) =>
  `inspection: { moderation: { offering: guard, limitMs: 120${more} } }\nlimits: { requestsPerMinute: 100000 }`

let strict: Company
let lenient: Company
const keys = new Map<Company, string>()

before(async () => {
  strict = await startCompany({ records, settings: settings('') })
  lenient = await startCompany({ records, settings: settings(', away: note, above: note, threshold: 0.95') })
  for (const company of [strict, lenient]) keys.set(company, (await company.createKey()).key)
})
after(async () => {
  await strict.end()
  await lenient.end()
})

type Message = { readonly role: string; readonly content: unknown }

interface Asked {
  readonly status: number
  readonly text: string
  /** What the moderation model was shown, and what the model was. */
  readonly shown: readonly string[]
  readonly reached: string
}

async function ask(
  company: Company,
  said: string | readonly Message[],
  { useCase = 'general-assistant', headers = {}, model = 'sim-echo' } = {},
): Promise<Asked> {
  await company.simulator.clear()
  const messages = typeof said === 'string' ? [{ role: 'user', content: said }] : said
  const path = model === 'sim-echo' ? '/v1/chat/completions' : '/v1/messages'
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${keys.get(company)}`,
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

async function newest({ sallyport }: Company, kind: EntryKind) {
  const [head] = await sallyport.audit.search({ kinds: [kind], limit: 1 })
  assert.ok(head !== undefined, `there is no ${kind}`)
  const entry = await sallyport.audit.open(head.index)
  return { index: head.index, facts: head.facts, sealed: entry?.payload?.toString() ?? '' }
}

for (const model of ['sim-echo', 'claude-sim-echo']) {
  test(`${model}: what the model flags is stopped by a rule, and the log says what it was shown, what it said and in which version`, async () => {
    const told = await ask(strict, `Do flag-violence to ${model}`, { model })
    assert.equal(told.status, 400, told.text)
    assert.match(told.text, /finding-blocked/)
    assert.match(told.text, /request for violence or hatred/)
    assert.deepEqual(told.shown, [`Do flag-violence to ${model}`])
    assert.equal(told.reached, '[]')
    const shown = await newest(strict, 'moderation')
    assert.deepEqual(JSON.parse(shown.sealed), { moderated: told.shown })
    assert.equal(shown.facts.offering, 'guard')
    assert.equal(shown.facts.leavesAs, 'public')
    const refusal = await newest(strict, 'refusal')
    assert.ok(refusal.index > shown.index)
    const { tookMs, ...facts } = refusal.facts.moderation ?? { tookMs: 0 }
    assert.ok((tookMs ?? 0) > 0)
    assert.deepEqual(facts, {
      offering: 'guard',
      model: 'guard',
      version: 'guard-2026-11-01',
      how: 'answered',
      entry: shown.index,
    })
    assert.deepEqual(refusal.facts.findings, [
      { type: 'harm-violence', channel: 'user', action: 'refuse', count: 1, place: 'fixed' },
    ])
  })
}

test('what is flagged and no rule names is noted, and goes', async () => {
  const told = await ask(strict, 'flag-crime please')
  assert.equal(told.status, 200, told.text)
  const intent = await newest(strict, 'intent')
  assert.deepEqual(intent.facts.findings, [
    { type: 'harm-crime', channel: 'user', action: 'note', count: 1, place: 'fixed' },
  ])
})

test('a category nobody has heard of is found as harmful content, and two categories of one kind are one finding', async () => {
  assert.match((await ask(strict, 'flag-new', { useCase: 'other' })).text, /harmful content/)
  await ask(strict, 'flag-violence and flag-threat')
  assert.equal((await newest(strict, 'refusal')).facts.findings?.[0]?.count, 1)
})

test('a rule that would change the text is a refusal: there is no value to change', async () => {
  const told = await ask(strict, 'flag-violence here', { useCase: 'masks' })
  assert.match(told.text, /text-fixed/)
  assert.equal(told.reached, '[]')
})

test('the model is shown what people wrote as it would leave, and what is new of it', async () => {
  const first: readonly Message[] = [
    { role: 'system', content: 'Instructions of the house' },
    { role: 'user', content: 'My card is 5500 0000 0000 0004, thanks' },
  ]
  const told = await ask(strict, first)
  assert.equal(told.status, 200, told.text)
  assert.deepEqual(told.shown, ['My card is [PAYMENT CARD], thanks'])
  const next = await ask(strict, [
    ...first,
    { role: 'assistant', content: 'Welcome' },
    { role: 'user', content: 'What is new?' },
  ])
  assert.deepEqual(next.shown, ['What is new?'])
  const again = await ask(strict, first)
  assert.deepEqual(again.shown, [])
  const { how, entry } = (await newest(strict, 'intent')).facts.moderation ?? {}
  assert.deepEqual({ how, entry }, { how: 'known', entry: undefined })
})

test('a flag is remembered as well', async () => {
  await ask(strict, 'flag-violence twice')
  const again = await ask(strict, 'flag-violence twice')
  assert.deepEqual(again.shown, [])
  assert.match(again.text, /finding-blocked/)
})

test('a long text is shown in pieces that overlap', async () => {
  const told = await ask(strict, `${'We walked along the shore. '.repeat(595)}flag-violence`)
  assert.equal(told.shown.length, 2)
  assert.match(told.text, /finding-blocked/)
})

test('a text the model may not see never goes there, and is refused or noted as the settings say', async () => {
  for (const [said, asked] of [
    ['An ordinary question', { headers: { 'x-sallyport-class': 'restricted' } }],
    ['Another question', { useCase: 'contract' }],
  ] as const) {
    const refused = await ask(strict, said, asked)
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.text, /moderation-above/)
    assert.deepEqual([refused.shown, refused.reached], [[], '[]'])
    const noted = await ask(lenient, said, asked)
    assert.equal(noted.status, 200, noted.text)
    assert.deepEqual(noted.shown, [])
    assert.match((await newest(lenient, 'intent')).facts.moderation?.how ?? '', /^above: /)
  }
})

test('a model that is away, too slow or speaks nonsense stops what waits for it, or leaves a note', async () => {
  const faults = [
    ['sim-503', 'answered with status 503'],
    ['sim-stall', 'did not answer within 120 ms'],
    ['sim-malformed', 'sent an answer that cannot be read'],
  ] as const
  for (const [said, why] of faults) {
    const refused = await ask(strict, said)
    assert.equal(refused.status, 503, refused.text)
    assert.match(refused.text, /moderation-away/)
    assert.equal(refused.reached, '[]')
    assert.equal((await newest(strict, 'refusal')).facts.moderation?.how, `away: ${why}`)
    const noted = await ask(lenient, said)
    assert.equal(noted.status, 200, noted.text)
    const { moderation } = (await newest(lenient, 'intent')).facts
    assert.equal(moderation?.how, `away: ${why}`)
    assert.equal(moderation?.entry, (await newest(lenient, 'moderation')).index)
  }
})

test('under the threshold of the settings nothing is flagged, whatever the model thinks of it', async () => {
  const told = await ask(lenient, 'flag-violence a little')
  assert.equal(told.status, 200, told.text)
  assert.equal((await newest(lenient, 'intent')).facts.moderation?.how, 'answered')
})
