import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '#/core/refusal.ts'
import { startSallyport } from '#/main.ts'
import type { Policy, RecordView } from '#/register/api.ts'
import type { SwitchPage, SwitchView } from '#/snapshot/switches/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { type HandProvider, startHandProvider } from '../support/hand-provider.ts'
import { runCommand } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/**
 * Stopping at once: an answer that is being written is cut within a second, new ones are refused with what works
 * instead, and a release lets everything go on.
 */

const records = recordsText([
  offeringText({ id: 'sim-stall', connection: 'simulator-openai' }),
  offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
  offeringText({ id: 'demo', connection: 'demo' }),
  offeringText({ id: 'hand', connection: 'hand' }),
  useCaseText('general-assistant', ['sim-stall', 'sim-echo', 'demo', 'hand']),
  useCaseText('spare', ['sim-stall', 'sim-echo']),
  policyText(),
])

const tool = { type: 'function', function: { name: 'run_shell', parameters: { type: 'object' } } }

let provider: HandProvider
let company: Company
let olga: SignedIn
let sam: SignedIn
let key: { id: string; key: string }
let environment: NodeJS.ProcessEnv

before(async () => {
  provider = await startHandProvider()
  company = await startCompany({
    records,
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${provider.port}/v1", silenceLimitMs: 1500 }`,
    settings: `identity:
  kind: embedded
  owners: [olga@example.com, sam@example.com]
  accounts:
${['olga', 'sam', 'mia'].map((name) => `    - { email: ${name}@example.com, name: ${name} }`).join('\n')}`,
  })
  olga = await openSession(company, 'olga@example.com')
  sam = await openSession(company, 'sam@example.com')
  await openSession(company, 'mia@example.com')
  key = await company.createKey({ email: 'mia@example.com' })
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(async () => {
  await company.end()
  await provider.stop()
})

const pull = async (body: object): Promise<SwitchView> => {
  const { status, json } = await olga.post('/api/switches', { reason: 'For a test.', ...body })
  assert.equal(status, 201, JSON.stringify(json))
  return json
}
const release = async (id: string): Promise<void> => {
  const { status, json } = await sam.post(`/api/switches/${id}/release`, { reason: 'It is fine.' })
  assert.equal(status, 200, JSON.stringify(json))
}

const ask = (change: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      model: 'sim-echo',
      messages: [{ role: 'user', content: 'Good morning.' }],
      ...change,
    }),
  })

interface WireError {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly remedies: readonly { readonly id: string }[]
  }
}
const refusalOf = async (response: Response) => {
  const { error } = (await response.json()) as WireError
  return { status: response.status, ...error, remedies: error.remedies.map(({ id }) => id) }
}

/** A stream that has begun and never ends by itself. */
async function openStream(change: object = {}) {
  const response = await ask({ model: 'sim-stall', stream: true, ...change })
  assert.equal(response.status, 200)
  const intent = Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = decoder.decode((await reader.read()).value)
  const rest = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text
      text += decoder.decode(value)
    }
  })()
  return { intent, rest, soFar: () => text, leave: () => reader.cancel() }
}

const targets = {
  all: {},
  offering: { target: 'sim-stall' },
  'use-case': { target: 'general-assistant' },
  person: { target: 'mia@example.com' },
  tool: { target: 'run_shell' },
  key: {},
} as const

for (const [scope, named] of Object.entries(targets)) {
  test(`stop ${scope}: the open answer is cut within a second, new ones are refused, a release lets them go`, async () => {
    const change = scope === 'tool' ? { tools: [tool] } : {}
    const stream = await openStream(change)
    const startedAt = performance.now()
    const { id } = await pull({ scope, ...named, ...(scope === 'key' ? { target: key.id } : {}) })
    const text = await stream.rest
    const tookMs = performance.now() - startedAt
    assert.ok(tookMs < 1_000, `${tookMs} ms`)
    assert.match(text, /stopped-by-switch/)
    const outcome = await outcomeOf(company, stream.intent)
    assert.deepEqual(
      [outcome.decision, outcome.reason, outcome.about],
      ['stopped-by-switch', scope, `switch/${id}`],
    )

    const refused = await refusalOf(await ask({ model: 'sim-stall', ...change }))
    assert.deepEqual([refused.status, refused.code], [403, 'stopped-by-switch'])
    const expected = {
      all: ['ask-releaser'],
      offering: ['use-auto', 'ask-releaser'],
      'use-case': ['other-use-case', 'ask-releaser'],
      person: ['ask-releaser'],
      tool: ['leave-out-tool', 'ask-releaser'],
      key: ['other-key', 'ask-releaser'],
    }
    assert.deepEqual(refused.remedies, expected[scope as keyof typeof expected])

    // What the remedies say works, does.
    if (scope === 'offering') assert.equal((await ask({ model: 'auto' })).status, 200)
    if (scope === 'use-case') assert.equal((await ask({}, { 'x-sallyport-use-case': 'spare' })).status, 200)
    if (scope === 'tool') assert.equal((await ask()).status, 200)
    if (scope === 'key') {
      const other = await company.createKey({ email: 'mia@example.com' })
      assert.equal((await ask({}, { authorization: `Bearer ${other.key}` })).status, 200)
    }
    const health = (await (await fetch(`${company.sallyport.url}/health/ready`)).json()) as {
      readonly ready: boolean
      readonly stopped: readonly string[]
    }
    assert.deepEqual([health.ready, health.stopped], [true, [scope]])
    await release(id)
    const again = await openStream(change)
    await again.leave()
    assert.equal((await ask(change)).status, 200)
  })
}

test('the refusal comes in the words of the other dialect, too', async () => {
  const { id } = await pull({ scope: 'offering', target: 'demo' })
  const response = await fetch(`${company.sallyport.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': key.key, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ model: 'demo', max_tokens: 9, messages: [{ role: 'user', content: 'Hi.' }] }),
  })
  const body = (await response.json()) as { type: string; error: { type: string; message: string } }
  await release(id)
  assert.deepEqual([response.status, body.type, body.error.type], [403, 'error', 'permission_error'])
  assert.match(body.error.message, /The offering demo was stopped by a switch/)
})

test('a stopped tool is not called by an answer either, offered or not', async () => {
  const { id } = await pull({ scope: 'tool', target: 'run_shell' })
  const call = { id: 'call_1', type: 'function', function: { name: 'run_shell', arguments: '{"rm":1}' } }
  const frame = { id: 'x', created: 1, model: 'm' }
  provider.answering = async (response) => {
    const delta = { tool_calls: [{ index: 0, ...call }] }
    const event = { ...frame, object: 'chat.completion.chunk', choices: [{ index: 0, delta }] }
    response.end(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`)
  }
  const streamed = await ask({ model: 'hand', stream: true })
  const text = await streamed.text()
  assert.match(text, /stopped-by-switch/)
  assert.doesNotMatch(text, /"rm"|arguments/)
  provider.answering = async (response) => {
    const message = { role: 'assistant', content: null, tool_calls: [call] }
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' }]
    response.end(JSON.stringify({ ...frame, object: 'chat.completion', choices }))
  }
  const refused = await refusalOf(await ask({ model: 'hand' }))
  assert.deepEqual([refused.status, refused.code], [403, 'stopped-by-switch'])
  await release(id)
  assert.equal((await ask({ model: 'hand' })).status, 200)
})

test('what is suspended does not serve on because other records do not compile', async () => {
  const policy = (await olga.get('/api/records/policy/company-rules')).json as RecordView
  const body = policy.versions[0]?.body as Policy
  const rule = { id: 'odd', title: 'Odd', types: ['own-nowhere'], action: 'block', owner: 'olga@example.com' }
  const proposed = await olga.put('/api/records/policy/company-rules', {
    ...body,
    rules: [...body.rules, rule],
  })
  assert.equal(proposed.status, 200, JSON.stringify(proposed.json))
  const decide = async (kind: string, id: string, version: number, verdict: string) => {
    const decision = { kind, id, version, verdict, reason: 'For a test.' }
    const { status, json } = await sam.post('/api/decisions', decision)
    assert.equal(status, 201, JSON.stringify(json))
  }
  await decide('policy', 'company-rules', proposed.json.version, 'approve')
  const stream = await openStream()
  assert.equal((await ask()).status, 200, 'the snapshot before serves on')
  await decide('offering', 'sim-stall', 1, 'suspend')
  await Promise.race([stream.rest, pause(1_000).then(() => assert.fail('it was not cut'))])
  assert.match(stream.soFar(), /access-ended/)
  assert.equal((await ask({ model: 'sim-stall' })).status, 404)
  await decide('offering', 'sim-stall', 1, 'approve')
  assert.equal((await ask({ model: 'sim-stall' })).status, 404, 'what is approved has to compile first')
  const { rules } = body
  const mended = await olga.put('/api/records/policy/company-rules', { ...body, rules: [...rules] })
  await decide('policy', 'company-rules', mended.json.version, 'approve')
  await (await openStream()).leave()
})

test('who pulled everything does not release it while somebody else can', async () => {
  const { id } = await pull({ scope: 'all' })
  const { status, json } = await olga.post(`/api/switches/${id}/release`, { reason: 'It is fine.' })
  assert.deepEqual([status, json.error.code], [403, 'own-stop'])
  assert.equal((await ask()).status, 403)
  await release(id)
})

test('a drill changes nothing, and tells what it would have done', async () => {
  const stream = await openStream()
  const { id } = await pull({ scope: 'offering', target: 'sim-stall', drill: true, minutes: 5 })
  const other = await openStream()
  assert.equal((await ask()).status, 200)
  assert.doesNotMatch(stream.soFar(), /stopped-by-switch/)
  await release(id)
  const { past } = (await olga.get('/api/switches')).json as SwitchPage
  const report = past.find((each) => each.id === id)?.report
  assert.deepEqual([report?.cut, report?.refused, report?.people], [1, 1, 1])
  assert.ok((report?.slowestMs ?? 1_000) < 1_000)
  assert.deepEqual([...(report?.asks ?? [])].sort(), ['olga@example.com', 'sam@example.com'])
  await stream.leave()
  await other.leave()
})

test('the command line stops, shows and releases, in a server that runs', async () => {
  const command = (...words: string[]) => runCommand(words, environment)
  const stopped = await command('stop', 'tool', 'run_shell', '--reason', 'It deletes.', '--json')
  assert.equal(stopped.code, 0, stopped.stderr)
  const { id } = JSON.parse(stopped.stdout) as SwitchView
  assert.equal((await ask({ tools: [tool] })).status, 403)
  assert.match((await command('stops')).stdout, new RegExp(`${id} {2}STOPPED {2}tool run_shell`))
  assert.equal((await command('release', id, '--reason', 'It is mended.')).code, 0)
  assert.equal((await ask({ tools: [tool] })).status, 200)
  assert.match((await command('stops')).stdout, /^nothing is stopped\n/)
})

const chromium = findChromium()

describe('the page', { skip: chromium === undefined && noChromium }, () => {
  test('stops with a scope and a reason, shows by whom, and releases', async () => {
    const browser = await openBrowser(chromium ?? '')
    const complaints: string[] = []
    try {
      const page = await newPage(browser, complaints)
      await signIn(page, company.sallyport.url, 'sam@example.com', company.dataFolder)
      await page.getByRole('link', { name: 'Switches' }).click()
      await page.getByText('Nothing is stopped.').waitFor()
      await page.getByLabel('What to stop').selectOption('offering')
      await page.getByLabel('Which offering').selectOption('sim-echo')
      await page.getByLabel('Reason').fill('The contract ended.')
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      const card = page.getByRole('article', { name: 'The offering sim-echo' })
      await card.getByText('The contract ended.').waitFor()
      assert.equal((await ask()).status, 403)
      await card.getByRole('button', { name: 'Release' }).click()
      await card.getByLabel('Why it may go on').fill('It was signed again.')
      await card.getByRole('button', { name: 'Release it' }).click()
      await page.getByText('Nothing is stopped.').waitFor()
      assert.equal((await ask()).status, 200)
      assert.deepEqual(complaints, [])
    } finally {
      await browser.close()
    }
  })
})

test('a stop holds when the log is broken, and exchanges do not wait for it', async () => {
  const { audit } = company.sallyport
  const stream = await openStream()
  const { append } = audit
  Object.assign(audit, { append: () => Promise.reject(new Refusal('log-unavailable')) })
  const { status, json } = await olga.post('/api/switches', { scope: 'all', reason: 'The disk is gone.' })
  assert.deepEqual([status, json.isWritten], [202, false])
  await Promise.race([stream.rest, pause(1_000).then(() => assert.fail('it was not cut'))])
  Object.assign(audit, { append })
  assert.equal((await ask()).status, 403)
  const again = await olga.post('/api/switches', { scope: 'all', reason: 'The disk is gone.' })
  assert.deepEqual([again.status, again.json.id, again.json.isWritten], [201, json.id, true])
  await release(json.id)
  assert.equal((await ask()).status, 200)
})

test('without a server the command line stops all the same, and a start goes on with it', async () => {
  await company.sallyport.stop()
  const drill = await runCommand(['stop', 'all', '--reason', 'For a test.', '--drill'], environment)
  assert.equal(drill.code, 1)
  assert.match(drill.stderr, /start Sallyport first/)
  const stopped = await runCommand(['stop', 'all', '--reason', 'Nobody knows why.'], environment)
  assert.equal(stopped.code, 0, stopped.stderr)
  const again = await startSallyport({
    environment: { ...environment, PORT: '0' },
    print: () => undefined,
    writeLine: () => undefined,
  })
  try {
    const response = await fetch(`${again.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Hi.' }] }),
    })
    assert.equal((await refusalOf(response)).code, 'stopped-by-switch')
  } finally {
    await again.stop()
  }
  const found = await runCommand(['audit', 'search', 'decision:stop', '--json'], environment)
  assert.match(found.stdout, /switch\/switch_/, found.stderr)
})
