import assert from 'node:assert/strict'

/** As much of a browser as signing in takes: a cookie jar, redirects one at a time, and forms. */
export interface TestBrowser {
  readonly get: (url: string, headers?: Record<string, string>) => Promise<Response>
  readonly send: (method: string, url: string, headers?: Record<string, string>) => Promise<Response>
  readonly post: (url: string, body?: URLSearchParams, headers?: Record<string, string>) => Promise<Response>
  /** Follows redirects from here, and gives the last answer with the addresses passed on the way. */
  readonly follow: (
    response: Response,
  ) => Promise<{ readonly response: Response; readonly passed: readonly string[] }>
  readonly cookies: Map<string, string>
}

export function createTestBrowser(): TestBrowser {
  const cookies = new Map<string, string>()

  const send = async (
    url: string,
    init: RequestInit,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }) },
    })
    for (const line of sent.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined) continue
      if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value as string)
    }
    return sent
  }
  const get: TestBrowser['get'] = (url, headers) => send(url, {}, headers)

  return {
    cookies,
    get,
    send: (method, url, headers) => send(url, { method }, headers),
    post: (url, body, headers) => send(url, { method: 'POST', ...(body && { body }) }, headers),
    follow: async (response) => {
      const passed: string[] = []
      let last = response
      for (let hops = 0; hops < 10; hops++) {
        const location = last.headers.get('location')
        if (location === null) return { response: last, passed }
        const next = new URL(location, last.url).href
        passed.push(next)
        await last.arrayBuffer()
        last = await get(next)
      }
      throw new Error(`too many redirects: ${passed.join(' -> ')}`)
    },
  }
}

/** From the sign-in link to the provider's form. */
export async function openForm(
  browser: TestBrowser,
  url: string,
  next = '/',
  stepUp = false,
): Promise<Response> {
  const query = new URLSearchParams({ next, ...(stepUp ? { 'step-up': '1' } : {}) })
  const { response } = await browser.follow(await browser.get(`${url}/sign-in?${query}`))
  return response
}

export const sendForm = (
  browser: TestBrowser,
  form: Response,
  email: string,
  password: string,
): Promise<Response> =>
  browser.post(form.url, new URLSearchParams({ email, password }), { origin: new URL(form.url).origin })

/** The whole way; gives the answer of the callback, which is not followed any further. */
export async function signIn(
  browser: TestBrowser,
  url: string,
  account: {
    readonly email: string
    readonly password: string
    readonly next?: string
    readonly stepUp?: boolean
  },
): Promise<Response> {
  const form = await openForm(browser, url, account.next, account.stepUp)
  assert.equal(form.status, 200)
  let answer = await sendForm(browser, form, account.email, account.password)
  while (answer.status === 303 && !answer.url.includes('/sign-in/callback')) {
    await answer.arrayBuffer()
    answer = await browser.get(new URL(answer.headers.get('location') as string, answer.url).href)
  }
  return answer
}
