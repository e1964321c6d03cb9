import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ReadSecret } from './vault.ts'

export interface KeptServices {
  /** References by the id of the connection that names them. */
  readonly references: ReadonlyMap<string, string>
  readonly read: ReadSecret
  /** How long a secret serves after it was read. */
  readonly keptMs: number
  readonly clock: Clock
  readonly writeLine: WriteLine
}

/** Secrets that are read again while Sallyport runs. */
export interface KeptCredentials {
  /** The secret of a connection. Throws `credential-unavailable` once it was read too long ago. */
  readonly current: (connection: string) => string
  /** Reads those again that are past half of their time. Called every few seconds; one at a time. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

const lookMs = 5_000

/** Reads each of them once; rejects when one cannot be read, naming its connection. */
export async function keepCredentials(services: KeptServices): Promise<KeptCredentials> {
  const { references, read, keptMs, clock, writeLine } = services
  const kept = new Map<string, { readonly secret: string; readonly readAt: number }>()
  const failing = new Set<string>()
  const take = async (connection: string, reference: string): Promise<void> => {
    // The time before the call: a secret must not count as younger than it may be.
    const readAt = clock.monotonic()
    kept.set(connection, { secret: await read(reference), readAt })
  }
  for (const [connection, reference] of references) {
    await take(connection, reference).catch((cause: Error) => {
      throw new Error(`connections.${connection}.credential: ${cause.message}`, { cause })
    })
  }

  const ageOf = (connection: string): number =>
    clock.monotonic() - (kept.get(connection)?.readAt ?? Number.NEGATIVE_INFINITY)
  const renewAll = async (): Promise<void> => {
    for (const [connection, reference] of references) {
      if (ageOf(connection) < keptMs / 2) continue
      try {
        await take(connection, reference)
        if (failing.delete(connection))
          writeLine({ level: 'info', what: `the credential of the connection ${connection} is read again` })
      } catch (error) {
        if (failing.has(connection)) continue
        failing.add(connection)
        const what = `the credential of the connection ${connection} cannot be read; what was read last serves ${keptMs / 60_000} minutes`
        writeLine({ level: 'error', what, problem: describeError(error) })
      }
    }
  }
  let renewing: Promise<void> | undefined
  const renew = (): Promise<void> => {
    renewing ??= renewAll().finally(() => {
      renewing = undefined
    })
    return renewing
  }
  const timer = setInterval(() => void renew(), lookMs).unref()
  return {
    current: (connection) => {
      const { secret } = kept.get(connection) ?? {}
      if (secret === undefined || ageOf(connection) > keptMs)
        throw new Refusal('credential-unavailable', { connection })
      return secret
    },
    renew,
    close: async () => {
      clearInterval(timer)
      await renewing
    },
  }
}
