import assert from 'node:assert/strict'

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { TaskAnswer, TaskList } from '#/gateway/tasks/api.ts'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** A task is asked by its inputs, goes through the gate like any message, and answers what it promised or nothing. */

const email = 'ines.halvard@example.com'
// In two parts, so that no scanner takes this file for a leak. It opens nothing.
const secret = `AKIA${'IOSFODNN7EXAMPLF'}`

const translate = `
    template:
      system: You translate.
      prompt: "Translate into {{language}}: {{text}}"
      inputs:
        text: { kind: text, maxCharacters: 200 }
        language: { kind: choice, of: [French, German] }`
const sorted = `
    template:
      prompt: "Sort this: {{text}}"
      inputs: { text: { kind: text, title: The ticket, maxCharacters: 2000 } }
    answerSchema:
      type: object
      properties: { topic: { type: string, enum: [bill, other] }, who: { type: string } }
      required: [topic]
      additionalProperties: false`

let said: (body: { readonly messages: unknown }) => string
const provider = createServer((request, response: ServerResponse) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const content = said(JSON.parse(Buffer.concat(pieces).toString()))
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'm', choices }))
  })
})
let company: Company
let key: string

before(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  company = await startCompany({
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1", silenceLimitMs: 1500 }`,
    records: recordsText([
      offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
      offeringText({ id: 'claude-sim-echo', connection: 'simulator-anthropic' }),
      offeringText({ id: 'hand', connection: 'hand' }),
      useCaseText('general-assistant', ['sim-echo']),
      useCaseText('translate', ['sim-echo', 'claude-sim-echo'], translate),
      useCaseText('sort', ['hand'], sorted),
      useCaseText('legal-only', ['sim-echo'], translate).replace('roles: [employee]', 'roles: [legal]'),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(async () => {
  await company.end()
  provider.closeAllConnections()
  await new Promise<void>((resolve) => provider.close(() => resolve()))
})

interface Told {
  readonly status: number
  readonly receipt: number
  readonly body: TaskAnswer & {
    readonly error: {
      readonly code: string
      readonly message: string
      readonly field?: string
      readonly findings?: readonly { readonly field: string; readonly start: number }[]
    }
  }
}

async function ask(
  task: string,
  inputs: object,
  more: object = {},
  headers: Record<string, string> = {},
  path = `/tasks/${task}`,
): Promise<Told> {
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ inputs, ...more }),
  })
  const receipt = Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
  return { status: response.status, receipt, body: (await response.json()) as Told['body'] }
}

const seen = async (): Promise<string> => JSON.stringify(await company.simulator.seen())

test('tasks that are open are listed with what they take; others are not', async () => {
  const response = await fetch(`${company.sallyport.url}/tasks`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const { tasks } = (await response.json()) as TaskList
  assert.deepEqual(
    tasks.map(({ id, inputs, models }) => [id, inputs.map(({ name }) => name), models]),
    [
      ['sort', ['text'], ['hand']],
      ['translate', ['language', 'text'], ['sim-echo', 'claude-sim-echo']],
    ],
  )
  const unknown = await fetch(`${company.sallyport.url}/tasks`)
  assert.equal(unknown.status, 401)
})

test('inputs go out in their places without what may not leave, and come back with it', async () => {
  await company.simulator.clear()
  const { status, body, receipt } = await ask('translate', { text: `Greet ${email}.`, language: 'French' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.match(String(body.answer), new RegExp(`Greet ${email.replaceAll('.', '\\.')}`))
  assert.equal(body.offering, 'sim-echo')
  assert.equal(body.changedValues, 1)
  assert.equal(body.isComplete, true)
  const left = await seen()
  assert.ok(!left.includes(email), left)
  assert.match(left, /You translate/)
  assert.equal((await outcomeOf(company, receipt)).decision, 'answered')
  const opened = await company.sallyport.audit.open(receipt)
  assert.equal(opened?.facts.useCase, 'translate')
  assert.equal(body.receipt.endsWith(`#${receipt}`), true)
})

test('a place in a value is a text like others, and so are instructions', async () => {
  await company.simulator.clear()
  const text = 'Say {{language}} {{ text }}'
  const { body } = await ask('translate', { text, language: 'German' })
  assert.equal(body.error, undefined, JSON.stringify(body))
  const left = await seen()
  assert.ok(left.includes(JSON.stringify(text)), left)
})

test('a model of the other dialect is reached by its name', async () => {
  await company.simulator.clear()
  const { status, body } = await ask(
    'translate',
    { text: `Greet ${email}.`, language: 'French' },
    { model: 'claude-sim-echo' },
  )
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.offering, 'claude-sim-echo')
  assert.match(String(body.answer), /Greet ines/)
  assert.ok(!(await seen()).includes(email))
})

test('what may not leave stops a task as it stops a message, and the place is named by the input', async () => {
  await company.simulator.clear()
  const { status, body, receipt } = await ask('translate', { text: `Key ${secret}`, language: 'French' })
  assert.equal(status, 400)
  assert.equal(body.error.code, 'finding-blocked')
  assert.deepEqual(
    body.error.findings?.map(({ field, start }) => [field, start]),
    [['inputs.text', 4]],
  )
  assert.equal(await seen(), '[]')
  assert.equal((await company.sallyport.audit.open(receipt))?.kind, 'refusal')
})

const wrongs: readonly (readonly [string, Parameters<typeof ask>, string, number])[] = [
  ['an input that is missing', ['translate', { text: 'Hello.' }], 'request-invalid', 400],
  ['another choice', ['translate', { text: 'Hello.', language: 'Elvish' }], 'request-invalid', 400],
  [
    'a text that is too long',
    ['translate', { text: 'x'.repeat(201), language: 'French' }],
    'request-invalid',
    400,
  ],
  [
    'an input nobody asked for',
    ['translate', { text: 'a', language: 'French', tone: 'b' }],
    'request-invalid',
    400,
  ],
  ['a stream', ['sort', { text: 'a' }, {}, { accept: 'text/event-stream' }], 'not-supported', 501],
  ['a use case without a template', ['general-assistant', {}], 'not-a-task', 404],
  ['a task of others', ['legal-only', {}], 'use-case-unknown', 403],
  ['no use case at all', ['x y', {}], 'use-case-unknown', 403],
  [
    'another use case in the header',
    ['sort', { text: 'a' }, {}, { 'x-sallyport-use-case': 'translate' }],
    'header-invalid',
    400,
  ],
  ['a class that is none', ['sort', { text: 'a' }, { class: 'secret' }], 'request-invalid', 400],
]
for (const [what, asked, code, status] of wrongs) {
  test(`${what} is refused, and logged`, async () => {
    const told = await ask(...asked)
    assert.equal(told.body.error.code, code, JSON.stringify(told.body))
    assert.equal(told.status, status)
    const opened = await company.sallyport.audit.open(told.receipt)
    assert.equal(opened?.facts.code, code)
  })
}

test('a task takes no conversation, so that nobody goes around its template', async () => {
  for (const path of ['/v1/chat/completions', '/api/chat']) {
    const response = await fetch(company.sallyport.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'x-sallyport-use-case': 'sort' },
      body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'hello' }] }),
    })
    const { error } = (await response.json()) as Told['body']
    assert.equal(error.code, 'use-case-is-task', path)
  }
})

test('an answer that fits the schema is given as JSON, with the originals in it', async () => {
  let left = ''
  said = ({ messages }) => {
    left = JSON.stringify(messages)
    const token = /EMAIL_[a-z0-9]+/.exec(left)?.[0] ?? 'none'
    return `\`\`\`json\n${JSON.stringify({ topic: 'bill', who: token })}\n\`\`\``
  }
  const { status, body } = await ask('sort', { text: `${email} asks about the bill` })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.answer, { topic: 'bill', who: email })
  assert.ok(!left.includes(email))
  assert.match(left, /JSON Schema/)
})

for (const [answer, path] of [
  ['{"topic":"weather"}', '$.topic'],
  ['{"who":"me"}', '$.topic'],
  ['{"topic":"bill","topic":"other"}', '$'],
  ['{"topic":"bill","more":1}', '$'],
  ['Of course! {"topic":"bill"}', '$'],
  ['{"topic":"bill"', '$'],
] as const) {
  test(`the answer ${answer} is refused whole, at ${path}`, async () => {
    said = () => answer
    const { status, body } = await ask('sort', { text: 'the bill' })
    assert.equal(status, 502)
    assert.equal(body.error.code, 'answer-schema')
    assert.ok(body.error.message.includes(`at ${path} `), body.error.message)
    assert.ok(!JSON.stringify(body).includes('weather'))
    assert.equal(body.answer, undefined)
  })
}

test('an answer that is refused has its outcome in the log', async () => {
  said = () => 'no JSON'
  const { receipt } = await ask('sort', { text: 'the bill' })
  assert.equal((await outcomeOf(company, receipt)).decision, 'answer-schema')
})

const chromium = findChromium()

describe('tasks on the page', { skip: chromium === undefined && noChromium }, () => {
  test('a person fills in a form, is stopped, sends it masked, and gets an answer with its receipt', async (context) => {
    const complaints: string[] = []
    const browser = await openBrowser(chromium ?? '')
    context.after(() => browser.close())
    const page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'employee@example.com', company.dataFolder)
    await page.getByRole('link', { name: 'Tasks' }).click()
    const card = page.getByRole('article', { name: 'translate' })
    assert.equal(await page.getByRole('article', { name: 'legal-only' }).count(), 0)
    await card.getByLabel('language').selectOption('German')
    await card.getByLabel('text').fill(`Greet ${email} with ${secret}.`)
    await card.getByRole('button', { name: 'Ask' }).click()
    await card.getByRole('alert').getByText('AWS access key').first().waitFor()
    await company.simulator.clear()
    await card.getByRole('button', { name: 'Send it masked' }).click()
    const answer = card.getByRole('region', { name: 'Answer' })
    await answer.waitFor()
    const shown = await answer.innerText()
    assert.ok(shown.includes(`Greet ${email} with`), shown)
    assert.ok(!shown.includes(secret), shown)
    assert.match(shown, /2 values were masked or replaced/)
    assert.match(shown, /Receipt \S+#\d+/)
    const left = await seen()
    assert.ok(left.includes('German') && !left.includes(email) && !left.includes(secret), left)
    // The browser tells of each answer that is no 200; the refusal is one.
    assert.deepEqual(
      complaints.filter((each) => !each.includes('400')),
      [],
    )
  })
})
