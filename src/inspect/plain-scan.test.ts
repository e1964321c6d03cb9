import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Signs } from './clues.ts'
import { detectors } from './detectors/index.ts'
import { createTriggerScan } from './plain-scan.ts'
import { randomText, seeded } from './test-random.ts'
import { createTriggerScan as createFastScan } from './trigger-scan.ts'

/** What touches a number, stands right before it and names it is left to the detector here, so those that wait for it are woken more often. */
const alike = detectors
  .filter(({ trigger }) => !('touching' in trigger))
  .map((detector) => ({
    ...detector,
    trigger: {
      ...detector.trigger,
      isApart: undefined,
      inOneGroup: undefined,
      apart: [],
      isNearStart: false,
      alone: [],
      wordForms: undefined,
      needsName: undefined,
      isNoAmount: undefined,
    },
  }))
const plainScan = createTriggerScan(alike)
const fastScan = createFastScan(alike)

function wakesOf(scan: typeof plainScan, text: string): readonly string[] {
  const wakes: string[] = []
  scan(text, ({ type }, start, end) => void wakes.push(`${type} ${start}-${end}`), true)
  return wakes.toSorted()
}

// All of them together take a second; the worker of the page is asked for each.
const examples = alike.flatMap(({ finds, ignores }) => [...finds.slice(0, 1), ...ignores.slice(0, 1)])
const random = seeded(7)

test('the plain scan of the page wakes every detector where the tables of the gateway do', () => {
  const texts = [...examples, ...Array.from({ length: 100 }, () => randomText(random, 80))]
  for (const text of texts) assert.deepEqual(wakesOf(plainScan, text), wakesOf(fastScan, text), text)
})

test('it notes the same clues of what is written in another way', () => {
  const texts = [...examples, ...Array.from({ length: 100 }, () => randomText(random, 80))]
  for (const text of [...texts, 'h e l l o  9 w', '%41 &#65; \\u0041 =3D', 'vtaber 1gn0re de ad be ef']) {
    const [plain, fast] = [new Signs(text), new Signs(text)]
    plainScan(text, () => undefined, true, plain)
    fastScan(text, () => undefined, true, fast)
    assert.deepEqual(plain.clues(), fast.clues(), text)
  }
})

test('a detector is woken in order of position', () => {
  const last = new Map<string, number>()
  const text = alike.flatMap(({ finds }) => finds.slice(0, 2)).join(' ')
  const look = ({ type }: { readonly type: string }, start: number): void => {
    assert.ok(start >= (last.get(type) ?? 0), type)
    last.set(type, start)
  }
  plainScan(text, look, true)
  assert.ok(last.size > 100)
})

test('no form has more groups, and no detector asks for more digits, than the plain scan looks at', () => {
  for (const { trigger } of detectors) {
    for (const shape of 'groups' in trigger ? trigger.groups : [])
      assert.ok(shape.split('-').length <= 9, shape)
    if ('digits' in trigger) assert.ok((trigger.most ?? trigger.digits) < 40)
  }
})
