import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordOf } from '#/attachments/test-files.ts'
import type { JsonObject } from '#/core/json.ts'
import { startCompany } from '../support/company.ts'

/** Names are looked for when the settings say so. */

async function classOf(settings: string, content: string | readonly JsonObject[]): Promise<string | null> {
  const company = await startCompany({ settings })
  try {
    const { key } = await company.createKey()
    const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content }] }),
    })
    assert.equal(response.status, 200, await response.clone().text())
    return response.headers.get('x-sallyport-class')
  } finally {
    await company.end()
  }
}

test('a name makes a prompt internal when names are looked for, and a place does not', async () => {
  const names = 'inspection: { names: true }'
  assert.equal(await classOf(names, 'Please write to Anna Keller.'), 'internal')
  assert.equal(await classOf(names, 'What is the weather in Berlin?'), 'public')
  assert.equal(await classOf('', 'Please write to Anna Keller.'), 'public')
})

test('a name in a file makes it internal unless names are switched off', async () => {
  const data = Buffer.from(wordOf(['Please write to Anna Keller.'])).toString('base64')
  const file = [{ type: 'file', file: { file_data: data } }]
  assert.equal(await classOf('', file), 'internal')
  assert.equal(await classOf('inspection: { names: false }', file), 'public')
})
