import { Refusal } from '#/core/refusal.ts'

const base = 'http://sallyport.invalid'

/**
 * Where to go after signing in: a path of this server and nothing else, so that a link to our sign-in cannot lead
 * a person to somebody else's page. `//host`, `/\host` and tabs inside are how browsers are talked into leaving.
 * Throws `request-invalid` for the field `next`.
 */
export function readNextPath(next: string | null): string {
  if (next === null || next === '') return '/'
  const isPath = next.length <= 2_000 && next.startsWith('/') && !/[\\\p{Cc}]/u.test(next)
  const url = isPath ? URL.parse(next, base) : null
  if (url === null || url.origin !== base) {
    throw new Refusal('request-invalid', { field: 'next', problem: 'it must be a path of this Sallyport' })
  }
  const path = `${url.pathname}${url.search}${url.hash}`
  // `/a/..//host` becomes `//host` only once it is read; the sign-in itself would go round in a circle.
  if (path.startsWith('//') || /^\/(sign-in|oidc)(\/|\?|#|$)/.test(path)) return '/'
  return path
}
