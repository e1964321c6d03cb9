import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leadOf, tail, valueAfterName } from './lead.ts'

const led = (name: string, value: string): string => (leadOf(name) ?? '') + value + tail

test('a name of somebody’s own leads its value', () => {
  for (const name of [
    'password',
    'api key',
    'Schlüssel',
    '$secret',
    'db.password',
    'aws_secret_access_key',
  ]) {
    assert.equal(leadOf(name), `"${name}": "`)
  }
})

test('words of the protocol, indexes and what is no name lead nothing', () => {
  for (const name of ['content', 'text', 'id', 0, 12, undefined, '4111', '', 'a"b', 'a\\b', 'a: b', '-x']) {
    assert.equal(leadOf(name), undefined, String(name))
  }
})

test('the value comes back alone, whatever is in it', () => {
  for (const value of ['x', '', '"', '": "', 'a": "b"', 'line\nline', '"": ""']) {
    assert.equal(valueAfterName(led('password', value)), value)
  }
})

test('the value comes back also when the name was changed', () => {
  assert.equal(valueAfterName('"[TERM]": "b"'), 'b')
})

test('a change over the end of the name is an error: the value is not known any more', () => {
  for (const text of ['[SECRET]', '"password[SECRET]"', '"password": "[SECRET]', '']) {
    assert.throws(() => valueAfterName(text), /over the end of the name/, text)
  }
})
