import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsOf, separatorAfter, shapeOf } from './number-groups.ts'

const text = 'x 4111-22 (333) 4'
const groups = groupsOf(text, 2, text.length)

test('groups are the digits between what separates them', () => {
  assert.deepEqual(
    groups.map(({ start, end }) => text.slice(start, end)),
    ['4111', '22', '333', '4'],
  )
})

test('groups end where they are asked for', () => {
  assert.deepEqual(groupsOf('123456', 1, 4), [{ start: 1, end: 4 }])
  assert.deepEqual(groupsOf('12-34', 0, 3), [{ start: 0, end: 2 }])
  assert.deepEqual(groupsOf('no digits', 0, 9), [])
  assert.deepEqual(groupsOf('', 0, 0), [])
})

test('digits of other scripts are no digits here: they are read as plain ones before', () => {
  assert.deepEqual(groupsOf('٤١١١', 0, 4), [])
})

test('a shape is the lengths of some groups', () => {
  assert.equal(shapeOf(groups, 0, 3), '4-2-3-1')
  assert.equal(shapeOf(groups, 1, 2), '2-3')
  assert.equal(shapeOf(groups, 2, 2), '3')
  assert.equal(shapeOf(groups, 2, 9), '3-1')
})

test('a separator is what stands between a group and the next', () => {
  assert.equal(separatorAfter(text, groups, 0), '-')
  assert.equal(separatorAfter(text, groups, 1), ' (')
  assert.equal(separatorAfter(text, groups, 2), ') ')
})

test('there is no separator after the last group and before the first', () => {
  assert.equal(separatorAfter(text, groups, 3), '')
  assert.equal(separatorAfter(text, groups, -1), '')
})
