import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundFact } from '#/policy/api.ts'
import { offering, rule, useCase } from '#/policy/test-values.ts'
import { askedFacts, countFound } from './replay-facts.ts'
import type { Inspected } from './stages/inspect.ts'

const email: FoundFact = {
  type: 'email',
  family: 'contact',
  label: 'e-mail address',
  class: 'internal',
  channel: 'user',
  isFixed: false,
  field: 'messages.0.content',
}

test('findings are counted by kind, channel, action and what makes them different for a rule', () => {
  const facts: FoundFact[] = [
    email,
    { ...email, isContinued: true },
    { ...email, field: 'messages.1.content' },
    { ...email, isFixed: true },
    { ...email, isFixed: true, isInFile: true },
    { ...email, type: 'company-term', class: 'restricted' },
    { ...email, clearings: [{ id: 'ours', useCases: [] }] },
  ]
  const plain = { channel: 'user', action: 'mask' }
  assert.deepEqual(
    countFound(facts, () => 'mask'),
    [
      { type: 'email', ...plain, count: 2 },
      { type: 'email', ...plain, place: 'fixed', count: 1 },
      { type: 'email', ...plain, place: 'file', count: 1 },
      { type: 'company-term', ...plain, class: 'restricted', count: 1 },
      { type: 'email', ...plain, cleared: ['ours'], count: 1 },
    ],
  )
})

test('a head stays short, whatever was found', () => {
  const facts = Array.from(
    { length: 5_000 },
    (_, at): FoundFact => ({ ...email, clearings: [{ id: `entry-${at}`, useCases: [] }] }),
  )
  const lines = countFound(facts, () => 'note')
  assert.equal(lines.length, 201)
  assert.deepEqual(lines.at(-1), { type: 'email', channel: 'user', action: 'note', count: 4_800 })
})

interface Asking {
  readonly model?: string
  readonly useCase?: string
  readonly wantsMask?: boolean
  readonly justification?: string
  readonly acknowledges?: readonly string[]
  readonly bounds?: object
  readonly labelClass?: string
  readonly unread?: readonly object[]
  readonly uses?: readonly object[]
}

const asked = ({ model = 'auto', bounds, uses = [], labelClass = 'public', unread = [], ...said }: Asking) =>
  JSON.parse(
    JSON.stringify(
      askedFacts(
        {
          read: {
            asked: { useCase: undefined, wantsMask: false, acknowledges: [], ...said },
            chat: { model, body: {} },
            admitted: {
              identified: {
                caller: { bounds, person: { id: 'person_1' } },
                received: { dialect: { statefulUses: () => uses } },
              },
            },
          },
          snapshot: {
            offerings: new Map([['own', offering('own', 'internal', { aliases: ['fast'] })]]),
            useCases: new Map([['finance', useCase('finance')]]),
            rules: [rule('read-me', 'acknowledge')],
          },
          labelClass,
          unread,
        } as unknown as Inspected,
        { acknowledgements: { of: () => new Map() }, clock: { now: () => 0 } } as never,
      ),
    ),
  ) as unknown

test('what was asked for stands in a head by names of records alone', () => {
  assert.deepEqual(asked({}), { model: 'auto' })
  assert.deepEqual(asked({ model: 'own' }), { model: 'own' })
  assert.deepEqual(asked({ model: 'fast', useCase: 'finance' }), { model: 'fast', useCase: 'finance' })
  assert.deepEqual(asked({ model: 'my-iban-is-de89', useCase: 'ada-lovelace' }), { model: '?', useCase: '?' })
})

test('what else decides is there when there is any', () => {
  assert.deepEqual(
    asked({
      wantsMask: true,
      bounds: { offerings: ['own'] },
      labelClass: 'confidential',
      unread: [{}, {}],
      uses: [{ field: 'store', features: ['stored-responses'] }],
    }),
    {
      ...{ model: 'auto', mask: true, labels: 'confidential', features: ['stored-responses'] },
      unread: 2,
      bound: true,
    },
  )
  assert.deepEqual(
    asked({ justification: 'For the audit.', acknowledges: ['read-me', 'made-up'] }),
    { model: 'auto', reason: true, notices: ['read-me'] },
    'the reason itself is text',
  )
  assert.deepEqual(asked({ bounds: { requestsPerDay: 3 } }), { model: 'auto' }, 'it bounds no decision')
})
