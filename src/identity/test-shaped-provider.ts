import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import type { ClientMetadata, Configuration, Provider } from 'oidc-provider'
import { createAdapterFactory } from './embedded/adapter.ts'

/** What a real provider (oidc-provider) is made to look like. */
export interface Shape {
  /** Path of the issuer, as `/realms/people`. */
  readonly path: string
  /** The claims of whoever signs in, beside `sub`; a test may change them. */
  readonly claims: () => Record<string, unknown>
  readonly scopes?: readonly string[]
  readonly acr?: string
  readonly client?: Partial<ClientMetadata>
  /** The same, for what is known once Sallyport serves. */
  readonly clientOf?: () => Partial<ClientMetadata>
  /** Whether it still has the account that signed in. */
  readonly knowsAccount?: () => boolean
  readonly configuration?: Partial<Configuration>
  /** What the same host answers besides, as Microsoft Graph. */
  readonly besides?: (request: IncomingMessage, response: ServerResponse, provider: ShapedProvider) => boolean
}

export interface ShapedProvider {
  readonly issuer: string
  /** Whether this access token is one of its own, for whoever asks what a resource server would. */
  readonly knowsAccessToken: (token: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

export const shapedClientId = 'sallyport'
export const shapedClientSecret = ['shaped', 'client', 'secret', 'of', 'a', 'test'].join('-')

/** A provider on this machine, in which everybody is signed in the moment they come by. */
export async function startShapedProvider(shape: Shape, redirectUri: () => string): Promise<ShapedProvider> {
  const { Provider } = await import('oidc-provider')
  let handle: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  const server = createServer((request, response) => handle?.(request, response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const issuer = `${origin}${shape.path}`

  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const signingKey = await exportJWK(privateKey)
  const scopes = ['openid', 'email', 'profile', ...(shape.scopes ?? [])]
  const account = (id: string) => ({ accountId: id, claims: async () => ({ sub: id, ...shape.claims() }) })
  // Made when the first asks, because the redirect address is known only once Sallyport serves.
  let made: Provider | undefined
  const open = (): Provider => (made ??= new Provider(issuer, configure()))
  const configure = (): Configuration => ({
    clients: [
      {
        client_id: shapedClientId,
        client_secret: shapedClientSecret,
        redirect_uris: [redirectUri()],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'RS256',
        ...shape.client,
        ...shape.clientOf?.(),
      },
    ],
    jwks: { keys: [{ ...signingKey, alg: 'RS256', use: 'sig', kid: 'rs' }] },
    cookies: { keys: ['a test'] },
    adapter: createAdapterFactory(),
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
    scopes,
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => (shape.knowsAccount?.() === false ? undefined : account(id)),
    interactions: { url: (_context, { uid }) => `${shape.path}/step/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId as string,
        accountId: oidc.session?.accountId as string,
      })
      grant.addOIDCScope(scopes.join(' '))
      await grant.save()
      return grant
    },
    ...shape.configuration,
  })
  const shaped: ShapedProvider = {
    issuer,
    knowsAccessToken: async (token) => (await open().AccessToken.find(token)) !== undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  handle = (request, response) => {
    if (shape.besides?.(request, response, shaped)) return
    const path = request.url ?? ''
    if (path.startsWith(`${shape.path}/step/`)) {
      const { acr } = shape
      const login = { accountId: 'subject-1', remember: false, ...(acr === undefined ? {} : { acr }) }
      void open().interactionFinished(request, response, { login, consent: {} })
      return
    }
    Object.assign(request, { originalUrl: path })
    request.url = path.startsWith(shape.path) ? path.slice(shape.path.length) || '/' : path
    void open().callback()(request, response)
  }
  return shaped
}
