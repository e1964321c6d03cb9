/** The wire to a collector: what an answer means, and that no secret comes back out of it. */

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import { openAskingPool } from '#/core/http/pool.ts'
import { readAnswer } from '#/core/http/read-answer.ts'
import { describeError } from '#/core/log-line.ts'
import type { SplunkSinkSettings } from '#/settings/api.ts'
import { printable } from '../../../printable.ts'
import { SinkFailure } from '../../api.ts'

export interface Collector {
  /** Rejects with `SinkFailure` unless the whole was taken or one event of it is not wanted. */
  readonly post: (body: string) => Promise<Posted>
  /** Those of the ids the indexer has acknowledged. */
  readonly acknowledged: (ackIds: readonly number[]) => Promise<readonly number[]>
  readonly close: () => Promise<void>
}

export interface Posted {
  readonly ackId: number | undefined
  /** Position of the first event that is not wanted; then nothing behind it was looked at. */
  readonly refusedAt: number | undefined
  readonly why: string
}

const patienceMs = 30_000
const answerMaxBytes = 64 * 1_024
/** A collector that says "in a year" must not stop the export for a year. */
const retryAfterMaxMs = 300_000

const answerShape = z.looseObject({
  text: z.string().optional(),
  code: z.number(),
  ackId: z.number().int().nonnegative().optional(),
  'invalid-event-number': z.number().int().nonnegative().optional(),
})
const acksShape = z.looseObject({ acks: z.record(z.string(), z.boolean()) })

/**
 * Codes about one event: no data, invalid format, event missing, event blank, indexed fields. Any other, such as 7 for
 * an index the token may not write to, is about all of them.
 */
const eventCodes: ReadonlySet<number> = new Set([5, 6, 12, 13, 15])

const compress = promisify(gzip)

export function openCollector(options: {
  readonly settings: SplunkSinkSettings
  readonly token: string
  readonly ca: string | undefined
  readonly channel: string | undefined
}): Collector {
  const { settings, token, ca, channel } = options
  const { origin, pathname } = new URL(settings.url)
  const base = pathname.replace(/\/+$/, '')
  const pool = openAskingPool(origin, {
    connections: 1,
    pipelining: 1,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connect: { timeout: patienceMs, ...(ca === undefined ? {} : { ca }) },
  })
  const headers = {
    authorization: `Splunk ${token}`,
    'content-type': 'application/json',
    ...(channel === undefined ? {} : { 'x-splunk-request-channel': channel }),
  }
  const say = (text: string): string => withoutSecret(printable(text.slice(0, 200)), token)
  const fail = (problem: string, retryAfterMs?: number): SinkFailure =>
    new SinkFailure(`${settings.url}: ${problem}`, { retryAfterMs })

  const ask = async (path: string, text: string): Promise<Answer> => {
    const body = settings.gzip ? await compress(text) : text
    const encoding = settings.gzip ? { 'content-encoding': 'gzip' } : {}
    try {
      const response = await pool.request({
        path: `${base}${path}`,
        method: 'POST',
        headers: { ...headers, ...encoding },
        body,
      })
      const retryAfterMs = readRetryAfter(response.headers['retry-after'])
      return {
        status: response.statusCode,
        retryAfterMs,
        text: String(await readAnswer(response.body, answerMaxBytes)),
      }
    } catch (error) {
      // Not as the cause: an error of the client may carry the request with its headers.
      throw fail(say(describeError(error)))
    }
  }

  return {
    post: async (body) => {
      const { status, text, retryAfterMs } = await ask('/services/collector/event', body)
      const answer = answerShape.safeParse(readJson(text)).data
      const why = answer === undefined ? '' : say(`code ${answer.code} ${answer.text ?? ''}`)
      const refusedAt = answer?.['invalid-event-number']
      if (
        refusedAt !== undefined &&
        eventCodes.has(answer?.code ?? 0) &&
        (status === 400 || status === 200)
      ) {
        return { ackId: undefined, refusedAt, why }
      }
      if (status !== 200) throw fail(`answered ${status}${why === '' ? '' : ` (${why})`}`, retryAfterMs)
      // A page of a proxy is no answer of a collector, whatever its status.
      if (answer === undefined) throw fail('answered 200 with something that is no answer of a collector')
      if (answer.code !== 0) throw fail(`answered 200 with an error (${why})`, retryAfterMs)
      if (channel !== undefined && answer.ackId === undefined) {
        throw fail('does not acknowledge: switch it on for this token, or set acknowledge to false')
      }
      return { ackId: answer.ackId, refusedAt: undefined, why }
    },
    acknowledged: async (ackIds) => {
      const { status, text, retryAfterMs } = await ask(
        '/services/collector/ack',
        JSON.stringify({ acks: ackIds }),
      )
      const answer = acksShape.safeParse(readJson(text)).data
      if (status !== 200 || answer === undefined) {
        throw fail(`answered ${status} when asked for acknowledgements`, retryAfterMs)
      }
      return ackIds.filter((ackId) => answer.acks[String(ackId)] === true)
    },
    close: () => pool.destroy(),
  }
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly retryAfterMs: number | undefined
}

const withoutSecret = (text: string, secret: string): string =>
  secret === '' ? text : text.replaceAll(secret, '[the token]')

/** Seconds or a date. Source: RFC 9110, section 10.2.3. */
export function readRetryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const value = Array.isArray(header) ? header[0] : header
  if (value === undefined) return undefined
  // Date.parse takes "-5" for a year.
  const isDate = /^[A-Z][a-z]+, /.test(value)
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : isDate ? Date.parse(value) - now : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), retryAfterMaxMs)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No answer of a collector; the caller says so.
    return undefined
  }
}
