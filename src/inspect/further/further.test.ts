import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '#/core/finding.ts'
import { detectors } from '../detectors/index.ts'
import { createInspector } from '../inspector.ts'
import { typesOfPack } from '../packs.ts'
import { exampleOf } from '../test-found.ts'
import { furtherDetectors } from './index.ts'

const { classOf, inspect, kinds } = createInspector({ terms: [], further: furtherDetectors })

const found = (text: string, type: string): readonly string[] =>
  inspect(text, 'user')
    .filter((finding) => finding.type === type)
    .map(({ start, end }) => text.slice(start, end))

function assertFound(type: string, examples: readonly string[]): void {
  for (const marked of examples) {
    const { text, wanted } = exampleOf(marked)
    assert.deepEqual(found(text, type), wanted, text)
  }
}

for (const { type, finds, ignores } of furtherDetectors.filter(
  (each) => !detectors.some((known) => known.finds === each.finds),
)) {
  test(`${type}, ${exampleOf(finds[0] ?? '').text}: finds what its examples mark, and nothing of its kind in what it ignores`, () => {
    assert.ok(finds.length > 0 && ignores.length > 0)
    assertFound(type, finds)
    for (const text of ignores) assert.deepEqual(found(text, type), [], text)
  })
}

test('a number of a health plan is health data of a person, and its class is known', () => {
  assert.equal(classOf(inspect('Medicaid ID: AB12345C6789', 'user')[0] as Finding), 'confidential')
  for (const pack of ['pii', 'phi'] as const) assert.ok(typesOfPack(pack, kinds).includes('health-plan-id'))
})

test('the day of birth is found after words of further languages, also behind the place', () => {
  assertFound('date-of-birth', [
    'Née le «3 mars 1984»',
    'né à Exampleville le «03/03/1984»',
    'Nacida en Ejemplo el «03/03/1984»',
    'Fecha nac. «03/03/1984»',
    'Nato a Esempio (ES) il «3 marzo 1984»',
    'Nascida em Exemplo a «3 de março de 1984»',
    'Geb.-Datum: «03.03.1984»',
    'geboren te Voorbeeld op «3 maart 1984»',
    'ur. «03.03.1984» w Przykładzie',
    'urodzony «3 marca 1984»',
    'född «1984-03-03»',
    'fødselsdato: «03.03.1984»',
    'narozen «3. 3. 1984»',
    'doğum tarihi: «03.03.1984»',
    'Дата рождения: «03.03.1984»',
    'родился «3 марта 1984»',
    '出生日期：«1984年3月3日»',
    '생년월일: «1984-03-03»',
    'تاريخ الميلاد: «03/03/1984»',
  ])
})

test('forms and exports write it with a pattern, without signs or with a time', () => {
  assertFound('date-of-birth', [
    'Date of birth (dd/mm/yyyy): «03/03/1984»',
    '{"dob":"«19840303»"}',
    '"birthDate": "«1984-03-03»T00:00:00Z"',
    'Ada *«3.3.1984»',
  ])
})

test('other days, stars of a list and public figures are no births', () => {
  for (const text of [
    'publié le 03/03/2020',
    'née Dupont, mariée le 03/03/1984',
    '* 03.03.2024 Termin',
    'Urheber 03.03.2024',
    'Ada Exemple (née le 3 mars 1984) est une peintre',
    'birth rate 2024-03-03',
    'dob=20241399',
  ])
    assert.deepEqual(found(text, 'date-of-birth'), [], text)
})

test('a verb that only who is ill can have tells an illness without its person', () => {
  assertFound('health-condition', [
    'She turned 52 and was diagnosed with «multiple sclerosis».',
    'Ada is off sick with «depression» until May',
    'Hx: «type 2 diabetes», «hypertension»',
    'Herr Muster ist neu hier und leidet an «Diabetes»',
    'krankgeschrieben wegen «Burnout»',
    'Mme Exemple souffre de «dépression»',
    'arrêt maladie pour «burn-out»',
    'atteint de «sclérose en plaques»',
    'Tiene 34 años y padece «diabetes»',
    'de baja por «ansiedad»',
    'sofre de «ansiedade»',
    "soffre d'«ansia»",
    'lijdt aan «astma»',
  ])
})

test('an illness nobody in particular has is none of a person', () => {
  for (const text of [
    'People who suffer from depression often sleep badly.',
    'a person suffering from depression',
    'If you are diagnosed with cancer, ask',
    'Jeder, der an Diabetes leidet',
    'une personne atteinte de diabète',
    'una persona que padece diabetes',
    'the history of cancer research',
    'diagnosed with a loose cable',
    'leidet unter dem Lärm',
  ])
    assert.deepEqual(found(text, 'health-condition'), [], text)
})

test('a religion in the field of a form is found, also abbreviated', () => {
  assertFound('religion', [
    'Konfession: «römisch-katholisch»',
    'Steuerklasse 3, Konfession: «ev»',
    'Kirchensteuermerkmal: «rk»',
    'Religión: «católica»',
    'religião: «católica»',
  ])
  for (const text of ['Religion ev gleich', 'religion: open', 'konfessionell: ev'])
    assert.deepEqual(found(text, 'religion'), [], text)
})

test('an IBAN is found under its name however it is parted, and Polish accounts without their country', () => {
  assertFound('iban', [
    'IBAN: «DE89.3704.0044.0532.0130.00»',
    'IBAN «DE 89 37040044 0532013000»',
    'IBAN\n«DE89\n3704\n0044\n0532\n0130\n00»',
    'Nr konta «61 1090 1014 0000 0712 1981 2874»',
    'nr rachunku: «6110 9010 1400 0007 1219 8128 74»',
  ])
  for (const text of [
    'IBAN: DE89.3704.0044.0532.0130.01',
    'nr konta 61 1090 1014 0000 0712 1981 2875',
    '61 1090 1014 0000 0712 1981 2874',
  ])
    assert.deepEqual(found(text, 'iban'), [], text)
})

test('accounts and codes of banks are found after their names in further countries', () => {
  assertFound('bank-account', [
    'Kto. «532013000» BLZ «370 400 44»',
    'Bankleitzahl: «37040044»',
    'BSB «062-000 Account 12345678»',
    'CLABE «032180000118359719»',
    'CCC «2100 0418 45 0200051332»',
    'Conta corrente «56789-0»',
  ])
  for (const text of ['BLZ 3704', 'CCC 20240315', 'Kto. 1200', 'BSB 000-000', 'Konto 4400 Muster 123456'])
    assert.deepEqual(found(text, 'bank-account'), [], text)
})
