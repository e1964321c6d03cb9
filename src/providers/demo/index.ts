import { setTimeout as pause } from 'node:timers/promises'
import type { ChatEvent, Conversation } from '#/chat/api.ts'
import type { Provider } from '../api.ts'
import { composeAnswer } from './compose.ts'
import { composeCall, wantedTool } from './tool-call.ts'

/** About the pace of a fast model: the eye can follow, and Stop can be pressed. */
const wordPauseMs = 12

/** The demo model: runs in this process, calls no one, and answers by showing what reached it. */
export const demo: Provider = {
  kind: 'demo',
  speaks: 'chat',
  answer: (conversation, signal) => answer(conversation, signal, wordPauseMs),
}

/** Throws `AbortError` when the exchange is ended. A test passes a pause of 0. */
export async function* answer(
  conversation: Conversation,
  signal: AbortSignal,
  pauseMs: number,
): AsyncGenerator<ChatEvent> {
  const tool = wantedTool(conversation)
  if (tool !== undefined) {
    const { id, source } = composeCall(conversation, tool)
    yield { kind: 'tool-call', id, name: tool.name }
    for (const piece of pieces(source)) yield { kind: 'tool-arguments', id, text: piece }
    yield { kind: 'end', finish: 'tool-calls', usage: usageOf(conversation, source) }
    return
  }
  const text = composeAnswer(conversation)
  for (const piece of pieces(text)) {
    if (pauseMs > 0) await pause(pauseMs, undefined, { signal })
    yield { kind: 'text', text: piece }
  }
  yield { kind: 'end', finish: 'stop', usage: usageOf(conversation, text) }
}

/** Words with the blank before them, as models send them. */
const pieces = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? []

/** Tokens are estimated as a quarter of the characters: the demo model has no tokeniser, and says so in its answer. */
function usageOf({ messages, tools }: Conversation, answered: string) {
  const entered = messages.reduce((sum, { text }) => sum + text.length, JSON.stringify(tools).length)
  return {
    inputTokens: Math.ceil(entered / 4),
    outputTokens: Math.ceil(answered.length / 4),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  }
}
