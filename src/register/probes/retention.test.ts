import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { factsOfRetention, measureRetention } from './retention.ts'

const admin = ['sk', 'admin', 'of-a-test'].join('-')

async function provider(context: TestContext, answers: Readonly<Record<string, readonly [number, string]>>) {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const [status, body] = answers[request.url ?? ''] ?? [404, '{}']
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => void server.close())
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const askOpenai = (url: string) =>
  measureRetention({
    url: `${url}/v1/`,
    settings: { kind: 'openai', project: 'proj_a', credential: 'env:ADMIN' },
    secrets: { kind: 'openai', credential: admin },
    ...{ limitMs: 5_000, atMs: 0 },
  })

const ofProject = '/v1/organization/projects/proj_a/data_retention'
const ofOrganization = '/v1/organization/data_retention'

test('OpenAI is asked about the project, and about the organisation only when the project follows it', async (context) => {
  const follows = await provider(context, {
    [ofProject]: [200, '{"object":"project.data_retention","type":"organization_default"}'],
    [ofOrganization]: [200, '{"object":"organization.data_retention","type":"zero_data_retention"}'],
  })
  assert.deepEqual(await askOpenai(follows.url), { kind: 'openai', mode: 'zero_data_retention' })
  assert.deepEqual(
    follows.seen.map(({ method, url, headers }) => [method, url, headers.authorization]),
    [
      ['GET', ofProject, `Bearer ${admin}`],
      ['GET', ofOrganization, `Bearer ${admin}`],
    ],
  )
  const own = await provider(context, {
    [ofProject]: [200, '{"type":"none"}'],
    [ofOrganization]: [200, '{"type":"zero_data_retention"}'],
  })
  assert.equal((await askOpenai(own.url)).mode, 'none')
  assert.equal(own.seen.length, 1)
})

test('an answer that is none is an error that shows no key', async (context) => {
  for (const [status, body] of [
    [401, '{"error":{"message":"no"}}'],
    [200, '{"type":"<script>"}'],
    [200, 'not json'],
    [302, '{}'],
  ] as const) {
    const { url } = await provider(context, { [ofProject]: [status, body] })
    await assert.rejects(askOpenai(url), (error: Error) => !error.message.includes(admin))
  }
})

test('Bedrock is asked about the account with a signed request', async (context) => {
  const { url, seen } = await provider(context, {
    '/data-retention': [200, '{"mode":"provider_data_share"}'],
  })
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'of-a-test', sessionToken: 'token' }
  const mode = await measureRetention({
    url: 'https://models.example.com',
    settings: { kind: 'bedrock', region: 'eu-central-1', url, ...keys },
    secrets: { kind: 'bedrock', ...keys },
    ...{ limitMs: 5_000, atMs: Date.UTC(2026, 10, 26) },
  })
  assert.deepEqual(mode, { kind: 'bedrock', mode: 'provider_data_share' })
  assert.match(
    seen[0]?.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261126\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
  )
})

test('a mode says what it proves and nothing more', () => {
  assert.deepEqual(factsOfRetention({ kind: 'openai', mode: 'zero_data_retention' }), {
    ...{ retentionDays: 0, zeroRetention: 'active' },
  })
  for (const mode of ['none', 'modified_abuse_monitoring'])
    assert.deepEqual(factsOfRetention({ kind: 'openai', mode }), { retentionDays: 30, zeroRetention: 'none' })
  for (const mode of ['enhanced_zero_data_retention', 'something_new'])
    assert.deepEqual(factsOfRetention({ kind: 'openai', mode }), {})
  assert.deepEqual(factsOfRetention({ kind: 'bedrock', mode: 'provider_data_share' }), {
    makerReceives: true,
  })
  for (const mode of ['none', 'default', 'inherit'])
    assert.deepEqual(factsOfRetention({ kind: 'bedrock', mode }), {})
})
