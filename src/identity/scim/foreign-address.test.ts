import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import { testToken } from './test-directory.ts'

let folder: string
let server: TestServer
before(async () => {
  folder = await newFolder()
  const providers = readProviders({
    kind: 'oidc',
    providers: [
      { id: 'own', issuer: 'https://own.example.com', clientId: 'sallyport' },
      {
        id: 'partner',
        issuer: 'https://partner.example.com',
        clientId: 'sallyport',
        domains: ['partner.example.com'],
      },
    ],
  })
  const directory = { id: 'west', provider: 'partner', token: 'env:X', formerToken: undefined } as const
  server = await startTestServer(folder, {
    identity: { kind: 'oidc', providers, scim: [{ ...directory, subjectFrom: 'externalId' }] },
    scimTokens: new Map([['west', { token: testToken, formerToken: undefined }]]),
  })
})
after(async () => {
  await server.close()
  await removeFolder(folder)
})

const send = async (method: string, path: string, body: object) => {
  const response = await fetch(`${server.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${testToken}` },
    body: JSON.stringify(body),
  })
  return { status: response.status, json: (await response.json()) as { readonly id: string } }
}
const keyFor = (email: string) =>
  server.identity.createKey({ email, useCase: undefined, expiresInDays: 1, label: undefined, by: 'test' })
const people = (text: string) => server.identity.accounts.list({ text }).people

test('a directory of a partner does not get hold of who waits under an address of ours', async () => {
  await keyFor('new@example.com')
  const [waiting] = people('new@')
  const body = { userName: 'new@example.com', externalId: 'theirs-1', active: false }
  assert.equal((await send('POST', '/Users', body)).status, 201)
  const { status, json } = await send('POST', '/Users', {
    userName: 'joe@partner.example.com',
    externalId: 'theirs-2',
  })
  assert.equal(status, 201)
  const rename = { Operations: [{ op: 'replace', path: 'userName', value: 'new@example.com' }] }
  await send('PATCH', `/Users/${json.id}`, rename)
  assert.deepEqual(
    people('new@example.com').filter(({ id }) => id === waiting?.id),
    [waiting],
  )
})

test('what is given to an address of ours does not go to whom the directory of a partner calls so', async () => {
  const emails = [{ value: 'chief@example.com', primary: true }]
  assert.equal(
    (await send('POST', '/Users', { userName: 'chief', externalId: 'theirs-3', emails })).status,
    201,
  )
  await keyFor('chief@example.com')
  const owned = people('chief@example.com')
  assert.deepEqual(
    owned.map(({ state, name }) => [state, name]),
    [['pending', 'chief@example.com']],
  )
  assert.notEqual(owned[0]?.id, people('theirs-3')[0]?.id)
  assert.equal(people('theirs-3').length, 1)
})
