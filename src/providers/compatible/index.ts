import type { Provider } from '../api.ts'
import { credentialHeader } from '../credential-header.ts'

/** Anything that serves OpenAI's chat completions: vLLM, NIM, Ollama, Mistral, OpenAI itself. The base URL ends before `/chat/completions`. */
export const compatible: Provider = {
  kind: 'compatible',
  speaks: 'openai-chat',
  passes: [],
  request: ({ body, json }, { credential }) => ({
    path: '/chat/completions',
    headers: {
      'content-type': 'application/json',
      accept: body['stream'] === true ? 'text/event-stream' : 'application/json',
      ...credentialHeader('authorization', credential, 'Bearer '),
    },
    body: json,
  }),
  // Source: OpenAI API reference, moderations; Mistral and servers of one's own take the same.
  moderation: (texts, model, { credential }) => ({
    path: '/moderations',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...credentialHeader('authorization', credential, 'Bearer '),
    },
    body: JSON.stringify({ model, input: texts }),
  }),
  probe: ({ credential }) => ({
    path: '/models',
    headers: { accept: 'application/json', ...credentialHeader('authorization', credential, 'Bearer ') },
  }),
}
