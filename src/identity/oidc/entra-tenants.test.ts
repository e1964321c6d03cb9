import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { beHonest, startTestProvider, type TestProvider } from '../test-provider.ts'
import type { Fetch } from './bounded-fetch.ts'
import { createTestFlow, passThrough } from './test-flow.ts'

const [ours, theirs] = ['6babcaad-604b-40ac-a9d7-9fd97c0b779f', 'b9419818-09af-49c2-b0c3-653adc1f376e']
const microsoft = 'https://login.microsoftonline.com'

let provider: TestProvider
before(async () => {
  provider = await startTestProvider()
})
after(() => provider.close())
beforeEach(() => {
  beHonest(provider)
  provider.discovery = (honest) => ({ ...inCloud(honest), issuer: `${microsoft}/{tenantid}/v2.0` })
})

const inCloud = (honest: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(honest).replaceAll(provider.url, microsoft)) as Record<string, unknown>

/** Microsoft's host is played by the one on this machine. */
const played: Fetch = (url, init) =>
  fetch(url.replace(microsoft, provider.url).replace('/organizations/v2.0', ''), init)

const flow = () =>
  createTestFlow(
    [
      {
        at: provider,
        shape: 'entra',
        issuer: `${microsoft}/organizations/v2.0`,
        tenants: [ours as string],
      },
    ],
    { fetch: played },
  )

const says = (tenant: string | undefined, more: Record<string, unknown> = {}) => {
  provider.claims = (honest) => ({
    ...honest,
    iss: `${microsoft}/${tenant}/v2.0`,
    oid: 'object-1',
    ...(tenant === undefined ? {} : { tid: tenant }),
    ...more,
  })
}

test('of an issuer of many tenants, people of a listed one sign in, kept under the issuer of their tenant', async () => {
  says(ours)
  const { claims } = await passThrough(flow(), provider)
  assert.deepEqual([claims.issuer, claims.subject], [`${microsoft}/${ours}/v2.0`, 'object-1'])
})

test('a tenant that is not listed is told so, and one that is not told is refused', async () => {
  says(theirs)
  await assert.rejects(passThrough(flow(), provider), { code: 'tenant-refused' })
  says(undefined)
  await assert.rejects(passThrough(flow(), provider))
  says(ours, { tid: theirs })
  await assert.rejects(passThrough(flow(), provider))
  says(theirs, { tid: ours })
  await assert.rejects(passThrough(flow(), provider))
})

test('a key that is for the tokens of one tenant signs for no other', async () => {
  says(ours)
  provider.keys = (honest) => honest.map((key) => ({ ...key, issuer: `${microsoft}/${theirs}/v2.0` }))
  await assert.rejects(passThrough(flow(), provider), /another issuer/)
  provider.keys = (honest) => honest.map((key) => ({ ...key, issuer: `${microsoft}/{tenantid}/v2.0` }))
  await passThrough(flow(), provider)
})

test('a document that names one tenant, or another host, is not the one of many, and nobody is sent there', async () => {
  const wrong = [`${microsoft}/${ours}/v2.0`, 'https://evil.example.com/{tenantid}/v2.0']
  for (const issuer of wrong) {
    provider.discovery = (honest) => ({ ...inCloud(honest), issuer })
    await assert.rejects(flow().begin({ provider: 'one', next: '/' }, undefined), /calls itself/, issuer)
  }
})
