import { type BodyLimits, readBody } from '#/core/http/body.ts'
import { peerOf } from '#/core/http/peer.ts'
import { type Reply, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { LogoutToken } from '../oidc/logout-token.ts'
import { problemCodeOf } from '../oidc/problem.ts'
import type { RelyingParty } from '../oidc/relying-party.ts'
import { issuerOf } from '../oidc/told.ts'
import { pageReply } from '../pages/page.ts'
import type { People } from '../people.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { UsedTokens } from '../workload/used-tokens.ts'
import { backChannelPath, signedOutPath } from './logout-paths.ts'
import type { ProviderSessions } from './provider-sessions.ts'

const bodyLimits: BodyLimits = { bodyMaxBytes: 65_536, bodyMaxMs: 10_000 }

export interface LogoutRouteServices {
  readonly partyOfIssuer: (issuer: string) => RelyingParty | undefined
  readonly providerSessions: Pick<ProviderSessions, 'idsOf'>
  readonly sessions: Pick<Sessions, 'end' | 'list'>
  readonly people: Pick<People, 'records'>
  readonly usedTokens: Pick<UsedTokens, 'useFor'>
  /** Counts a refused try of this address; true when it had its share. */
  readonly isTooMany: (peer: string) => boolean
  readonly writeFailure: (reason: string) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** Signing out that begins at the provider, and where it ends that began here. */
export const logoutRoutes = (services: LogoutRouteServices): readonly Route[] => [
  route({
    method: 'POST',
    path: backChannelPath,
    need: 'anyone',
    reads: 'itself',
    handle: async ({ request }) => {
      try {
        const token = readForm(request.headers['content-type'], await readBody(request, bodyLimits))
        if (token === undefined) return failure(400, 'The body must be a form with one logout_token.')
        await endThose(token, services)
        return { status: 200, headers: noStore, text: '' }
      } catch (error) {
        return refuse(error, peerOf(request), services)
      }
    },
  }),
  route({
    method: 'GET',
    path: signedOutPath,
    need: 'anyone',
    reads: 'nothing',
    handle: () =>
      pageReply(
        200,
        'You are signed out',
        `<p>Here, in every other browser and tool, and at your identity provider.</p>
<p><a class="button" href="/">Sign in again</a></p>`,
      ),
  }),
]

/**
 * With `sid` the sessions that came from that session at the provider; else every browser of the person. Tools stay: they have
 * a refresh token of their own, and end with the account (OpenID Connect Back-Channel Logout 1.0, section 2.7).
 */
async function endThose(token: string, services: LogoutRouteServices): Promise<void> {
  const { decodeJwt } = await import('jose')
  const { iss } = decodeJwt(token)
  const party = iss === undefined ? undefined : services.partyOfIssuer(iss)
  if (party === undefined) throw new Error('the issuer of a logout token is none of the settings')
  const told = await party.readLogoutToken(token)
  const { provider } = party
  const ending = { by: provider.id, reason: 'provider-sign-out' } as const
  const { providerSessions, sessions } = services
  const person = told.sid === undefined ? findPerson(told, party, services.people) : undefined
  const own = person === undefined ? [] : sessions.list(person).map(({ id }) => id)
  const { issuer, sid, subject } = told
  const ids = new Set([...providerSessions.idsOf({ issuer, sid, subject, provider: provider.id }), ...own])
  // All at once: where the log takes nothing, the first entry is the last.
  await services.usedTokens.useFor(told.id, () => sessions.end([...ids], ending))
}

/** Also for sessions from before it was kept where they came from. At Entra ID people are known by another name than `sub`. */
function findPerson(
  { issuer, subject }: LogoutToken,
  { provider }: RelyingParty,
  people: LogoutRouteServices['people'],
): string | undefined {
  if (provider.shape === 'entra') return undefined
  const keptUnder = issuerOf(provider, issuer)
  for (const record of people.records())
    if (record.issuer === keptUnder && record.subject === subject) return record.id
  return undefined
}

async function refuse(error: unknown, peer: string, services: LogoutRouteServices): Promise<Reply> {
  if (error instanceof Refusal) throw error
  if (problemCodeOf(error) === 'provider-unreachable')
    return failure(503, 'The keys of the provider cannot be read now. Try again.')
  if (services.isTooMany(peer)) throw new Refusal('too-many-wrong-keys')
  await services.writeFailure('logout-token')
  services.onError(error)
  return failure(400, 'The logout token is refused.')
}

/** Exactly one `logout_token`: one that stands twice could be read in two ways. */
function readForm(contentType: string | undefined, body: Buffer): string | undefined {
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return undefined
  const [token, ...more] = new URLSearchParams(body.toString('utf8')).getAll('logout_token')
  return token === '' || more.length > 0 ? undefined : token
}

const noStore = { 'cache-control': 'no-store' }

/** Source: OpenID Connect Back-Channel Logout 1.0, section 2.8. */
const failure = (status: number, description: string): Reply => ({
  status,
  headers: noStore,
  json: {
    error: status === 503 ? 'temporarily_unavailable' : 'invalid_request',
    error_description: description,
  },
})
