import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Role, roles } from '#/core/role.ts'
import type { DeviceView } from '#/identity/devices/api.ts'
import { createTestBrowser, signIn } from '#/identity/test-browser.ts'
import { createTestClock, type TestClock } from '#/identity/test-server.ts'
import { type Sallyport, startSallyport } from '#/main.ts'
import { fastAnswer } from '../simulator/fast.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** Who asks: nobody, a person with one role beside employee, or a program with a key of the owner. */
export const askers = ['nobody', ...roles, 'key'] as const
export type Asker = (typeof askers)[number]

export interface Answer {
  readonly status: number
  readonly receipt: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: each recipe says by what it reads what the answer holds
  readonly json: any
}

export interface World {
  readonly sallyport: Sallyport
  readonly clock: TestClock
  /** One request over HTTP, as this asker would send it from our own page. */
  readonly ask: (asker: Asker, method: string, path: string, body?: unknown) => Promise<Answer>
  /** The place in the log of an exchange of this asker's; always the same one. */
  readonly exchangeOf: (asker: Exclude<Asker, 'nobody'>) => Promise<string>
  /** A tool that is signed in as this asker: its id. */
  readonly toolOf: (asker: Role) => Promise<string>
  /** A name nobody has had yet. */
  readonly newName: () => string
  readonly end: () => Promise<void>
}

export const emailOf = (role: Role): string => `${role}@example.com`

/** One server with a person for each role. Who loses the session or the key by what is asked gets another one. */
export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-routes-'))
  const accounts = roles.map((role) => `    - { email: ${emailOf(role)}, name: ${role} }`).join('\n')
  const provider = await startProvider()
  const { port } = provider.address() as AddressInfo
  const settings = join(folder, 'sallyport.yaml')
  await writeFile(
    settings,
    `connections:
  near: { kind: compatible, url: "http://127.0.0.1:${port}/v1" }
  far: { kind: anthropic, url: "http://127.0.0.1:${port}" }
bootstrap: [records.yaml]
limits: { requestsPerMinute: 100000 }
audit: { ballastMiB: 0 }
identity:
  kind: embedded
  owners: [${emailOf('owner')}]
  accounts:
${accounts}
`,
  )
  const records = [
    offeringText({ id: 'near', connection: 'near' }),
    offeringText({ id: 'far', connection: 'far' }),
    useCaseText('general-assistant', ['near', 'far']),
    useCaseText('closed', ['near'])
      .replace('roles: [employee], people: []', 'people: [nobody@example.com], isListed: true')
      .replace('owner@example.com', emailOf('product')),
    policyText(),
  ]
  await writeFile(join(folder, 'records.yaml'), recordsText(records))
  const clock = createTestClock()
  const sallyport = await startSallyport({
    environment: { PORT: '0', SALLYPORT_DATA: join(folder, 'data'), SALLYPORT_SETTINGS: settings },
    clock,
    print: () => undefined,
    writeLine: () => undefined,
  })
  for (const role of roles) {
    if (role === 'employee' || role === 'owner') continue
    await sallyport.identity.grantRoles({ email: emailOf(role), roles: [role], by: 'test' })
  }
  const { url } = sallyport
  const password = (await readFile(join(folder, 'data', 'keys', 'development-password'), 'utf8')).trim()

  /** Writes that went through: each may have ended somebody's session or key, so that these are looked at again. */
  let writes = 0
  const sessions = new Map<Role, { headers: Readonly<Record<string, string>>; at: number }>()
  const sessionOf = async (role: Role): Promise<Readonly<Record<string, string>>> => {
    const known = sessions.get(role)
    if (known !== undefined && (known.at === writes || (await csrfOf(url, known.headers)) !== null)) {
      known.at = writes
      return known.headers
    }
    const browser = createTestBrowser()
    await (await signIn(browser, url, { email: emailOf(role), password })).arrayBuffer()
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const csrf = await csrfOf(url, { cookie })
    if (csrf === null) throw new Error(`${role} cannot sign in`)
    const headers = { cookie, origin: url, 'x-sallyport-csrf': csrf }
    sessions.set(role, { headers, at: writes })
    return headers
  }
  let key: string | undefined
  let keyAt = 0
  const keyHeaders = async (): Promise<Readonly<Record<string, string>>> => {
    const isAlive =
      key !== undefined &&
      (keyAt === writes ||
        (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).ok)
    keyAt = writes
    if (!isAlive) {
      const input = { email: emailOf('owner'), expiresInDays: 30, by: 'test' }
      key = ((await sallyport.control['key.create']!(input as never)) as { key: string }).key
    }
    return { authorization: `Bearer ${key}` }
  }

  let names = 0
  const ask: World['ask'] = async (asker, method, path, body) => {
    const proof = asker === 'nobody' ? {} : asker === 'key' ? await keyHeaders() : await sessionOf(asker)
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...proof, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (method !== 'GET' && response.ok) writes++
    const text = await response.text()
    const isJson = /^application\/json\b/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      receipt: response.headers.get('x-sallyport-receipt')?.split('#')[1],
      json: isJson && text !== '' ? JSON.parse(text) : undefined,
    }
  }
  const exchanges = new Map<Asker, string>()
  const exchangeOf: World['exchangeOf'] = async (asker) => {
    const known = exchanges.get(asker)
    if (known !== undefined) return known
    const path = asker === 'key' ? '/v1/chat/completions' : '/api/chat'
    const { receipt, json } = await ask(asker, 'POST', path, hello)
    if (receipt === undefined) throw new Error(`${asker} is refused: ${JSON.stringify(json)}`)
    exchanges.set(asker, receipt)
    return receipt
  }
  // The first checkpoint comes within a second; from then on there is always one.
  const first = await ask('owner', 'GET', `/api/log/proofs/${await exchangeOf('owner')}`)
  if (first.status !== 200) throw new Error(`there is no checkpoint: ${JSON.stringify(first.json)}`)
  return {
    sallyport,
    clock,
    exchangeOf,
    newName: () => `made-${++names}`,
    toolOf: async (role) => signInTool(url, await sessionOf(role)),
    ask,
    end: async () => {
      await sallyport.stop()
      provider.closeAllConnections()
      provider.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Device sign-in, approved with this session. */
async function signInTool(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) })
  const { device_code, user_code } = (await (await post('/oauth/device_authorization', {})).json()) as Record<
    'device_code' | 'user_code',
    string
  >
  const csrf = headers['x-sallyport-csrf'] ?? ''
  await (await post('/device', { csrf, user_code, decision: 'approve' })).arrayBuffer()
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  await (await post('/oauth/token', { grant_type, device_code })).arrayBuffer()
  const answer = await fetch(`${url}/api/devices`, { headers })
  const { devices } = (await answer.json()) as { devices: readonly DeviceView[] }
  const [one] = devices
  if (one === undefined) throw new Error('the tool cannot sign in')
  return one.id
}

async function csrfOf(url: string, headers: Readonly<Record<string, string>>): Promise<string | null> {
  const response = await fetch(`${url}/api/session`, { headers: { cookie: headers['cookie'] ?? '' } })
  return ((await response.json()) as { csrf: string | null }).csrf
}

export const hello = { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }

const farAnswer = {
  id: 'msg_simulated',
  type: 'message',
  role: 'assistant',
  model: 'far',
  content: [{ type: 'text', text: 'The plan is sound.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 5 },
}

/** Answers at once: how it answers is nothing a role changes. */
async function startProvider(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url !== '/v1/messages') fastAnswer(response)
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(farAnswer))
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
