import type { ServerMetadata } from 'openid-client'
import { backChannelPath, signedOutPath } from '../../provider-sessions/logout-paths.ts'
import { asksForRefresh, type SignInProvider } from '../provider.ts'
import { type Finding, note, ok, warning } from './finding.ts'

/** Whether sessions are renewed without a click, and what is to be registered so that signing out goes both ways. */
export const checkLasting = (
  metadata: ServerMetadata,
  provider: SignInProvider,
  redirectUri: string,
): readonly Finding[] => [checkRenewal(metadata, provider), checkSignOut(metadata, redirectUri)]

function checkRenewal(metadata: ServerMetadata, provider: SignInProvider): Finding {
  const click = 'people sign in again with a click when a session has lasted its longest'
  if (provider.renewal === 'none') return note('renewal', `renewal is none: ${click}`)
  if (!asksForRefresh(provider, metadata))
    return warning('renewal', `the provider does not name the scope offline_access, so ${click}`)
  return ok(
    'renewal',
    'sessions are renewed with a refresh token: allow the client the scope offline_access (at Okta also the grant type Refresh Token), or set renewal: none',
  )
}

function checkSignOut(metadata: ServerMetadata, redirectUri: string): Finding {
  const { origin } = new URL(redirectUri)
  const there =
    metadata['backchannel_logout_supported'] === true
      ? `register ${origin}${backChannelPath} for back-channel logout, so that who signs out there is signed out here`
      : 'the provider does not say that it tells of sign-outs (back-channel logout)'
  const here =
    metadata.end_session_endpoint === undefined
      ? 'it offers no sign-out to send people to'
      : `register ${origin}${signedOutPath} as the address after a sign-out`
  return note('sign-out', `${there}; ${here}`)
}
