import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SecretCandidate } from './candidates.ts'
import { isSettled, sureReason } from './sure.ts'

/** The candidate of a text in which the name is all up to the sign, and the value stands between « and ». */
function candidateOf(
  marked: string,
  tie: SecretCandidate['tie'] = 'assigned',
): readonly [string, SecretCandidate] {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const [name = ''] = /(?:IDENTIFIED BY|\w+)$/.exec(marked.slice(0, start).replace(/[ =:("']+$/, '')) ?? []
  const nameStart = marked.lastIndexOf(name, start)
  const quote = /["']/.exec(marked.charAt(start - 1))?.[0] ?? ''
  return [
    marked.replace(/[«»]/g, ''),
    { start, end, nameStart, nameEnd: nameStart + name.length, tie, quote },
  ]
}

const isSure = (marked: string, tie?: SecretCandidate['tie']): boolean =>
  sureReason(...candidateOf(marked, tie)) !== undefined

test('a mixed value under a name for a password is one, also when the name is misspelt or short', () => {
  for (const marked of [
    'pw:«IhqSb1Gg»',
    'passwd=«dipPr120x!»',
    'PASWORD=«FlUgeGe11»',
    'psswd = "«FlUgeGe11»"',
  ])
    assert.ok(isSure(marked), marked)
  assert.ok(isSure('IDENTIFIED BY «SqLpa5sW0rD»', 'beside'))
})

test('a sign inside a quoted value of letters tells a password from a word', () => {
  assert.ok(isSure('password = "«super$ecret»"'))
  for (const marked of ['password = "«required!»"', 'password = «super$ecret»', 'title = "«super$ecret»"'])
    assert.ok(!isSure(marked), marked)
})

test('five groups of five under the name of a key are a licence', () => {
  assert.ok(isSure('Activation key : «ZAQWS-XCDER-VBGTR-FRTGU-KLMNX»'))
  assert.ok(!isSure('part : «ZAQWS-XCDER-VBGTR-FRTGU-KLMNX»'))
})

test('what a command sends as a header for a key is one', () => {
  const value = `Sk94HG${'7f6KB'}`
  assert.ok(isSure(`curl -H "X_Api_Token: «${value}»"`))
  for (const marked of ['curl -H "X_Api_Token: «$TOKEN_12345»"', `X_Api_Token: «${value}»`])
    assert.ok(!isSure(marked), marked)
})

test('placeholders, other names, arguments and what is too short or long are left to the classifier', () => {
  for (const marked of [
    'password = "«your-Password1!»"',
    'passwordHash = "«Tr0ub4dor3X»"',
    'pw:«aB1!»',
    `pw:«${'aB1!'.repeat(20)}»`,
  ])
    assert.ok(!isSure(marked), marked)
  assert.ok(!isSure('hashPassword("«aFr56HjK3DrB8t3S»"', 'argument'))
})

test('the name of a user right before a password is seen, one far away or without a value is not', () => {
  const isPair = (marked: string): boolean => isSettled(...candidateOf(marked))
  assert.ok(isPair("user = 'ada'\npassword = '«open sesame»'"))
  assert.ok(isPair('uid=ada;pwd=«goodspec»'))
  assert.ok(!isPair('password = "«open sesame»"'))
  assert.ok(!isPair('the user gives a password = "«open sesame»"'))
  assert.ok(!isPair(`user = 'ada'\n${'# words\n'.repeat(30)}password = '«open sesame»'`))
})

test('a password in a file of environment variables stands on a line of its own', () => {
  const isLine = (marked: string): boolean => isSettled(...candidateOf(marked))
  for (const marked of [
    'DB_PASSWORD=«whiteduke»',
    'A=1\n#APP_PASS=«whiteduke»',
    'export DB_PASSWORD=«whiteduke»',
  ])
    assert.ok(isLine(marked), marked)
  for (const marked of [
    'DB_PASSWORD = "«whiteduke»"',
    'password=«whiteduke»',
    'see DB_PASSWORD=«whiteduke»',
    'DB_PASSWORD=«root»',
    'OLDPWD=«projects»',
    'DB_PASSWORD=«required»',
  ])
    assert.ok(!isLine(marked), marked)
})
