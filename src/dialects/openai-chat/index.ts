import type { Dialect } from '#/chat/api.ts'
import { readAnswer, withoutEchoes } from './answer.ts'
import { toConversation } from './conversation.ts'
import { writeError, writeModel, writeModels, writeStreamError } from './errors.ts'
import { readRequest } from './request.ts'
import { statefulUses, withoutState } from './stateful.ts'
import { openStream } from './stream.ts'
import { openWriter } from './writer.ts'

/** Chat completions, as OpenAI defines them and most others serve them. */
export const openaiChat: Dialect = {
  name: 'openai-chat',
  path: '/v1/chat/completions',
  read: readRequest,
  statefulUses,
  withoutState,
  textPart: (_, text) => ({ type: 'text', text }),
  conversation: toConversation,
  readAnswer,
  withoutEchoes,
  openStream,
  openWriter,
  writeError,
  writeStreamError,
  writeModel,
  writeModels,
}
