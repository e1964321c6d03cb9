import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** What a refused caller is told: a sentence, the place, the rule, the receipt of the entry, and nothing of what was found. */

const rule = (id: string, types: string, action: string) =>
  `      - { id: ${id}, title: ${id}, types: [${types}], action: ${action}, owner: owner@example.com }`

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
      offeringText({ id: 'sim-429', connection: 'simulator-openai' }),
      offeringText({ id: 'claude-sim-echo', connection: 'simulator-anthropic' }),
      useCaseText(
        'general-assistant',
        ['sim-echo', 'sim-429', 'claude-sim-echo'],
        `\n    rules:\n${rule('no-keys', 'aws-access-key', 'block')}\n${rule('no-mail', 'email', 'mask')}`,
      ),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Told {
  readonly status: number
  readonly text: string
  readonly receipt: string | null
  readonly error: {
    readonly message: string
    readonly findings?: readonly { readonly field: string; readonly rule?: string; readonly type: string }[]
  }
}

const secret = `AKIA${'IOSFODNN7EXAMPLF'}`
const email = 'ines.halvard@example.com'

async function ask(path: string, more: object, headers: Record<string, string> = {}): Promise<Told> {
  const model = path === '/v1/messages' ? 'claude-sim-echo' : 'sim-echo'
  const messages = [{ role: 'user', content: 'hi' }]
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ model, max_tokens: 50, messages, ...more }),
  })
  const text = await response.text()
  const { error } = JSON.parse(text) as Told
  return { status: response.status, text, error, receipt: response.headers.get('x-sallyport-receipt') }
}

const entryOf = ({ receipt }: Told) => company.sallyport.audit.open(Number(receipt?.split('#')[1]))

for (const path of ['/v1/chat/completions', '/v1/messages']) {
  test(`${path}: a blocked text is refused in a sentence, with its rule and the receipt of its entry`, async () => {
    const messages = [{ role: 'user', content: `Why does ${secret} of ${email} not work?` }]
    const told = await ask(path, { messages })
    assert.equal(told.status, 400)
    assert.match(told.error.message, /^The request holds an AWS access key id, which may not leave\./)
    assert.deepEqual(
      told.error.findings?.map(({ type, field, rule: by }) => [type, field, by]),
      [['aws-access-key', 'messages.0.content', 'no-keys']],
    )
    const entry = await entryOf(told)
    assert.equal(entry?.kind, 'refusal')
    assert.equal(entry?.facts.code, 'finding-blocked')
    assert.deepEqual(entry?.facts.rules, ['no-keys'])
  })

  test(`${path}: a fixed text names the rule that would have to change it`, async () => {
    const told = await ask(path, {
      tool_choice: { type: 'function', name: email, function: { name: email } },
    })
    assert.match(told.error.message, /holds an e-mail address and cannot be masked/)
    assert.equal(told.error.findings?.[0]?.rule, 'no-mail')
  })

  test(`${path}: nothing of what was found is told, also where it is the name of a member`, async () => {
    for (const body of [
      { metadata: { [secret]: 'x' } },
      { metadata: { [secret]: { deep: secret } } },
      { messages: [{ role: 'user', content: secret }] },
      { tools: [{ type: 'function', function: { name: secret } }] },
      { tool_choice: { [email]: email } },
      { tool_choice: { [email]: { name: email } } },
    ]) {
      const told = await ask(path, body)
      assert.equal(told.status, 400, told.text)
      assert.ok(!told.text.includes(secret) && !told.text.includes(email), told.text)
    }
  })

  test(`${path}: any other refusal has its receipt too`, async () => {
    for (const told of [
      await ask(path, { messages: 5 }),
      await ask(path, { model: 'unheard-of' }),
      await ask(path, {}, { 'x-sallyport-use-case': 'unheard-of' }),
    ]) {
      assert.equal((await entryOf(told))?.kind, 'refusal', told.text)
    }
  })
}

test('what the provider refused has the receipt of its intent', async () => {
  const told = await ask('/v1/chat/completions', { model: 'sim-429' })
  assert.equal(told.status, 429)
  assert.equal((await entryOf(told))?.kind, 'intent')
})

test('who is not known is not told how much is logged', async () => {
  const told = await ask('/v1/chat/completions', {}, { authorization: 'Bearer sk-foreign' })
  assert.equal(told.status, 401)
  assert.equal(told.receipt, null)
})
