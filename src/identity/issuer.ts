import type { Settings } from '#/settings/api.ts'
import { type Issuer, isLoopbackHost, isLoopbackHttp } from './oidc/relying-party.ts'

/**
 * The configured provider. Throws an Error that names the setting and the remedy: the development provider off
 * loopback, an issuer that is missing or not https, a client id that is missing.
 */
export function readIssuer(
  settings: Pick<Settings, 'identity' | 'host' | 'publicUrl'>,
  clientSecret: string | undefined,
): Issuer | 'embedded' {
  if (settings.identity.kind === 'embedded') {
    assertLoopback('host', settings.host)
    if (settings.publicUrl !== undefined) assertLoopback('publicUrl', new URL(settings.publicUrl).hostname)
    return 'embedded'
  }
  const { issuer, clientId } = settings.identity
  if (issuer === undefined)
    throw new Error('identity.issuer is missing: give the address of your identity provider')
  if (clientId === undefined)
    throw new Error('identity.clientId is missing: register Sallyport at your provider')
  if (settings.identity.clientSecret !== undefined && clientSecret === undefined) {
    throw new Error(
      'identity.clientSecret was not resolved: hand the secret it refers to over as clientSecret',
    )
  }
  if (URL.parse(issuer)?.protocol !== 'https:' && !isLoopbackHttp(issuer)) {
    throw new Error(`identity.issuer is "${issuer}": it must be an https address`)
  }
  // People are kept under this address, so that one way of writing it stands for all.
  return { url: new URL(issuer).href, people: new URL(issuer).href, clientId, clientSecret }
}

/** Its one password is printed on a terminal: good enough on the machine of a developer, and nowhere else. */
function assertLoopback(field: string, host: string): void {
  if (isLoopbackHost(host)) return
  throw new Error(
    `${field} is "${host}", but the development identity provider serves on this machine only: ` +
      'set identity.kind to "oidc" with an issuer, or host to 127.0.0.1',
  )
}
