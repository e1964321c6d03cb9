import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'

/** Documents as prompts: what of them leaves, and what of them is kept. */

let company: Company
let key: string

before(async () => {
  company = await startCompany()
  key = (await company.createKey({ email: 'ada@example.com' })).key
})
after(() => company.end())

const paragraph = (number: number): string =>
  `Absatz ${number}: die Übersicht für „Süd“ 😀 geht an reader${number}@example.com und sonst an niemanden. `

function documentOf(seed: number, length: number): string {
  let text = ''
  for (let number = seed * 100_000; text.length < length; number++) text += paragraph(number)
  return text
}

async function ask(content: string): Promise<number> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content }] }),
  })
  assert.equal(response.status, 200)
  await response.text()
  return Number(response.headers.get('x-sallyport-receipt')?.split('#')[1])
}

for (const length of [60_000, 300_000, 900_000]) {
  test(`of a document of ${length} characters what leaves and what was typed are kept to the letter`, async () => {
    // The same text twice: of the second most lies in the log already.
    for (const _ of [1, 2]) {
      const content = documentOf(length, length)
      const index = await ask(content)
      const { payload } = (await company.sallyport.audit.open(index)) ?? {}
      assert.ok(payload !== undefined)
      const { typed, sent } = JSON.parse(Buffer.from(payload).toString()) as Record<
        'typed' | 'sent',
        { messages: { content: string }[] }
      >
      assert.equal(typed.messages[0]?.content, content)
      const { text: left = '' } = (await company.simulator.seen()).at(-1) ?? {}
      assert.deepEqual(sent, JSON.parse(left))
      assert.doesNotMatch(left, /reader\d+@example\.com/)
      assert.match(left, /die Übersicht für „Süd“ 😀 geht an EMAIL_[a-z0-9]{10,}/)
    }
  })
}
