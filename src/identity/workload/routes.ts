import type { Clock } from '#/core/clock.ts'
import { type BodyLimits, readBody } from '#/core/http/body.ts'
import { peerOf } from '#/core/http/peer.ts'
import { type Reply, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import { PlatformAway, TokenRefused } from './platform.ts'
import type { Workloads } from './workloads.ts'

/** RFC 8693, section 2.1, and the type of token it names in section 3. */
const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const tokenTypes = ['urn:ietf:params:oauth:token-type:jwt', 'urn:ietf:params:oauth:token-type:id_token']
const issuedType = 'urn:ietf:params:oauth:token-type:access_token'

const bodyLimits: BodyLimits = { bodyMaxBytes: 65_536, bodyMaxMs: 10_000 }

export interface WorkloadRouteServices {
  readonly workloads: Workloads
  readonly clock: Clock
  /** Counts a refused try of this address; true when it had its share. */
  readonly isTooMany: (peer: string) => boolean
  readonly writeFailure: (reason: string) => Promise<void>
}

/** The token exchange of RFC 8693 for workloads: the platform's token in, a key for minutes out. */
export const workloadRoutes = (services: WorkloadRouteServices): readonly Route[] => [
  route({
    method: 'POST',
    path: '/oauth/workload',
    need: 'anyone',
    reads: 'itself',
    handle: async ({ request }) => {
      try {
        const token = readForm(request.headers['content-type'], await readBody(request, bodyLimits))
        if (typeof token !== 'string') return token
        const { key, expiresAtMs } = await services.workloads.exchange(token)
        return answer(200, {
          access_token: key,
          issued_token_type: issuedType,
          token_type: 'Bearer',
          expires_in: Math.floor((expiresAtMs - services.clock.now()) / 1_000),
        })
      } catch (error) {
        return refuse(error, peerOf(request), services)
      }
    },
  }),
]

async function refuse(error: unknown, peer: string, services: WorkloadRouteServices): Promise<Reply> {
  if (error instanceof PlatformAway)
    return failure(503, 'temporarily_unavailable', 'The keys of the platform cannot be read now. Try again.')
  if (!(error instanceof TokenRefused)) throw error
  if (services.isTooMany(peer)) throw new Refusal('too-many-wrong-keys')
  await services.writeFailure(`a workload token was refused: ${error.message}`)
  return failure(400, 'invalid_grant', `The token is refused: ${error.message}.`)
}

/** The token, or why there is none. A parameter that stands twice could be read in two ways. */
function readForm(contentType: string | undefined, body: Buffer): string | Reply {
  if (!contentType?.startsWith('application/x-www-form-urlencoded'))
    return failure(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.')
  const form = new URLSearchParams(body.toString('utf8'))
  const twice = [...form.keys()].find((name) => form.getAll(name).length > 1)
  if (twice !== undefined) return failure(400, 'invalid_request', 'A parameter stands twice.')
  if (form.get('grant_type') !== grantType)
    return failure(400, 'unsupported_grant_type', `The grant_type must be ${grantType}.`)
  if (!tokenTypes.includes(form.get('subject_token_type') ?? ''))
    return failure(400, 'invalid_request', `The subject_token_type must be one of ${tokenTypes.join(', ')}.`)
  if ((form.get('requested_token_type') ?? issuedType) !== issuedType)
    return failure(400, 'invalid_request', `The only requested_token_type is ${issuedType}.`)
  // What the key may do stands in the settings: whoever asks for something else must not believe to have got it.
  const other = ['scope', 'resource', 'audience', 'actor_token'].find((name) => form.has(name))
  if (other !== undefined)
    return failure(
      400,
      'invalid_request',
      `The parameter ${other} is not taken: the settings say what the key may do.`,
    )
  const token = form.get('subject_token')
  return token === null || token === ''
    ? failure(400, 'invalid_request', 'The subject_token is missing.')
    : token
}

const failure = (status: number, error: string, description: string): Reply =>
  answer(status, { error, error_description: description })

const answer = (status: number, json: object): Reply => ({
  status,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  json,
})
