import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestBrowser, signIn } from '#/identity/test-browser.ts'
import type { Company } from './company.ts'

/** A person of a company who is signed in at the page. */
export interface SignedIn {
  readonly get: (path: string) => Promise<Answer>
  readonly post: (path: string, body?: unknown) => Promise<Answer>
  readonly put: (path: string, body: unknown) => Promise<Answer>
  /** The body of an answer as it came. */
  readonly text: (path: string) => Promise<string>
  /** What the page sends with each write. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test says by its assertions what the answer holds
  readonly json: any
}

/** Signs in at the embedded provider with the account of this address. */
export async function openSession(
  company: Pick<Company, 'sallyport' | 'dataFolder'>,
  email: string,
): Promise<SignedIn> {
  const { url } = company.sallyport
  const password = (await readFile(join(company.dataFolder, 'keys', 'development-password'), 'utf8')).trim()
  const browser = createTestBrowser()
  const answer = await signIn(browser, url, { email, password })
  assert.equal(answer.status, 302, await answer.text())
  const { csrf } = (await (await browser.get(`${url}/api/session`)).json()) as { csrf: string }
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin: url, 'x-sallyport-csrf': csrf, 'content-type': 'application/json' }
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    headers,
    text: async (path) => (await fetch(`${url}${path}`, { headers })).text(),
    get: (path) => send(path, {}),
    put: (path, body) => send(path, { method: 'PUT', body: JSON.stringify(body) }),
    post: (path, body) =>
      send(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  }
}
