import type { ServerResponse } from 'node:http'
import { behaviourOf, piecesOf, sendStatus, sendStream, storyText } from './behaviour.ts'

interface Body {
  readonly model: string
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

const head = { id: 'chatcmpl-simulated', created: 1_790_000_000, system_fingerprint: 'fp_simulated' }
const usage = {
  prompt_tokens: 20,
  completion_tokens: 10,
  total_tokens: 30,
  prompt_tokens_details: { cached_tokens: 4 },
}

export async function answerOpenai(body: Body, response: ServerResponse): Promise<void> {
  const behaviour = behaviourOf(body.model)
  if (sendStatus(response, behaviour)) return
  const text = behaviour.includes('echo') || behaviour.startsWith('tokens') ? echoOf(body) : storyText
  const call =
    behaviour === 'tool' && body.tools?.[0] !== undefined
      ? { name: body.tools[0].function.name, text: echoOf(body) }
      : undefined
  if (body.stream)
    return sendStream(response, call ? callEvents(body, call) : textEvents(body, text, behaviour), behaviour)
  if (behaviour === 'stall') return
  if (behaviour === 'cut') return void response.destroy()
  if (behaviour === 'error-after-200') {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end('{"error":{"message":"internal words","code":502}}')
  }
  const message = call
    ? {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: call.name, arguments: argumentsOf(call.text) },
          },
        ],
      }
    : { role: 'assistant', content: text, refusal: null, annotations: [] }
  const choices = [{ index: 0, message, logprobs: null, finish_reason: call ? 'tool_calls' : 'stop' }]
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    behaviour === 'malformed'
      ? '{"choices": 5}'
      : JSON.stringify({
          ...head,
          object: 'chat.completion',
          model: body.model,
          choices,
          usage,
          service_tier: 'default',
        }),
  )
}

/** All texts of the last message. */
function echoOf({ messages }: Body): string {
  const content = messages.at(-1)?.content
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('\n') : ''
}

const argumentsOf = (text: string): string => JSON.stringify({ to: text, text: `He said "${text}"` })

const chunk = ({ model }: Body, delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })}\n\n`

const endOf = (body: Body, finish: string): string[] => [
  chunk(body, {}, finish),
  ...(body.stream_options?.include_usage
    ? [
        `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', model: body.model, choices: [], usage })}\n\n`,
      ]
    : []),
  'data: [DONE]\n\n',
]

const textEvents = (body: Body, text: string, behaviour: string): string[] => [
  chunk(body, { role: 'assistant', content: '' }),
  ...piecesOf(text, behaviour).map((content) => chunk(body, { content })),
  ...endOf(body, 'stop'),
]

const callEvents = (body: Body, call: { readonly name: string; readonly text: string }): string[] => [
  chunk(body, {
    role: 'assistant',
    content: null,
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: call.name, arguments: '' } }],
  }),
  ...piecesOf(argumentsOf(call.text), 'tokens-split').map((piece) =>
    chunk(body, { tool_calls: [{ index: 0, function: { arguments: piece } }] }),
  ),
  ...endOf(body, 'tool_calls'),
]
