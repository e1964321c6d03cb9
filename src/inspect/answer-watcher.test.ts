import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import { createAnswerWatcher } from './answer-watcher.ts'
import type { Inspector } from './api.ts'
import { createInspector } from './inspector.ts'
import { seeded } from './test-random.ts'

const inspector = createInspector({
  terms: [{ term: 'Blue Heron', label: 'codename', class: 'confidential', isCaseSensitive: false }],
})

const counted = (findings: readonly Finding[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { type } of findings) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

/** What is counted of a text in pieces. */
function watched(pieces: readonly string[]): Readonly<Record<string, number>> {
  const watcher = createAnswerWatcher(inspector)
  for (const piece of pieces) watcher.push(piece)
  return Object.fromEntries(watcher.end())
}

const whole = (text: string): Readonly<Record<string, number>> => counted(inspector.inspect(text, 'answer'))

const prose = 'The plan says who does what until when, and where it is written down. '

const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTU\n'.repeat(200)}-----END PRIVATE KEY-----`

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

const values = [
  'anna@example.com',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  '+44 20 7946 0958',
  'Blue Heron',
  `AKIA${'IOSFODNN7EXAMPLE'}`,
  pem,
]

for (let seed = 1; seed <= 12; seed++) {
  test(`however an answer is cut, as much is counted as in the whole (${seed})`, () => {
    const random = seeded(seed)
    let text = ''
    while (text.length < 30_000) {
      for (let words = random.below(40); words > 0; words--)
        text += random.pick(['who ', 'does ', 'what.\n', 'it, '])
      if (random.below(3) === 0) text += `see ${random.pick(values)}, then `
    }
    const wanted = whole(text)
    for (const longest of [3, 60, 900, 9_000]) {
      assert.deepEqual(watched(random.cut(text, longest)), wanted)
    }
  })
}

function* chunks(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
