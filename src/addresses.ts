import type { Clock } from '#/core/clock.ts'
import { ownHosts } from '#/core/http/own-hosts.ts'
import type { TrustedProxies } from '#/core/http/peer.ts'
import { placeOf, type Route } from '#/core/http/route.ts'
import { createRouter, type RouterServices } from '#/core/http/router.ts'
import type { WriteLine } from '#/core/log-line.ts'
import { networksOf } from '#/core/network.ts'
import type { Settings } from '#/settings/api.ts'
import { type Certificates, readCertificates } from '#/settings/certificates.ts'
import { SettingsError } from '#/settings/problem.ts'
import { type Listener, listen } from './listener.ts'
import { type Renewal, renewCertificates } from './renew-certificates.ts'

/** Where Sallyport listens: the main address, and one for administration when the settings name it. */
export interface Addresses {
  /** Where the main one listens. */
  readonly url: string
  readonly adminUrl: string | undefined
  /** The origin people use. */
  readonly publicUrl: () => string
  readonly serve: (routes: readonly Route[], services: ServedBy) => void
  /** Reads the certificates again; undefined where there are none. */
  readonly renewCertificates: (() => void) | undefined
  /** Takes no new connections; the function it gives waits for answers that are being written, and ends the rest. */
  readonly close: () => () => Promise<void>
}

/** What an address does not know by itself. */
export type ServedBy = Pick<RouterServices, 'personOf' | 'assertFresh' | 'limits' | 'onForeign' | 'writeLine'>

/** Throws when a port is taken, or certificates cannot be served; nothing listens then. */
export async function openAddresses(
  settings: Settings,
  clock: Clock,
  writeLine: WriteLine,
): Promise<Addresses> {
  const { tls, admin } = settings
  const certificates = tls && readCertificates(tls, clock.now())
  if (certificates !== undefined) assertIsForPeople(certificates, settings)
  const listenAt = (place: 'main' | 'admin', { host, port }: { host: string; port: number }) =>
    listen({
      host,
      port,
      certificates: tls?.for === 'admin' && place === 'main' ? undefined : certificates,
      clientCertificates:
        tls?.clientCertificatesFor === 'admin' && place === 'main'
          ? 'off'
          : (tls?.clientCertificates ?? 'off'),
    })
  const main = await listenAt('main', settings)
  const second = admin === undefined ? undefined : await listenOrClose(() => listenAt('admin', admin), main)
  const all = second === undefined ? [main] : [main, second]
  const publicUrl = (): string => settings.publicUrl ?? main.url
  const adminUrl = second === undefined ? undefined : (admin?.publicUrl ?? second.url)
  const renewal = renewalOf(settings, certificates, all, clock, writeLine)
  const proxies = proxiesOf(settings)

  const serveAt = (listener: Listener, origin: string, routes: readonly Route[], services: ServedBy): void =>
    listener.serve(
      createRouter(routes, {
        ...services,
        // The main one need not be told for each request: it is the one people sign in at.
        ...(listener === main ? {} : { origin }),
        isOwnHost: ownHosts({ origin, port: listener.port, names: settings.hosts }),
        isHttps: origin.startsWith('https:'),
        proxies,
      }),
    )
  return {
    url: main.url,
    adminUrl,
    publicUrl,
    serve: (routes, services) => {
      const here = routes.filter((route) => second === undefined || placeOf(route) !== 'admin')
      serveAt(main, publicUrl(), here, services)
      if (second === undefined || adminUrl === undefined) return
      const there = routes.filter((route) => placeOf(route) !== 'main')
      serveAt(second, adminUrl, there, services)
    },
    renewCertificates: renewal?.now,
    close: () => {
      renewal?.end()
      const closing = all.map((listener) => listener.close())
      return async () => void (await Promise.all(closing.map((closed) => closed())))
    },
  }
}

/** No browser would go on to a server with another name; only a proxy in front that people see instead may. */
function assertIsForPeople({ isFor }: Certificates, { tls, publicUrl, trustedProxies }: Settings): void {
  if (tls === undefined || publicUrl === undefined || trustedProxies.length > 0) return
  const { hostname } = new URL(publicUrl)
  if (isFor(hostname)) return
  const remedy = 'ask for one with this name, or list the proxies in front under trustedProxies'
  const problem = `is not for ${hostname}, the host name of publicUrl; ${remedy}`
  throw new SettingsError([{ key: 'tls.certificate', place: `file ${tls.certificate}`, problem }])
}

async function listenOrClose(open: () => Promise<Listener>, opened: Listener): Promise<Listener> {
  try {
    return await open()
  } catch (error) {
    await opened.close()()
    throw error
  }
}

function renewalOf(
  { tls }: Settings,
  certificates: Certificates | undefined,
  listeners: readonly Listener[],
  clock: Clock,
  writeLine: WriteLine,
): Renewal | undefined {
  if (tls === undefined || certificates === undefined) return undefined
  const apply = (renewed: Certificates): void => {
    for (const listener of listeners) listener.renew(renewed)
  }
  return renewCertificates({ tls, certificates, apply, clock, writeLine })
}

const proxiesOf = ({ trustedProxies, forwardedHeader }: Settings): TrustedProxies | undefined =>
  trustedProxies.length === 0 ? undefined : { networks: networksOf(trustedProxies), header: forwardedHeader }
