import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestBrowser } from '../test-browser.ts'
import { startTestProvider, type TestProvider, testClientId } from '../test-provider.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import { testToken } from './test-directory.ts'

const email = 'john@example.com'
let folder: string
let provider: TestProvider
let server: TestServer
before(async () => {
  folder = await newFolder()
  provider = await startTestProvider()
  const directory = { id: 'west', provider: undefined, token: 'env:X', formerToken: undefined } as const
  server = await startTestServer(folder, {
    identity: {
      kind: 'oidc',
      issuer: provider.url,
      clientId: testClientId,
      scim: [{ ...directory, subjectFrom: 'none' }],
    },
    scimTokens: new Map([['west', { token: testToken, formerToken: undefined }]]),
  })
})
after(async () => {
  await server.close()
  await provider.close()
  await removeFolder(folder)
})

/** The id of whoever signs in so, undefined when they may not. */
async function enter(sub: string): Promise<string | undefined> {
  const browser = createTestBrowser()
  const begun = await browser.get(`${server.url}/sign-in`)
  provider.claims = (honest) => ({ ...honest, sub, email, email_verified: true })
  await browser.get(provider.approve(new URL(begun.headers.get('location') as string)).href)
  const session = await (await browser.get(`${server.url}/api/session`)).json()
  return (session as { readonly person: { readonly id: string } | null }).person?.id
}
async function send(method: string, path: string, body?: object): Promise<string> {
  const response = await fetch(`${server.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${testToken}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  assert.ok(response.ok, `${method} ${path} ${response.status}`)
  return response.status === 204 ? '' : ((await response.json()) as { readonly id: string }).id
}
const people = () => server.identity.accounts.list({ text: email }).people
const stateOf = (id: string | undefined) => people().find((person) => person.id === id)?.state

test('whoever is given the address of somebody who left is in the hands of the directory, too', async () => {
  const leaver = await enter('one')
  const first = await send('POST', '/Users', { userName: email })
  await send('DELETE', `/Users/${first}`)
  assert.equal(stateOf(leaver), 'ended')

  const second = await send('POST', '/Users', { userName: email })
  await send('POST', '/Groups', { displayName: 'Harbour', externalId: 'h', members: [{ value: second }] })
  const next = await enter('two')
  assert.notEqual(next, leaver)
  assert.deepEqual(
    people()
      .filter(({ state }) => state === 'active')
      .map(({ id, groups }) => [id, groups.map((group) => group.id)]),
    [[next, ['west:h']]],
  )
  const off = { Operations: [{ op: 'replace', path: 'active', value: false }] }
  await send('PATCH', `/Users/${second}`, off)
  assert.equal(stateOf(next), 'ended')
  assert.equal(await enter('two'), undefined)
  assert.equal(await enter('three'), undefined, 'nor does a new account with this address get in')
})
