import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** Classification and routing over HTTP: never to an offering whose ceiling is too low, also not on failure. */

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    records: recordsText([
      // First choice: a commercial model without an agreement, which may carry up to internal. Then a broken one, then our own.
      offeringText({
        id: 'cheap',
        connection: 'simulator-openai',
        model: 'sim-echo',
        tier: 'commercial',
        hasAgreement: false,
      }),
      offeringText({ id: 'own', connection: 'simulator-openai', model: 'sim-echo-own' }),
      offeringText({ id: 'own-broken', connection: 'nowhere', model: 'x' }),
      useCaseText('general-assistant', ['cheap', 'own', 'own-broken']),
      useCaseText('own-is-down', ['own-broken', 'cheap']),
      useCaseText('quiet', ['cheap', 'own'], '\n    contextClass: confidential'),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Answered {
  readonly status: number
  readonly offering: string | null
  readonly class: string | null
  readonly body: { readonly error?: { readonly code: string; readonly message: string } }
}

async function ask(content: string, headers: Record<string, string> = {}, model = 'auto'): Promise<Answered> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  })
  return {
    status: response.status,
    offering: response.headers.get('x-sallyport-offering'),
    class: response.headers.get('x-sallyport-class'),
    body: (await response.json()) as Answered['body'],
  }
}

test('nothing found: the first offering, as public', async () => {
  const { offering, class: dataClass } = await ask('Write a haiku.')
  assert.equal(offering, 'cheap')
  assert.equal(dataClass, 'public')
})

test('a replaced value does not keep a prompt from the first offering', async () => {
  const { offering, class: dataClass } = await ask('Write to ines.halvard@tarnwick.example.com.')
  assert.equal(offering, 'cheap')
  assert.equal(dataClass, 'internal')
})

test('a codename stays in the text, so auto passes over the offering that may not carry it', async () => {
  const { offering, class: dataClass } = await ask('How is Project Kestrel going?')
  assert.equal(offering, 'own')
  assert.equal(dataClass, 'confidential')
})

test('a declared class raises', async () => {
  assert.equal((await ask('Hello.', { 'x-sallyport-class': 'restricted' })).offering, 'own')
})

test('a declared class never lowers', async () => {
  const { offering, class: dataClass } = await ask('Project Kestrel.', { 'x-sallyport-class': 'public' })
  assert.equal(offering, 'own')
  assert.equal(dataClass, 'confidential')
})

test('the context of a use case raises everything in it', async () => {
  assert.equal((await ask('Hello.', { 'x-sallyport-use-case': 'quiet' })).offering, 'own')
})

test('when the only offering that may carry the class fails, nothing goes to the one that may not', async () => {
  await company.simulator.clear()
  const { status, body } = await ask('Project Kestrel.', { 'x-sallyport-use-case': 'own-is-down' })
  assert.equal(status, 502)
  assert.equal(body.error?.code, 'provider-unreachable')
  assert.deepEqual(await company.simulator.seen(), [])
})

test('a use case nobody approved, and one of another key, are refused', async () => {
  assert.equal(
    (await ask('Hello.', { 'x-sallyport-use-case': 'unheard-of' })).body.error?.code,
    'use-case-unknown',
  )
  const bound = (await company.createKey({ useCase: 'quiet' })).key
  const other = await ask('Hello.', {
    authorization: `Bearer ${bound}`,
    'x-sallyport-use-case': 'general-assistant',
  })
  assert.equal(other.body.error?.code, 'use-case-conflict')
  assert.equal((await ask('Hello.', { authorization: `Bearer ${bound}` })).offering, 'own')
})

test('a secret is refused with the way to send it masked, and masked it goes', async () => {
  await company.simulator.clear()
  const secret = `AKIA${'IOSFODNN7EXAMPLF'}`
  const refused = await ask(`Why does ${secret} not work?`)
  assert.equal(refused.status, 400)
  assert.equal(refused.body.error?.code, 'finding-blocked')
  assert.match(refused.body.error?.message ?? '', /x-sallyport-remedy: mask/)
  assert.deepEqual(await company.simulator.seen(), [])
  const masked = await ask(`Why does ${secret} not work?`, { 'x-sallyport-remedy': 'mask' })
  assert.equal(masked.status, 200)
  assert.ok(!JSON.stringify(await company.simulator.seen()).includes(secret))
})
