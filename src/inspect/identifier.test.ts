import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Detector, Match } from './detector.ts'
import { identityIds } from './detectors/identity/index.ts'
import { type Identifier, identifier } from './identifier.ts'
import { exampleOf } from './test-found.ts'
import { createTriggerScan, type TriggerScan } from './trigger-scan.ts'

const described = {
  type: 'a-number',
  label: 'a number',
  proof: 'a check',
  finds: [],
  ignores: [],
  source: 'nowhere',
}

const made = (more: Partial<Identifier>): Detector =>
  identifier({ ...described, names: ['code'], isValid: (id) => id.endsWith('7'), ...more })

const scans = new Map<Detector, TriggerScan>()

function found(detector: Detector, text: string): readonly string[] {
  const matches: Match[] = []
  const scan = scans.get(detector) ?? createTriggerScan([detector])
  scans.set(detector, scan)
  scan(text, (_, start, end) => matches.push(...detector.examine(text, start, end)))
  // Two parts of one number may wake for it; the inspector reads on after what was found.
  return matches
    .filter(({ start }, at) => start >= (matches[at - 1]?.end ?? 0))
    .map(({ start, end }) => text.slice(start, end))
}

test('a bare number needs a name and a valid check', () => {
  const detector = made({ forms: ['999999999'] })
  assert.deepEqual(found(detector, 'code 123456787'), ['123456787'])
  assert.deepEqual(found(detector, 'code 123456788'), [])
  assert.deepEqual(found(detector, 'number 123456787'), [])
  assert.equal(detector.isNamedOnly, true)
})

test('a form of its own needs no name', () => {
  const detector = made({ ownForms: ['999.999/999'], forms: ['999999999'] })
  assert.deepEqual(found(detector, 'see 123.456/787'), ['123.456/787'])
  assert.deepEqual(found(detector, 'see 123.456/788'), [])
  assert.equal(detector.isNamedOnly, undefined)
})

test('letters of a form of its own are capitals, unless a name stands before or chance does not produce it', () => {
  assert.deepEqual(found(made({ ownForms: ['AA9999999'] }), 'AB1234567, ab1234567'), ['AB1234567'])
  assert.deepEqual(found(made({ ownForms: ['AA9999999'] }), 'code ab1234567'), ['ab1234567'])
  assert.deepEqual(found(made({ ownForms: ['AA9999999'], isProof: true }), 'ab1234567'), ['ab1234567'])
})

test('several numbers in a row are all found, and a part of a longer one is none', () => {
  const detector = made({ ownForms: ['999-999-999'] })
  assert.deepEqual(found(detector, '123-456-787 123-456-797, 123-456-777'), [
    '123-456-787',
    '123-456-797',
    '123-456-777',
  ])
  for (const text of [
    '1-123-456-787',
    '123-456-787-1',
    '123-456-7871',
    'x123-456-787',
    '$123-456-787',
    'a/123-456-787',
  ]) {
    assert.deepEqual(found(detector, text), [], text)
  }
})

test('groups with spaces are no part of more groups', () => {
  const detector = made({ ownForms: ['999 999 999'] })
  assert.deepEqual(found(detector, 'x 123 456 787, y'), ['123 456 787'])
  assert.deepEqual(found(detector, '1 123 456 787'), [])
  assert.deepEqual(found(detector, '123 456 787 000'), [])
})

test('the longest form is taken', () => {
  const detector = made({ forms: ['999999999', '999999999xx'], isValid: () => true })
  assert.deepEqual(found(detector, 'code 123456789XX'), ['123456789XX'])
})

test('names make it surer, shared ones less, and health numbers are restricted', () => {
  const detector = made({ ownForms: ['999-999-999'], sharedNames: ['paper'], family: 'health' })
  const scoreOf = (text: string): number | undefined =>
    detector.examine(text, text.length - 11, text.length)[0]?.score
  assert.deepEqual(['code 123-456-787', 'paper 123-456-787', '123-456-787'].map(scoreOf), [0.95, 0.85, 0.75])
  assert.equal(detector.class, 'restricted')
  assert.equal(made({ forms: ['99999'] }).class, 'confidential')
})

/** What stands before the value in its example: the name that makes it one. */
const namedExamples = identityIds.flatMap((detector) =>
  detector.finds.flatMap((marked): (readonly [Detector, string, string])[] => {
    const { text, wanted } = exampleOf(marked.replaceAll('：', ': '))
    const at = text.indexOf(wanted[0] as string)
    return wanted.length === 1 && at > 0 ? [[detector, text.slice(0, at), wanted[0] as string]] : []
  }),
)

const surroundings: readonly (readonly [string, string])[] = [
  ...([
    ['', ''],
    ['(', ')'],
    ['"', '"'],
    ['**', '**'],
    ['| ', ' |'],
    ['<td>', '</td>'],
    ['\n', '\n'],
  ] as const),
  ...([
    ['', '.'],
    ['', ', so'],
    ['😀 ', '😀'],
    ['{\\"value\\":\\"', '\\"}'],
    ['\t', '\t'],
    ['中文 ', '。'],
  ] as const),
]

test('what a name stands before is found, whole, whatever stands around both', () => {
  for (const [detector, name, value] of namedExamples) {
    for (const [before, after] of surroundings) {
      const text = `${before}${name}${value}${after}`
      assert.deepEqual(found(detector, text), [value], `${detector.type} in ${JSON.stringify(text)}`)
    }
  }
})

test('a value with a name is none when it goes on in letters or digits', () => {
  for (const [detector, name, value] of namedExamples) {
    for (const text of [`${name}${value}7x`, `${name}x7${value}`]) {
      assert.ok(!found(detector, text).includes(value), `${detector.type} in ${JSON.stringify(text)}`)
    }
  }
})

test('digits in the same place of another text are looked at anew', () => {
  const detector = made({ forms: ['999999999'] })
  for (const [text, ids] of [
    ['code 123456787', ['123456787']],
    ['code-123456787', []],
    ['code 12345678a', []],
    ['code 123456787', ['123456787']],
    ['code $123456787', []],
  ] as const)
    assert.deepEqual(found(detector, text), ids, text)
})

test('digits that are nothing without a name wake it also before what only one form goes on with', () => {
  const detector = made({ ownForms: ['999999999 rt 9999'], forms: ['999999999'] })
  const { trigger } = detector
  assert.deepEqual('needsName' in trigger && trigger.needsName?.unless, [{ groups: '9', behind: ' rt ' }])
  assert.deepEqual(found(detector, '123456782 RT 0007'), ['123456782 RT 0007'])
  assert.deepEqual(found(detector, 'code 123456787'), ['123456787'])
  const woken: number[] = []
  createTriggerScan([detector])('123456782, 123456782 rt 0007', (_, start) => woken.push(start))
  assert.deepEqual(woken, [11])
})

const everyWay = ['', ' ', '-', '.', '/', ')', ' (', '. '].flatMap((sign) => [sign, `${sign}1`])

test('a number that goes on wakes nobody who would find something in it', () => {
  for (const detector of identityIds) {
    const { trigger } = detector
    if (!('groups' in trigger) || trigger.alone === undefined) continue
    const scan = createTriggerScan([detector])
    const always = createTriggerScan([{ ...detector, trigger: { ...trigger, alone: [] } }])
    for (const { text } of detector.finds.map(exampleOf))
      for (const way of everyWay)
        for (const [before, behind] of [
          [way.split('').reverse().join(''), ''],
          ['', way],
        ]) {
          const sided = text.replace(/\d.*\d/, (number) => `${before}${number}${behind}`)
          assert.deepEqual(matchesOf(scan, sided), matchesOf(always, sided), sided)
        }
  }
})

test('what a form goes on with beside its number is no other number', () => {
  const detector = made({ forms: ['999999-*7', '7 A*-99999'] })
  assert.deepEqual(found(detector, 'code 123456-77'), ['123456-77'])
  assert.deepEqual(found(detector, 'code 7 A1-12347'), ['7 A1-12347'])
})

function matchesOf(scan: TriggerScan, text: string): readonly Match[] {
  const matches: Match[] = []
  scan(text, ({ examine }, start, end) => matches.push(...examine(text, start, end)))
  return matches
}
