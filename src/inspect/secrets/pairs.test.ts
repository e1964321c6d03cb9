import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTriggerScan } from '../trigger-scan.ts'
import { pairedSecrets } from './pairs.ts'

const scan = createTriggerScan(pairedSecrets)

function found(text: string): readonly string[] {
  const values: string[] = []
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.push(text.slice(match.start, match.end))
  })
  return values
}

const value = `tulip${'2024'}`
const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

test('the value beside the name of a password is found in every notation', () => {
  for (const text of [
    `<add key="Password" value="${value}"/>`,
    `<add key="Db:Password" value='${value}'/>`,
    `<property name="connection.password" value="${value}"/>`,
    `<Password value="${value}" />`,
    `{"name":"DB_PASSWORD","value":"${value}"}`,
    `{"name": "DB_PASSWORD",\n  "value": "${value}"}`,
    `{\\"name\\":\\"DB_PASSWORD\\",\\"value\\":\\"${value}\\"}`,
    `- name: DB_PASSWORD\n  value: ${value}`,
    `- name: DB_PASSWORD\n  value: "${value}"`,
    `<input type="password" name="pw" value="${value}">`,
  ])
    assert.deepEqual(found(text), [value], text)
})

test('under the name of a key or token a generated value is', () => {
  for (const text of [
    `{"key": "apiKey", "value": "${hex}"}`,
    `- name: STRIPE_TOKEN\n  value: ${hex}`,
    `<add key="ClientSecret" value="${hex}" />`,
  ])
    assert.deepEqual(found(text), [hex], text)
})

test('references, other names, what is shown to everybody and what nobody would choose are left alone', () => {
  for (const text of [
    '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: db1',
    '- name: DB_PASSWORD\n  value: $(DB_PASSWORD_1)',
    '- name: password\n  value: required',
    `- name: COLOUR\n  value: ${value}`,
    `- name: password_length\n  value: ${value}`,
    '{"name":"max_tokens","value":"40961024"}',
    '- name: API_TOKEN\n  value: production-2024',
    `<input type="hidden" name="authenticity_token" value="${hex}">`,
    `the value: ${value}`,
  ])
    assert.deepEqual(found(text), [], text)
})
