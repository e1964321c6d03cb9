import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { clockMs, milliseconds, stepsOf } from './steps.ts'

const atMs = new Date(2026, 10, 23, 14, 2, 10, 124).getTime()

const details = (part: Partial<ExchangeDetails> = {}): ExchangeDetails => ({
  receipt: 'sallyport.local#1284',
  requestId: 'req_1',
  atMs,
  status: 'answered',
  code: null,
  class: 'confidential',
  leavesAs: 'public',
  useCase: { id: 'general-assistant', title: 'General assistant' },
  offering: {
    id: 'west',
    title: 'West',
    processor: 'West Models',
    region: 'eu-west-1',
    retentionDays: 30,
    trains: 'never',
    ceiling: 'confidential',
  },
  model: 'west-large-2026',
  justification: null,
  reasons: ['West was approved by Olivia.'],
  findings: [{ type: 'iban', label: 'bank account', action: 'pseudonymise', channel: 'user', count: 2 }],
  replaced: [{ token: 'IBAN_1', original: 'DE89' }],
  content: 'kept',
  typed: { messages: [{ role: 'user', content: 'three short words' }] },
  sent: { messages: [] },
  moderation: null,
  answer: 'ok',
  finish: 'stop',
  usage: { inputTokens: 1_200, outputTokens: 5 },
  timingsMs: { inspect: 9.04, intend: 12, firstByte: 640, total: 1_490 },
  rules: ['ibans-replaced'],
  snapshot: 's1',
  proof: { origin: 'sallyport.local', index: 1_284, logSize: 1_290, checkpoint: 'note' },
  ...part,
})
const told = (part: Partial<ExchangeDetails> = {}) =>
  Object.fromEntries(
    stepsOf(details(part), 'ines@example.com').map(({ id, title, time, sentences }) => [
      id,
      [title, time, ...sentences].filter((text) => text !== '').join(' | '),
    ]),
  )

describe('a moderation model', () => {
  const model = (how: string, wasShown = false) =>
    told({ moderation: { offering: 'guard', how, wasShown } }).checked ?? ''
  test('is named with what it was shown, and where it was not, with why', () => {
    assert.match(model('answered', true), /\| The moderation model guard was shown it, as it would leave\.$/)
    assert.match(model('known'), /guard knew it from before\.$/)
    assert.match(model('away: cannot be reached', true), /guard was shown it and cannot be reached\.$/)
    assert.match(model('away: is not approved'), /guard was not shown it: it is not approved\.$/)
    assert.doesNotMatch(model('nothing'), /guard/)
    const refused = told({
      status: 'refused',
      moderation: { offering: 'guard', how: 'answered', wasShown: true },
    })
    assert.match(refused.logged ?? '', /Nothing left but to the moderation model\.$/)
  })
})

describe('the steps of an answered prompt', () => {
  test('stand in the order they happened', () => {
    assert.deepEqual(Object.keys(told()), [
      'wrote',
      'checked',
      'decided',
      'logged',
      'left',
      'answer',
      'proof',
    ])
  })

  test('say who, what was found, why it was allowed, where it went and what came', () => {
    const { wrote, checked, decided, logged, left, answer, proof } = told()
    assert.equal(wrote, 'You wrote 3 words | 14:02:10.112 | Signed in as ines@example.com.')
    assert.equal(checked, 'Checked in 9 ms | Found 2 bank accounts. That makes it')
    assert.equal(decided, 'Allowed, with values replaced | West was approved by Olivia.')
    assert.equal(logged, 'Written to the log first | 14:02:10.124 | Entry 1,284, on disk before a byte left.')
    assert.equal(
      left,
      'Left the company | To West, West Models, eu-west-1. | The provider knows it as west-large-2026. | Kept 30 days, not used for training. | What left is',
    )
    assert.equal(
      answer,
      'Answered | 14:02:11.602 | First words after 640 ms. | Done after 1.5 s. | 1,200 tokens in, 5 tokens out.',
    )
    assert.match(proof ?? '', /^Proof \| Entry 1,284 of 1,290 in the log\. \| The newest signed checkpoint/)
  })

  test('tell masked apart from replaced, because what is masked does not come back', () => {
    const masked = { type: 'card', label: 'card', action: 'mask', channel: 'user', count: 1 }
    assert.match(told({ findings: [masked], replaced: [] }).decided ?? '', /^Allowed, with values masked/)
    assert.match(
      told({ findings: [masked] }).decided ?? '',
      /^Allowed, with values replaced and values masked/,
    )
    assert.match(told({ findings: [], replaced: [] }).decided ?? '', /^Allowed \|/)
  })

  test('name the use case when no reason does', () => {
    assert.equal(told({ reasons: [], replaced: [] }).decided, 'Allowed | Use case General assistant.')
  })

  test('keep what the answer held apart from what the prompt held', () => {
    const findings = [{ type: 'email', label: 'e-mail address', action: 'note', channel: 'answer', count: 1 }]
    const { checked, answer } = told({ findings })
    assert.match(checked ?? '', /Nothing was found/)
    assert.match(answer ?? '', /In the answer: 1 e-mail address\.$/)
  })

  test('say that earlier messages went along', () => {
    const typed = { messages: Array.from({ length: 3 }, () => ({ role: 'user', content: 'a b' })) }
    assert.match(
      told({ typed }).wrote ?? '',
      /^You wrote 2 words .*2 earlier messages of this chat went along\.$/,
    )
  })
})

describe('other endings', () => {
  test('a refused prompt never left: there is no such step, and no answer', () => {
    const part = {
      status: 'refused',
      code: 'finding-blocked',
      sent: null,
      offering: null,
      reasons: [],
    } as const
    const steps = told(part)
    assert.deepEqual(Object.keys(steps), ['wrote', 'checked', 'decided', 'logged', 'proof'])
    assert.match(steps.decided ?? '', /^Refused \| Code finding-blocked\./)
    assert.match(steps.logged ?? '', /Nothing left\.$/)
  })

  test('an open one is waited for', () => {
    const open = stepsOf(details({ status: 'open', usage: null, timingsMs: {} }), 'x').find(
      ({ id }) => id === 'answer',
    )
    assert.deepEqual([open?.isOpen, open?.time, open?.sentences], [true, 'live', []])
  })

  test('a stopped one and one that failed say so', () => {
    assert.match(told({ status: 'client-gone' }).answer ?? '', /^Stopped by you, or the connection was lost/)
    assert.match(told({ status: 'provider-cut' }).answer ?? '', /^Ended with provider-cut/)
    assert.match(told({ finish: 'length' }).answer ?? '', /length limit/)
  })

  test('what is not known is said to be unknown', () => {
    assert.match(told({ offering: null }).left ?? '', /Where to is not known\./)
    const unkept = { ...details().offering, retentionDays: null } as ExchangeDetails['offering']
    assert.match(told({ offering: unkept }).left ?? '', /Time kept not known/)
    const unsigned = { ...details().proof, checkpoint: null }
    assert.match(told({ proof: unsigned }).proof ?? '', /at the next checkpoint\.$/)
  })
})

test('what is not kept is not counted as nothing', () => {
  const [wrote] = stepsOf(details({ content: 'not-kept', typed: null, sent: null }), 'ada@example.com')
  assert.equal(wrote?.title, 'You wrote something that is not kept')
})

test('times are as fine as they matter', () => {
  assert.deepEqual([0.04, 9.04, 12.6, 999, 1_490, 75_400].map(milliseconds), [
    '0 ms',
    '9 ms',
    '13 ms',
    '999 ms',
    '1.5 s',
    '75 s',
  ])
  assert.equal(clockMs(new Date(2026, 0, 1, 3, 4, 5, 6).getTime()), '03:04:05.006')
})
