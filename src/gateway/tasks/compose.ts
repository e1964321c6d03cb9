import type { DialectName } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Task } from '#/policy/tasks/api.ts'
import { piecesOf } from '#/policy/tasks/template.ts'

/** A request for a model, and which of its parts holds which input: `messages.1.content.2` to `inputs.text`. */
export interface Prompt {
  readonly body: JsonObject
  readonly inputAt: ReadonlyMap<string, string>
}

/** As long as a summary or a translated letter; only Anthropic's dialect must say it. */
const answerTokens = 4_096

/**
 * The request a template makes of inputs. Each piece and each input is a part of its own: a value stays in its place,
 * whatever it says, and is looked at by itself.
 */
export function composePrompt(
  { template, answerSchema }: Task,
  inputs: Readonly<Record<string, string>>,
  model: string,
  dialect: DialectName,
): Prompt {
  const system = [
    ...(template.system === undefined ? [] : [template.system]),
    ...(answerSchema === undefined
      ? []
      : [
          `Answer with JSON alone, without a word around it, that fits this JSON Schema:\n${JSON.stringify(answerSchema)}`,
        ]),
  ].join('\n\n')
  const isOpenai = dialect === 'openai-chat'
  const userAt = isOpenai && system !== '' ? 1 : 0
  const inputAt = new Map<string, string>()
  const content = piecesOf(template.prompt).map((piece, index) => {
    if ('text' in piece) return { type: 'text', text: piece.text }
    inputAt.set(`messages.${userAt}.content.${index}`, `inputs.${piece.input}`)
    return { type: 'text', text: inputs[piece.input] as string }
  })
  const user = { role: 'user', content }
  if (!isOpenai) {
    const instructions = system === '' ? {} : { system }
    return { body: { model, max_tokens: answerTokens, ...instructions, messages: [user] }, inputAt }
  }
  const messages = system === '' ? [user] : [{ role: 'system', content: system }, user]
  return { body: { model, messages }, inputAt }
}
