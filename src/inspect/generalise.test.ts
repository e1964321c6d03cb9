import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generalise, generalisedTypes } from './generalise.ts'
import { createInspector, createPseudonyms, transformText } from './index.ts'
import { kinds } from './kinds.ts'

const cases: readonly (readonly [type: string, value: string, left: string | undefined])[] = [
  ['age', '34', '30 to 39'],
  ['age', '7 years old', '0 to 9'],
  ['age', '90', '90 or over'],
  ['age', 'aged', undefined],
  ['date-of-birth', '12.03.1984', '1984'],
  ['date-of-birth', '1984-03-12', '1984'],
  ['date-of-birth', '12/03/84', undefined],
  ['postcode', 'SW1A 1AA', 'SW'],
  ['postcode', '10115', '10'],
  ['phone', '+44 20 7946 0958', '+44'],
  ['phone', '+1 (555) 010-9999', '+1'],
  ['phone', '00353 1 234 5678', '+353'],
  ['phone', '030 123456', undefined],
  ['payment-card', '4111 1111 1111 1111', 'ending 1111'],
  ['iban', 'DE89 3704 0044 0532 0130 00', 'DE'],
  ['ip-address', '203.0.113.77', '203.0.113.x'],
  ['ip-address', '2001:DB8:12:34::1', '2001:db8:12:x'],
  ['ip-address', '2001:db8::1', undefined],
  ['mac-address', '00:1B:44:11:3A:B7', '00:1B:44'],
  ['us-ssn', '123-45-6789', undefined],
  ['private-key', 'x', undefined],
  ['constructor', 'x', undefined],
]

test('a value becomes coarser where its kind has a coarse form, and nothing is left of it elsewhere', () => {
  for (const [type, value, left] of cases) assert.equal(generalise(type, value), left, `${type} ${value}`)
})

test('every kind with a coarse form is a kind that is looked for', () => {
  const known = new Set([...kinds.map(({ type }) => type), 'date'])
  for (const type of generalisedTypes()) assert.ok(known.has(type), type)
})

test('what was made coarser is not found again as the value it was', () => {
  const inspector = createInspector({ terms: [] })
  const pseudonyms = createPseudonyms({ mac: () => assert.fail('nothing is pseudonymised') })
  for (const text of [
    'Anna Example is 34 years old, born on 12.03.1984.',
    'Pay with 4111 1111 1111 1111 or to DE89 3704 0044 0532 0130 00.',
    'Call +44 20 7946 0958 before noon.',
    'The request came from 203.0.113.77 at noon.',
  ]) {
    const findings = inspector.inspect(text, 'user')
    assert.ok(findings.length > 0, text)
    const treated = findings.map((finding) => ({ finding, action: 'generalise' as const }))
    const sent = transformText(text, treated, pseudonyms).text
    for (const { start, end } of findings) assert.ok(!sent.includes(text.slice(start, end)), sent)
    assert.deepEqual(inspector.inspect(sent, 'user'), [], sent)
  }
})
