import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryFacts, EntryHead } from '#/audit/api.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import { cameToRules, factsFor, replayable } from './replay.ts'
import { intent, nowMs, person, snapshotOf } from './test-draft.ts'

const headOf = (facts: EntryFacts = {}, kind: 'intent' | 'refusal' = 'intent'): EntryHead => ({
  index: 1,
  atMs: nowMs,
  kind,
  facts: { ...intent().facts, ...facts },
  subject: person.id,
})
const bounds: KeyBounds = { useCase: 'support', highestClass: 'internal', offerings: ['own'] }
const read = (facts: EntryFacts, areNamesKnown = true) =>
  replayable(headOf(facts), person, (id) => (id === 'key_1' ? bounds : undefined), areNamesKnown)

test('what a head says becomes the facts rules are asked about', () => {
  const replay = read({
    declaredClass: 'internal',
    asked: {
      model: 'fast',
      useCase: 'finance',
      mask: true,
      labels: 'confidential',
      unread: 2,
      features: ['files'],
    },
    findings: [
      { type: 'email', channel: 'user', action: 'mask', count: 3 },
      {
        type: 'company-term',
        channel: 'tool-result',
        action: 'note',
        count: 1,
        class: 'restricted',
        place: 'fixed',
      },
      { type: 'iban', channel: 'attachment', action: 'note', count: 1, place: 'file', cleared: ['ours'] },
    ],
  })
  assert.ok(typeof replay !== 'string', String(replay))
  const clearing = { id: 'ours', useCases: [] }
  const facts = factsFor(replay, snapshotOf(), new Map([['ours', clearing]]))
  assert.deepEqual(
    facts.findings.map(({ type, family, class: of, channel, isFixed, isInFile, clearings }) => [
      ...[type, family, of, channel, isFixed, isInFile, clearings],
    ]),
    [
      ['email', 'contact', 'internal', 'user', false, false, undefined],
      ['company-term', 'company', 'restricted', 'tool-result', true, false, undefined],
      ['iban', 'payment', 'confidential', 'attachment', true, true, [clearing]],
    ],
  )
  const {
    askedModel,
    askedUseCase,
    wantsMask,
    labelClass,
    declaredClass,
    unread,
    reachable,
    roles,
    stateful,
  } = facts
  assert.deepEqual(
    { askedModel, askedUseCase, wantsMask, labelClass, declaredClass, parts: unread.length, roles },
    {
      ...{ askedModel: 'fast', askedUseCase: 'finance', wantsMask: true, labelClass: 'confidential' },
      ...{ declaredClass: 'internal', parts: 1, roles: ['employee'] },
    },
  )
  assert.deepEqual(stateful, [{ field: '', features: ['files'] }])
  assert.deepEqual([...reachable], ['commercial', 'own'])
})

test('an entry of a policy that is gone clears nothing any more', () => {
  const findings = [{ type: 'iban', channel: 'user', action: 'note', count: 1, cleared: ['ours'] }]
  const replay = read({ findings })
  assert.ok(typeof replay !== 'string')
  assert.deepEqual(factsFor(replay, snapshotOf(), new Map()).findings[0]?.clearings, [])
})

test('a key that bounds is looked up as it is now', () => {
  const replay = read({ asked: { model: 'auto', bound: true }, keyId: 'key_1' })
  assert.ok(typeof replay !== 'string')
  assert.deepEqual(
    [replay.keyUseCase, replay.keyHighestClass, replay.keyOfferings],
    ['support', 'internal', ['own']],
  )
})

test('what is not known is said, and why', () => {
  assert.equal(
    replayable(headOf(), undefined, () => undefined, true),
    'person',
  )
  assert.equal(read({ asked: undefined }), 'older')
  assert.equal(read({ asked: { model: 'auto', bound: true }, keyId: 'key_gone' }), 'key')
  assert.equal(
    read({ findings: [{ type: 'no-such-kind', channel: 'user', action: 'note', count: 1 }] }),
    'kind',
  )
  assert.equal(read({ asked: { model: '?' } }, false), 'name')
  assert.equal(read({ asked: { model: 'auto', useCase: '?' } }, false), 'name')
  assert.notEqual(
    read({ asked: { model: '?' } }),
    'name',
    'no draft brings a name: nobody has it, then and now',
  )
})

test('what the company finds by patterns of its own is known by its name', () => {
  const findings = [
    { type: 'own-employee', channel: 'user', action: 'note', count: 1, class: 'internal' },
  ] as const
  const replay = read({ findings })
  assert.ok(typeof replay !== 'string')
  assert.equal(replay.found[0]?.fact.family, 'company')
})

test('a refusal came to the rules once all was inspected', () => {
  assert.equal(cameToRules(headOf()), true)
  assert.equal(cameToRules(headOf({}, 'refusal')), true)
  assert.equal(cameToRules(headOf({ snapshot: undefined }, 'refusal')), false)
})
