import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDisguise as plainlyHasDisguise, placesIn as plainPlacesIn } from './disguise.ts'
import { randomText, seeded } from './test-random.ts'
import { textsOfUnits } from './test-units.ts'
import { copyStretch, isBeyondAscii, stretch, units } from './text-units.ts'
import { hasDisguise, placesIn } from './trigger-scan.ts'

const texts = [...textsOfUnits, `${'a text of some length, '.repeat(200)}ł${'x'.repeat(stretch)}\udd13`]

test('a text is copied stretch by stretch as charCodeAt gives it, and nothing of another text stands behind it', () => {
  for (const text of texts) {
    for (let from = 0; from < text.length; from += stretch) {
      units.fill(0x3000)
      const length = copyStretch(text, from)
      assert.equal(length, Math.min(stretch, text.length - from))
      const plainly = Array.from({ length }, (_, at) => text.charCodeAt(from + at))
      assert.deepEqual([...units.subarray(0, length)], plainly)
      for (let at = 0; at < length; at += 8)
        assert.equal(
          isBeyondAscii(at),
          plainly.slice(at, at + 8).some((code) => code > 127),
        )
    }
  }
})

test('what may be a disguise is found in a stretch as in a plain walk', () => {
  const random = seeded(3)
  for (const text of [
    ...texts,
    ...Array.from({ length: 200 }, () => randomText(random, 60)),
    '\u200b'.repeat(3_000),
    `${'\u0430'.repeat(3_000)}a`,
  ]) {
    assert.deepEqual(placesIn(text), plainPlacesIn(text), JSON.stringify(text.slice(0, 80)))
    assert.equal(hasDisguise(text), plainlyHasDisguise(text), JSON.stringify(text.slice(0, 80)))
  }
})
