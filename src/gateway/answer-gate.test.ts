import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamPiece } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
import type { Action } from '#/core/finding.ts'
import type { JsonObject } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { anthropicMessages, openaiChat } from '#/dialects/index.ts'
import { createInspector } from '#/inspect/index.ts'
import type { Rule } from '#/policy/api.ts'
import { AnswerFindings, AnswerGate, createJudge, type GateFacts, treatAnswers } from './answer-gate.ts'

const inspector = createInspector({ terms: [] })
const password = ['Tr0ub4dor', '&3x'].join('')
const card = ['41111111', '11111111'].join('')

const ruleFor = (action: Action, types: readonly string[], channels: Rule['channels'] = []): Rule => ({
  id: 'r',
  title: 'a rule',
  types,
  families: [],
  action,
  channels,
  direction: 'answer',
  mayMask: false,
  owner: 'owner@example.com',
})
const seenKeys: string[] = []
const factsOf = (rules: readonly Rule[], issued: ReadonlyMap<string, string> = new Map()): GateFacts => ({
  inspector,
  issued,
  answerRules: rules,
  onOwnKey: (text) => seenKeys.push(text),
})
const strict = factsOf([ruleFor('mask', ['password', 'payment-card', 'email'])])

/** A text as a stream brings it, in pieces of this length. */
function streamed(text: string, facts: GateFacts, more: Partial<StreamPiece> = {}, length = 3): string {
  const gate = new AnswerGate(facts)
  const piece = { slot: '0', channel: 'tool-arguments', under: 'arguments', isFixed: false, ...more } as const
  let released = ''
  for (let at = 0; at < text.length; at += length)
    released += gate.push({ ...piece, text: text.slice(at, at + length) })
  return released + gate.end('0')
}

/** The same text in an answer that is sent whole. */
function whole(text: string, facts: GateFacts): string {
  const call = { id: 'c', type: 'function', function: { name: 'find', arguments: text } }
  const body: JsonObject = {
    choices: [{ index: 0, message: { tool_calls: [call] }, finish_reason: 'tool_calls' }],
  }
  const { segments } = openaiChat.readAnswer(body)
  const patched = patchBody(body, treatAnswers(segments, createJudge(facts, new AnswerFindings())))
  return openaiChat
    .openStream()
    .read({
      event: undefined,
      data: JSON.stringify(patched).replace('"message"', '"delta"'),
      raw: '',
    })
    .pieces.filter(({ slot }) => slot === '0 tool 0')
    .map((piece) => piece.text)
    .join('')
}

const key = ['-----BEGIN PRIVATE', 'KEY-----\nAAAA\n-----END PRIVATE', 'KEY-----\n'].join(' ')
const token = 'PRIVATE_KEY_0123456789'
const issued = factsOf([], new Map([[token, key]]))

test('a value that is only known by its name is found in streamed arguments', () => {
  assert.equal(
    streamed(JSON.stringify({ user: 'ada', password }), strict),
    '{"user":"ada","password":"[PASSWORD]"}',
  )
  const blocks = factsOf([ruleFor('block', ['password'])])
  assert.throws(
    () => streamed(JSON.stringify({ deep: [{ password }] }), blocks),
    (error) =>
      error instanceof Refusal && error.code === 'answer-blocked' && !error.message.includes(password),
  )
})

test('a number of 19 digits comes out of judged arguments as it was, and a card written as one is found', () => {
  assert.equal(
    streamed(`{"id":1234567890123456789,"to":"ada@example.com","ratio":1.0}`, strict),
    '{"id":1234567890123456789,"to":"[EMAIL]","ratio":1.0}',
  )
  assert.equal(streamed(`{"id":1234567890123456789}`, strict), '{"id":1234567890123456789}')
  assert.equal(streamed(`{"number":${card}}`, strict), '{"number":"[PAYMENT CARD]"}')
  // A double makes 6221261234567890000 of it, which is no number of a card.
  const longCard = ['622126123', '4567890210'].join('')
  assert.equal(streamed(`{"card":${longCard}}`, strict), '{"card":"[PAYMENT CARD]"}')
})

test('arguments that were cut short are judged as the text they are', () => {
  assert.equal(streamed('{"to":"ada@example.com","te', strict), '{"to":"[EMAIL]","te')
  assert.equal(streamed('{"to":"ada', strict), '{"to":"ada')
})

test('arguments are judged alike in a stream and in a whole answer', () => {
  const sources = [
    JSON.stringify({ password, 'ada@example.com': [card, { note: `mail ada@example.com "now"` }] }),
    ` {"a": 1.50, "to" :"ada\\u0040example.com", "n": 1e400}`,
    '{"to":"ada@example.com","to":"x"}',
    `"ada@example.com"`,
    '[]',
    'plain ada@example.com',
    '{"body":"{\\"to\\":\\"ada@example.com\\"}"',
    JSON.stringify({ payload: JSON.stringify({ key: token, to: 'ada@example.com' }) }),
  ]
  for (const facts of [strict, issued, factsOf(strict.answerRules, issued.issued)]) {
    for (const source of sources) {
      const wanted = whole(source, facts)
      for (const length of [1, 4, 1_000]) assert.equal(streamed(source, facts, {}, length), wanted, source)
    }
  }
})

test('what a tool of another kind takes is judged by the rules for arguments', () => {
  const facts = factsOf([ruleFor('mask', ['email'], ['tool-arguments'])])
  const stream = openaiChat.openStream()
  const gate = new AnswerGate(facts)
  const call = { index: 0, id: 'c', custom: { name: 'run', input: 'mail ada@example.com now' } }
  const data = JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: null }] })
  for (const piece of stream.read({ event: undefined, data, raw: '' }).pieces) gate.push(piece)
  assert.equal(gate.end('0 tool 0'), 'mail [EMAIL] now')
})

test('a value under a name of somebody’s own is read with it, also where it comes in pieces', () => {
  for (const [dialect, data] of [
    [openaiChat, { choices: [{ index: 0, delta: { password }, finish_reason: null }] }],
    [openaiChat, { choices: [], later: [{ password }] }],
    [anthropicMessages, { type: 'later', result: { password } }],
    [anthropicMessages, { type: 'content_block_delta', index: 0, delta: { type: 'x', password } }],
  ] as const) {
    const gate = new AnswerGate(strict)
    const part = dialect.openStream().read({ event: undefined, data: JSON.stringify(data), raw: '' })
    let text = ''
    for (const piece of part.pieces) text += gate.push(piece) + gate.end(piece.slot)
    assert.ok(text.includes('[PASSWORD]') && !text.includes(password), text)
  }
})

test('a value known by its name is counted where nothing is held', () => {
  const gate = new AnswerGate(factsOf([]))
  gate.push({ slot: '0', text: password, channel: 'answer', under: 'password', isFixed: false })
  assert.equal(gate.end('0'), '')
  assert.deepEqual(gate.found.list(), [{ type: 'password', channel: 'answer', action: 'note', count: 1 }])
})

test('an original with line ends is JSON wherever it is put back, however deep it stands', () => {
  const deep = (value: string) =>
    JSON.stringify({ body: JSON.stringify({ list: [{ key: value, json: JSON.stringify([value]) }] }) })
  for (let length = 1; length < 40; length++)
    assert.equal(streamed(deep(token), issued, {}, length), deep(key))
  assert.equal(whole(deep(token), issued), deep(key))
})

test('an answer that is JSON stays JSON; any other text takes the original as it is', () => {
  const answer = { channel: 'answer', under: 'content' } as const
  assert.equal(streamed(JSON.stringify({ key: token }), issued, answer), JSON.stringify({ key }))
  assert.equal(streamed(` \n[ "${token}" ]`, issued, answer), ` \n[ ${JSON.stringify(key)} ]`)
  assert.equal(streamed(`[Note] ${token}`, issued, answer), `[Note] ${key}`)
  assert.equal(streamed(`It is {"${token}"}`, issued, answer), `It is {"${key}"}`)
})

test('where every original fits anywhere, arguments go on as they come', () => {
  const gate = new AnswerGate(factsOf([], new Map([['EMAIL_0123456789', 'ada@example.com']])))
  const piece = { slot: '0', channel: 'tool-arguments', under: 'arguments', isFixed: false } as const
  assert.equal(gate.push({ ...piece, text: '{"to":"EMAIL_01234' }), '{"to":"')
  assert.equal(gate.push({ ...piece, text: '56789"' }), 'ada@example.com"')
})

test('a tool call is begun and completed only by the rights of that moment; text goes on until the next look', () => {
  for (const rules of [[], [ruleFor('mask', ['email'])]]) {
    let hasAccess = true
    const gate = new AnswerGate({
      ...factsOf(rules),
      assertRights: () => {
        if (!hasAccess) throw new Refusal('access-ended', { why: 'session' })
      },
    })
    const call = { channel: 'tool-arguments', under: 'arguments', isFixed: false } as const
    gate.push({ ...call, slot: '1', text: '{"a":' })
    hasAccess = false
    assert.throws(() => gate.end('1'), { code: 'access-ended' })
    assert.throws(() => gate.push({ ...call, slot: '2', text: '{' }), { code: 'access-ended' })
    gate.push({ slot: '0', channel: 'answer', under: undefined, isFixed: false, text: 'Once' })
    gate.end('0')
  }
})

test('a key of ours in an answer is told once, streamed or whole, with and without a strict rule', () => {
  const key = `sp_${'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)}`
  for (const facts of [factsOf([]), strict]) {
    seenKeys.length = 0
    streamed(`{"command":"export KEY=${key} ${'and more '.repeat(1_000)}"}`, facts)
    assert.deepEqual(seenKeys, [key])
    seenKeys.length = 0
    whole(`{"command":"export KEY=${key}"}`, facts)
    assert.deepEqual(seenKeys, [key])
  }
})
