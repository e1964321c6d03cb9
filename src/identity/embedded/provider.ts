import { randomBytes } from 'node:crypto'
import type { Configuration, Provider } from 'oidc-provider'
import type { Account } from './accounts.ts'
import { createAdapterFactory } from './adapter.ts'
import type { ProviderSecrets } from './secrets.ts'

const providerCookie = 'sallyport_provider'

/**
 * Without the provider's own session: every sign-in asks for account and password again, so that one can sign out
 * and come back as somebody else, which is what a development provider is for.
 */
export const withoutProviderSession = (cookie: string): string =>
  cookie
    .split(';')
    .filter((part) => !part.trim().startsWith(`${providerCookie}=`))
    .join(';')

export const embeddedClientId = 'sallyport'

/** Both ends of the flow live in this process: the secret between them need not outlive it. */
export const embeddedClientSecret = randomBytes(32).toString('base64url')

export interface ProviderParts {
  readonly issuer: string
  readonly redirectUri: string
  readonly accounts: readonly Account[]
  readonly secrets: ProviderSecrets
  /** Something failed inside the provider; what it answers the browser says no more than that. */
  readonly onError: (error: unknown) => void
}

/** A real OpenID provider (oidc-provider), for one client and a few accounts. Loaded when the first person signs in. */
export async function createProvider(parts: ProviderParts): Promise<Provider> {
  const { Provider } = await import('oidc-provider')
  const provider = new Provider(parts.issuer, configure(parts))
  provider.on('server_error', (_context, error) => parts.onError(error))
  return provider
}

const minute = 60

/** Without use; a restart ends them earlier. */
const refreshSeconds = 30 * 24 * 60 * minute

const configure = ({ redirectUri, accounts, secrets }: ProviderParts): Configuration => ({
  adapter: createAdapterFactory(),
  clients: [
    {
      client_id: embeddedClientId,
      client_secret: embeddedClientSecret,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_post',
      require_auth_time: true,
    },
  ],
  jwks: { keys: [secrets.signingKey] },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  cookies: {
    keys: [secrets.cookieKey],
    names: {
      session: providerCookie,
      interaction: 'sallyport_provider_step',
      resume: 'sallyport_provider_resume',
    },
    long: { httpOnly: true, sameSite: 'lax', signed: true },
    short: { httpOnly: true, sameSite: 'lax', signed: true },
  },
  responseTypes: ['code'],
  scopes: ['openid', 'email', 'profile'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  clientBasedCORS: () => false,
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: true },
  },
  pkce: { required: () => true },
  // So that sessions here go on as they do with a company's provider, without a question about it.
  issueRefreshToken: async () => true,
  expiresWithSession: async () => false,
  // Used ones would have to be remembered, and everything is in memory here.
  rotateRefreshToken: false,
  ttl: {
    AccessToken: 10 * minute,
    AuthorizationCode: minute,
    IdToken: 10 * minute,
    Interaction: 10 * minute,
    Session: 10 * minute,
    Grant: refreshSeconds,
    RefreshToken: refreshSeconds,
  },
  interactions: { url: (_context, interaction) => `/oidc/sign-in/${interaction.uid}` },
  findAccount: (_context, email) => {
    const account = accounts.find((each) => each.email === email)
    return (
      account && {
        accountId: email,
        claims: () => ({ sub: email, email, email_verified: true, name: account.name }),
      }
    )
  },
  // Signing in to the only client there is needs no second question about what it may see.
  loadExistingGrant: async (context) => {
    const { client, session, provider } = context.oidc
    if (client === undefined || session?.accountId === undefined) return undefined
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
  renderError: (context, out) => {
    context.type = 'text/plain; charset=utf-8'
    context.body = `Sign-in did not finish: ${out.error}. Start again at /sign-in.\n`
  },
})
