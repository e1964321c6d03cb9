import type { ServerResponse } from 'node:http'

/** A prepared answer of about 1 KB: what the benchmark measures is the gateway, not this. */
const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-simulated',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'sim-fast',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'The plan is sound and the order of work is clear. '.repeat(15),
        },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 210, completion_tokens: 160, total_tokens: 370 },
  }),
)
const headers = { 'content-type': 'application/json', 'content-length': answer.length }

export function fastAnswer(response: ServerResponse): void {
  response.writeHead(200, headers)
  response.end(answer)
}
