import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import { createNonces, type NonceClock, nonceBytes } from './nonces.ts'

/** A machine whose random generator is in a known state: two of them are what a snapshot resumed twice is. */
function clone(clock: NonceClock): () => string {
  let drawn = 0
  const random = (bytes: number): Buffer => {
    const block = Array.from({ length: Math.ceil(bytes / 32) }, (_, at) =>
      hash('sha256', `${drawn}.${at}`, 'buffer'),
    )
    drawn++
    return Buffer.concat(block).subarray(0, bytes)
  }
  const next = createNonces(random, clock)
  return () => next().toString('hex')
}

const manyOf = (next: () => string): readonly string[] => Array.from({ length: 2_000 }, next)

const ticking = (startMs: number, startNs: number): NonceClock => {
  let ticks = 0
  return {
    now: () => startMs + Math.floor(ticks / 1_000),
    hrtime: () => [0, (startNs + ticks++ * 1_000) % 1_000_000_000],
  }
}

test('one state resumed twice, a nanosecond or a millisecond apart, repeats no nonce', () => {
  const first = manyOf(clone(ticking(1_000_000, 0)))
  assert.equal(new Set(first).size, first.length)
  for (const clock of [ticking(1_000_000, 1), ticking(1_000_001, 0), ticking(9_000_000_000, 77)]) {
    const second = manyOf(clone(clock))
    assert.equal(new Set([...first, ...second]).size, 2 * first.length)
  }
})

test('the limit: resumed twice with clocks that read the same at every sealing, the nonces are the same', () => {
  assert.deepEqual(manyOf(clone(ticking(5, 5))), manyOf(clone(ticking(5, 5))))
})

test('nonces are of the random source and never twice the same, also with clocks that stand', () => {
  const next = createNonces(undefined, { now: () => 7, hrtime: () => [0, 7] })
  const nonces = Array.from({ length: 5_000 }, () => next())
  assert.ok(nonces.every((nonce) => nonce.length === nonceBytes))
  assert.equal(new Set(nonces.map((nonce) => nonce.toString('hex'))).size, nonces.length)
})
