import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { Agent, request as overHttps } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import { placeOf } from '#/core/http/route.ts'
import type { LogLine } from '#/core/log-line.ts'
import { makeAuthority } from '#/core/test-certificates.ts'
import { type Sallyport, startSallyport } from '#/main.ts'
import { findChromium, messageBox, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { openSession } from '../support/session.ts'

/** TLS ended by Sallyport itself, certificates of clients, and an address of its own for administration. */

const authority = makeAuthority()
const stranger = makeAuthority('A stranger')
const own = authority.issue('localhost', true)
const operator = authority.issue('operator.example.com')
const pretender = stranger.issue('operator.example.com')
const asOperator = { cert: operator.certificate, key: operator.privateKey }
const asPretender = { cert: pretender.certificate, key: pretender.privateKey }

let folder: string
const running: Sallyport[] = []
const lines: LogLine[] = []
const path = (name: string): string => join(folder, name)

async function start(name: string, settings: string): Promise<Sallyport> {
  await writeFile(path(`${name}.yaml`), `audit: { ballastMiB: 0 }\n${settings}`)
  const sallyport = await startSallyport({
    environment: { PORT: '0', SALLYPORT_DATA: path(name), SALLYPORT_SETTINGS: path(`${name}.yaml`) },
    print: () => undefined,
    writeLine: (line) => lines.push(line),
  })
  running.push(sallyport)
  return sallyport
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-addresses-'))
  await writeFile(path('own.pem'), own.certificate)
  await writeFile(path('own.key'), own.privateKey)
  await writeFile(path('ca.pem'), authority.certificate)
})
after(async () => {
  for (const sallyport of running) await sallyport.stop(0)
  await rm(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly headers: IncomingMessage['headers']
}

function ask(
  url: string,
  options: ConnectionOptions & { headers?: object; method?: string; agent?: Agent } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const send = url.startsWith('https:') ? overHttps : overHttp
    const sent = send(url, { agent: false, ca: authority.certificate, ...options } as object, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      answer.once('error', reject).once('end', () => {
        const isJson = /^application\/json/.test(answer.headers['content-type'] ?? '')
        const code = isJson ? JSON.parse(text).error?.code : undefined
        resolve({ status: answer.statusCode ?? 0, code, headers: answer.headers })
      })
    })
    sent.once('error', reject).end()
  })
}

test('administration answers only at its own address, and there only to who has a certificate', async () => {
  const sallyport = await start(
    'administration',
    `admin: { port: 0 }
tls:
  certificate: own.pem
  privateKey: "file:${path('own.key')}"
  for: admin
  clientCertificates: require
  clientCertificatesFor: admin
  clientCa: ca.pem`,
  )
  const { url, adminUrl = '' } = sallyport
  assert.match(url, /^http:/)
  assert.match(adminUrl, /^https:/)
  await assert.rejects(ask(`${adminUrl}/api/session`), /certificate required|ECONNRESET|socket hang up/)
  await assert.rejects(ask(`${adminUrl}/api/session`, asPretender), /unknown ca|ECONNRESET|socket hang up/)

  const owner = await openSession({ sallyport, dataFolder: path('administration') }, 'owner@example.com')
  const { cookie = '', 'x-sallyport-csrf': csrf = '' } = owner.headers
  const there = (method: string, at: string, headers: object = {}) =>
    ask(`${adminUrl}${at}`, { ...asOperator, method, headers: { cookie, ...headers } })
  let admins = 0
  for (const { method, path: shape, ...route } of sallyport.routes) {
    const place = placeOf({ method, path: shape, ...route })
    if (place === 'both' || method === 'ANY') continue
    const at = shape.replace('entries/*', 'entries/000.p/1').replace(/[:*]\w*/g, '1')
    const [missing, present] = place === 'admin' ? [url, adminUrl] : [adminUrl, url]
    const away = await ask(`${missing}${at}`, { ...asOperator, method, headers: owner.headers })
    // Another method of the same path may be at home there: that is then what is said.
    const isShared = sallyport.routes.some((other) => other.path === shape && placeOf(other) !== place)
    const nothing = isShared ? 'method-refused' : 'path-unknown'
    assert.equal(away.code, nothing, `${method} ${at} at ${place === 'admin' ? 'main' : 'admin'}`)
    const here = await ask(`${present}${at}`, { ...asOperator, method })
    assert.ok(
      route.need === 'anyone' ? here.status !== 404 : here.status === 401,
      `${method} ${at}: ${here.status}`,
    )
    admins += place === 'admin' ? 1 : 0
  }
  assert.ok(admins >= 10, `${admins} routes of administration`)
  assert.equal((await there('GET', '/api/records/offering')).status, 200)
  assert.equal((await there('GET', '/')).status, 200)

  const write = (origin: string) => there('POST', '/api/sign-out', { origin, 'x-sallyport-csrf': csrf })
  assert.equal((await write(url)).code, 'origin-refused', 'the page of the main address writes nothing here')
  assert.equal((await write(adminUrl)).status, 204)
})

const chromium = findChromium()

test('the page leads who has a role from one address to the other, with one sign-in', {
  skip: chromium ? false : noChromium,
}, async (context) => {
  const { url, adminUrl = '' } = await start('both', 'admin: { port: 0 }')
  const browser = await openBrowser(chromium ?? '')
  context.after(() => browser.close())
  const complaints: string[] = []
  const page = await newPage(browser, complaints)
  await signIn(page, url, 'owner@example.com', path('both'))
  await page.goto(`${url}/#register/offering`)
  await page.getByRole('link', { name: `Go to ${new URL(adminUrl).host}` }).click()
  await page.getByRole('link', { name: 'Back to the chat' }).waitFor()
  assert.equal(page.url(), `${adminUrl}/#register/offering`)
  await page.goto(`${adminUrl}/#chat`)
  await page.getByRole('link', { name: `Go to ${new URL(url).host}` }).click()
  await messageBox(page).waitFor()
  assert.equal(page.url(), `${url}/#chat`)
  assert.deepEqual(complaints, [])
})

test('a certificate for another name than people use stops the start', async () => {
  const settings = `publicUrl: https://ai.localhost:1
tls: { certificate: own.pem, privateKey: "file:${path('own.key')}" }
identity: { kind: oidc, issuer: "https://login.example.com", clientId: sallyport }`
  await assert.rejects(
    start('misnamed', settings),
    /tls.certificate is not for ai.localhost, the host name of pub/,
  )
})

test('TLS is 1.2 or newer, says so to browsers, and new certificates are served without ending what is open', async () => {
  const sallyport = await start(
    'everywhere',
    `tls:
  certificate: own.pem
  privateKey: "file:${path('own.key')}"
  clientCertificates: request
  clientCa: ca.pem`,
  )
  const { url } = sallyport
  assert.match(url, /^https:/)
  const live = `${url}/health/live`
  const answer = await ask(live)
  assert.deepEqual([answer.status, answer.headers['strict-transport-security']], [200, 'max-age=31536000'])
  const old: ConnectionOptions = {
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  }
  await assert.rejects(ask(live, old), /protocol version|unsupported|ECONNRESET/)
  const weak: ConnectionOptions = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }
  await assert.rejects(ask(live, weak), /handshake failure|no shared cipher|ECONNRESET/)
  assert.equal((await ask(live, { maxVersion: 'TLSv1.2' })).status, 200)
  await assert.rejects(ask(live.replace('https:', 'http:')))

  assert.equal((await ask(live, asOperator)).status, 200, 'a right certificate')
  await assert.rejects(ask(live, asPretender), 'a wrong one is worse than none')

  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  await ask(live, { agent })
  const renewed = authority.issue('localhost', true)
  await writeFile(path('own.pem'), renewed.certificate)
  sallyport.readAgain?.()
  assert.match(lines.at(-1)?.problem ?? '', /tls.privateKey is not the key of tls.certificate/)
  assert.equal((await ask(live)).status, 200, 'the former ones go on')
  await writeFile(path('own.key'), renewed.privateKey)
  sallyport.readAgain?.()
  assert.match(lines.at(-1)?.what ?? '', /read again; this one ends 2099-12-31/)
  assert.equal(await shownAt(url), renewed.certificate.replaceAll(/-----.*-----|\s/g, ''))
  assert.equal((await ask(live, { agent })).status, 200, 'the connection of before is still there')
  agent.destroy()
})

/** The certificate a new connection is shown, in base64. */
const shownAt = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(url)
    const socket = connect({ host, port: Number(port), ca: authority.certificate }, () => {
      resolve(socket.getPeerCertificate().raw.toString('base64'))
      socket.destroy()
    }).once('error', reject)
  })
