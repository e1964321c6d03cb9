import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUses, keptMachines } from './uses.ts'

function made(alertMachines = 3) {
  const clock = { now: Date.UTC(2026, 10, 25, 12) }
  const told: string[] = []
  const uses = createUses({
    now: () => clock.now,
    stored: [['old', { lastUsedAt: 5, uses: 7, machines: [['192.0.2.1', 5]] }]],
    alertMachines,
    onManyMachines: (keyId, machines) => told.push(`${keyId} ${machines}`),
  })
  return { clock, told, uses }
}

test('a use counts, says when it was and from where', () => {
  const { uses, clock } = made()
  uses.note('old', '192.0.2.2')
  uses.note('old', '192.0.2.1')
  assert.deepEqual(uses.of('old'), {
    lastUsedAt: clock.now,
    uses: 9,
    machines: [
      ['192.0.2.2', clock.now],
      ['192.0.2.1', clock.now],
    ],
  })
  assert.deepEqual(uses.of('never'), { lastUsedAt: undefined, uses: 0, machines: [] })
})

test('machines are remembered up to a bound, those seen last stay', () => {
  const { uses } = made(0)
  for (let at = 0; at < 100; at++) uses.note('key', `10.0.0.${at}`)
  const { machines, uses: count } = uses.of('key')
  assert.equal(machines.length, keptMachines)
  assert.equal(machines.at(-1)?.[0], '10.0.0.99')
  assert.equal(count, 100)
})

test('a key used from several machines within an hour is told of once an hour', () => {
  const { uses, told, clock } = made(3)
  for (let at = 0; at < 50; at++) uses.note('key', `10.0.0.${at}`)
  assert.deepEqual(told, ['key 3'])
  clock.now += 3_600_000
  uses.note('key', '10.0.0.1')
  uses.note('key', '10.0.0.2')
  for (let at = 0; at < 50; at++) uses.note('key', '10.0.0.2')
  assert.deepEqual(told, ['key 3'], 'two machines are none too many')
  uses.note('key', '10.0.0.3')
  assert.deepEqual(told, ['key 3', 'key 3'])
})

test('only what changed is stored, and what could not be stored is stored the next time', () => {
  const { uses } = made()
  uses.note('key', '10.0.0.1')
  const taken = uses.take()
  assert.deepEqual([...taken.keys()], ['key'])
  assert.equal(uses.take().size, 0)
  uses.putBack(taken)
  assert.deepEqual(uses.take(), taken)
})
