import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readKey } from './key-header.ts'

test('a key comes as a bearer token or as x-api-key', () => {
  assert.equal(readKey({ authorization: 'Bearer sp_one' }), 'sp_one')
  assert.equal(readKey({ authorization: 'bearer  sp_one ' }), 'sp_one')
  assert.equal(readKey({ 'x-api-key': 'sp_one' }), 'sp_one')
  assert.equal(readKey({ 'x-api-key': '' }), undefined)
  assert.equal(readKey({}), undefined)
})

test('both may come as long as they name the same key', () => {
  assert.equal(readKey({ authorization: 'Bearer sp_one', 'x-api-key': 'sp_one' }), 'sp_one')
  assert.throws(() => readKey({ authorization: 'Bearer sp_one', 'x-api-key': 'sp_two' }), {
    code: 'header-invalid',
    facts: { header: 'x-api-key', problem: 'it names another key than authorization' },
  })
})

test('another kind of authorization is refused instead of overlooked', () => {
  for (const authorization of ['Basic b3duZXI6cGFzc3dvcmQ=', 'Bearer', 'Bearer a b', 'sp_one', '']) {
    assert.throws(() => readKey({ authorization }), { code: 'header-invalid' }, authorization)
  }
})
