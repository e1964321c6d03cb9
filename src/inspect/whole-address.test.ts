import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import type { Candidate } from './overlaps.ts'
import { candidate, candidatesIn, type Marks, shownIn } from './test-candidates.ts'
import { randomText, seeded } from './test-random.ts'
import { withWholeAddresses } from './whole-address.ts'

const whole = (text: string, marks: Marks): readonly string[] =>
  shownIn(text, withWholeAddresses(text, candidatesIn(text, marks)))

test('an address goes on to its unit, its place and its postcode, over lines and commas', () => {
  const address = '12 Sample Road\n Suite 524\n Exampleton\n Norway 43524'
  assert.deepEqual(
    whole(`Send it to ${address}.`, [
      ['street-address', '12 Sample Road'],
      ['place-name', 'Norway'],
    ]),
    [`street-address: ${address}`],
  )
  const german = 'Musterweg 4, 01234 Musterstadt, Deutschland'
  assert.deepEqual(
    whole(german, [
      ['postal-address', 'Musterweg 4'],
      ['postal-address', '01234 Musterstadt'],
      ['place-name', 'Deutschland'],
    ]),
    [`postal-address: ${german}`],
  )
})

test('a region belongs to it when something known follows, and no word that stands at the end', () => {
  assert.deepEqual(
    whole('12 Sample Road, Exampleton, QA 27676 is new', [['street-address', '12 Sample Road']]),
    ['street-address: 12 Sample Road, Exampleton, QA 27676'],
  )
  for (const text of ['12 Sample Road, Thanks', '12 Sample Road\nRegards', '12 Sample Road, Please call Ada'])
    assert.deepEqual(whole(text, [['street-address', '12 Sample Road']]), ['street-address: 12 Sample Road'])
})

test('in a text without capitals a place nobody knows has none either', () => {
  assert.deepEqual(
    whole('at 12 sample road apt. 8 exampleton norway', [
      ['street-address', '12 sample road'],
      ['place-name', 'norway'],
    ]),
    ['street-address: 12 sample road apt. 8 exampleton norway'],
  )
})

test('a second number and a unit before it belong to it, a year does not', () => {
  assert.deepEqual(whole('lives at 95 199 Sample Road', [['street-address', '199 Sample Road']]), [
    'street-address: 95 199 Sample Road',
  ])
  assert.deepEqual(whole('Ada Apt. 712 21 Sample Road', [['street-address', '21 Sample Road']]), [
    'street-address: Apt. 712 21 Sample Road',
  ])
  assert.deepEqual(whole('in 2020 4 Sample Rise', [['postal-address', '4 Sample Rise']]), [
    'postal-address: 4 Sample Rise',
  ])
  assert.deepEqual(whole('at 92 ul. Przykladowa 42', [['postal-address', '. Przykladowa 42']]), [
    'postal-address: 92 ul. Przykladowa 42',
  ])
})

test('a corner is one place, whatever its second street looks like', () => {
  const corner = 'the corner of Sample Road 5 and Ada Union'
  assert.deepEqual(
    whole(`Meet me at ${corner}`, [
      ['street-address', 'Sample Road 5'],
      ['person-name', 'Ada Union'],
    ]),
    [`street-address: ${corner}`],
  )
  assert.deepEqual(whole(`at ${corner}.`, [['street-address', 'Sample Road 5']]), [
    `street-address: ${corner}`,
  ])
  assert.deepEqual(
    whole('at Sample Road 5 and Ada Union', [
      ['street-address', 'Sample Road 5'],
      ['person-name', 'Ada Union'],
    ]),
    ['street-address: Sample Road 5', 'person-name: Ada Union'],
  )
})

test('behind the number of the house or the word for a street no further one belongs to it', () => {
  assert.deepEqual(whole('on Musterweg 15 St. now', [['postal-address', 'Musterweg 15 St.']]), [
    'postal-address: Musterweg 15',
  ])
  assert.deepEqual(whole('on 15 Sample St. now', [['postal-address', '15 Sample St.']]), [
    'postal-address: 15 Sample St.',
  ])
})

test('a postcode in two parts, a hyphen before it and a province behind its place belong to it', () => {
  const portuguese = 'Rua Exemplo 25, 1100-048 Exemplo'
  assert.deepEqual(
    whole(portuguese, [
      ['street-address', 'Rua Exemplo 25'],
      ['postal-address', '048 Exemplo'],
    ]),
    [`street-address: ${portuguese}`],
  )
  const swedish = 'Exempelgatan 12, 111 22 Ort'
  assert.deepEqual(
    whole(swedish, [
      ['street-address', 'Exempelgatan 12'],
      ['place-name', 'Ort'],
    ]),
    [`street-address: ${swedish}`],
  )
  const italian = 'Piazza Esempio, 3 - 50122 Esempio (ES)'
  assert.deepEqual(
    whole(italian, [
      ['street-address', 'Piazza Esempio, 3'],
      ['postal-address', '50122 Esempio'],
    ]),
    [`street-address: ${italian}`],
  )
})

test('what goes on with the number of a house belongs to it', () => {
  for (const house of ['123-II', '15/A', '45 bis', '45, 2ºA', '12, 3. tv', '1 - 3'])
    assert.deepEqual(
      whole(`Musterweg ${house}, 1620 Muster`, [
        ['street-address', `Musterweg ${/^\d+/.exec(house)?.[0] ?? ''}`],
        ['postal-address', '1620 Muster'],
      ]),
      [`street-address: Musterweg ${house}, 1620 Muster`],
    )
})

test('the words before the number of a house are its street, as far as its line and sentence go', () => {
  for (const [before, street, place] of [
    ['Anschrift: ', 'Am Alten Muster ', '7, 01067 Musterstadt'],
    ['', 'Unter den Mustern ', '77, 10117 Musterstadt'],
    ['', 'Esimerkkitie 12 A ', '5, 00100 Esimerkki'],
  ] as const)
    assert.deepEqual(whole(before + street + place, [['postal-address', place]]), [
      `postal-address: ${street}${place}`,
    ])
  assert.deepEqual(whole('zam. ul. Przykładna 12/5, 00-001 Przykład', [['postal-address', '001 Przykład']]), [
    'postal-address: ul. Przykładna 12/5, 00-001 Przykład',
  ])
  assert.deepEqual(whole('in der Nähe\n7, 01067 Musterstadt', [['postal-address', '7, 01067 Musterstadt']]), [
    'postal-address: 7, 01067 Musterstadt',
  ])
  assert.deepEqual(whole('LDH (140-240 UI', [['postal-address', '240 UI']]), ['postal-address: 240 UI'])
})

test('a person or a number of another kind behind it stays what it is', () => {
  assert.deepEqual(
    whole('12 Sample Road, Ada Keller, 555-0100', [
      ['street-address', '12 Sample Road'],
      ['person-name', 'Ada Keller'],
      ['phone', '555-0100'],
    ]),
    ['street-address: 12 Sample Road', 'person-name: Ada Keller', 'phone: 555-0100'],
  )
})

test('what comes out is in order and does not overlap, whatever the text, in time that grows with it', () => {
  const random = seeded(11)
  const types = ['street-address', 'postal-address', 'place-name', 'postcode', 'person-name', 'email']
  for (let round = 0; round < 500; round++) {
    const text = `${randomText(random, 60)} corner of 12 Road and ${randomText(random, 60)}`
    const marks: Candidate[] = []
    for (let at = 0; at < text.length; ) {
      const start = at + random.below(12)
      const end = start + 1 + random.below(10)
      if (end > text.length) break
      marks.push(candidate(random.pick(types), start, end))
      at = end
    }
    let last = 0
    for (const { start, end } of withWholeAddresses(text, marks)) {
      assert.ok(start >= last && end > start && end <= text.length, JSON.stringify({ text, marks }))
      last = end
    }
  }
  const line = '12 Sample Road, Exampleton, '
  const marks = Array.from({ length: 20_000 }, (_, at) =>
    candidate('street-address', at * line.length, at * line.length + 14),
  )
  const startedAt = processorMs()
  withWholeAddresses(line.repeat(20_000), marks)
  assert.ok(processorMs() - startedAt < 3_000)
})
