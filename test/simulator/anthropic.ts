import type { ServerResponse } from 'node:http'
import { behaviourOf, piecesOf, sendStatus, sendStream, storyText } from './behaviour.ts'

interface Body {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  readonly tools?: readonly { readonly name: string }[]
}

const usage = {
  input_tokens: 16,
  cache_read_input_tokens: 4,
  cache_creation_input_tokens: 0,
  output_tokens: 10,
}

export async function answerAnthropic(body: Body, response: ServerResponse): Promise<void> {
  const behaviour = behaviourOf(body.model)
  if (sendStatus(response, behaviour)) return
  const text = behaviour.includes('echo') || behaviour.startsWith('tokens') ? echoOf(body) : storyText
  const tool = behaviour === 'tool' ? body.tools?.[0]?.name : undefined
  if (body.stream) {
    const events = tool === undefined ? textEvents(body, text, behaviour) : callEvents(body, tool)
    return sendStream(response, events, behaviour)
  }
  if (behaviour === 'stall') return
  if (behaviour === 'cut') return void response.destroy()
  const content =
    tool === undefined
      ? [{ type: 'text', text, citations: null }]
      : [
          {
            type: 'tool_use',
            id: 'toolu_1',
            name: tool,
            input: { to: echoOf(body), nested: { list: [echoOf(body)] } },
          },
        ]
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      ...messageOf(body),
      content,
      stop_reason: tool === undefined ? 'end_turn' : 'tool_use',
      stop_sequence: null,
      usage,
    }),
  )
}

function echoOf({ messages }: Body): string {
  const content = messages.at(-1)?.content
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map((block: { text?: string }) => block.text ?? '').join('\n') : ''
}

const messageOf = ({ model }: Body) => ({ id: 'msg_simulated', type: 'message', role: 'assistant', model })

const event = (data: { readonly type: string } & Record<string, unknown>): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

const start = (body: Body): string =>
  event({
    type: 'message_start',
    message: {
      ...messageOf(body),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...usage, output_tokens: 1 },
    },
  })

const endOf = (reason: string): string[] => [
  event({
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 10 },
  }),
  event({ type: 'message_stop' }),
]

const textEvents = (body: Body, text: string, behaviour: string): string[] => [
  start(body),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  event({ type: 'ping' }),
  ...piecesOf(text, behaviour).map((piece) =>
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } }),
  ),
  event({ type: 'content_block_stop', index: 0 }),
  ...endOf('end_turn'),
]

const callEvents = (body: Body, name: string): string[] => [
  start(body),
  event({
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'tool_use', id: 'toolu_1', name, input: {} },
  }),
  ...piecesOf(
    JSON.stringify({ to: echoOf(body), nested: { list: [`"${echoOf(body)}"`] } }),
    'tokens-split',
  ).map((piece) =>
    event({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'input_json_delta', partial_json: piece },
    }),
  ),
  event({ type: 'content_block_stop', index: 0 }),
  ...endOf('tool_use'),
]
