import type { IncomingMessage } from 'node:http'
import { readBody } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'

const limits = { bodyMaxBytes: 8_192, bodyMaxMs: 5_000 }

/**
 * A body as forms and OAuth clients send it: `application/x-www-form-urlencoded`, at most 8 KiB. A body that is not
 * there is an empty form. Throws `header-invalid`, and what `readBody` throws.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readBody(request, limits)
  const type = request.headers['content-type'] ?? ''
  if (body.length > 0 && !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new Refusal('header-invalid', {
      header: 'content-type',
      problem: 'it must be application/x-www-form-urlencoded',
    })
  }
  return new URLSearchParams(body.toString('utf8'))
}
