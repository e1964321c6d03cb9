import type { IncomingMessage } from 'node:http'
import { gunzip } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import { type BodyLimits, readBody, tooLarge } from './body.ts'

const gzip = 'gzip'

/** Whether a body comes packed in the one way Anthropic's clients pack theirs, once it is long. */
export const isGzip = ({ headers }: IncomingMessage): boolean =>
  headers['content-encoding']?.toLowerCase() === gzip

/**
 * Reads a whole body that is gzip, and unpacks it. Both what comes and what it unpacks to are bounded. Rejects as
 * `readBody` does, and with `request-invalid` for what is no gzip.
 */
export async function readGzipBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const packed = await readBody(request, limits, gzip)
  return new Promise((resolve, reject) => {
    gunzip(packed, { maxOutputLength: limits.bodyMaxBytes }, (error, body) => {
      if (error === null) resolve(body)
      else reject(refusalOf(error, limits))
    })
  })
}

const refusalOf = (error: NodeJS.ErrnoException, limits: BodyLimits): Refusal =>
  error.code === 'ERR_BUFFER_TOO_LARGE'
    ? tooLarge(limits)
    : new Refusal(
        'request-invalid',
        { field: '(the body)', problem: 'it is not gzip, as content-encoding says' },
        { cause: error },
      )
