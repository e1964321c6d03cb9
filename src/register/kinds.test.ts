import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import type { RecordKind } from './api.ts'
import { kindOf, recordKinds } from './kinds/index.ts'
import { checkBody, completeBody, differingFields, hashedTextOf, hashOf, readBody } from './read-body.ts'
import { bodies, fact, rule } from './test-bodies.ts'

const good = bodies

const problemsOf = (kind: RecordKind, change: object): string => {
  const read = checkBody(kind, { ...good[kind], ...change })
  assert.ok('problems' in read, JSON.stringify(change))
  return read.problems.map(({ path, problem }) => `${path.map(String).join('.')}: ${problem}`).join('\n')
}

test('every kind takes its example, and says which fields it has', () => {
  for (const kind of recordKinds) {
    const body = readBody(kind, good[kind])
    for (const field of Object.keys(body)) assert.ok(kindOf(kind).fields.includes(field), `${kind} ${field}`)
    assert.ok(kindOf(kind).deciders.length > 0)
  }
})

test('every kind refuses a field it does not have, and something that is no object', () => {
  for (const kind of recordKinds) {
    assert.match(problemsOf(kind, { titel: 'x' }), /titel: there is no such field\. Did you mean "title"\?/)
    for (const value of [null, 5, 'text', []])
      assert.ok('problems' in checkBody(kind, value), `${kind} ${value}`)
  }
})

test('the hash covers every field but those whose change needs no decision', () => {
  for (const kind of recordKinds) {
    const body = readBody(kind, good[kind])
    const before = hashOf(kind, body)
    assert.equal(hashOf(kind, { ...body, title: 'Another' }), before)
    assert.match(before, /^[0-9a-f]{64}$/)
  }
  const useCase = readBody('use-case', good['use-case'])
  assert.notEqual(
    hashOf('use-case', { ...useCase, purpose: 'Another' } as typeof useCase),
    hashOf('use-case', useCase),
  )
  const offering = readBody('offering', good.offering)
  assert.notEqual(
    hashOf('offering', { ...offering, model: 'other' } as typeof offering),
    hashOf('offering', offering),
  )
})

test('a price takes a decision, for budgets are counted with it; the text of a hash from before it did is still told', () => {
  const priceUsdPerMillionTokens = { input: 2, output: 8 }
  const priced = readBody('offering', { ...good.offering, priceUsdPerMillionTokens })
  const cheap = readBody('offering', {
    ...good.offering,
    priceUsdPerMillionTokens: { input: 0.000_001, output: 0 },
  })
  const { priceUsdPerMillionTokens: _, ...unpriced } = priced as typeof priced & Record<string, unknown>
  const before = hashOf('offering', unpriced as typeof priced)
  assert.notEqual(hashOf('offering', cheap), hashOf('offering', priced))
  assert.notEqual(hashOf('offering', priced), before)
  for (const made of [before, hashOf('offering', priced)]) {
    const text = hashedTextOf({ kind: 'offering', body: priced, hash: made })
    assert.equal(hash('sha256', text, 'hex'), made)
  }
})

test('what a class is called takes a decision: two policies that differ in it hold back everything', () => {
  const named = (confidential: string) =>
    hashOf('policy', readBody('policy', { ...good.policy, classNames: { confidential } }))
  assert.notEqual(named('Sensitive'), named('Free for all'))
})

test('the order in which fields were written does not matter to the hash', () => {
  const reversed = Object.fromEntries(Object.entries(good.policy).reverse())
  assert.equal(
    hashOf('policy', readBody('policy', reversed)),
    hashOf('policy', readBody('policy', good.policy)),
  )
})

test('the fields that differ are named, once, in order', () => {
  assert.deepEqual(
    differingFields({ a: 1, b: [1, 2], c: { x: 1, y: 2 } }, { a: 1, b: [2, 1], c: { y: 2, x: 1 }, d: 0 }),
    ['b', 'd'],
  )
})

test('a fact needs its value, its source, its day and how it is known', () => {
  const facts = (fact: object) => ({ facts: { tier: fact } })
  assert.match(problemsOf('offering', facts({ is: 'commercial' })), /facts\.tier\.source/)
  assert.match(
    problemsOf('offering', facts(fact('commercial', { asOf: '2026-02-30' }))),
    /asOf: must be a day/,
  )
  assert.match(
    problemsOf('offering', facts(fact('commercial', { by: 'rumour' }))),
    /must be one of doc, contract, probe/,
  )
  assert.match(
    problemsOf('offering', facts(fact('enterprise'))),
    /must be one of consumer, commercial, cloud, self/,
  )
  assert.match(
    problemsOf('offering', facts(fact('cloud', { until: '2025-01-01' }))),
    /until: must not be before asOf/,
  )
  assert.match(
    problemsOf('offering', { facts: { ceiling: fact('restricted') } }),
    /ceiling: there is no such field/,
  )
})

test('an offering cannot be called auto, nor hold an address or a secret', () => {
  assert.match(problemsOf('offering', { aliases: ['auto'] }), /cannot be called so/)
  assert.match(problemsOf('offering', { url: 'https://models.example.com' }), /url: there is no such field/)
  assert.match(problemsOf('offering', { credential: 'env:KEY' }), /credential: there is no such field/)
})

test('prices are in USD per million tokens, and neither negative nor text', () => {
  const price = (input: unknown) => ({ priceUsdPerMillionTokens: { input, output: 1 } })
  assert.match(problemsOf('offering', price(-1)), /must be 0 or more/)
  assert.match(problemsOf('offering', price('2')), /must be a price/)
  assert.ok('body' in checkBody('offering', { ...good.offering, ...price(0.25) }))
})

test('a use case cannot need a higher class than it allows', () => {
  assert.match(problemsOf('use-case', { contextClass: 'restricted' }), /nothing could ever be sent/)
})

test('a rule for attempts to take over the model is refused where it could not be kept', () => {
  const rules = (change: object) => ({ rules: [{ ...rule, types: ['prompt-injection'], ...change }] })
  for (const kind of ['use-case', 'policy'] as const) {
    for (const action of ['note', 'mask', 'remove', 'block']) {
      assert.ok('body' in checkBody(kind, { ...good[kind], ...rules({ action, channels: ['tool-result'] }) }))
    }
    const replaced = /action: must be note, mask, remove or block for attempts/
    for (const action of ['pseudonymise', 'generalise'])
      assert.match(problemsOf(kind, rules({ action })), replaced)
    assert.match(
      problemsOf(kind, rules({ types: [], families: ['other'], action: 'pseudonymise' })),
      replaced,
    )
    assert.match(
      problemsOf(kind, rules({ action: 'block', direction: 'answer' })),
      /not looked for in answers/,
    )
    assert.match(
      problemsOf(kind, rules({ action: 'block', channels: ['user', 'system'] })),
      /must be among user, tool-result, attachment: prompt-injection is not looked for in system/,
    )
  }
})

test('a rule may name classes, tiers, an audience and what lifts it; what it cannot mean is refused', () => {
  const rules = (change: object) => ({ rules: [{ ...rule, ...change }] })
  const whole = { types: [], classes: ['restricted'], action: 'block' }
  const taken = [
    { classes: ['internal'], tiers: ['commercial', 'cloud'] },
    { audience: { roles: ['legal'], groups: ['oidc:7a31'] }, unless: { offering: 'baa' } },
    whole,
    { types: [], tiers: ['commercial'], action: 'justify' },
    { action: 'acknowledge', notice: 'Bank accounts.', rememberedDays: 365 },
    { action: 'hold', mayMask: true },
    { action: 'justify', mayMask: true },
    { action: 'hold', direction: 'answer', tiers: ['self'] },
  ]
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ classes: [] }, /classes: must name a class, or be left out/],
    [{ classes: ['secret'] }, /must be one of public, internal/],
    [{ tiers: ['consumer'] }, /must be one of commercial, cloud, self/],
    [{ audience: {} }, /must name a role or a group/],
    [{ audience: { roles: ['nurse'] } }, /must be one of employee/],
    [{ unless: { offering: 'dpa' } }, /must be one of baa/],
    [{ ...whole, action: 'mask' }, /must be one of note, acknowledge, justify, hold, block/],
    [{ ...whole, channels: ['user'] }, /channels: has a meaning only where a kind/],
    [{ ...whole, mayMask: true }, /there is no value to mask/],
    [{ ...whole, direction: 'answer' }, /direction: must be request/],
    [{ action: 'acknowledge' }, /notice: is missing/],
    [{ action: 'acknowledge', notice: 'two\nlines' }, /notice: must be one line/],
    [{ notice: 'Read.' }, /notice: has a meaning for the action acknowledge only/],
    [{ rememberedDays: 3 }, /rememberedDays: has a meaning for the action acknowledge only/],
    [{ action: 'acknowledge', notice: 'Read.', rememberedDays: 366 }, /365 or less/],
    [{ action: 'justify', direction: 'answer' }, /must not be justify/],
    [{ action: 'acknowledge', notice: 'Read.', direction: 'answer' }, /must not be acknowledge/],
    [{ direction: 'answer', classes: ['internal'] }, /classes: has a meaning for requests only/],
  ]
  for (const kind of ['policy', 'use-case'] as const) {
    for (const change of taken)
      assert.ok('body' in checkBody(kind, { ...good[kind], ...rules(change) }), JSON.stringify(change))
    for (const [change, told] of refused) assert.match(problemsOf(kind, rules(change)), told)
  }
})

test('a rule that says nothing of classes, tiers or audience is the record it always was', () => {
  const checked = checkBody('policy', good.policy)
  assert.ok('body' in checked)
  assert.deepEqual(Object.keys((checked.body as { rules: object[] }).rules[0] ?? {}).sort(), [
    'action',
    'channels',
    'direction',
    'families',
    'id',
    'mayMask',
    'owner',
    'packs',
    'title',
    'types',
  ])
})

test('a rule that could never act is refused, and so is a kind nobody finds', () => {
  const rules = (change: object) => ({ rules: [{ ...rule, ...change }] })
  for (const kind of ['use-case', 'policy'] as const) {
    assert.match(problemsOf(kind, rules({ types: [] })), /must name a kind of finding/)
    assert.match(problemsOf(kind, rules({ types: [], packs: ['cards'] })), /must be one of pii, phi, pci/)
    assert.ok('body' in checkBody(kind, { ...good[kind], ...rules({ types: [], packs: ['pci'] }) }))
    assert.match(problemsOf(kind, rules({ types: ['ibann'] })), /is no kind of finding\. Did you mean "iban"/)
    assert.ok('body' in checkBody(kind, { ...good[kind], ...rules({ types: [], packs: ['pricing'] }) }))
    for (const named of [{ types: ['topic-legal'] }, { types: [], packs: ['legal'] }]) {
      const told = problemsOf(kind, rules({ ...named, action: 'pseudonymise' }))
      assert.match(told, /they hold no value/)
    }
    assert.ok('body' in checkBody(kind, { ...good[kind], ...rules({ types: ['person-name'] }) }))
    assert.match(problemsOf(kind, rules({ mayMask: true })), /only/)
    assert.match(
      problemsOf(kind, rules({ direction: 'answer', action: 'pseudonymise' })),
      /must not be pseudonymise/,
    )
    assert.match(
      problemsOf(kind, rules({ direction: 'answer', channels: ['user'] })),
      /must be channels of the answer/,
    )
    assert.match(problemsOf(kind, { rules: [rule, rule] }), /two rules with one id/)
  }
})

test('a term that is too short, too long or empty of letters is refused without being repeated', () => {
  for (const term of ['ab', 'x'.repeat(1_000), '---', ' padded ']) {
    const told = problemsOf('policy', { terms: [{ term }] })
    assert.match(told, /^terms\.0\.term/)
    assert.ok(!told.includes('padded'))
  }
})

test('what a record names is told as references', () => {
  const body = readBody('use-case', good['use-case'])
  assert.deepEqual(kindOf('use-case').references(body), [
    { field: 'offerings.0', kind: 'offering', id: 'west' },
    { field: 'pilot', kind: 'pilot', id: 'trial' },
    { field: 'datasets.0', kind: 'dataset', id: 'tickets' },
  ])
})

const staff = {
  id: 'staff-number',
  label: 'staff number',
  pattern: '\\bEX-\\d{5}\\b',
  examples: ['EX-12345'],
}

test('a pattern is tried against its samples before it is saved', () => {
  const patterns = (change: object) => ({ patterns: [{ ...staff, ...change }] })
  assert.ok(
    'body' in
      checkBody('policy', { ...good.policy, ...patterns({ counterExamples: ['EX-1234', 'AEX-12345'] }) }),
  )
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ examples: [] }, /patterns\.0\.examples: must hold at least one/],
    [{ examples: ['EX-12345', 'EX-1'] }, /patterns\.0\.examples\.1: is not found by the pattern/],
    [{ counterExamples: ['see EX-99999'] }, /patterns\.0\.counterExamples\.0: is found by the pattern/],
    [{ pattern: '(?=a)b' }, /patterns\.0\.pattern: cannot be read: look-around/],
    [{ pattern: '(EX' }, /a \( without its \), at character 1/],
    [{ pattern: '\\w+' }, /finds something in everyday texts, such as "Please"/],
    [{ pattern: '(?:EX-\\d{5}){200}' }, /more than 1000 steps/],
    [{ pattern: `${'x'.repeat(501)}` }, /at most 500 characters/],
  ]
  for (const [change, problem] of wrong) assert.match(problemsOf('policy', patterns(change)), problem)
  assert.match(problemsOf('policy', { patterns: [staff, staff] }), /two patterns with one id/)
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...staff,
    id: `p${index}`,
    pattern: 'EX-\\d{5}(?:-\\d{1,90})?',
  }))
  assert.match(problemsOf('policy', { patterns: many }), /steps together and may have 3000/)
})

test('what an earlier version stored reads as it was meant, and what would not be accepted today stays as decided', () => {
  const { patterns: _, terms: __, ...earlier } = readBody('policy', good.policy) as Record<string, unknown>
  assert.deepEqual(completeBody('policy', earlier), readBody('policy', { ...good.policy, terms: [] }))
  const odd = { ...earlier, title: '' }
  assert.deepEqual(completeBody('policy', odd), odd)
})
