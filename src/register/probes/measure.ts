import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import type { Clock } from '#/core/clock.ts'
import { describeError } from '#/core/log-line.ts'
import type { Connection } from '#/providers/api.ts'
import { providerOf } from '#/providers/index.ts'
import type { RetentionSettings } from '#/settings/api.ts'
import type { RetentionSecrets } from '#/settings/credentials.ts'
import type { Measured, TlsMeasured } from './api.ts'
import { measureReach } from './reach.ts'
import { measureRetention } from './retention.ts'
import { measureTls } from './tls.ts'

/** A connection of the settings as it is probed. Never logged, never shown. */
export interface Probeable {
  readonly connection: Omit<Connection, 'credential'> & { readonly url: string }
  /** What it shows its provider. Throws `credential-unavailable`. */
  readonly credential: () => Promise<string | undefined>
  readonly retention: { readonly settings: RetentionSettings; readonly secrets: RetentionSecrets } | undefined
}

/** What a probe meets outside. */
export interface ProbeWorld {
  /** Every address of a name, as exchanges find them. */
  readonly resolve: (host: string) => Promise<readonly Pick<LookupAddress, 'address'>[]>
  readonly clock: Clock
  /** For each request. */
  readonly limitMs: number
  /** PEM. Certificates to trust instead of the system's; tests. */
  readonly ca?: string | undefined
}

/** So many addresses of one name are kept; a provider names a handful. */
const mostAddresses = 32

/**
 * Looks at a connection: names its addresses, shakes hands, asks for the list of models, asks how the account keeps. Nothing is
 * asked, and no credential sent, where the handshake shows that no exchange may go there.
 */
export async function measure(
  { connection, credential, retention }: Probeable,
  { resolve, clock, limitMs, ca }: ProbeWorld,
): Promise<Measured> {
  const url = new URL(connection.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const problems: string[] = []
  const tried = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      problems.push(`${what}: ${sentenceOf(error)}`)
      return undefined
    }
  }
  const addresses = await tried('The name does not resolve', () =>
    within(limitMs, isIP(host) > 0 ? Promise.resolve([{ address: host }]) : resolve(host)),
  )
  const isTls = url.protocol === 'https:'
  let tls: TlsMeasured | undefined
  if (isTls && addresses !== undefined) {
    const port = url.port === '' ? 443 : Number(url.port)
    tls = await tried('No handshake', () => measureTls({ host, port, limitMs, ca }))
  }
  const measured = {
    addresses: addresses?.slice(0, mostAddresses).map(({ address }) => address),
    tls,
  }
  if (addresses === undefined || (isTls && tls === undefined)) {
    const reach = { isAvailable: false, status: undefined, latencyMs: undefined }
    return { ...measured, retention: undefined, reach, problems }
  }
  if (tls !== undefined && tls.problem !== null)
    return { ...measured, retention: undefined, reach: undefined, problems: [...problems, tls.problem] }

  const provider = providerOf(connection.kind)
  const asked =
    'probe' in provider
      ? await tried('No request', async () => {
          const { path, headers } = provider.probe({ ...connection, credential: await credential() })
          const target = new URL(url.origin + url.pathname.replace(/\/+$/, '') + path)
          return measureReach({ url: target, headers, limitMs, ca, monotonic: clock.monotonic })
        })
      : undefined
  if (asked?.problem !== undefined) problems.push(`Not available: ${asked.problem}`)
  const kept =
    retention === undefined
      ? undefined
      : await tried('Retention is not known', () =>
          measureRetention({ url: connection.url, ...retention, limitMs, atMs: clock.now(), ca }),
        )
  return { ...measured, retention: kept, reach: asked?.reach, problems }
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** One bounded line; what failed on the way has its code in it. */
const sentenceOf = (error: unknown): string =>
  (error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? `${error.code}`
    : describeError(error).replace(/^Error: /, '')
  ).slice(0, 300)
