import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptMs, createAttempts } from './attempts.ts'

const asked = { provider: 'oidc', next: '/chat' }

function create() {
  let now = 0
  const attempts = createAttempts({ now: () => now, monotonic: () => now })
  return { attempts, forward: (ms: number) => (now += ms) }
}

test('an attempt is finished once, by the browser that began it', () => {
  const { attempts } = create()
  const begun = attempts.begin(undefined, asked)
  assert.equal(attempts.take(begun.state, 'another browser'), undefined)
  assert.equal(attempts.take(begun.state, undefined), undefined)
  assert.deepEqual(attempts.take(begun.state, begun.browser), begun)
  assert.equal(attempts.take(begun.state, begun.browser), undefined)
})

test('what nobody began is not found', () => {
  const { attempts } = create()
  assert.equal(attempts.take('', undefined), undefined)
  assert.equal(attempts.take('made-up', 'made-up'), undefined)
})

test('an attempt is over after ten minutes', () => {
  const { attempts, forward } = create()
  const begun = attempts.begin(undefined, asked)
  forward(attemptMs)
  assert.equal(attempts.take(begun.state, begun.browser), undefined)
})

test('secrets are new for each attempt, and the browser keeps its own', () => {
  const { attempts } = create()
  const first = attempts.begin(undefined, asked)
  const second = attempts.begin(first.browser, asked)
  assert.equal(second.browser, first.browser)
  for (const secret of ['state', 'nonce', 'verifier'] as const) assert.notEqual(second[secret], first[secret])
})

test('of more attempts than are kept the oldest gives way', () => {
  const { attempts } = create()
  const first = attempts.begin(undefined, asked)
  const others = Array.from({ length: 1_000 }, () => attempts.begin(undefined, asked))
  assert.equal(attempts.take(first.state, first.browser), undefined)
  const [second] = others
  assert.ok(second && attempts.take(second.state, second.browser))
})
