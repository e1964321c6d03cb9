import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'

/** What one person may log of a day: beyond it they are refused, others are not, and nothing of it is kept. */

let company: Company

before(async () => {
  company = await startCompany({ settings: 'audit: { personMiBPerDay: 1 }' })
})
after(() => company.end())

const ask = (key: string, content: string) =>
  fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-fast', messages: [{ role: 'user', content }] }),
  })

test('whoever filled their share of the log is told what to do, with a receipt and without a text kept', async () => {
  const ada = await company.createKey()
  const bob = await company.createKey({ email: 'bob@example.com' })
  const large = Array.from({ length: 120_000 }, (_, at) => `word ${at} `).join('')
  const first = await ask(ada.key, large)
  assert.equal(first.status, 200)
  await first.text()
  const refused = await ask(ada.key, 'One more.')
  assert.equal(refused.status, 429)
  const { error } = (await refused.json()) as {
    error: { code: string; message: string; remedies: { id: string }[] }
  }
  assert.equal(error.code, 'log-quota-spent')
  assert.match(error.message, /1 MiB a day/)
  assert.deepEqual(
    error.remedies.map(({ id }) => id),
    ['wait-for-tomorrow', 'ask-operator'],
  )
  const index = Number(refused.headers.get('x-sallyport-receipt')?.split('#')[1])
  const entry = await company.sallyport.audit.open(index)
  assert.equal(entry?.facts.code, 'log-quota-spent')
  assert.equal(entry?.payload, undefined)
  const other = await ask(bob.key, 'Hello.')
  assert.equal(other.status, 200)
  await other.text()
})
