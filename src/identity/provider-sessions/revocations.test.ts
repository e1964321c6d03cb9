import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRevocations } from './revocations.ts'

const tick = () => new Promise((resolve) => setImmediate(resolve))

test('eight are under way at once, the rest wait for their turn, and one that fails is told', async () => {
  const errors: unknown[] = []
  const revocations = createRevocations((error) => errors.push(error))
  let underWay = 0
  let most = 0
  let done = 0
  for (let at = 0; at < 50; at++)
    revocations.add(async () => {
      most = Math.max(most, ++underWay)
      await tick()
      underWay--
      done++
      if (at === 3) throw new Error('the provider does not answer')
    })
  while (done < 50) await tick()
  assert.equal(most, 8)
  await tick()
  assert.match(String(errors), /does not answer/)
  assert.equal(errors.length, 1)
})

test('what is too much is left out and told; a close takes nothing more and waits for what is under way', async () => {
  const errors: unknown[] = []
  const revocations = createRevocations((error) => errors.push(error))
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let done = 0
  const revoke = async (): Promise<void> => {
    await held
    done++
  }
  for (let at = 0; at < 10_009; at++) revocations.add(revoke)
  assert.match(String(errors), /10000 refresh tokens wait to be revoked; one more is not/)
  assert.equal(errors.length, 1)
  const closed = revocations.close()
  revocations.add(revoke)
  release()
  await closed
  assert.equal(done, 8)
})
