import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import { keepCredentials } from './kept.ts'

const minuteMs = 60_000

async function open(read: () => Promise<string>) {
  let now = 0
  const lines: LogLine[] = []
  const kept = await keepCredentials({
    references: new Map([['west', 'vault:providers/west#key']]),
    read,
    keptMs: 10 * minuteMs,
    clock: { now: () => now, monotonic: () => now },
    writeLine: (line) => lines.push(line),
  })
  await kept.close()
  return { kept, lines, forward: (minutes: number) => (now += minutes * minuteMs) }
}

test('a secret serves from memory, and is read again from half of its time on', async () => {
  let reads = 0
  const { kept, forward } = await open(async () => `secret-${++reads}`)
  assert.equal(kept.current('west'), 'secret-1')
  forward(4)
  await kept.renew()
  assert.equal(kept.current('west'), 'secret-1')
  forward(1)
  await Promise.all([kept.renew(), kept.renew()])
  assert.equal(kept.current('west'), 'secret-2')
  assert.equal(reads, 2)
})

test('while the vault is away the last secret serves until its time is over, and then nothing is sent without', async () => {
  let isAway = false
  const { kept, lines, forward } = await open(async () => {
    if (isAway) throw new Error('vault: it is sealed')
    return 'the secret'
  })
  isAway = true
  forward(6)
  await kept.renew()
  await kept.renew()
  assert.equal(kept.current('west'), 'the secret')
  assert.deepEqual(
    [lines.length, lines[0]?.level, lines[0]?.problem],
    [1, 'error', 'Error: vault: it is sealed'],
  )
  forward(5)
  assert.throws(() => kept.current('west'), { code: 'credential-unavailable', facts: { connection: 'west' } })
  isAway = false
  await kept.renew()
  assert.equal(kept.current('west'), 'the secret')
  assert.match(lines.at(-1)?.what ?? '', /is read again/)
})

test('a connection nobody named has no secret, and one that cannot be read at start names its connection', async () => {
  const { kept } = await open(async () => 'the secret')
  assert.throws(() => kept.current('east'), { code: 'credential-unavailable' })
  await assert.rejects(
    open(() => Promise.reject(new Error('vault: it is sealed'))),
    /^Error: connections.west.credential: vault: it is sealed$/,
  )
})
