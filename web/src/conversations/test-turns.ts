import type { Chat, Crossing, Sending, Turn } from './state.ts'
import { emptyChat } from './state.ts'

/** Turns and chats for tests, complete where a test says nothing. */

export const sending: Sending = { model: 'auto', declaredClass: undefined, mask: false, expected: [] }

export const crossing: Crossing = {
  changed: 0,
  class: 'public',
  offering: 'demo',
  receipt: 'sallyport.local#7',
  requestId: 'req_1',
  atMs: 1_000,
}

export const turn = (part: Partial<Turn> = {}): Turn => ({
  id: 'turn-1',
  typed: 'a question',
  atMs: 1_000,
  sending,
  status: 'answered',
  answer: 'an answer',
  crossing,
  problem: undefined,
  finish: 'stop',
  ...part,
})

export const chatOf = (turns: readonly Turn[], part: Partial<Chat> = {}): Chat => ({
  ...emptyChat('chat-1'),
  turns,
  ...part,
})
