import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toolListOf } from '#/register/vendors/tool-list.ts'
import { toolListLines } from './tool-lines.ts'

test('a list of no records says that nothing was written yet, and no day', () => {
  const { list } = toolListOf({ tools: [], vendors: [] }, Date.UTC(2026, 10, 26), [])
  assert.equal(toolListLines(list, [])[0], `Version ${list.version}, nothing was written yet`)
  const changed = toolListLines({ ...list, changedAt: '2026-11-23T12:00:00.000Z' }, [])
  assert.match(changed[0] ?? '', /, changed 2026-11-23T12:00:00.000Z$/)
})
