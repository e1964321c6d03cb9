import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { KeyGuards } from './guards/api.ts'
import { startTestVault, type TestVault } from './guards/test-vault.ts'
import { vaultGuard } from './guards/vault.ts'
import { type KeyEntry, type KeyKeeper, keepKeys } from './keeper.ts'
import type { SealingKeysControl } from './keys.ts'
import { newFolder, openKeys } from './test-keys.ts'

const dayMs = 86_400_000

interface Kept {
  readonly keeper: KeyKeeper
  readonly keys: SealingKeysControl
  readonly told: KeyEntry[]
  readonly lines: string[]
}

async function keep(
  context: TestContext,
  options: { folder?: string; clock?: Clock; guards?: KeyGuards; leaseMs?: number } = {},
): Promise<Kept> {
  const { guards, leaseMs = 60_000, clock = { now: Date.now, monotonic: () => performance.now() } } = options
  const keys = await openKeys(context, options.folder ?? (await newFolder(context)), {
    clock,
    leaseMs,
    ...(guards === undefined ? {} : { guards }),
  })
  const told: KeyEntry[] = []
  const lines: string[] = []
  const keeper = keepKeys({
    keys,
    rotateEveryDays: 30,
    log: async (entry) => void told.push(entry),
    clock,
    writeLine: ({ what, problem }) => void lines.push(`${what} ${problem ?? ''}`),
    leaseMs,
  })
  context.after(() => keeper.close())
  return { keeper, keys, told, lines }
}

async function vaultOf(context: TestContext): Promise<{ vault: TestVault; guards: KeyGuards }> {
  const vault = await startTestVault()
  context.after(() => vault.stop())
  const settings = {
    url: vault.url,
    mount: 'transit',
    key: 'sallyport',
    token: 'env:T',
    namespace: undefined,
    caFile: undefined,
    limitMs: 2_000,
  }
  const guard = vaultGuard(settings, () => 'hvs.of-the-test')
  return { vault, guards: { current: guard, all: new Map([[guard.name, guard]]) } }
}

test('a rotation is due after as many days as the settings say, and both entries tell it', async (context) => {
  let now = Date.parse('2026-11-01T00:00:00Z')
  const clock = { now: () => now, monotonic: () => performance.now() }
  const folder = await newFolder(context)
  const first = await keep(context, { folder, clock })
  await first.keeper.start()
  assert.deepEqual(first.told, [])
  assert.equal(first.keeper.status().nextRotationMs, now + 30 * dayMs)
  first.keeper.close()
  first.keys.close()
  now += 30 * dayMs - 1
  const early = await keep(context, { folder, clock })
  await early.keeper.start()
  assert.equal(early.keeper.status().version, 1)
  early.keys.close()
  now += 1
  const { keeper, told } = await keep(context, { folder, clock })
  await keeper.start()
  assert.equal(keeper.status().version, 2)
  assert.deepEqual(
    told.map(({ kind, facts, payload }) => [kind, facts.version, payload]),
    [
      ['key-rotated', '2', '{"by":"every 30 days"}'],
      ['key-destroyed', '1', '{"by":"every 30 days"}'],
    ],
  )
})

test('who asked for a rotation stands in the sealed part of its entries', async (context) => {
  const { keeper, told } = await keep(context)
  const status = await keeper.rotate('command-line:ada')
  assert.equal(status.version, 2)
  assert.deepEqual(status.notYetDestroyed, [])
  for (const { facts, payload } of told) {
    assert.doesNotMatch(JSON.stringify(facts), /ada/)
    assert.match(payload, /command-line:ada/)
  }
})

test('while the key service is down the keys serve for their time, then nothing is sealed or opened; they come back with it', async (context) => {
  const { vault, guards } = await vaultOf(context)
  const leaseMs = 1_500
  const { keeper, keys, lines } = await keep(context, { guards, leaseMs })
  await keeper.start()
  const { commitment, key } = keys.sealing('person-1', '2026-11')
  await pause(2 * leaseMs)
  // Renewed meanwhile.
  assert.ok(keys.opening(commitment)?.equals(key))
  vault.fault = [503, { errors: ['Vault is sealed'] }]
  const downAt = performance.now()
  assert.equal(keys.sealing('person-1', '2026-11').commitment, commitment)
  // Looked at before each question, so that a busy machine makes no difference.
  for (let at = downAt; keys.isOpen(); at = performance.now()) {
    assert.ok(at - downAt <= leaseMs, `${at - downAt} ms`)
    await pause(20)
  }
  const isKeysRefusal = (error: unknown): boolean =>
    error instanceof Refusal && error.code === 'log-unavailable' && error.facts['why'] === 'keys'
  assert.throws(() => keys.sealing('person-1', '2026-11'), isKeysRefusal)
  assert.throws(() => keys.opening(commitment), isKeysRefusal)
  assert.equal(keeper.isOpen(), false)
  assert.match(keeper.status().problems[0] ?? '', /Vault is sealed/)
  await assert.rejects(keeper.rotate('somebody'))
  vault.fault = undefined
  for (let tries = 0; !keys.isOpen() && tries < 200; tries++) await pause(20)
  assert.ok(keys.opening(commitment)?.equals(key))
  assert.equal(keys.sealing('person-1', '2026-11').commitment, commitment)
  assert.ok(lines.some((line) => line.startsWith('the key service opens the keys again')))
  assert.deepEqual(keeper.status().problems, [])
})

test('a slow key service does not prolong what it opened', async (context) => {
  const { vault, guards } = await vaultOf(context)
  let passedMs = 0
  const clock = { now: Date.now, monotonic: () => passedMs }
  const { keys } = await keep(context, { guards, clock, leaseMs: 300 })
  passedMs = 100
  vault.fault = () => {
    passedMs = 250
    return undefined
  }
  await keys.renew()
  assert.equal(passedMs, 250)
  passedMs = 399
  assert.ok(keys.isOpen())
  // Not 550: it counts from when the service was asked.
  passedMs = 400
  assert.ok(!keys.isOpen())
})

test('a version that could not be destroyed is told, stays in the status, and goes at a later start', async (context) => {
  const { vault, guards } = await vaultOf(context)
  const folder = await newFolder(context)
  const first = await keep(context, { guards, folder })
  vault.fault = (path) => (path.endsWith('/trim') ? [403, { errors: ['permission denied'] }] : undefined)
  const status = await first.keeper.rotate('somebody')
  assert.equal(status.version, 2)
  assert.deepEqual(status.notYetDestroyed, [1])
  assert.match(status.problems[0] ?? '', /not destroyed yet.*permission denied/)
  assert.equal(first.lines.length, 1)
  first.keys.close()
  vault.fault = undefined
  const { keeper, told } = await keep(context, { guards, folder })
  await keeper.start()
  assert.deepEqual(keeper.status().notYetDestroyed, [])
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['key-destroyed'],
  )
})
