import type { Provider } from '../api.ts'

/** The version a client that names none is taken to speak: the one every client before October 2026 spoke. */
const defaultVersion = '2023-06-01'

/** What a version or a list of betas looks like. Anything else in these headers is not passed on. */
const plainList = /^[\w.,: -]{1,2000}$/

/** Anthropic's API. The base URL ends before `/v1`. What a client asks for by version and beta passes as it is. */
export const anthropic: Provider = {
  kind: 'anthropic',
  speaks: 'anthropic-messages',
  passes: ['anthropic-version', 'anthropic-beta'],
  request: (body, { credential }, { 'anthropic-version': version, 'anthropic-beta': beta }) => ({
    path: '/v1/messages',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': version !== undefined && plainList.test(version) ? version : defaultVersion,
      ...(beta !== undefined && plainList.test(beta) ? { 'anthropic-beta': beta } : {}),
      ...(credential === undefined ? {} : { 'x-api-key': credential }),
    },
    body: JSON.stringify(body),
  }),
}
