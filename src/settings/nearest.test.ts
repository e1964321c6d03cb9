import assert from 'node:assert/strict'
import { test } from 'node:test'
import { didYouMean, nearest } from './nearest.ts'

const names = ['connections', 'bootstrap', 'port', 'host', 'limits']

test('a letter too many, too few, wrong or swapped is recognised', () => {
  assert.equal(nearest('conections', names), 'connections')
  assert.equal(nearest('prot', names), 'port')
  assert.equal(nearest('Hosts', names), 'host')
  assert.equal(nearest('boostrap', names), 'bootstrap')
})

test('the beginning of a name is recognised', () => {
  assert.equal(nearest('boot', names), 'bootstrap')
})

test('what is near nothing stays nothing', () => {
  for (const written of ['', 'xyz', 'colour', 'x'.repeat(10_000)])
    assert.equal(nearest(written, names), undefined)
  assert.equal(didYouMean('xyz', names), '')
})

test('the nearest of several near ones is taken', () => {
  assert.equal(nearest('limit', ['limb', 'limits', 'lint']), 'limits')
  assert.equal(didYouMean('limt', names), ' Did you mean "limits"?')
})
