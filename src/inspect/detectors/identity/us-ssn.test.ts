import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '../../inspector.ts'
import { foundIn } from '../../test-found.ts'

const ssns = (text: string): readonly string[] => foundIn(text, 'us-ssn')

test('every area that is given out is found, and no other', () => {
  for (let area = 0; area <= 999; area++) {
    const number = `${String(area).padStart(3, '0')}-22-8145`
    const isGiven = area !== 0 && area !== 666 && area < 900
    assert.deepEqual(ssns(number), isGiven ? [number] : [], number)
  }
})

test('every group but 00 and every serial but 0000 is found', () => {
  for (let group = 0; group <= 99; group++) {
    const number = `536-${String(group).padStart(2, '0')}-8145`
    assert.deepEqual(ssns(number), group === 0 ? [] : [number])
  }
  for (let serial = 0; serial <= 9_999; serial += 101) {
    const number = `536-22-${String(serial).padStart(4, '0')}`
    assert.deepEqual(ssns(number), serial === 0 ? [] : [number])
  }
})

test('numbers that were printed on samples are none, however they are written', () => {
  for (const [area, group, serial] of [
    ['078', '05', '1120'],
    ['219', '09', '9999'],
    ['123', '45', '6789'],
    ['111', '11', '1111'],
    ['555', '55', '5555'],
  ]) {
    for (const joint of ['-', ' ', '.', '']) {
      assert.deepEqual(ssns(`SSN ${[area, group, serial].join(joint)}`), [])
    }
  }
})

const words: readonly string[] = [
  'SSN',
  'ssn:',
  'SSN #',
  'SS# ',
  'social security number',
  'Social Security No.',
  'social_security=',
  'socialSecurity: ',
  'soc sec',
  'tax id',
  'taxpayer id',
  'TIN',
]

for (const word of words) {
  test(`after "${word}" hyphens are not needed`, () => {
    for (const number of ['536228145', '536 22 8145', '536.22.8145', '536-22-8145']) {
      assert.deepEqual(ssns(`${word} ${number}`), [number])
    }
  })
}

test('without such a word only hyphens tell', () => {
  for (const number of ['536228145', '536 22 8145', '536.22.8145']) {
    assert.deepEqual(ssns(`order ${number}`), [])
    assert.deepEqual(ssns(number), [])
  }
  assert.deepEqual(ssns('order 536-22-8145'), ['536-22-8145'])
})

test('words make it surer', () => {
  const { inspect } = createInspector({ terms: [] })
  const score = (text: string): number | undefined => inspect(text, 'user')[0]?.score
  assert.equal(score('536-22-8145'), 0.75)
  assert.equal(score('SSN 536-22-8145'), 0.95)
})

const none: readonly string[] = [
  'SSN 536-22 8145',
  'SSN 536 22-8145',
  'SSN 53-622-8145',
  'SSN 5362-28-145',
  'SSN 536--22--8145',
  'SSN 536/22/8145',
  '536-22-8145-1',
  '1-536-22-8145',
  '536-22-81450',
  'x536-22-8145',
  'ref_536-22-8145',
  '536-22-8145x',
  '536-22-8145%',
  '$536-22-8145',
  '+536-22-8145',
  '0.536-22-8145',
  'SSN 53622814',
  'SSN 5362281450',
  'the social club has 536228 members',
]

for (const text of none) {
  test(`no social security number: ${text}`, () => assert.deepEqual(ssns(text), []))
}

test('several of them are all found', () => {
  for (const joint of [' ', ', ', '\n', ',', ';', ' / ']) {
    assert.deepEqual(
      ssns(`536-22-8145${joint}212-47-9981`),
      ['536-22-8145', '212-47-9981'],
      JSON.stringify(joint),
    )
  }
  assert.deepEqual(ssns('SSN 536228145 212479981'), ['536228145', '212479981'])
})
