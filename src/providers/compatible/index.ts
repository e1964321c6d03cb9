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
  probe: ({ credential }) => ({
    path: '/models',
    headers: { accept: 'application/json', ...credentialHeader('authorization', credential, 'Bearer ') },
  }),
}
