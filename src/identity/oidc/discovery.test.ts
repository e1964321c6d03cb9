import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { beHonest, startTestProvider, type TestProvider } from '../test-provider.ts'
import { attemptMs } from './attempts.ts'
import { discoveryKeptMs, discoveryStaleMs } from './discovery.ts'
import { problemCodeOf } from './problem.ts'
import { createTestFlow, createTestTime, passThrough } from './test-flow.ts'

const document = '/.well-known/openid-configuration'
const second = 1_000

let provider: TestProvider
before(async () => {
  provider = await startTestProvider()
})
after(() => provider.close())
beforeEach(() => {
  beHonest(provider)
  provider.requests.length = 0
})

const asked = (path: string): number => provider.requests.filter((each) => each === path).length
const fails =
  (status = 500) =>
  (path: string) =>
    path === document ? { status } : undefined

/** Why a sign-in does not begin. */
const whyNot = async (flow = createTestFlow([{ at: provider }])): Promise<string> => {
  const error = await flow.begin({ provider: 'one', next: '/' }, undefined).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Error, 'it must not begin')
  return problemCodeOf(error)
}

test('a crowd that signs in at once asks the provider for its addresses once, and again an hour later', async () => {
  const clock = createTestTime()
  const flow = createTestFlow([{ at: provider }], { clock })
  const begin = () => flow.begin({ provider: 'one', next: '/' }, undefined)
  await Promise.all(Array.from({ length: 50 }, begin))
  assert.equal(asked(document), 1)
  clock.jump(-365 * 24 * 3_600_000)
  clock.forward(discoveryKeptMs)
  await begin()
  assert.equal(asked(document), 2)
})

test('while the provider is away a crowd causes one question in five seconds, and then it is found again', async () => {
  const clock = createTestTime()
  const flow = createTestFlow([{ at: provider }], { clock })
  provider.instead = fails()
  const reasons = await Promise.all(Array.from({ length: 50 }, () => whyNot(flow)))
  assert.deepEqual(new Set([...reasons, await whyNot(flow)]), new Set(['provider-unreachable']))
  assert.equal(asked(document), 1)
  clock.forward(5 * second)
  provider.instead = () => undefined
  await passThrough(flow, provider)
})

test('addresses that are known serve for another day when they cannot be asked for anew', async () => {
  const clock = createTestTime()
  const flow = createTestFlow([{ at: provider }], { clock })
  await passThrough(flow, provider)
  provider.instead = fails()
  clock.forward(discoveryKeptMs)
  await passThrough(flow, provider)
  clock.forward(discoveryStaleMs)
  assert.equal(await whyNot(flow), 'provider-unreachable')
})

test('a document of another issuer, or without what a sign-in needs, is not gone by', async () => {
  const lies: readonly Record<string, unknown>[] = [
    { issuer: 'https://evil.example.com' },
    { issuer: `${provider.url}/realms/other` },
    { issuer: undefined },
    { authorization_endpoint: undefined },
    { authorization_endpoint: 'javascript:alert(1)' },
  ]
  for (const lie of lies) {
    provider.discovery = (honest) => ({ ...honest, ...lie })
    assert.equal(await whyNot(), 'provider-refused', JSON.stringify(lie))
  }
})

test('addresses that would leave this machine in clear are refused, also for a provider on it', async () => {
  for (const name of ['token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
    provider.discovery = (honest) => ({ ...honest, [name]: 'http://id.example.com/elsewhere' })
    await assert.rejects(passThrough(createTestFlow([{ at: provider }]), provider), name)
  }
})

test('a redirect is not followed, whichever address answers with one', async () => {
  for (const path of [document, '/token', '/keys', '/me']) {
    provider.requests.length = 0
    provider.instead = (each) =>
      each === path ? { status: 302, headers: { location: `${provider.url}/elsewhere` } } : undefined
    const error = await passThrough(createTestFlow([{ at: provider }]), provider).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    assert.equal(problemCodeOf(error), 'provider-refused', path)
    assert.ok(asked(path) === 1 && asked('/elsewhere') === 0, path)
  }
})

test('an answer that is no JSON, or JSON of another kind, signs nobody in', async () => {
  for (const path of [document, '/token', '/keys']) {
    for (const body of ['', '[]', 'null', '"x"', '<html>', '{"keys":{}}']) {
      provider.instead = (each) => (each === path ? { body } : undefined)
      await assert.rejects(passThrough(createTestFlow([{ at: provider }]), provider), /./, `${path} ${body}`)
    }
  }
})

test('setting the clock neither ends an attempt nor makes it last: ten minutes pass or they do not', async () => {
  const clock = createTestTime()
  const flow = createTestFlow([{ at: provider }], { clock })
  for (const jump of [-24 * 3_600_000, 30 * second]) {
    const begun = await flow.begin({ provider: 'one', next: '/' }, undefined)
    clock.jump(jump)
    const back = provider.approve(begun.location)
    clock.jump(-jump)
    await flow.finish(back, begun.browser)
  }
  const begun = await flow.begin({ provider: 'one', next: '/' }, undefined)
  clock.forward(attemptMs)
  clock.jump(-attemptMs)
  const late = flow.finish(provider.approve(begun.location), begun.browser)
  await assert.rejects(late, { code: 'attempt-unknown' })
})

test('a clock that is a day behind signs nobody in, and says that it is the clock', async () => {
  const clock = createTestTime()
  const flow = createTestFlow([{ at: provider }], { clock })
  clock.jump(-24 * 3_600_000)
  await assert.rejects(passThrough(flow, provider), { code: 'clock-differs' })
})

test('Google is not asked what it does not know: to choose an account, of the one organisation', async () => {
  const google = { at: provider, shape: 'google' as const, domains: ['example.com'] }
  const asked = {
    provider: 'one',
    next: '/',
    purpose: 'step-up',
    prompt: 'login',
    maxAgeSeconds: 60,
  } as const
  const { location } = await createTestFlow([google]).begin(asked, undefined)
  assert.deepEqual(
    ['prompt', 'max_age', 'hd', 'scope'].map((name) => location.searchParams.get(name)),
    ['select_account', '60', 'example.com', 'openid email profile'],
  )
})
