import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '#/core/segment.ts'
import { createAnswerWatcher } from './answer-watcher.ts'
import type { Inspector } from './api.ts'
import { countCuts, inspector, pem, watched } from './test-answer-cuts.ts'

const prose = 'The plan says who does what until when, and where it is written down. '

test('an answer without pieces, and one of empty pieces, holds nothing', () => {
  assert.deepEqual(watched([]), {})
  assert.deepEqual(watched(['', '']), {})
})

test('a short answer is counted at its end', () => {
  assert.deepEqual(watched(['write to anna@exam', 'ple.com or bob@example.com']), { email: 2 })
})

test('a value that is split at any position is counted once', () => {
  const text = `${prose}write to anna@example.com, card 4111 1111 1111 1111. ${prose}`
  for (let at = 0; at <= text.length; at++) {
    assert.deepEqual(watched([text.slice(0, at), text.slice(at)]), { email: 1, 'payment-card': 1 })
  }
})

test('a value is counted once wherever it stands in a long answer', () => {
  for (let before = 1_900; before < 4_300; before += 7) {
    const text = `${prose.repeat(70).slice(0, before)} anna@example.com ${prose.repeat(40)}`
    assert.deepEqual(watched([...chunks(text, 50)]), { email: 1 }, `after ${before}`)
  }
})

test('a value twice is counted twice, in the same batch and in different ones', () => {
  const text = `a@example.com a@example.com ${prose.repeat(100)} a@example.com`
  assert.deepEqual(watched([...chunks(text, 100)]), { email: 3 })
})

test('a long key is one finding, though it fills several batches', () => {
  const text = `${prose.repeat(20)}${pem}\n${prose.repeat(100)}`
  for (const size of [1, 100, 2_048, 5_000, text.length]) {
    assert.deepEqual(watched([...chunks(text, size)]), { 'private-key': 1 }, `${size} at a time`)
  }
})

test('a company term is counted as other findings are', () => {
  assert.deepEqual(watched([...chunks(`${prose.repeat(60)}Blue Heron. ${prose.repeat(60)}`, 9)]), {
    'company-term': 1,
  })
})

test('the channel is handed on', () => {
  const channels: Channel[] = []
  const spy: Inspector = {
    ...inspector,
    inspect: (_, channel) => {
      channels.push(channel)
      return []
    },
  }
  const watcher = createAnswerWatcher(spy, 'tool-arguments')
  watcher.push('x'.repeat(10_000))
  watcher.end()
  assert.ok(channels.length >= 2)
  assert.deepEqual(new Set(channels), new Set(['tool-arguments']))
})

/** Sum of all that an inspector is given to read while an answer of `length` units arrives. */
function readUnits(length: number, size: number, unit: string): number {
  let units = 0
  const spy: Inspector = {
    ...inspector,
    inspect: (text, channel) => {
      units += text.length
      return inspector.inspect(text, channel)
    },
  }
  const watcher = createAnswerWatcher(spy)
  for (const piece of chunks(unit.repeat(length / unit.length), size)) watcher.push(piece)
  watcher.end()
  return units
}

test('each unit of an answer is read about twice, however small the pieces', () => {
  for (const size of [1, 20, 500, 3_000]) {
    const units = readUnits(200_000, size, prose)
    assert.ok(units < 3 * 200_000, `${units} units were read for 200,000 in pieces of ${size}`)
  }
})

test('findings one after the other, and a key without end, do not make it read more than in proportion', () => {
  for (const unit of ['a@example.com ', `-----BEGIN PRIVATE KEY-----\n${'MIIE'.repeat(20_000)}\n`]) {
    const units = readUnits(800_000, 1_000, unit)
    assert.ok(units < 40 * 800_000, `${units} units were read`)
    assert.ok(readUnits(1_600_000, 1_000, unit) < 2.5 * units)
  }
})

for (let seed = 1; seed <= 2; seed++) {
  test(`however an answer is cut, as much is counted as in the whole (${seed})`, () => {
    const { wanted, found } = countCuts(seed)
    for (const each of found) assert.deepEqual(each, wanted)
  })
}

function* chunks(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
