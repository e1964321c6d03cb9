import type { IncomingMessage } from 'node:http'
import type { Reply } from '#/core/http/route.ts'
import { escapeHtml, pageReply } from '../pages/page.ts'
import { cookieName } from '../sessions/cookie.ts'
import type { SignInProvider } from './provider.ts'

/** Which provider this browser used last; it shows that one first, and means nothing else. */
export const lastProviderCookie = 'sallyport_last_provider'

export const lastProviderSeconds = 180 * 24 * 3_600

/** The id in the cookie, when it is one of ours. */
export function readLastProvider(
  request: IncomingMessage,
  providers: readonly SignInProvider[],
  isHttps: boolean,
): string | undefined {
  const wanted = `${cookieName(lastProviderCookie, isHttps)}=`
  const cookie = request.headers.cookie?.split(';').find((part) => part.trim().startsWith(wanted))
  const value = cookie?.trim().slice(wanted.length)
  return providers.find(({ id }) => id === value)?.id
}

/** With several providers: where do you have your work account? */
export function choicePage(
  providers: readonly SignInProvider[],
  last: string | undefined,
  next: string,
): Reply {
  const ordered = [...providers].sort((one, other) => Number(other.id === last) - Number(one.id === last))
  const lines = ordered.map(({ id, name }, index) => {
    const address = `/sign-in?${new URLSearchParams({ provider: id, next })}`
    const kind = index === 0 && id === last ? 'button' : 'button other'
    return `<li><a class="${kind}" href="${escapeHtml(address)}">${escapeHtml(name)}</a></li>`
  })
  const hint = last === undefined ? '' : ' You used the first one last time.'
  return pageReply(
    200,
    'Sign in to Sallyport',
    `<p>Where do you have your work account?${hint}</p>\n<ul class="choices">\n${lines.join('\n')}\n</ul>`,
  )
}
