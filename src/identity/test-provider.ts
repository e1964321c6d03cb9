import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

/** What a test makes the provider say. */
export interface TestProvider {
  readonly url: string
  /** Changes the claims of the next ID tokens. */
  claims: (honest: JWTPayload) => JWTPayload
  /** Changes the next ID tokens themselves. */
  token: (honest: string) => string | Promise<string>
  /** Signs with a key nobody knows. */
  signsWithForeignKey: boolean
  /** What the user info endpoint adds. */
  userInfo: Record<string, unknown>
  /** Changes the discovery document. */
  discovery: (honest: Record<string, unknown>) => Record<string, unknown>
  /** The keys it names. */
  keys: (honest: readonly JWK[]) => readonly JWK[]
  /** Answers a path in another way than it would. */
  instead: (path: string) => TestAnswer | undefined
  /** What it adds to the address the browser is sent back to, as `iss`. */
  back: Record<string, string>
  /** The paths that were asked for. */
  readonly requests: string[]
  /** The secrets clients proved themselves with. */
  readonly clientSecrets: string[]
  readonly signingKey: CryptoKey
  /** Gives the address the browser is sent back to. */
  readonly approve: (authorization: URL) => URL
  readonly close: () => Promise<void>
}

export interface TestAnswer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

export const testClientId = 'sallyport-test'

const honestly = () => ({
  claims: (honest: JWTPayload) => honest,
  token: (honest: string): string | Promise<string> => honest,
  signsWithForeignKey: false,
  userInfo: {} as Record<string, unknown>,
  discovery: (honest: Record<string, unknown>) => honest,
  keys: (honest: readonly JWK[]) => honest,
  instead: (_path: string): TestAnswer | undefined => undefined,
  back: {} as Record<string, string>,
})

/** Takes back every lie. */
export const beHonest = (provider: TestProvider): void => void Object.assign(provider, honestly())

/** An OpenID provider that approves everybody and can be made to lie: no form, one person, real signatures. */
export async function startTestProvider(): Promise<TestProvider> {
  const known = await generateKeyPair('ES256')
  const foreign = await generateKeyPair('ES256')
  const publicKey = { ...(await exportJWK(known.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
  const nonces = new Map<string, string>()
  const requests: string[] = []
  const clientSecrets: string[] = []
  let url = ''

  const idToken = async (nonce: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000)
    const honest = { iss: url, aud: testClientId, sub: 'subject-1', nonce, iat: now, exp: now + 60 }
    const { privateKey } = provider.signsWithForeignKey ? foreign : known
    const signed = new SignJWT(provider.claims(honest)).setProtectedHeader({ alg: 'ES256', kid: 'one' })
    return provider.token(await signed.sign(privateKey))
  }
  const answers: Record<string, (body: URLSearchParams) => Promise<unknown> | unknown> = {
    '/.well-known/openid-configuration': () =>
      provider.discovery({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        userinfo_endpoint: `${url}/me`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['ES256'],
      }),
    '/keys': () => ({ keys: provider.keys([publicKey]) }),
    '/me': () => ({ sub: 'subject-1', ...provider.userInfo }),
    '/token': async (body) => {
      clientSecrets.push(body.get('client_secret') ?? '')
      return {
        access_token: 'access',
        token_type: 'Bearer',
        id_token: await idToken(nonces.get(body.get('code') ?? '') ?? ''),
      }
    },
  }

  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const instead = provider.instead(path)
    if (instead !== undefined) {
      const { status = 200, headers = { 'content-type': 'application/json' }, body = '{}' } = instead
      response.writeHead(status, headers).end(body)
      return
    }
    const answer = answers[path]
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(await answer?.(new URLSearchParams(Buffer.concat(chunks).toString()))))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const provider: TestProvider = {
    url,
    ...honestly(),
    requests,
    clientSecrets,
    signingKey: known.privateKey,
    approve: (authorization) => {
      const asked = authorization.searchParams
      const code = `code-${nonces.size}`
      nonces.set(code, asked.get('nonce') ?? '')
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '', ...provider.back }))
      return back
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return provider
}
