import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '#/core/clock.ts'
import type { ScimTokens } from '#/settings/credentials.ts'
import { ScimError } from './scim-error.ts'

/** A directory that may tell Sallyport about people. */
export interface ScimClient {
  readonly id: string
  /** Of the provider at which its people sign in. */
  readonly issuer: string
  readonly subjectFrom: 'externalId' | 'userName' | 'none'
  /** Of that provider: an address of another domain counts no more here than at a sign-in. All when it is empty. */
  readonly domains: readonly string[]
  readonly token: string
  /** Still taken while the token is being changed. */
  readonly formerToken: string | undefined
}

export interface Clients {
  /** Whose request it is. Throws `ScimError` 401, or 429 when it asks too often. */
  readonly authenticate: (request: IncomingMessage) => Promise<ScimClient>
  /** When a client used each of its tokens last, in this process. */
  /** Other tokens, by the id of the client. One that stays keeps when it was used last. */
  readonly renew: (tokens: ReadonlyMap<string, ScimTokens>) => void
  readonly usedAt: (id: string) => { readonly token: number | undefined; readonly former: number | undefined }
}

/** Entra ID asks for at least 25 requests a second; a thousand people at once must not be cut by us. */
const perSecond = 50
const burst = 500

/** Wrong tokens that reach the log in a minute: guessing 160 bits is hopeless, filling the log must be, too. */
const wrongPerMinute = 30

export interface ClientServices {
  readonly clients: readonly ScimClient[]
  readonly clock: Clock
  /** Writes into the log that somebody failed to come in; bounded by itself. */
  readonly writeFailure: (reason: string) => Promise<void>
}

interface Known {
  readonly client: ScimClient
  tokens: readonly Buffer[]
  usedAt: (number | undefined)[]
  left: number
  filledAt: number
}

/**
 * A right token is always let in, however many wrong ones come: the check costs a hash, and whoever floods must not
 * lock the directory out. Every token is compared, in constant time.
 */
export function createClients({ clients, clock, writeFailure }: ClientServices): Clients {
  const known = clients.map(
    (client): Known => ({
      client,
      tokens: digestsOf(client),
      usedAt: [],
      left: burst,
      filledAt: clock.monotonic(),
    }),
  )
  let minute = -1
  let wrongs = 0

  const refuse = async (): Promise<never> => {
    const now = Math.floor(clock.now() / 60_000)
    if (now !== minute) {
      minute = now
      wrongs = 0
    }
    if (++wrongs <= wrongPerMinute) await writeFailure('scim-token')
    throw new ScimError(
      401,
      'The bearer token is missing or not one of those in the settings of Sallyport (identity.scim).',
    )
  }

  return {
    authenticate: async (request) => {
      const given = digest(bearerOf(request))
      let found: Known | undefined
      for (const each of known) {
        for (const [at, token] of each.tokens.entries()) {
          if (!timingSafeEqual(token, given)) continue
          found = each
          each.usedAt[at] = clock.now()
        }
      }
      if (found === undefined) return refuse()
      spend(found, clock.monotonic())
      return found.client
    },
    renew: (tokens) => {
      for (const each of known) {
        const read = tokens.get(each.client.id)
        if (read === undefined) continue
        const before = each.tokens.map((token, at) => [token, each.usedAt[at]] as const)
        each.tokens = digestsOf(read)
        each.usedAt = each.tokens.map((token) => before.find(([old]) => old.equals(token))?.[1])
      }
    },
    usedAt: (id) => {
      const used = known.find(({ client }) => client.id === id)?.usedAt ?? []
      return { token: used[0], former: used[1] }
    },
  }
}

const digestsOf = ({ token, formerToken }: ScimTokens): readonly Buffer[] =>
  [token, formerToken].flatMap((each) => each ?? []).map(digest)

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

const bearerOf = ({ headers }: IncomingMessage): string =>
  /^Bearer +([\x21-\x7e]{1,4096})$/i.exec(headers.authorization ?? '')?.[1] ?? ''

function spend(known: Known, now: number): void {
  known.left = Math.min(burst, known.left + ((now - known.filledAt) / 1_000) * perSecond)
  known.filledAt = now
  if (known.left < 1)
    throw new ScimError(429, `At most ${perSecond} requests a second.`, { retryAfterSeconds: 2 })
  known.left--
}
