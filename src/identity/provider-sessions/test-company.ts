import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { createTestBrowser, type TestBrowser } from '../test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import {
  type ShapedProvider,
  shapedClientId,
  shapedClientSecret,
  startShapedProvider,
} from '../test-shaped-provider.ts'
import { backChannelPath, signedOutPath } from './logout-paths.ts'

const realm = '/realms/people'

/** What a test makes the provider say. */
export const honestly = () => ({
  groups: ['/staff'] as readonly string[] | undefined,
  knowsPerson: true,
  /** What happens to a request for tokens. */
  token: (_request: IncomingMessage): 'answered' | 'away' | 'lost' | 'refused' => 'answered',
})

/** A real provider (oidc-provider) that gives refresh tokens, rotates and revokes them, and signs out. */
export const startRenewingProvider = (
  url: () => string,
  says: ReturnType<typeof honestly> = honestly(),
  asked: string[] = [],
): Promise<ShapedProvider> =>
  startShapedProvider(
    {
      path: realm,
      scopes: ['offline_access'],
      claims: () => ({
        email: 'maria@example.com',
        email_verified: true,
        name: 'Maria Muster',
        ...(says.groups === undefined ? {} : { groups: says.groups }),
      }),
      client: {
        grant_types: ['authorization_code', 'refresh_token'],
        backchannel_logout_session_required: true,
      },
      clientOf: () => ({
        post_logout_redirect_uris: [`${url()}${signedOutPath}`],
        backchannel_logout_uri: `${url()}${backChannelPath}`,
      }),
      knowsAccount: () => says.knowsPerson,
      configuration: {
        claims: {
          auth_time: null,
          sid: null,
          email: ['email', 'email_verified'],
          profile: ['name', 'groups'],
        },
        rotateRefreshToken: true,
        // Its own calls nothing on this machine.
        fetch: (url, { dispatcher: _dispatcher, ...init }: RequestInit & { dispatcher?: unknown } = {}) =>
          fetch(url, init),
        ttl: {
          AccessToken: 60,
          AuthorizationCode: 60,
          IdToken: 60,
          Interaction: 60,
          Session: 600,
          Grant: 600,
          RefreshToken: 600,
        },
        features: {
          devInteractions: { enabled: false },
          revocation: { enabled: true, allowedPolicy: async () => true },
          backchannelLogout: { enabled: true },
          rpInitiatedLogout: {
            enabled: true,
            logoutSource: (context, form) => {
              context.body = form
            },
          },
        },
      },
      besides: (request, response) => {
        const url = request.url ?? ''
        const [path = ''] = url.split('?')
        if (request.method === 'POST') asked.push(path.slice(realm.length))
        // It gives a refresh token only with a consent, which companies give once for everybody.
        if (path === `${realm}/auth` && url.includes('?')) request.url = `${url}&prompt=consent`
        if (path !== `${realm}/token`) return false
        const happens = says.token(request)
        if (happens === 'away') response.writeHead(503).end()
        if (happens === 'lost')
          response.end = () => {
            request.socket.destroy()
            return response
          }
        if (happens === 'refused')
          response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}')
        return happens === 'away' || happens === 'refused'
      },
    },
    () => `${url()}/sign-in/callback`,
  )

/** Sallyport's identity with such a provider. */
export async function startRenewingCompany() {
  const folder = await newFolder()
  const says = honestly()
  const asked: string[] = []
  let server: TestServer
  const provider = await startRenewingProvider(() => server.url, says, asked)
  const providers = readProviders({
    kind: 'oidc',
    name: 'Muster id',
    issuer: provider.issuer,
    shape: 'keycloak',
    clientId: shapedClientId,
    clientSecret: 'env:SECRET',
  })
  server = await startTestServer(folder, {
    identity: { kind: 'oidc', providers, sessions: { idleMinutes: 480, absoluteHours: 24 } },
    clientSecret: shapedClientSecret,
  })

  const sessionIn = async (browser: TestBrowser, isQuiet = false) =>
    (await (await browser.get(`${server.url}/api/session${isQuiet ? '?quietly' : ''}`)).json()) as {
      readonly person: { readonly id: string } | null
      readonly csrf: string
      readonly endsInMs: number
    }
  const refreshes = (): number => asked.filter((path) => path === '/token').length
  return {
    server,
    folder,
    provider,
    says,
    asked,
    refreshes,
    sessionIn,
    /** Signs in with a browser of its own. */
    signIn: async (browser = createTestBrowser()) => {
      let answer = await browser.get(`${server.url}/sign-in`)
      for (let hops = 0; hops < 10 && !answer.url.startsWith(`${server.url}/sign-in/callback`); hops++)
        answer = await browser.get(new URL(answer.headers.get('location') ?? '', answer.url).href)
      assert.equal(answer.headers.get('location'), '/', await answer.text())
      return browser
    },
    /** Uses the session, and waits until the provider was asked because of it and has answered. */
    useAndAsk: async (browser: TestBrowser): Promise<void> => {
      const before = refreshes()
      await sessionIn(browser)
      await until(() => refreshes() > before)
      await server.identity.renewalSettled()
    },
    reasons: () =>
      server.entries.filter(({ kind }) => kind === 'session-ended').map(({ facts }) => facts.reason),
    renewals: () => server.entries.filter(({ kind }) => kind === 'session-renewed').length,
    close: async () => {
      await server.close()
      await provider.close()
      await removeFolder(folder)
    },
  }
}

export type RenewingCompany = Awaited<ReturnType<typeof startRenewingCompany>>

/** Something real is under way in another task: looked at every few milliseconds, for two seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isSo()) return
    await pause(5)
  }
  assert.fail('it did not happen within two seconds')
}
