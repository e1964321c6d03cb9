import { isIP, isIPv4 } from 'node:net'

/** True for addresses that only this machine can reach. A name other than localhost could point anywhere. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))

/** An address or a name to listen on. */
export const isHost = (host: string): boolean =>
  isIP(host) !== 0 ||
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(host)

/**
 * What is wrong with the address of a server we send content or secrets to; undefined when nothing is.
 * The value itself is never repeated: a wrong one often holds a password.
 */
export function problemOfUrl(value: string): string | undefined {
  if (value.length > 2_000 || !URL.canParse(value))
    return 'must be an address such as https://api.example.com/v1'
  const url = new URL(value)
  const isPlain = url.protocol === 'http:'
  if (url.protocol !== 'https:' && !isPlain) return 'must start with https://'
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or password; name the secret as "credential: env:NAME" instead'
  }
  if (isPlain && !isLoopback(url.hostname)) return 'must start with https:// (http:// only to this machine)'
  if (value.includes('?')) return 'must not have a query (the part after "?")'
  if (value.includes('#')) return 'must not have a fragment (the part after "#")'
  return undefined
}

/** What is wrong with a name as it stands in a Host header: a host, and a port when it is not the usual one. */
export function problemOfHostHeader(value: string): string | undefined {
  const [, host = '', port = '1'] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(value) ?? []
  const isRight = isHost(host.replace(/^\[(.*)\]$/, '$1')) && Number(port) >= 1 && Number(port) <= 65_535
  return isRight ? undefined : 'must be a name as browsers send it, such as ai.example.com or 10.0.0.5:8787'
}

/** As `problemOfUrl`, for an address that is a whole site: nothing may follow the host and port. */
export function problemOfOrigin(value: string): string | undefined {
  if (!value.includes('://')) return 'must begin with https://, as https://ai.example.com does'
  const problem = problemOfUrl(value)
  if (problem !== undefined) return problem
  return new URL(value).pathname === '/'
    ? undefined
    : 'must be an address without a path, such as https://ai.example.com'
}
