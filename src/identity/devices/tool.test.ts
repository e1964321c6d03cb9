import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTool } from './tool.ts'

const read = (form: Record<string, string>, agent?: string) =>
  readTool(new URLSearchParams(form), agent === undefined ? {} : { 'user-agent': agent })

test('a tool is known by its documented form field or its user agent', () => {
  assert.deepEqual(read({ surface: 'claude_code' }, 'claude-code/2.1.330'), {
    kind: 'claude-code',
    name: 'Claude Code 2.1.330',
    machine: undefined,
  })
  assert.equal(read({}, 'claude-code/2.1.330').kind, 'claude-code')
  assert.equal(read({ surface: 'claude_code' }, 'curl/8').name, 'Claude Code')
  assert.deepEqual(read({ surface: 'sallyport', device_name: 'anvil' }, 'sallyport/0.1.0'), {
    kind: 'sallyport',
    name: 'Sallyport command line 0.1.0',
    machine: 'anvil',
  })
})

test('any other says its name in its own words, and the log calls it other', () => {
  assert.deepEqual(read({}, 'curl/8.1'), { kind: 'other', name: 'curl/8.1', machine: undefined })
  assert.deepEqual(read({ surface: 'x' }), { kind: 'other', name: 'x', machine: undefined })
  assert.equal(read({}).name, 'a program that says nothing of itself')
})

test('no name can turn the line around it, break it, or fill the page', () => {
  const { name, machine } = read({
    surface: `a\u202eb\nc\u0000${'x'.repeat(1_000)}`,
    device_name: `\u2066anvil\r\n${'y'.repeat(1_000)}`,
  })
  assert.equal(name, `abc${'x'.repeat(77)}`)
  assert.equal(machine, `anvil${'y'.repeat(55)}`)
})
