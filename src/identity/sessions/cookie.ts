import type { IncomingMessage } from 'node:http'

export const sessionCookie = 'sallyport_session'

/**
 * Cookies of this room: never readable by scripts, sent on navigation from elsewhere (the provider's redirect back)
 * but not with foreign requests. Over https the name starts with `__Host-`: the browser then takes the cookie only
 * with Secure and Path=/ and without Domain, so that no sibling host can plant one.
 */
export const cookieName = (name: string, isHttps: boolean): string => (isHttps ? `__Host-${name}` : name)

export const writeCookie = (name: string, value: string, maxAgeSeconds: number, isHttps: boolean): string =>
  `${cookieName(name, isHttps)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isHttps ? '; Secure' : ''}`

export const clearCookie = (name: string, isHttps: boolean): string => writeCookie(name, '', 0, isHttps)

/** 32 random bytes in base64url: what every value of ours looks like, and the only thing that is looked at. */
const tokenShape = /^[\w-]{43}$/

/** The token in this cookie, when there is one of the right shape. */
export function readCookie(request: IncomingMessage, name: string, isHttps: boolean): string | undefined {
  const header = request.headers.cookie
  if (header === undefined) return undefined
  const wanted = `${cookieName(name, isHttps)}=`
  for (const part of header.split(';')) {
    const cookie = part.trim()
    if (!cookie.startsWith(wanted)) continue
    const value = cookie.slice(wanted.length)
    return tokenShape.test(value) ? value : undefined
  }
  return undefined
}
