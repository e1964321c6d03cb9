import type { Dialect } from '#/chat/api.ts'
import { readAnswer } from './answer.ts'
import { toConversation } from './conversation.ts'
import { writeError, writeModel, writeModels, writeStreamError } from './errors.ts'
import { readRequest } from './request.ts'
import { statefulUses, withoutState } from './stateful.ts'
import { openStream } from './stream.ts'
import { openWriter } from './writer.ts'

/** Anthropic's messages, versions 2023-06-01 and 2026-10-21: what differs between them passes as it is. */
export const anthropicMessages: Dialect = {
  name: 'anthropic-messages',
  path: '/v1/messages',
  read: readRequest,
  statefulUses,
  withoutState,
  textPart: (part, text) =>
    part['type'] === 'document'
      ? { ...part, source: { type: 'text', media_type: 'text/plain', data: text } }
      : { type: 'text', text },
  conversation: toConversation,
  readAnswer,
  // Nothing in these answers repeats a text.
  withoutEchoes: (body) => body,
  openStream,
  openWriter,
  writeError,
  writeStreamError,
  writeModel,
  writeModels,
}
