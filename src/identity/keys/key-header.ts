import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '#/core/refusal.ts'

/**
 * The key of a request: `Authorization: Bearer KEY` (OpenAI's clients) or `x-api-key: KEY` (Anthropic's). Both may
 * come as long as they agree: with two different keys nobody could say who asked. Throws `header-invalid`.
 */
export function readKey(headers: IncomingHttpHeaders): string | undefined {
  const { authorization } = headers
  const given = headers['x-api-key']
  const named = typeof given === 'string' ? given.trim() : undefined
  const borne = authorization === undefined ? undefined : /^bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (authorization !== undefined && borne === undefined) {
    throw new Refusal('header-invalid', { header: 'authorization', problem: 'it must be "Bearer KEY"' })
  }
  if (borne !== undefined && named !== undefined && borne !== named) {
    throw new Refusal('header-invalid', {
      header: 'x-api-key',
      problem: 'it names another key than authorization',
    })
  }
  return borne ?? (named === '' ? undefined : named)
}
