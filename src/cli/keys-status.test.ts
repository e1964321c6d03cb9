import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import type { KeyStatus } from '#/sealing/api.ts'
import { run } from './test-world.ts'

const now = Date.parse('2026-06-11T00:00:00Z')

const status: KeyStatus = {
  source: 'vault',
  guard: 'vault',
  isRemote: true,
  isOpen: true,
  version: 3,
  madeAtMs: Date.parse('2026-06-01T00:00:00Z'),
  nextRotationMs: Date.parse('2026-07-01T00:00:00Z'),
  rotateEveryDays: 30,
  months: [
    { month: '2026-05', people: 40, keys: 41 },
    { month: '2026-06', people: 7, keys: 8 },
  ],
  notYetDestroyed: [],
  damaged: [],
  problems: [],
}

const environment = { SALLYPORT_DATA: '/nowhere' }
const runWith = (argv: readonly string[], given: KeyStatus) =>
  run(argv, {
    environment,
    now,
    handlers: { 'keys.status': async () => given, 'keys.rotate': async () => given },
  })

test('the status reads as sentences, with the erasure horizon of its guard', async () => {
  const { exitCode, out } = await runWith(['keys', 'status'], status)
  assert.equal(exitCode, 0)
  assert.match(out, /^OPEN\n/)
  assert.match(out, /version +3, made 2026-06-01, 10 days old/)
  assert.match(out, /rotation +2026-07-01, every 30 days/)
  assert.match(out, /at most 30 days; then nowhere\./)
  assert.match(out, /living +49 keys\n +2026-05 +41 keys of 40 people\n/)
  const file = await runWith(['keys', 'status'], { ...status, source: 'file', guard: 'passphrase' })
  assert.match(file.out, /then only together with an older copy of keys\/kek\./)
})

test('closed keys and what waits end with exit code 1, in JSON too', async () => {
  const closed = await runWith(['keys', 'status', '--json'], { ...status, isOpen: false })
  assert.equal(closed.exitCode, 1)
  assert.equal((JSON.parse(closed.out) as KeyStatus).isOpen, false)
  const problems = ['not destroyed yet: permission denied\u001b[2J']
  const waiting = await runWith(['keys', 'rotate'], { ...status, notYetDestroyed: [2], problems })
  assert.equal(waiting.exitCode, 1)
  assert.match(waiting.out, /version 2 is out of use and not destroyed yet/)
  assert.match(waiting.out, /PROBLEM +not destroyed yet: permission denied/)
  assert.equal(waiting.out.includes('\u001b'), false)
})

test('a rotation that came by damaged keys ends with exit code 1 and names them; a copy is named by its whole path', async () => {
  const asked: unknown[] = []
  const damaged = [{ commitment: 'c0ffee', month: '2026-05' }]
  const handlers = {
    'keys.rotate': async (input: unknown) => {
      asked.push(input)
      return { ...status, damaged, problems: ['1 data keys are damaged'] }
    },
  }
  const argv = ['keys', 'rotate', '--from-copy', 'old/data-keys.db', '--json']
  const { exitCode, out } = await run(argv, { environment, now, handlers })
  assert.equal(exitCode, 1)
  assert.deepEqual((JSON.parse(out) as KeyStatus).damaged, damaged)
  const [{ soundCopy, givesUpDamaged }] = asked as [{ soundCopy: string; givesUpDamaged: boolean }]
  assert.equal(soundCopy, resolve('old/data-keys.db'))
  assert.equal(givesUpDamaged, false)
})
