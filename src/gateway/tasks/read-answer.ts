import type { DialectName } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { parseJson } from '#/core/parse-json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { UsableUseCase } from '#/policy/api.ts'
import { checkAnswer } from '#/policy/tasks/check-answer.ts'

/** What the model said, without what it thought. Throws a plain Error when there is no text. */
export function textOf(body: JsonObject, dialect: DialectName): string {
  const text = dialect === 'openai-chat' ? openaiText(body) : partsText(body['content'])
  if (text.trim() === '') throw new Error('the answer of a task has no text')
  return text
}

function openaiText({ choices }: JsonObject): string {
  const first = Array.isArray(choices) ? choices[0] : undefined
  const message = isJsonObject(first) ? first['message'] : undefined
  const content = isJsonObject(message) ? message['content'] : undefined
  return typeof content === 'string' ? content : partsText(content)
}

const partsText = (content: JsonValue | undefined): string =>
  (Array.isArray(content) ? content : [])
    .map((part) => {
      const text = isJsonObject(part) && part['type'] === 'text' ? part['text'] : ''
      return typeof text === 'string' ? text : ''
    })
    .join('')

/** What both dialects call an answer that reached its longest. */
const cutShort: ReadonlySet<string | undefined> = new Set(['length', 'max_tokens'])

export const isWhole = (finish: string | undefined): boolean => !cutShort.has(finish)

/** Models put JSON into a fence even where they are told not to. */
const fence = /^```(?:json)?\s*\n([\s\S]*)\n\s*```$/

/** The answer as the schema of the task says. Throws `answer-schema`: never half of one. */
export function readChecked(
  text: string,
  finish: string | undefined,
  { id, owner, task }: Pick<UsableUseCase, 'id' | 'owner' | 'task'>,
  maxDepth: number,
): JsonValue {
  const refuse = (path: string, problem: string, cause?: unknown) =>
    new Refusal('answer-schema', { useCase: id, owner, path, problem }, { cause })
  if (task?.answerSchema === undefined) return text
  if (!isWhole(finish)) throw refuse('$', 'it ended before it was complete')
  const trimmed = text.trim()
  let value: JsonValue
  try {
    value = parseJson(fence.exec(trimmed)?.[1] ?? trimmed, maxDepth, 'body')
  } catch (error) {
    throw refuse('$', 'it is no JSON that can be read in one way', error)
  }
  const problem = checkAnswer(value, task.answerSchema)
  if (problem !== undefined) throw refuse(problem.path, problem.problem)
  return value
}
