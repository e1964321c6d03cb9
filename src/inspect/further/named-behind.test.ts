import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '../inspector.ts'
import { exampleOf } from '../test-found.ts'
import { furtherDetectors } from './index.ts'

const inspector = createInspector({ terms: [], further: furtherDetectors })

const found = (text: string): readonly (readonly [string, string])[] =>
  inspector.inspect(text, 'user').map(({ type, start, end }) => [type, text.slice(start, end)])

function assertFound(examples: Readonly<Record<string, string>>): void {
  for (const [marked, type] of Object.entries(examples)) {
    const { text, wanted } = exampleOf(marked)
    assert.deepEqual(
      found(text),
      wanted.map((value) => [type, value]),
      text,
    )
  }
}

test('a number with its name behind it is what it would be with its name before it', () => {
  assertFound({
    '«943 476 5919» is her NHS number': 'gb-nhs-number',
    "«9434765919» is Mrs Example's NHS no.": 'gb-nhs-number',
    '«86095742719» is my German tax ID.': 'de-tax-id',
    '«536 22 8145» was his SSN': 'us-ssn',
    '«A12345678» is my passport number': 'passport',
    '«123456789» is the passport number of Ada Example': 'passport',
    '«D1234567» is my driver’s license number': 'driving-licence',
    '«1234567T» is my PPS number': 'ie-pps',
    '«12345678» is our bank account number': 'bank-account',
    '«4471220901» is the medical record number of the patient': 'medical-record-number',
    '«12345678» is my Medicaid ID': 'health-plan-id',
    '«483920» is your verification code.': 'one-time-code',
    'G-«483920» is your Google verification code.': 'one-time-code',
    '«483920» ist Ihr Bestätigungscode': 'one-time-code',
    '«483920» es tu código de verificación': 'one-time-code',
  })
})

test('it is told in seven languages', () => {
  assertFound({
    '«36574261809» ist meine Steuernummer': 'de-tax-id',
    '«532 013 000» ist die Kontonummer': 'bank-account',
    '«2 95 10 99 126 111 93» est mon numéro de sécurité sociale': 'fr-nir',
    '«281234567840» es mi número de la seguridad social': 'es-social-security',
    '«00743110157» è la mia partita IVA': 'it-vat',
    '«00743110157» è la partita IVA di Ada': 'it-vat',
    '«111222333» is mijn burgerservicenummer': 'nl-bsn',
    '«123456789» é o meu número de contribuinte': 'pt-nif',
  })
})

test('signs around it, quotes and JSON do not hide it', () => {
  assertFound({
    '"«943 476 5919»" is her NHS number': 'gb-nhs-number',
    '**«943 476 5919»** is her NHS number': 'gb-nhs-number',
    '{"text":"«943 476 5919» is her NHS number"}': 'gb-nhs-number',
    'for Ada\n«123456789» is the passport number': 'passport',
  })
})

test('a number of something else is no id, whatever it is told of', () => {
  const types = (text: string): readonly string[] => found(text).map(([type]) => type)
  for (const text of [
    '5 is the number of people with a passport',
    '12345 is the number of passport holders',
    '9434765919 is not her NHS number',
    '9434765918 is her NHS number',
    '123456789 is a big number for a passport',
    '123456789 is the order number of the passport photos',
    '7523014 is the number of tax returns',
    'part-9434765919 is her NHS number',
    '$9434765919 is the NHS budget',
    '9434765919 is big. NHS number: unknown',
  ])
    assert.deepEqual(types(text), [], text)
  assert.deepEqual(types('943 476 5919 is my patient’s phone number'), ['phone'])
  assert.deepEqual(types('943 476 5919 is the phone number of the NHS'), ['phone'])
})

test('what is found in a form of its own is not said to have its name behind it', () => {
  const [finding] = inspector.inspect('12345678Z is a service', 'user')
  assert.equal(finding?.type, 'es-dni')
  assert.match(finding?.why ?? '', /^a form of its own/)
})
