import { peerOf } from '#/core/http/peer.ts'
import type { Asked, Reply, Route } from '#/core/http/route.ts'
import { route } from '#/core/http/route.ts'
import { machineOf } from '#/core/network.ts'
import { Refusal } from '#/core/refusal.ts'
import { isLoopback } from '#/settings/address.ts'
import type { Attempts } from './attempts.ts'
import type { Devices, Tokens } from './devices.ts'
import { readForm } from './form.ts'
import type { Starts } from './starts.ts'
import { readTool } from './tool.ts'
import { formatUserCode } from './user-code.ts'

/** Of the contract Claude Code speaks with a gateway. Source: `GET /protocol` of its own gateway, 2.1.330. */
const gatewayProtocolVersion = 1

export interface OauthServices {
  readonly publicUrl: () => string
  readonly starts: Starts
  readonly devices: Devices
  /** Tokens and codes of one place that were not good for anything. */
  readonly wrongTokens: Attempts
  readonly emailOf: (personId: string) => string | undefined
  /** Where exchanges are served, so that a tool knows whether its dialect is. */
  readonly exchangePaths: readonly string[]
  readonly now: () => number
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** RFC 8414, 8628 and 7009, for tools that cannot open a page of their own. None of them knows a cookie. */
export const oauthRoutes = (services: OauthServices): readonly Route[] => [
  route({
    on: 'main',
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    need: 'anyone',
    reads: 'nothing',
    handle: () => (isSafe(services) ? { json: metadata(services) } : notSafe()),
  }),
  oauthRoute('/oauth/device_authorization', authorize, services),
  oauthRoute('/oauth/token', giveTokens, services),
  oauthRoute('/oauth/revoke', revoke, services),
]

type Handle = (
  form: URLSearchParams,
  asked: Asked<unknown>,
  services: OauthServices,
) => Promise<Reply> | Reply

const oauthRoute = (path: string, handle: Handle, services: OauthServices): Route =>
  route({
    on: 'main',
    method: 'POST',
    path,
    need: 'anyone',
    reads: 'itself',
    handle: async (asked) => {
      if (!isSafe(services)) return notSafe()
      try {
        return await handle(await readForm(asked.request), asked, services)
      } catch (error) {
        // Clients of OAuth read `error`; our own envelope would tell them nothing.
        if (!(error instanceof Refusal) || error.status >= 500) throw error
        return problem(error.status === 429 ? 429 : 400, 'invalid_request', error.message)
      }
    },
  })

/** A token that crosses a network in clear is everybody's. */
function isSafe({ publicUrl }: OauthServices): boolean {
  const { protocol, hostname } = new URL(publicUrl())
  return protocol === 'https:' || isLoopback(hostname)
}

const notSafe = (): Reply =>
  problem(
    400,
    'invalid_request',
    'Tools sign in over https only. Set publicUrl to the https address people use.',
  )

const problem = (status: number, error: string, description: string): Reply => ({
  status,
  json: { error, error_description: description },
})

function metadata({ publicUrl, exchangePaths }: OauthServices): Record<string, unknown> {
  const url = publicUrl()
  return {
    issuer: url,
    device_authorization_endpoint: `${url}/oauth/device_authorization`,
    token_endpoint: `${url}/oauth/token`,
    revocation_endpoint: `${url}/oauth/revoke`,
    grant_types_supported: [deviceGrant, 'refresh_token'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    gateway_protocol_version: gatewayProtocolVersion,
    sallyport_paths: exchangePaths,
  }
}

const authorize: Handle = (form, { request }, { publicUrl, starts }) => {
  const address = peerOf(request)
  const begun = starts.begin(readTool(form, request.headers), machineOf(address), address)
  if (begun === undefined)
    return problem(429, 'slow_down', 'Too many tools wait for a person already. Try again in some minutes.')
  const userCode = formatUserCode(begun.start.userCode)
  const uri = `${publicUrl()}/device`
  return {
    json: {
      device_code: begun.deviceCode,
      user_code: userCode,
      verification_uri: uri,
      verification_uri_complete: `${uri}?user_code=${userCode}`,
      expires_in: begun.expiresIn,
      interval: begun.interval,
      login_notice: 'Approve only what you started yourself, and compare the code.',
    },
  }
}

const giveTokens: Handle = async (form, { request }, services) => {
  const place = machineOf(peerOf(request))
  if (services.wrongTokens.isSpent(place))
    return problem(429, 'slow_down', 'Too many tokens from here were not good. Wait a minute.')
  const reply = await grant(form, services)
  const { error } = (reply.json ?? {}) as { error?: string }
  if (error === 'invalid_grant' || error === 'expired_token') services.wrongTokens.count(place)
  return reply
}

async function grant(form: URLSearchParams, services: OauthServices): Promise<Reply> {
  const kind = form.get('grant_type')
  if (kind === deviceGrant) return grantDevice(form.get('device_code') ?? '', services)
  if (kind === 'refresh_token') {
    const tokens = await services.devices.refresh(form.get('refresh_token') ?? '')
    return tokens === undefined
      ? problem(401, 'invalid_grant', 'This sign-in has ended. Sign in again.')
      : { json: tokensBody(tokens, services.now()) }
  }
  return problem(400, 'unsupported_grant_type', 'Sallyport grants by device_code and refresh_token.')
}

async function grantDevice(deviceCode: string, services: OauthServices): Promise<Reply> {
  const polled = services.starts.poll(deviceCode)
  if (polled.answer !== 'approved') return problem(400, polled.answer, descriptions[polled.answer])
  const email = services.emailOf(polled.personId)
  // Access may have ended between the approval and this poll.
  if (email === undefined) return problem(400, 'access_denied', descriptions.access_denied)
  const tokens = await services.devices.begin(polled.start, polled.personId)
  if (tokens === undefined) return problem(400, 'access_denied', descriptions.access_denied)
  return { json: { ...tokensBody(tokens, services.now()), ...(email === '' ? {} : { email }) } }
}

const descriptions = {
  authorization_pending: 'Nobody has decided yet.',
  slow_down: 'Ask less often: five seconds more between two polls.',
  access_denied: 'It was refused.',
  expired_token: 'This code has ended, or was used. Start again.',
} as const

const tokensBody = ({ access, accessEndsAt, refresh }: Tokens, now: number) => ({
  access_token: access,
  token_type: 'Bearer',
  expires_in: Math.max(0, Math.floor((accessEndsAt - now) / 1_000)),
  refresh_token: refresh,
})

/** Says the same whether there was such a token or not. Source: RFC 7009, section 2.2. */
const revoke: Handle = async (form, _asked, { devices }) => {
  await devices.revoke(form.get('token') ?? '')
  return { status: 200, json: {} }
}
