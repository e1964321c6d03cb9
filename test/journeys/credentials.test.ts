import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { approveCode } from '#/identity/devices/test-approve.ts'
import { createTestClock, type TestClock } from '#/identity/test-server.ts'
import { type Sallyport, startSallyport } from '#/main.ts'
import { startTestStore, type TestStore } from '#/providers/credentials/test-store.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** What connections show their providers: by reference, from three places, and never to be seen again. */

const canaries = { env: 'canary-of-the-environment', file: 'canary-of-a-file', vault: 'canary-of-the-vault' }
const token = 'canary-token-of-the-vault'
const ids = ['env', 'file', 'vault'] as const
const minuteMs = 60_000

let folder: string
let provider: Server
/** Credentials the provider was shown. */
const shown: string[] = []
let store: TestStore
let clock: TestClock
let sallyport: Sallyport
let owner: SignedIn
let environment: NodeJS.ProcessEnv
const lines: string[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-credentials-'))
  provider = await startProvider()
  store = await startTestStore()
  store.token = token
  store.secrets.set('secret/providers/west', { key: canaries.vault })
  const { port } = provider.address() as AddressInfo
  const connection = (id: string, credential: string) =>
    `  ${id}: { kind: compatible, url: "http://127.0.0.1:${port}/v1", credential: "${credential}" }`
  await writeFile(join(folder, 'secret'), canaries.file)
  await writeFile(
    join(folder, 'sallyport.yaml'),
    `bootstrap: [records.yaml]
audit: { ballastMiB: 0 }
vault: { url: "${store.url}", token: "env:VAULT_TOKEN" }
connections:
${connection('env', 'env:WEST_KEY')}
${connection('file', `file:${join(folder, 'secret')}`)}
${connection('vault', 'vault:providers/west#key')}
`,
  )
  const records = [
    ...ids.map((id) => offeringText({ id, connection: id })),
    useCaseText('general-assistant', ids),
    policyText(),
  ]
  await writeFile(join(folder, 'records.yaml'), recordsText(records))
  environment = {
    ...process.env,
    WEST_KEY: canaries.env,
    VAULT_TOKEN: token,
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  clock = createTestClock()
  sallyport = await start()
  owner = await openSession({ sallyport, dataFolder: join(folder, 'data') }, 'owner@example.com')
})
after(async () => {
  await sallyport?.stop(0)
  provider.closeAllConnections()
  provider.close()
  await store.stop()
  await rm(folder, { recursive: true, force: true })
})

const start = () =>
  startSallyport({
    environment,
    port: 0,
    clock,
    print: (line) => lines.push(line),
    writeLine: (line) => lines.push(JSON.stringify(line)),
  })

/** Refuses everything, and says with which key: as careless as a provider can be. */
async function startProvider(): Promise<Server> {
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers
    shown.push(authorization)
    request.resume().on('end', () => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: `Incorrect API key provided: ${authorization}` } }))
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

const send = (model: string, stream = false) =>
  owner.post('/api/chat', { model, stream, messages: [{ role: 'user', content: 'hello' }] })

function assertNone(text: string, where: string): void {
  for (const canary of [...Object.values(canaries), token])
    assert.ok(!text.includes(canary), `${where}: ${canary}`)
}

/** One of each kind of secret that opens something here. */
async function openDoors(): Promise<Readonly<Record<string, string>>> {
  const [, session = ''] = /sallyport_session=([^;]+)/.exec(owner.headers['cookie'] ?? '') ?? []
  const { key } = (await sallyport.control['key.create']!({
    ...{ email: 'owner@example.com', expiresInDays: 30, by: 'test' },
  } as never)) as { key: string }
  const form = async (path: string, fields: Record<string, string>) =>
    (await (
      await fetch(`${sallyport.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) })
    ).json()) as Readonly<Record<string, string>>
  const begun = await form('/oauth/device_authorization', { surface: 'claude_code' })
  await approveCode(sallyport, join(folder, 'data'), begun['user_code'] ?? '')
  const tokens = await form('/oauth/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: begun['device_code'] ?? '',
  })
  const doors = {
    session,
    key,
    'access token': tokens['access_token'] ?? '',
    'refresh token': tokens['refresh_token'] ?? '',
    'device code': begun['device_code'] ?? '',
  }
  for (const [name, secret] of Object.entries(doors)) assert.ok(secret.length >= 20, name)
  return doors
}

/** Requests with a secret everywhere a careless program or person puts one. */
function misplaced(secret: string): readonly (RequestInit & { readonly path: string })[] {
  const json = { 'content-type': 'application/json' }
  const keyed = { ...json, authorization: `Bearer ${secret}` }
  const chat = (more: object) =>
    JSON.stringify({ model: 'env', messages: [{ role: 'user', content: 'hello' }], ...more })
  return [
    { path: `/v1/models?key=${secret}` },
    { path: `/sign-in?next=/${secret}` },
    { path: `/device?user_code=${secret}` },
    { path: '/v1/models', headers: { authorization: `Basic ${secret}` } },
    { path: '/v1/models', headers: { authorization: `Bearer ${secret}`, 'x-api-key': `${secret}x` } },
    { path: '/v1/models', headers: { 'x-api-key': `${secret}x` } },
    { path: '/api/session', headers: { cookie: `sallyport_session=${secret}x; ${secret}=1` } },
    { path: '/v1/models', headers: { 'user-agent': secret, 'x-request-id': secret, forwarded: secret } },
    { path: '/scim/v2/Users', headers: { authorization: `Bearer ${secret}` } },
    {
      path: '/v1/messages',
      method: 'POST',
      headers: { ...keyed, 'x-sallyport-use-case': secret },
      body: chat({}),
    },
    {
      path: '/v1/messages',
      method: 'POST',
      headers: { ...keyed, 'x-sallyport-class': secret },
      body: chat({}),
    },
    { path: '/v1/messages', method: 'POST', headers: keyed, body: `{"${secret}": ` },
    { path: '/v1/chat/completions', method: 'POST', headers: keyed, body: chat({ max_tokens: secret }) },
    {
      path: '/v1/chat/completions',
      method: 'POST',
      headers: keyed,
      body: chat({ [secret]: secret, stream: 7 }),
    },
    { path: '/v1/chat/completions', method: 'POST', headers: keyed, body: chat({ model: secret }) },
    // Of the key, this is the end.
    {
      ...{ path: '/v1/chat/completions', method: 'POST', headers: keyed },
      body: chat({ messages: [{ role: 'user', content: `my key is ${secret}` }] }),
    },
    ...['/oauth/token', '/oauth/revoke', '/oauth/workload'].map((path) => ({
      ...{ path, method: 'POST' },
      body: new URLSearchParams({ grant_type: secret, token: `${secret}x`, refresh_token: `${secret}x` }),
    })),
  ]
}

async function assertStandsNowhere(doors: Readonly<Record<string, string>>): Promise<void> {
  const places: [string, string][] = [['a line', lines.join('\n')]]
  for (const name of await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true }))
    if (name.isFile()) places.push([name.name, await readFile(join(name.parentPath, name.name), 'latin1')])
  for (const [where, text] of places)
    for (const [name, secret] of Object.entries(doors))
      assert.ok(!text.includes(secret), `${name} in ${where}`)
}

test('each connection shows its own credential, wherever it lies', async () => {
  for (const id of ids) {
    for (const stream of [false, true])
      assertNone(JSON.stringify(await send(id, stream)), `an answer of ${id}`)
    assert.deepEqual(shown.splice(0), Array(2).fill(`Bearer ${canaries[id]}`))
  }
})

test('a credential in a file is read again without a start; one that cannot be read leaves the former in place', async () => {
  const path = join(folder, 'secret')
  const renewed = `${canaries.file}-renewed`
  const toldOf = async (): Promise<string | undefined> => {
    await send('file')
    return shown.splice(0)[0]
  }
  await writeFile(path, renewed)
  assert.equal(await toldOf(), `Bearer ${canaries.file}`, 'not before it is told')
  sallyport.readAgain?.()
  assert.equal(await toldOf(), `Bearer ${renewed}`)
  await rm(path)
  sallyport.readAgain?.()
  assert.equal(await toldOf(), `Bearer ${renewed}`)
  assert.match(lines.at(-1) ?? '', /secrets cannot be renewed.*connections\.file\.credential/)
  await writeFile(path, canaries.file)
  sallyport.readAgain?.()
  assert.equal(await toldOf(), `Bearer ${canaries.file}`)
  assert.match(lines.at(-1) ?? '', /2 of connections/)
})

test('what lets people and tools in is repeated by no answer and no line, wherever it is put, and stands nowhere', async () => {
  const doors = await openDoors()
  const told: string[] = []
  for (const [name, secret] of Object.entries(doors))
    for (const { path, ...init } of misplaced(secret)) {
      const response = await fetch(`${sallyport.url}${path}`, { redirect: 'manual', ...init })
      const headers = [...response.headers].filter(([header]) => header !== 'set-cookie')
      const text = `${JSON.stringify(headers)}${await response.text()}`
      assert.ok(response.status < 500, `${name} at ${path}: ${response.status} ${text}`)
      if (text.includes(secret)) told.push(`${name} at ${init.method ?? 'GET'} ${path}`)
    }
  assert.deepEqual(told, [])
  await assertStandsNowhere(doors)
})

test('no route, no entry of the log, no command and no line shows a credential', async () => {
  const size = sallyport.audit.size()
  let opened = 0
  for (let index = 0; index < size; index++) {
    const entry = await owner.text(`/api/log/mine/${index}`)
    assertNone(entry, `entry ${index}`)
    if (entry.includes('Incorrect API key provided: Bearer [credential]')) opened++
  }
  // From the intent and from the outcome of each of the six exchanges.
  assert.equal(opened, 12, 'what the provider said can be read, without the credential')
  for (const { method, path } of sallyport.routes) {
    if (method !== 'GET' && method !== 'ANY') continue
    const at = path
      .replace(':kind', 'offering')
      .replace(':id', 'vault')
      .replace(':index', '3')
      .replace('*', 'x')
    assertNone(await owner.text(at), path)
  }
  for (const words of [
    ['settings', 'explain'],
    ['settings', 'explain', '--json'],
    ['audit', 'verify', '--open'],
    ['audit', 'search', 'kind:outcome', '--json'],
    ['keys', 'status', '--json'],
  ]) {
    const { stdout, stderr } = await runCommand(words, environment)
    assert.ok(stdout.length > 0, words.join(' '))
    assertNone(stdout + stderr, words.join(' '))
  }
  assertNone(lines.join('\n'), 'lines')
  for (const name of await readdir(join(folder, 'data'), { recursive: true })) {
    const bytes = await readFile(join(folder, 'data', name)).catch((error: NodeJS.ErrnoException) => {
      assert.match(error.code ?? '', /EISDIR|ENXIO/, name)
      return Buffer.alloc(0)
    })
    assertNone(bytes.toString('latin1'), name)
  }
})

test('a credential that changes in the vault is shown from then on; without the vault nothing is sent', async () => {
  store.fault = [503, { errors: ['Vault is sealed'] }]
  clock.forward(11 * minuteMs)
  const refused = await send('vault')
  assert.deepEqual([refused.status, refused.json.error.code], [503, 'credential-unavailable'])
  assert.deepEqual(shown, [])
  const [entry] = await sallyport.audit.search({ limit: 1 })
  assert.deepEqual([entry?.kind, entry?.facts.code], ['refusal', 'credential-unavailable'])
  await send('env')
  assert.equal(shown.splice(0).length, 1, 'other connections go on')
})

test('a vault that does not answer stops the start, and says which connection needs it', async () => {
  await sallyport.stop(0)
  await assert.rejects(
    start(),
    /connections.vault.credential: vault refused secret\/providers\/west with 503 \(Vault is/,
  )
})
