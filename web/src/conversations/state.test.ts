import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cut } from '../core/problem.ts'
import {
  type Change,
  type Chats,
  changeChats,
  emptyChat,
  firstChats,
  isRunning,
  openChat,
  titleOf,
} from './state.ts'
import { crossing, sending } from './test-turns.ts'

const chatId = 'chat-1'
const inTurn = { chatId, turnId: 'turn-1' }
const typed = (draft: string): Change => ({ kind: 'draft-changed', chatId, draft })
const sent = (text: string): Change => ({ kind: 'turn-sent', ...inTurn, typed: text, atMs: 1_000, sending })
const taken: Change = { kind: 'turn-taken', ...inTurn, crossing }
const grew = (text: string): Change => ({ kind: 'answer-grew', ...inTurn, text })
const answered: Change = {
  kind: 'turn-ended',
  ...inTurn,
  ending: { status: 'answered', finish: 'stop' },
}
const after = (...changes: readonly Change[]): Chats => changes.reduce(changeChats, firstChats())
const turnOf = (state: Chats) => openChat(state).turns.at(-1)

describe('a message on its way', () => {
  test('the draft stays until the gate has taken the message', () => {
    const sending = after(typed('hello'), sent('hello'))
    assert.equal(openChat(sending).draft, 'hello')
    assert.equal(turnOf(sending)?.status, 'sending')
    assert.equal(openChat(changeChats(sending, taken)).draft, '')
  })

  test('what was typed meanwhile is not lost', () => {
    const state = after(typed('hello'), sent('hello'), typed('hello again'), taken)
    assert.equal(openChat(state).draft, 'hello again')
  })

  test('a refused message leaves the draft', () => {
    const ending = { status: 'refused', problem: cut('req_1') } as const
    const state = after(typed('hello'), sent('hello'), { kind: 'turn-ended', ...inTurn, ending })
    assert.equal(openChat(state).draft, 'hello')
    assert.equal(turnOf(state)?.problem?.requestId, 'req_1')
  })

  test('an answer grows, and how it ended is kept', () => {
    const state = after(sent('hello'), taken, grew('Good '), grew('morning'), answered)
    const { answer, status, finish, crossing: went } = turnOf(state) ?? assert.fail('no turn')
    assert.deepEqual([answer, status, finish], ['Good morning', 'answered', 'stop'])
    assert.equal(went?.receipt, crossing.receipt)
  })

  for (const ending of [{ status: 'stopped' }, { status: 'broken', problem: cut('req_1') }] as const) {
    test(`text that came stays when the answer is ${ending.status}`, () => {
      const state = after(sent('hello'), taken, grew('Half'), { kind: 'turn-ended', ...inTurn, ending })
      assert.equal(turnOf(state)?.answer, 'Half')
      assert.equal(turnOf(state)?.status, ending.status)
    })
  }

  test('sent again, it starts anew in its place, as it is sent then', () => {
    const again = {
      kind: 'turn-sent-again',
      ...inTurn,
      atMs: 2_000,
      sending: { ...sending, mask: true },
    } as const
    const state = after(sent('hello'), taken, grew('Half'), answered, again)
    const turn = turnOf(state)
    assert.equal(openChat(state).turns.length, 1)
    assert.deepEqual(
      [turn?.typed, turn?.answer, turn?.status, turn?.crossing, turn?.atMs],
      ['hello', '', 'sending', undefined, 2_000],
    )
    assert.equal(turn?.sending.mask, true)
  })

  test('it runs from being sent to its end', () => {
    const running = [after(), after(sent('a')), after(sent('a'), taken), after(sent('a'), taken, answered)]
    assert.deepEqual(
      running.map((state) => isRunning(openChat(state))),
      [false, true, true, false],
    )
  })
})

describe('chats of a tab', () => {
  test('a new chat is opened, before the others', () => {
    const state = after(sent('a'), { kind: 'chat-added', chatId: 'chat-2' })
    assert.deepEqual(
      state.chats.map(({ id }) => id),
      ['chat-2', 'chat-1'],
    )
    assert.equal(openChat(state).id, 'chat-2')
  })

  test('an empty chat is enough of a new one, and takes the draft that came along', () => {
    const state = after({ kind: 'chat-added', chatId: 'chat-2', draft: 'kept' })
    assert.equal(state.chats.length, 1)
    assert.equal(openChat(state).draft, 'kept')
  })

  test('a chat with a draft is not empty', () => {
    const state = after(typed('unsent'), { kind: 'chat-added', chatId: 'chat-2' })
    assert.deepEqual(
      state.chats.map(({ draft }) => draft),
      ['', 'unsent'],
    )
  })

  test('model and class belong to their chat alone', () => {
    const state = after(
      sent('a'),
      { kind: 'chat-added', chatId: 'chat-2' },
      { kind: 'model-chosen', chatId: 'chat-2', model: 'west' },
      { kind: 'use-case-chosen', chatId: 'chat-2', useCase: 'letters' },
      { kind: 'class-declared', chatId: 'chat-2', declaredClass: 'restricted' },
    )
    assert.deepEqual(
      state.chats.map(({ model, useCase, declaredClass }) => [model, useCase, declaredClass]),
      [
        ['west', 'letters', 'restricted'],
        ['auto', undefined, undefined],
      ],
    )
  })

  test('an answer goes on growing in a chat that is not shown', () => {
    const state = after(sent('a'), taken, { kind: 'chat-added', chatId: 'chat-2' }, grew('Text'))
    const behind = changeChats(state, { kind: 'chat-opened', chatId })
    assert.equal(turnOf(behind)?.answer, 'Text')
  })

  test('there is always a chat to show', () => {
    assert.equal(openChat({ chats: [emptyChat('chat-9')], openId: 'gone' }).id, 'chat-9')
  })
})

describe('the title of a chat', () => {
  test('comes from the first message and stays', () => {
    const state = after(sent('First question'), answered, {
      kind: 'turn-sent',
      chatId,
      turnId: 'turn-2',
      typed: 'Second',
      atMs: 2_000,
      sending,
    })
    assert.equal(openChat(state).title, 'First question')
  })

  test('is one line of the first words, never cut inside one, with no sign left over', () => {
    assert.equal(titleOf('  Two\n lines '), 'Two lines')
    assert.equal(
      titleOf('Write to Ines Halvard, ines.halvard@example.com, about the invoice'),
      'Write to Ines Halvard…',
    )
    assert.ok(titleOf(`${'word '.repeat(40)}`).length <= 45)
  })

  test('cuts a single long word, between characters', () => {
    const title = titleOf('🏰'.repeat(60))
    assert.equal(title, `${'🏰'.repeat(44)}…`)
  })
})
