import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestBrowser, signIn, type TestBrowser } from '../test-browser.ts'

interface Where {
  readonly url: string
}

/** Signs in at the embedded provider and opens the page of a code. */
export async function openCode(
  { url }: Where,
  folder: string,
  code: string,
  email = 'employee@example.com',
): Promise<{ readonly browser: TestBrowser; readonly page: string; readonly csrf: string }> {
  const password = (await readFile(join(folder, 'keys', 'development-password'), 'utf8')).trim()
  const browser = createTestBrowser()
  const next = `/device?user_code=${code}`
  const { response } = await browser.follow(await signIn(browser, url, { email, password, next }))
  const page = await response.text()
  const csrf = (/name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '').replaceAll(/&#(\d+);/g, (_, number) =>
    String.fromCharCode(Number(number)),
  )
  return { browser, page, csrf }
}

/** As a person decides: signs in, opens the page of the code, presses the button. */
export async function decideCode(
  where: Where,
  folder: string,
  code: string,
  decision: 'approve' | 'refuse',
): Promise<void> {
  const { browser, csrf } = await openCode(where, folder, code)
  const answer = await browser.post(
    `${where.url}/device`,
    new URLSearchParams({ csrf, user_code: code, decision }),
    { origin: where.url },
  )
  assert.equal(answer.status, 200, await answer.text())
}

export const approveCode = (where: Where, folder: string, code: string): Promise<void> =>
  decideCode(where, folder, code, 'approve')
export const refuseCode = (where: Where, folder: string, code: string): Promise<void> =>
  decideCode(where, folder, code, 'refuse')
