import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '../../inspector.ts'
import { exampleOf, foundIn } from '../../test-found.ts'

const phones = (text: string): readonly string[] => foundIn(text, 'phone')

/** Forms that stand for themselves. */
const alone: readonly string[] = [
  '+1 212 555 0123',
  '+1 (212) 555-0123',
  '+1-212-555-0123',
  '+1.212.555.0123',
  '+12125550123',
  '+44 20 7946 0958',
  '+44 (0) 20 7946 0958',
  '+44 (0)20 7946 0958',
  '+442079460958',
  '+49 30 12345678',
  '+49 (0)151 12345678',
  '+49-151-12345678',
  '+49/151/12345678',
  '+33 6 12 34 56 78',
  '+33.6.12.34.56.78',
  '+39 06 1234 5678',
  '+34 612 345 678',
  '+31 6 12345678',
  '+41 79 123 45 67',
  '+43 664 1234567',
  '+46 70 123 45 67',
  '+48 512 345 678',
  '+353 85 123 4567',
  '+351 912 345 678',
  '+420 601 123 456',
  '+7 495 123-45-67',
  '+81 90-1234-5678',
  '+86 138 1234 5678',
  '+91 98765 43210',
  '+55 11 91234-5678',
  '+971 50 123 4567',
  '(+44) 20 7946 0958',
  '0044 20 7946 0958',
  '0049 151 12345678',
  '00 33 6 12 34 56 78',
  '(212) 555-0123',
  '(212)555-0123',
  '212-555-0123',
  '212.555.0123',
  '212 555 0123',
  '1-800-555-0199',
  '1 (800) 555-0199',
  '212-555-0123 x42',
  '212-555-0123 ext. 42',
  '212-555-0123x42',
  '020 7946 0958',
  '01632 960 123',
  '07911 123456',
  '030/12345678',
  '0171/1234567',
  '0151-12345678',
  '06 12 34 56 78',
  '06.12.34.56.78',
  '06-12-34-56-78',
  '(030) 12345678',
  '(11) 91234-5678',
]

for (const number of alone) {
  test(`a telephone number without a word: ${number}`, () => {
    assert.deepEqual(phones(number), [number])
    assert.deepEqual(phones(`It is ${number}.`), [number])
    assert.deepEqual(phones(`"${number}", and so on`), [number])
    assert.deepEqual(phones(`Anna;${number};Rome`), [number])
  })
}

/** Forms that need one. */
const named: readonly string[] = [
  '555-0123',
  '5550123',
  '98765 43210',
  '2125550123',
  '12345678',
  '4412345678',
]

const words: readonly string[] = [
  'phone',
  'Phone: ',
  'phone_number=',
  'phoneNumber: ',
  'Tel.',
  'tel:',
  'mobile',
  'cell',
  'fax',
  'call',
  'dial',
  'sms',
  'whatsapp',
  'hotline',
  'Telefon',
  'Telefonnummer:',
  'Handy',
  'Mobil:',
  'téléphone :',
  'teléfono',
  'telefono',
  'celular',
  'text me',
  'reach me at',
  'contact number',
]

for (const word of words) {
  test(`after "${word}" fewer digits are enough`, () => {
    const joint = /[=:]$/.test(word) ? '' : ' '
    for (const number of named) assert.deepEqual(phones(`${word}${joint}${number}`), [number])
  })
}

test('without a word such digits are no number', () => {
  for (const number of named) {
    assert.deepEqual(phones(number), [])
    assert.deepEqual(phones(`order ${number}`), [])
    assert.deepEqual(phones(`${number} phone`), [])
    assert.deepEqual(phones(`phone ${'and so on '.repeat(4)}${number}`), [], 'the word stands too far away')
  }
})

const none: readonly string[] = [
  'phone 555-012',
  'phone 1234567890123456',
  'call 2024-01-02',
  'call 02.01.2024',
  'call 20240102',
  'call 1999-2005',
  'call 1000000 times',
  'call 1500000 of them',
  'phone 192.168.100.200',
  'phone v1.22.333.4444',
  'phone $5550123',
  'phone #5550123',
  'phone 5550123%',
  'phone 5550123€',
  'phone A5550123',
  'phone 5550123A',
  'phone 3,1415926',
  'phone 3.1415926535',
  '+99 1234 567890',
  '+1 212 555 012',
  '+1 212 555 01234',
  '+44 20 7946',
  '+0 123 456 789',
  '++1234567',
  '00000000000000',
  '0012 3456 789',
  'No. 00441711234567',
  '112-555-0123',
  '212-155-0123',
  '212-555-01234',
  '2212-555-0123',
  '212-555-0123-4',
  '212-555-012A',
  '1-800-273-TALK',
  'x212-555-0123',
  'id-212-555-0123',
  '#212-555-0123',
  '$212-555-0123',
  '@212-555-0123',
  '1.212.555.0123.4',
  '0000 0000 0000',
  '00 00 00 00 00',
  '012 22 8145',
  '(2024) 1234567',
  '01/02/2024',
  '2024 2025 2026 2027',
  '10 20 30 40 50 60 70',
  '978-3-16-148410-0',
  '4111 1111 1111 1111',
]

for (const text of none) {
  test(`no telephone number: ${text}`, () => assert.deepEqual(phones(text), []))
}

const marked: readonly string[] = [
  'x\\n«+442079460958»\\n',
  '\\n«(212) 555-0123»',
  'tel%3A«+442079460958»',
  '**«212-555-0123»**',
  '_«212-555-0123»_',
  '|«212-555-0123»|',
  'a,«212-555-0123»,b',
  '1,«212-555-0123»,2',
  'Phone: «212-555-0123»/«212-555-0124»',
  '«+44 20 7946 0958», «+44 20 7946 0959»',
  '«+44 20 7946 0958»\n«+44 20 7946 0959»',
  '“«+44 20 7946 0958»”',
  '电话：«+8613812345678»。',
  '电话«+8613812345678»请联系',
  '📱«+79039603526»',
  'tel «555-0123» or «555-0124»',
  'x=«+442079460958»&y',
  '<a href="tel:«+442079460958»">',
  '«+44\u00a020\u00a07946\u00a00958»',
  '«+44\u201120\u20117946\u20110958»',
]

for (const example of marked) {
  test(`exactly the number: ${JSON.stringify(example)}`, () => {
    const { text, wanted } = exampleOf(example)
    assert.deepEqual(phones(text), wanted)
  })
}

test('the more a form says by itself, the surer it is', () => {
  const { inspect } = createInspector({ terms: [] })
  const scores = [
    '+44 20 7946 0958',
    '0044 20 7946 0958',
    '212-555-0123',
    'tel 5550123',
    '020 7946 0958',
  ].map((text) => inspect(text, 'user')[0]?.score ?? 0)
  assert.deepEqual(scores, scores.toSorted().toReversed())
  assert.ok(scores.every((score) => score >= 0.5))
})

test('where it is known which numbers regions have given out, words of further languages are looked for', () => {
  const { inspect } = createInspector({ terms: [], phone: () => false })
  for (const words of [
    'Handynr.: ',
    'Festnetz ',
    'Tél : ',
    'appelez-moi au ',
    'mon numéro est le ',
    'Llámame al ',
    'Tfno. ',
    'Telemóvel: ',
    'chiamami al ',
    'bel ',
    'Mob: ',
    'WhatsApp ',
    'тел. ',
    'τηλ: ',
    '联系电话：',
    '手机',
    'هاتف ',
    'फोन ',
    '전화 ',
  ])
    assert.deepEqual(
      inspect(`${words}912345678`, 'user').map(({ type }) => type),
      ['phone'],
      words,
    )
  for (const text of ['handle 912345678', 'ph value 7.4', '订单 912345678', 'текст 912345678'])
    assert.deepEqual(inspect(text, 'user'), [], text)
})

test('a code before a sign with blanks around it belongs to the number', () => {
  for (const marked of [
    'Tel. «089 / 123 456 78»',
    'Telefon: «0221 - 9876543»',
    'Tel. «+49 - 221 - 9876543»',
    'Tel. «+49 (0) 221 / 98765-43»',
    'Fax «0043 1 / 234 56 78»',
    '«030 / 12345678»',
    '«+49 30 / 12345678»',
  ]) {
    const { text, wanted } = exampleOf(marked)
    assert.deepEqual(phones(text), wanted)
  }
  for (const text of ['0815 - 4711001', '12 / 1234567', '1.030 / 12345678', '01 / 20240115'])
    assert.deepEqual(phones(text), [])
})

test('the Russian eight stands before a code in brackets', () => {
  const { inspect } = createInspector({ terms: [], phone: (_written, regions) => regions.includes('RU') })
  const [found] = inspect('8 (912) 345-67-89', 'user')
  assert.deepEqual([found?.type, found?.start, found?.end], ['phone', 0, 17])
})

test('the postcode behind a state of America is no number, the same digits elsewhere are', () => {
  assert.deepEqual(phones('51 Franklin St, Fifth Floor, Boston,\n * MA  02110-1301, USA.'), [])
  assert.deepEqual(phones('Boston, MA\n02111-1307'), [])
  assert.deepEqual(phones('Ruf 04542-4711 an'), ['04542-4711'])
})

test('bytes among bytes are no number', () => {
  assert.deepEqual(phones('00002d20  0f 85 aa 01 00 00 44 89  e9 83 f1'), [])
  assert.deepEqual(phones('appelez le 06 12 34 56 78 ce soir'), ['06 12 34 56 78'])
})

test('a word or an extension and a word stand behind a number of one group', () => {
  assert.deepEqual(phones('2546712361 (fax)'), ['2546712361'])
  assert.deepEqual(phones('2546712361 x12 cell'), ['2546712361 x12'])
})

test('groups that no region writes are a number where a word right behind them says so', () => {
  const words =
    'office fax mobile mob cell cellphone home work direct handy büro privat bureau oficina móvil ufficio'
  for (const word of words.split(' '))
    for (const behind of [
      ` ${word}`,
      ` (${word})`,
      `(${word})`,
      ` – ${word}`,
      `- ${word}`,
      ` ${word.toUpperCase()}`,
    ])
      assert.deepEqual(phones(`it is 943476-5919${behind}`), ['943476-5919'], behind)
  assert.deepEqual(phones('it is 943476-5919 x12 office'), ['943476-5919 x12'])
  assert.deepEqual(phones('it is 943476-5919 ext. 12 (fax)'), ['943476-5919 ext. 12'])
  assert.deepEqual(phones('it is 943476-5919 of them'), [])
  assert.deepEqual(phones('it is 943476-5919'), [])
})
