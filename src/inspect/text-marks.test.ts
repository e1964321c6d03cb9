import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Signs } from './clues.ts'
import type { Detector } from './detector.ts'
import { macAddress } from './detectors/network/mac-address.ts'
import { passage } from './text-marks.ts'
import { createTriggerScan } from './trigger-scan.ts'

const scan = createTriggerScan([])
const run = 'QWxsIHRoYXQgaXMgaGVyZQ'

test('a run is noted whole wherever in its passage, or over the end of one, it begins', () => {
  const words = 'a bcd efg '.repeat(passage / 8)
  // Three on each time, so that it begins at each place of the four units that are read together.
  for (let before = passage - run.length - 7; before < passage + 8; before += 3) {
    const text = `${words.slice(0, before - 1)} ${run}`
    for (const after of ['', '. And more of it.']) {
      const signs = new Signs(text + after)
      assert.equal(
        scan(text + after, () => undefined, false, signs),
        false,
      )
      assert.deepEqual(signs.clues()?.runs, [{ start: before, end: before + run.length }])
    }
  }
})

test('fifteen units of a run are none, wherever they stand', () => {
  for (let before = 1; before < 40; before++) {
    const text = `${' '.repeat(before)}${run.slice(0, 15)} and`
    const signs = new Signs(text)
    scan(text, () => undefined, false, signs)
    assert.deepEqual(signs.clues()?.runs ?? [], [])
  }
})

test('what is disguised is noticed in every part of a text, and in a reading it is not asked for', () => {
  for (const before of [0, 511, 512, 2_047, 2_048, passage - 1, passage, passage + 3]) {
    const text = `${'-'.repeat(before)}\u200b 1`
    assert.equal(
      scan(text, () => undefined),
      true,
      String(before),
    )
    assert.equal(
      scan(text, () => undefined, true),
      false,
    )
  }
})

test('a clue is noted where a literal waits for the same three in another case', () => {
  const waiting: Detector = { ...macAddress, trigger: { literals: ['NAQ'] } }
  const text = 'naq gur cnffjbeq'
  const signs = new Signs(text)
  createTriggerScan([waiting])(text, () => assert.fail('nothing waits for it'), false, signs)
  assert.deepEqual(signs.clues()?.rot13, { start: 0, end: text.length })
})
