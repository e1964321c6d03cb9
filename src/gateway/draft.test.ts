import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import { createInspector } from '#/inspect/index.ts'
import type { Rule, UsableUseCase } from '#/policy/api.ts'
import { clearingKey } from '#/policy/cleared.ts'
import { offering, rule, useCase } from '#/policy/test-values.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { type DraftServices, inspectDraft } from './draft.ts'
import { TextInspection } from './text-inspection.ts'
import { VerdictCache } from './verdict-cache.ts'

// A test number of the card networks, in parts so that nobody takes this file for a leak.
const card = ['4111', '1111', '1111', '1111'].join(' ')

const person = { id: 'p1', roles: ['employee'] } as unknown as Person

const seenKeys: string[] = []

function servicesOf(useCases: readonly UsableUseCase[], rules: readonly Rule[] = []): DraftServices {
  const all = [offering('commercial', 'internal'), offering('own', 'restricted')]
  const snapshot = {
    rules,
    offerings: new Map(all.map((each) => [each.id, each])),
    useCases: new Map(useCases.map((each) => [each.id, each])),
    clearings: new Map([[clearingKey('payment-card', card), [{ id: 'test-card', useCases: ['testing'] }]]]),
  } as unknown as Snapshot
  const inspector = createInspector({ terms: [] })
  const workers = { inspect: () => Promise.reject(new Error('a short draft goes to no worker')) }
  const texts = new TextInspection({ verdicts: new VerdictCache(), workers, writeLine: () => undefined })
  const identity = {
    reportLeaked: async (found: readonly string[]) => {
      seenKeys.push(...found)
      return []
    },
  }
  const switches = { standing: { size: 0 } } as unknown as DraftServices['switches']
  const common = { snapshot: () => snapshot, inspectorFor: () => inspector, clock: systemClock }
  const acknowledgements = { of: () => new Map<string, number>() }
  return { ...common, texts, identity, switches, acknowledgements }
}

const general = [
  useCase('general-assistant'),
  useCase('payments', { rules: [rule('mask-cards', 'mask', { types: ['payment-card'] })] }),
]

test('a draft is told its class, its findings with their place, and for each offering whether and why', async () => {
  const told = await inspectDraft({ text: `card ${card}` }, { person }, servicesOf(general))
  assert.equal(told.class, 'restricted')
  assert.deepEqual(told.findings, [
    {
      ...{ start: 5, end: 24, type: 'payment-card', label: 'payment card number', action: 'note' },
      ...{ score: 1, why: '16 digits in the range of Visa with a valid Luhn sum' },
    },
  ])
  assert.equal(told.useCase, 'general-assistant')
  assert.deepEqual(told.models, ['own'])
  assert.deepEqual(
    told.offerings.map(({ id, isAllowed }) => [id, isAllowed]),
    [
      ['commercial', false],
      ['own', true],
    ],
  )
  assert.match(told.offerings[0]?.reason ?? '', /restricted/)
  assert.match(told.offerings[1]?.reason ?? '', /^It may go as it is, as restricted; .* up to restricted\.$/)
})

test('what a reviewer found not to be sensitive is noted and public, in its use case and as it was written', async () => {
  const useCases = [
    ...general,
    useCase('testing', { rules: [rule('no-cards', 'block', { types: ['payment-card'] })] }),
  ]
  const ask = (text: string) => inspectDraft({ text, useCase: 'testing' }, { person }, servicesOf(useCases))
  for (const text of [`card ${card}`, `card ${card.replaceAll(' ', '-')}`]) {
    const told = await ask(text)
    assert.equal(told.class, 'public', text)
    assert.deepEqual(
      told.findings.map(({ action }) => action),
      ['note'],
    )
    assert.ok(told.offerings.every(({ isAllowed }) => isAllowed))
  }
  const disguised = await ask(`card ${card.replaceAll('1', '\uff11')}`)
  assert.equal(disguised.findings.length, 1)
  assert.equal(disguised.findings[0]?.action, 'note')
  assert.equal((await ask(`card ${btoa(card)}`)).findings[0]?.action, 'block')
})

test('the rules of the use case that is named count: masked, it may go further', async () => {
  const told = await inspectDraft(
    { text: `card ${card}`, useCase: 'payments' },
    { person },
    servicesOf(general),
  )
  assert.equal(told.findings[0]?.action, 'mask')
  assert.deepEqual(
    told.offerings.map(({ isAllowed, reason }) => [
      isAllowed,
      /1 of 1 findings changed, as public/.test(reason),
    ]),
    [
      [true, true],
      [true, true],
    ],
  )
})

test('a key is told what it may carry itself: its use case, its offerings, up to its class', async () => {
  const text = `card ${card}`
  const key = { person, useCase: 'payments' }
  const ask = (draft: { readonly useCase?: string }, bounds = {}) =>
    inspectDraft({ text, ...draft }, { ...key, bounds }, servicesOf(general))
  assert.equal((await ask({})).useCase, 'payments')
  await assert.rejects(ask({ useCase: 'general-assistant' }), { code: 'use-case-unknown' })
  assert.deepEqual((await ask({})).models, ['own'])
  assert.deepEqual((await ask({}, { offerings: ['commercial'] })).models, [])
  const low = await ask({}, { highestClass: 'internal' })
  assert.deepEqual(low.models, [])
  assert.deepEqual((await ask({}, { highestClass: 'restricted' })).models, ['own'])
})

test('what a rule blocks may go nowhere, and the reason repeats nothing of it', async () => {
  const services = servicesOf(
    [useCase('general-assistant')],
    [rule('no-cards', 'block', { types: ['payment-card'] })],
  )
  const told = await inspectDraft({ text: `card ${card}` }, { person }, services)
  assert.ok(told.offerings.every(({ isAllowed }) => !isAllowed))
  assert.equal(JSON.stringify(told).includes('4111'), false)
})

test('a use case that is not there or not open is refused; without the usual one nothing is promised', async () => {
  const services = servicesOf([useCase('general-assistant', { roles: ['legal'] })])
  await assert.rejects(
    () => inspectDraft({ text: 'x', useCase: 'general-assistant' }, { person }, services),
    (error) => error instanceof Refusal && error.code === 'use-case-unknown',
  )
  const told = await inspectDraft({ text: 'x' }, { person }, services)
  assert.deepEqual([told.useCase, told.offerings], [null, []])
})

test('a key of ours in a draft is told, as it stands and in disguise', async () => {
  const key = `sp_${'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)}`
  for (const text of [`use ${key} for it`, `use ${Buffer.from(`KEY=${key}`).toString('base64')} for it`]) {
    seenKeys.length = 0
    await inspectDraft({ text }, { person }, servicesOf(general))
    assert.deepEqual(seenKeys, [key], text)
  }
})

test('a draft is told what is done with it where auto sends it, and what a rule asks there', async () => {
  const cards = { types: ['payment-card'], tiers: ['commercial'] } as const
  const own = [
    rule('vendors', 'mask', cards),
    rule('read', 'acknowledge', { ...cards, tiers: ['self'], notice: 'Read.' }),
  ]
  const told = await inspectDraft(
    { text: `card ${card}` },
    { person },
    servicesOf([useCase('general-assistant', { rules: own })]),
  )
  assert.deepEqual(
    told.findings.map(({ action }) => action),
    ['mask'],
  )
  assert.equal(told.offerings.find(({ id }) => id === 'commercial')?.isAllowed, true)
})
