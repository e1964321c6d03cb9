import type { IncomingMessage } from 'node:http'
import type { Provider } from 'oidc-provider'
import type { Clock } from '#/core/clock.ts'
import { readBody } from '#/core/http/body.ts'
import { type Asked, type Reply, type Route, route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import { failureReply } from '../pages/page.ts'
import { type Account, createPasswordCheck } from './accounts.ts'
import { signInPage } from './page.ts'
import { createProvider, type ProviderParts, withoutProviderSession } from './provider.ts'
import { readOrCreatePassword, readOrCreateSecrets } from './secrets.ts'

export interface EmbeddedServices {
  readonly dataFolder: string
  readonly accounts: readonly Account[]
  /** Without a slash at the end. */
  readonly publicUrl: () => string
  readonly redirectUri: () => string
  readonly clock: Clock
  readonly writeFailure: (reason: string) => Promise<void>
  readonly onError: ProviderParts['onError']
}

export interface Embedded {
  readonly routes: readonly Route[]
  readonly password: () => string
}

const formLimits = { bodyMaxBytes: 4_096, bodyMaxMs: 10_000 }

/** The development provider on our own server, at /oidc: its protocol by oidc-provider, its one page by us. */
export function createEmbedded(services: EmbeddedServices): Embedded {
  const { accounts, clock } = services
  let password: string | undefined
  const readPassword = (): string => {
    password ??= readOrCreatePassword(services.dataFolder)
    return password
  }
  const check = createPasswordCheck(accounts, readPassword, clock)

  let provider: Promise<Provider> | undefined
  const load = (): Promise<Provider> => {
    provider ??= createProvider({
      issuer: `${services.publicUrl()}/oidc`,
      redirectUri: services.redirectUri(),
      accounts,
      secrets: readOrCreateSecrets(services.dataFolder),
      onError: services.onError,
    })
    return provider
  }

  const showForm = async ({ request, response, requestId }: Asked<unknown>): Promise<Reply> => {
    const isKnown = await isUnderWay(await load(), request, response)
    if (!isKnown)
      return failureReply('This sign-in took too long, or was finished in another tab.', requestId)
    return signInPage({ status: 200, accounts, chosen: undefined, problem: undefined })
  }

  const readForm = async (asked: Asked<unknown>): Promise<Reply | undefined> => {
    const { request, response, requestId } = asked
    assertOwnForm(request, services.publicUrl())
    const form = new URLSearchParams((await readBody(request, formLimits)).toString('utf8'))
    const loaded = await load()
    if (!(await isUnderWay(loaded, request, response))) {
      return failureReply('This sign-in took too long, or was finished in another tab.', requestId)
    }
    const email = (form.get('email') ?? '').trim().toLowerCase()
    const checked = check(email, (form.get('password') ?? '').trim())
    if (checked === 'right') {
      const ts = Math.floor(clock.now() / 1_000)
      await loaded.interactionFinished(request, response, {
        login: { accountId: email, remember: false, ts },
      })
      return undefined
    }
    await services.writeFailure(checked === 'wait' ? 'password-wait' : 'password-wrong')
    return signInPage({ accounts, chosen: email, ...answers[checked] })
  }

  const protocol = async ({ request, response, url, requestId }: Asked<unknown>): Promise<void> => {
    const callback = (await load()).callback()
    response.setHeader('x-request-id', requestId)
    // Mounted below /oidc: the provider finds out where from the difference between these two.
    Object.assign(request, { originalUrl: request.url })
    request.url = `${url.pathname.slice('/oidc'.length) || '/'}${url.search}`
    // Pages elsewhere have nothing to ask here: without an origin the provider offers nothing to them.
    delete request.headers.origin
    const { cookie } = request.headers
    if (cookie !== undefined) request.headers.cookie = withoutProviderSession(cookie)
    const ended = new Promise<void>((resolve) => response.once('close', resolve))
    await callback(request, response)
    if (!response.writableFinished) await ended
  }

  const path = '/oidc/sign-in/:step'
  return {
    password: readPassword,
    routes: [
      route({ method: 'GET', path, need: 'anyone', reads: 'nothing', handle: showForm }),
      route({ method: 'POST', path, need: 'anyone', reads: 'itself', handle: readForm }),
      route({ method: 'ANY', path: '/oidc/*', need: 'anyone', reads: 'itself', handle: protocol }),
    ],
  }
}

const answers = {
  wrong: { status: 403, problem: 'This password is wrong. Look for it where Sallyport was started.' },
  wait: { status: 429, problem: 'Too many wrong passwords. Wait a minute, then try again.' },
} as const

type Response = Asked<unknown>['response']

async function isUnderWay(
  provider: Provider,
  request: IncomingMessage,
  response: Response,
): Promise<boolean> {
  try {
    await provider.interactionDetails(request, response)
    return true
  } catch (error) {
    if ((error as Error).name === 'SessionNotFound') return false
    throw error
  }
}

/** A form elsewhere must not sign somebody in here as an account of its own choosing. */
function assertOwnForm(request: IncomingMessage, publicUrl: string): void {
  if (request.headers.origin !== publicUrl) throw new Refusal('origin-refused', { header: 'Origin' })
}
