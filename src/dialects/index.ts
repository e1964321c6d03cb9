import type { Dialect } from '#/chat/api.ts'
import { anthropicMessages } from './anthropic-messages/index.ts'
import { openaiChat } from './openai-chat/index.ts'

/** What clients may speak. A new dialect is a folder and a line here. */
export const dialects: readonly Dialect[] = [openaiChat, anthropicMessages]

export { anthropicMessages, openaiChat }
