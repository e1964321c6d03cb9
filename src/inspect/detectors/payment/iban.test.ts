import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../test-found.ts'

const ibans = (text: string): readonly string[] => foundIn(text, 'iban')

/** Examples of the SWIFT registry, one for each country. */
const examples: readonly string[] = `
  AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201
  AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034 BG80BNBG96611020345678
  BH67BMAG00001299123456 BI4210000100010000332045181 BR1800360305000010009795493C1
  BY13NBRB3600900000002Z00AB00 CH9300762011623852957 CR05015202001026284066
  CY17002001280000001200527600 CZ6508000000192000145399 DE89370400440532013000
  DJ2100010000000154000100186 DK5000400440116243 DO28BAGR00000001212453611324 EE382200221020145685
  EG380019000500000000263180002 ES9121000418450200051332 FI2112345600000785 FK88SC123456789012
  FO6264600001631634 FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917
  GI75NWBK000000007099453 GL8964710001000206 GR1601101250000000012300695
  GT82TRAJ01020000001210029690 HR1210010051863000160 HU42117730161111101800000000
  IE29AIBK93115212345678 IL620108000000099999999 IQ98NBIQ850123456789012 IS140159260076545510730339
  IT60X0542811101000000123456 JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101
  KZ86125KZT5004100100 LB62099900000001001901229114 LC55HEMM000100010012001200023015
  LI21088100002324013AA LT121000011101001000 LU280019400644750000 LV80BANK0000435195001
  LY83002048000020100120361 MC5811222000010123456789030 MD24AG000225100013104168
  ME25505000012345678951 MK07250120000058984 MN121234123456789123 MR1300020001010000123456753
  MT84MALT011000012345MTLCAST001S MU17BOMM0101101030300200000MUR NI45BAPR00000013000003558124
  NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702 PL61109010140000071219812874
  PS92PALS000000000400123456702 PT50000201231234567890154 QA58DOHB00001234567890ABCDEFG
  RO49AAAA1B31007593840000 RS35260005601001611379 SA0380000000608010167519
  SC18SSCB11010000000000001497USD SE4550000000058398257466 SI56263300012039086
  SK3112000000198742637541 SM86U0322509800000000270100 ST23000100010051845310146
  SV62CENR00000000000000700025 TL380080012345678910157 TN5910006035183598478831
  TR330006100519786457841326 UA213223130000026007233566001 VA59001123000012345678
  VG96VPVG0000012345678901 XK051212012345678906`
  .trim()
  .split(/\s+/)

const paper = (iban: string, separator = ' '): string => iban.match(/.{1,4}/g)?.join(separator) ?? ''

for (const iban of examples) {
  test(`${iban.slice(0, 2)}: written together, in fours, in lower case and inside other text`, () => {
    assert.deepEqual(ibans(iban), [iban])
    assert.deepEqual(ibans(paper(iban)), [paper(iban)])
    assert.deepEqual(ibans(paper(iban, '-')), [paper(iban, '-')])
    assert.deepEqual(ibans(iban.toLowerCase()), [iban.toLowerCase()])
    assert.deepEqual(ibans(`pay to ${paper(iban)} by Friday`), [paper(iban)])
    assert.deepEqual(ibans(`{"iban":"${iban}"}`), [iban])
  })

  test(`${iban.slice(0, 2)}: one character more or fewer, or a wrong one, makes it none`, () => {
    assert.deepEqual(ibans(`${iban}0`), [])
    assert.deepEqual(ibans(iban.slice(0, -1)), [])
    for (let place = 4; place < iban.length; place++) {
      // A letter counts as two digits, and may pass for another digit.
      if (!/\d/.test(iban.charAt(place))) continue
      const changed = iban.charAt(place) === '7' ? '8' : '7'
      assert.deepEqual(ibans(iban.slice(0, place) + changed + iban.slice(place + 1)), [])
    }
  })
}

test('two neighbours that changed places are noticed', () => {
  const iban = 'DE89370400440532013000'
  for (let place = 4; place + 1 < iban.length; place++) {
    if (iban[place] === iban[place + 1]) continue
    const changed = `${iban.slice(0, place)}${iban[place + 1]}${iban[place]}${iban.slice(place + 2)}`
    assert.deepEqual(ibans(changed), [], changed)
  }
})

test('several accounts are all found', () => {
  const [one = '', two = '', three = ''] = examples
  for (const joint of [' ', ', ', '\n', ';', '|']) {
    assert.deepEqual(ibans([one, two, three].join(joint)), [one, two, three], JSON.stringify(joint))
  }
})

const none: readonly string[] = [
  'XX89370400440532013000',
  'DE8937040044053201300',
  'DEXX370400440532013000',
  'D 89370400440532013000',
  'xDE89370400440532013000',
  '7DE89370400440532013000',
  'DE89  3704  0044  0532  0130  00',
  'DE89\n3704\n0044\n0532\n0130\n00',
  'DE89',
  'no 1, it 2, is 3, at 4',
  'IT60 servers, FR14 rooms',
]

for (const text of none) {
  test(`no account: ${JSON.stringify(text)}`, () => assert.deepEqual(ibans(text), []))
}
