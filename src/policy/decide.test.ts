import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataClasses, isAtMost } from '#/core/data-class.ts'
import { actions } from '#/core/finding.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Decision, ExchangeFacts, FoundFact, Rule, RuleSlice, UsableUseCase } from './api.ts'
import { decide } from './decide.ts'
import { decideAnswer } from './decide-answer.ts'
import { nobody, offering, rule, useCase } from './test-values.ts'
import { usableFor } from './usable.ts'

const now = Date.UTC(2026, 10, 23)

const companyRules: readonly Rule[] = [
  rule('secrets-never-leave', 'block', { families: ['secret'], mayMask: true }),
  rule('cards-never-leave', 'mask', { types: ['payment-card'] }),
  rule('contacts-are-replaced', 'pseudonymise', { families: ['contact'] }),
  rule('no-secrets-shown', 'mask', { families: ['secret'], direction: 'answer' }),
]

const sliceOf = (
  useCases: readonly UsableUseCase[] = [useCase('general-assistant')],
  rules = companyRules,
): RuleSlice => ({
  rules,
  offerings: new Map(
    [offering('commercial', 'internal', { aliases: ['fast'] }), offering('own', 'restricted')].map((each) => [
      each.id,
      each,
    ]),
  ),
  useCases: new Map(useCases.map((each) => [each.id, each])),
})

const email: FoundFact = {
  type: 'email',
  family: 'contact',
  label: 'e-mail address',
  class: 'internal',
  channel: 'user',
  isFixed: false,
  field: 'messages.0.content',
}
const card: FoundFact = {
  ...email,
  type: 'payment-card',
  family: 'payment',
  label: 'payment card number',
  class: 'restricted',
}
const secret: FoundFact = {
  ...email,
  type: 'private-key',
  family: 'secret',
  label: 'private key',
  class: 'restricted',
}
const codename: FoundFact = {
  ...email,
  type: 'term',
  family: 'company',
  label: 'codename',
  class: 'confidential',
}

const factsOf = (more: Partial<ExchangeFacts> = {}): ExchangeFacts => ({
  roles: ['employee'],
  personId: 'p1',
  groups: [],
  keyUseCase: undefined,
  askedUseCase: undefined,
  askedModel: 'auto',
  declaredClass: undefined,
  wantsMask: false,
  reachable: new Set(['commercial', 'own']),
  findings: [],
  unread: [],
  ...more,
})

const refusal = (facts: Partial<ExchangeFacts>, slice = sliceOf(), at = now): Refusal => {
  try {
    decide(factsOf(facts), slice, at)
  } catch (error) {
    return error as Refusal
  }
  return assert.fail('it was allowed')
}

test('a request with nothing in it goes to the first offering, as public', () => {
  const decision = decide(factsOf(), sliceOf(), now)
  assert.equal(decision.offering.id, 'commercial')
  assert.equal(decision.class, 'public')
  assert.equal(decision.leavesAs, 'public')
  assert.deepEqual(decision.rules, [])
})

test('each finding gets the action of its rule, and a finding without a rule is noted', () => {
  const decision = decide(factsOf({ findings: [email, card, codename] }), sliceOf(), now)
  assert.deepEqual(decision.actions, ['pseudonymise', 'mask', 'note'])
  assert.deepEqual(decision.rules, ['contacts-are-replaced', 'cards-never-leave'])
})

test('masked and replaced values do not count in the class of what leaves', () => {
  const decision = decide(factsOf({ findings: [email, card] }), sliceOf(), now)
  assert.equal(decision.class, 'restricted')
  assert.equal(decision.leavesAs, 'public')
  assert.equal(decision.offering.id, 'commercial')
})

test('what stays in the text decides the offering: auto passes over the one whose ceiling is too low', () => {
  const decision = decide(factsOf({ findings: [codename] }), sliceOf(), now)
  assert.equal(decision.leavesAs, 'confidential')
  assert.equal(decision.offering.id, 'own')
})

test('the id of an offering means that one, also where another that comes first has it as an alias', () => {
  const [east, west] = [offering('east', 'restricted', { aliases: ['west'] }), offering('west', 'restricted')]
  const both = {
    rules: [],
    offerings: new Map([east, west].map((each) => [each.id, each])),
    useCases: new Map([['general-assistant', useCase('general-assistant', { offerings: ['east', 'west'] })]]),
  }
  const named = (reachable: readonly string[]) =>
    decide(factsOf({ askedModel: 'west', reachable: new Set(reachable) }), both, now)
  assert.equal(named(['east', 'west']).offering.id, 'west')
  assert.throws(() => named(['east']), { code: 'model-unknown' })
})

test('a named offering is never swapped: too low a ceiling is refused, and auto is offered when it works', () => {
  const told = refusal({ askedModel: 'commercial', findings: [codename] })
  assert.equal(told.code, 'class-above-ceiling')
  assert.ok(told.remedies.some(({ id }) => id === 'use-auto'))
  const alone = refusal({
    askedModel: 'commercial',
    findings: [codename],
    reachable: new Set(['commercial']),
  })
  assert.ok(!alone.remedies.some(({ id }) => id === 'use-auto'))
})

test('an offering can be named by its id and by its alias', () => {
  assert.equal(decide(factsOf({ askedModel: 'own' }), sliceOf(), now).offering.id, 'own')
  assert.equal(decide(factsOf({ askedModel: 'fast' }), sliceOf(), now).offering.id, 'commercial')
})

test('an offering the use case does not name, or that cannot be reached, is not there', () => {
  assert.equal(refusal({ askedModel: 'unheard-of' }).code, 'model-unknown')
  assert.equal(refusal({ askedModel: 'own', reachable: new Set(['commercial']) }).code, 'model-unknown')
  const slice = sliceOf([useCase('general-assistant', { offerings: ['commercial'] })])
  assert.equal(refusal({ askedModel: 'own' }, slice).code, 'model-unknown')
})

test('auto with nothing that may carry the class says so', () => {
  const told = refusal({ findings: [codename], reachable: new Set(['commercial']) })
  assert.equal(told.code, 'no-offering')
  assert.match(told.message, /confidential/)
})

test('a blocked finding is refused with its kind, its rule and a way to send it masked', () => {
  const told = refusal({ findings: [email, secret] })
  assert.equal(told.code, 'finding-blocked')
  assert.deepEqual(told.facts.types, ['private key'])
  assert.equal(told.facts.rule, 'secrets-never-leave')
  assert.ok(told.remedies.some(({ id }) => id === 'mask-and-send'))
})

test('asked to mask, a blocked finding is masked where its rule allows it', () => {
  const decision = decide(factsOf({ findings: [secret], wantsMask: true }), sliceOf(), now)
  assert.deepEqual(decision.actions, ['mask'])
  assert.equal(decision.leavesAs, 'public')
  const strict = [rule('strict', 'block', { families: ['secret'], mayMask: false })]
  const told = refusal({ findings: [secret], wantsMask: true }, sliceOf(undefined, strict))
  assert.equal(told.code, 'finding-blocked')
  assert.ok(!told.remedies.some(({ id }) => id === 'mask-and-send'))
})

test('the strictest fitting rule wins, in whatever order the table stands', () => {
  const rules = [
    rule('a', 'note', { types: ['email'] }),
    rule('b', 'mask', { families: ['contact'] }),
    rule('c', 'pseudonymise', { types: ['email'] }),
  ]
  for (const order of [rules, [...rules].reverse()]) {
    const decision = decide(factsOf({ findings: [email] }), sliceOf(undefined, order), now)
    assert.deepEqual(decision.actions, ['mask'])
    assert.deepEqual(decision.rules, ['b'])
  }
})

test('a value that is not sensitive in this use case is noted whatever its rule, raises no class, and says so', () => {
  const cleared: FoundFact = { ...card, clearings: [{ id: 'test-card', useCases: ['testing'] }] }
  const useCases = [useCase('testing'), useCase('other')]
  const ask = (asked: string, findings: readonly FoundFact[]) =>
    decide(factsOf({ askedUseCase: asked, findings }), sliceOf(useCases), now)
  const decision = ask('testing', [cleared])
  assert.deepEqual([decision.actions, decision.class, decision.leavesAs], [['note'], 'public', 'public'])
  assert.deepEqual(decision.rules, ['test-card'])
  assert.ok(decision.reasons.includes('1 value counts as not sensitive, by test-card.'))
  assert.deepEqual(ask('other', [cleared]).actions, ['mask'])
  const both = ask('testing', [cleared, card])
  assert.deepEqual([both.actions, both.class], [['note', 'mask'], 'restricted'])
})

test('rules of the use case replace those of the company for the findings they fit, and only for those', () => {
  const own = useCase('general-assistant', { rules: [rule('own', 'note', { types: ['email'] })] })
  const decision = decide(factsOf({ findings: [email, card] }), sliceOf([own]), now)
  assert.deepEqual(decision.actions, ['note', 'mask'])
  assert.equal(decision.leavesAs, 'internal')
})

test('a rule for one channel leaves the others alone', () => {
  const rules = [rule('tools', 'mask', { types: ['email'], channels: ['tool-result'] })]
  const findings = [email, { ...email, channel: 'tool-result' as const }]
  assert.deepEqual(decide(factsOf({ findings }), sliceOf(undefined, rules), now).actions, ['note', 'mask'])
})

test('text that must not be changed and would have to be is refused', () => {
  const told = refusal({ findings: [email, { ...email, isFixed: true, field: 'messages.1.content.0' }] })
  assert.equal(told.code, 'text-fixed')
  assert.equal(told.facts.field, 'messages.1.content.0')
  assert.equal(
    decide(factsOf({ findings: [{ ...codename, isFixed: true }] }), sliceOf(), now).actions[0],
    'note',
  )
})

test('a part that cannot be read is refused unless the use case allows it', () => {
  const unread = [{ field: 'messages.0.content.1', mediaType: 'image/png' }]
  assert.equal(refusal({ unread }).code, 'attachment-unread')
  const slice = sliceOf([useCase('general-assistant', { unread: 'allow', unreadClass: 'public' })])
  assert.equal(decide(factsOf({ unread }), slice, now).offering.id, 'commercial')
})

test('what nobody has read counts as the class its use case says, and goes only where that may go', () => {
  const unread = [{ field: 'messages.0.content.1', mediaType: 'image/png' }]
  const slice = sliceOf([useCase('general-assistant', { unread: 'allow', unreadClass: 'confidential' })])
  const decided = decide(factsOf({ unread }), slice, now)
  assert.deepEqual([decided.offering.id, decided.leavesAs], ['own', 'confidential'])
  assert.match(decided.reasons.join(' '), /confidential, because it holds a part that nobody has read/)
  assert.equal(decide(factsOf({}), slice, now).offering.id, 'commercial')
})

test('a label on a file raises the class, and says so', () => {
  const decided = decide(factsOf({ labelClass: 'restricted' }), sliceOf(), now)
  assert.deepEqual([decided.offering.id, decided.class], ['own', 'restricted'])
  assert.match(decided.reasons.join(' '), /restricted, because a label on a file says so/)
})

test('what would have to be changed inside a file is refused, with a way to send its text', () => {
  const inFile: FoundFact = { ...card, channel: 'attachment', isFixed: true, isInFile: true }
  const told = refusal({ findings: [inFile] })
  assert.equal(told.code, 'file-unchangeable')
  assert.match(told.message, /payment card number/)
  assert.deepEqual(
    told.remedies.map(({ id }) => id),
    ['send-text', 'remove-attachment', 'ask-owner'],
  )
})

test('pieces of one attempt are told as one change', () => {
  const attempt: FoundFact = { ...email, type: 'prompt-injection', family: 'other', class: 'public' }
  const slice = sliceOf(undefined, [rule('no-attempts', 'mask', { types: ['prompt-injection'] })])
  const { reasons } = decide(factsOf({ findings: [attempt, { ...attempt, isContinued: true }] }), slice, now)
  assert.match(reasons.join(' '), /: 1 masked,/)
})

test('a declared class raises and never lowers', () => {
  assert.equal(decide(factsOf({ declaredClass: 'restricted' }), sliceOf(), now).offering.id, 'own')
  assert.equal(
    decide(factsOf({ declaredClass: 'public', findings: [codename] }), sliceOf(), now).leavesAs,
    'confidential',
  )
  const context = sliceOf([useCase('general-assistant', { contextClass: 'confidential' })])
  assert.equal(decide(factsOf({ declaredClass: 'public' }), context, now).leavesAs, 'confidential')
})

test('a class above the use case is refused', () => {
  const slice = sliceOf([useCase('general-assistant', { highestClass: 'internal' })])
  const told = refusal({ findings: [codename] }, slice)
  assert.equal(told.code, 'class-above-use-case')
  assert.match(told.message, /confidential.*internal/)
})

test('the use case is that of the key, else of the header, else general-assistant', () => {
  const slice = sliceOf([
    useCase('general-assistant'),
    useCase('summaries'),
    useCase('finance', { roles: ['legal'] }),
  ])
  const idOf = (facts: Partial<ExchangeFacts>) => decide(factsOf(facts), slice, now).useCase.id
  assert.equal(idOf({}), 'general-assistant')
  assert.equal(idOf({ askedUseCase: 'summaries' }), 'summaries')
  assert.equal(idOf({ keyUseCase: 'summaries' }), 'summaries')
  assert.equal(idOf({ keyUseCase: 'summaries', askedUseCase: 'summaries' }), 'summaries')
  assert.equal(
    refusal({ keyUseCase: 'summaries', askedUseCase: 'general-assistant' }, slice).code,
    'use-case-conflict',
  )
})

test('a use case that is closed to somebody and one that does not exist look the same', () => {
  const slice = sliceOf([useCase('finance', { roles: ['legal'], people: ['p9'] })])
  const closed = refusal({ askedUseCase: 'finance' }, slice)
  const missing = refusal({ askedUseCase: 'absent' }, slice)
  assert.equal(closed.code, missing.code)
  assert.equal(
    decide(factsOf({ askedUseCase: 'finance', roles: ['employee', 'legal'] }), slice, now).useCase.id,
    'finance',
  )
  assert.equal(decide(factsOf({ askedUseCase: 'finance', personId: 'p9' }), slice, now).useCase.id, 'finance')
})

test('a refusal says whether the key named the use case, or nobody did', () => {
  const slice = sliceOf([
    useCase('finance', { untilMs: now }),
    useCase('general-assistant', { untilMs: now }),
  ])
  assert.equal(refusal({ keyUseCase: 'finance' }, slice).facts['isOfKey'], true)
  assert.equal(refusal({}, slice).facts['isDefault'], true)
  const { facts } = refusal({ askedUseCase: 'finance' }, slice)
  assert.deepEqual([facts['isOfKey'], facts['isDefault']], [undefined, undefined])
})

test('an approval that ran out is over at its moment, for use cases and for offerings', () => {
  const slice = sliceOf([useCase('general-assistant', { untilMs: now + 1_000 })])
  assert.ok(decide(factsOf(), slice, now + 999))
  assert.equal(refusal({}, slice, now + 1_000).code, 'use-case-unknown')
  const expiring: RuleSlice = {
    ...sliceOf(),
    offerings: new Map([['commercial', offering('commercial', 'internal', { untilMs: now })]]),
  }
  assert.equal(refusal({}, expiring).code, 'no-offering')
})

test('the reasons tell a person why, what and where, and never what was typed', () => {
  const { reasons } = decide(factsOf({ findings: [email, card] }), sliceOf(), now)
  const told = reasons.join('\n')
  assert.match(told, /restricted, because it holds a payment card number/)
  assert.match(told, /1 masked, 1 replaced/)
  assert.match(told, /Offering commercial is the first offering/)
  assert.match(told, /version 3, owner owner@example\.com/)
})

test('answers are judged by answer rules, the strictest first', () => {
  const decision = decide(factsOf(), sliceOf(), now)
  assert.deepEqual(
    decision.answerRules.map(({ id }) => id),
    ['no-secrets-shown'],
  )
  assert.equal(decideAnswer(decision.answerRules, secret, 'answer'), 'mask')
  assert.equal(decideAnswer(decision.answerRules, email, 'answer'), 'note')
  assert.equal(decideAnswer([rule('x', 'block', { types: ['email'] })], email, 'answer'), 'note')
})

test('a person sees the use cases open to them and the offerings those name, once each', () => {
  const slice = sliceOf([
    useCase('general-assistant'),
    useCase('summaries'),
    useCase('finance', { roles: ['legal'] }),
  ])
  const usable = usableFor({ id: 'p1', roles: ['employee'], groups: [] }, slice, now)
  assert.deepEqual(
    usable.useCases.map(({ id }) => id),
    ['general-assistant', 'summaries'],
  )
  assert.deepEqual(
    usable.offerings.map(({ id }) => id),
    ['commercial', 'own'],
  )
  assert.deepEqual(usableFor({ id: 'p1', roles: ['product'], groups: [] }, slice, now).offerings, [])
})

/** A small generator with a seed, so that a failure can be repeated. */
function* numbers(seed: number): Generator<number> {
  let state = seed
  while (true) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

test('whatever the rules, findings and ceilings: never to an offering whose ceiling is too low, and never below what was declared', () => {
  const random = numbers(2026)
  const pick = <T>(from: readonly T[]): T =>
    from[Math.floor((random.next().value as number) * from.length)] as T
  let allowed = 0
  for (let round = 0; round < 20_000; round++) {
    const rules = Array.from({ length: 4 }, (_, index) =>
      rule(`r${index}`, pick(actions), {
        types: [pick(['email', 'payment-card', 'term'])],
        mayMask: pick([true, false]),
      }),
    )
    const slice: RuleSlice = {
      rules,
      offerings: new Map(['a', 'b', 'c'].map((id) => [id, offering(id, pick(dataClasses))])),
      useCases: new Map([
        [
          'general-assistant',
          useCase('general-assistant', { offerings: ['a', 'b', 'c'], contextClass: pick(dataClasses) }),
        ],
      ]),
    }
    const facts = factsOf({
      findings: Array.from({ length: 3 }, () => ({
        ...pick([email, card, codename]),
        class: pick(dataClasses),
      })),
      declaredClass: pick([undefined, ...dataClasses]),
      askedModel: pick(['auto', 'a', 'b']),
      reachable: new Set(['a', 'b', 'c']),
      wantsMask: pick([true, false]),
    })
    let decision: Decision
    try {
      decision = decide(facts, slice, now)
    } catch (error) {
      assert.equal((error as Error).name, 'Refusal')
      continue
    }
    allowed++
    assert.ok(isAtMost(decision.leavesAs, decision.offering.ceiling))
    assert.ok(isAtMost(decision.leavesAs, decision.class))
    if (facts.declaredClass !== undefined) assert.ok(isAtMost(facts.declaredClass, decision.leavesAs))
    for (const [index, finding] of facts.findings.entries()) {
      if (decision.actions[index] === 'note') assert.ok(isAtMost(finding.class, decision.leavesAs))
    }
    if (facts.askedModel !== 'auto') assert.equal(decision.offering.id, facts.askedModel)
  }
  assert.ok(allowed > 2_000, `${allowed} were allowed`)
})

test('a use case opens to a group, and to a grant until it ends', () => {
  const grants = new Map([['p2', now + 10]])
  const slice = sliceOf([useCase('finance', { roles: [], groups: ['oidc:7'], grants })])
  const open = (more: Partial<ExchangeFacts>, at = now) =>
    decide(factsOf({ askedUseCase: 'finance', ...more }), slice, at).useCase.id
  assert.equal(open({ groups: ['oidc:7'] }), 'finance')
  assert.throws(() => open({ groups: ['scim:7'] }), { code: 'use-case-unknown' })
  assert.equal(open({ personId: 'p2' }), 'finance')
  assert.throws(() => open({ personId: 'p2' }, now + 10), { code: 'use-case-unknown' })
})

test('a denial wins over every way in: role, group, name and grant', () => {
  const all = {
    roles: ['legal'],
    groups: ['oidc:7'],
    people: ['p1'],
    grants: new Map([['p1', now + 10]]),
  } as const
  const asks = { askedUseCase: 'finance', roles: ['employee', 'legal'], groups: ['oidc:7'] } as const
  for (const deny of [
    { ...nobody, people: ['p1'] },
    { ...nobody, groups: ['oidc:7'] },
    { ...nobody, roles: ['legal'] } as const,
  ]) {
    const slice = sliceOf([useCase('finance', { ...all, deny })])
    assert.throws(() => decide(factsOf(asks), slice, now), { code: 'use-case-unknown' })
    assert.deepEqual(usableFor({ id: 'p1', roles: asks.roles, groups: asks.groups }, slice, now).useCases, [])
  }
  const slice = sliceOf([useCase('finance', { ...all, deny: { ...nobody, people: ['p2'] } })])
  assert.equal(decide(factsOf(asks), slice, now).useCase.id, 'finance')
})

test('an offering that is denied to somebody is neither chosen for them nor named by them', () => {
  const deny = { ...nobody, people: ['p1'] }
  const base = sliceOf([useCase('general-assistant')])
  const [first, ...others] = [...base.offerings.values()]
  assert.ok(first !== undefined)
  const slice = {
    ...base,
    offerings: new Map([{ ...first, deny }, ...others].map((each) => [each.id, each])),
  }
  assert.notEqual(decide(factsOf({ askedModel: 'auto' }), slice, now).offering.id, first.id)
  assert.throws(() => decide(factsOf({ askedModel: first.id }), slice, now), { code: 'model-unknown' })
  assert.equal(decide(factsOf({ askedModel: first.id, personId: 'p2' }), slice, now).offering.id, first.id)
  const usable = usableFor({ id: 'p1', roles: ['employee'], groups: [] }, slice, now)
  assert.ok(!usable.offerings.some(({ id }) => id === first.id))
})

test('the exit of a use case is taken last, whatever the company prefers, and when nothing else carries it', () => {
  const withExit = useCase('general-assistant', { exit: 'own' })
  const slice = { ...sliceOf([withExit]), preference: { public: ['own'] } }
  assert.equal(decide(factsOf(), slice, now).offering.id, 'commercial')
  assert.equal(decide(factsOf({ findings: [codename] }), slice, now).offering.id, 'own')
  const gone = new Set(['own'])
  assert.equal(decide(factsOf({ reachable: gone }), slice, now).offering.id, 'own')
  const preferring = { ...sliceOf(), preference: { public: ['own'] } }
  assert.equal(decide(factsOf(), preferring, now).offering.id, 'own')
})

test('an offering the terms leave out is refused by name and alias, with the reason, and auto is offered', () => {
  const outside = [{ offering: 'commercial', why: 'The contract with Tarn forbids it.' }]
  const slice = sliceOf([useCase('general-assistant', { offerings: ['own'], outside })])
  for (const askedModel of ['commercial', 'fast']) {
    const told = refusal({ askedModel }, slice)
    assert.equal(told.code, 'offering-outside-terms')
    assert.match(told.message, /Tarn/)
    assert.ok(told.remedies.some(({ id }) => id === 'use-auto'))
  }
  const { reasons } = decide(factsOf(), slice, now)
  assert.ok(reasons.includes('The contract with Tarn forbids it.'))
})

test('that a person must check it, and that nothing is kept, stand among the reasons', () => {
  const slice = sliceOf([useCase('general-assistant', { needsReview: true, keepsContent: false })])
  const { reasons } = decide(factsOf(), slice, now)
  assert.ok(reasons.some((reason) => reason.startsWith('A person must check')))
  assert.ok(reasons.some((reason) => reason.includes('not kept')))
})
