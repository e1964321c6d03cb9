import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ControlError } from '#/core/control-socket.ts'
import { explainError } from './explain-error.ts'

test('an option is named as it was typed, and not as it travels', () => {
  const refused = new ControlError(
    'request-invalid',
    'The field "asked.reason" is wrong: must have at least 5 characters.',
  )
  assert.equal(explainError(refused).message, 'The field "reason" is wrong: must have at least 5 characters.')
  assert.equal(explainError(refused).exitCode, 1)
})

test('what the system says is said for people, also where it names no file', () => {
  const error = Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR' })
  assert.equal(
    explainError(error).message,
    'this is a folder, and a file is asked for (EISDIR: illegal operation on a directory, read)',
  )
})

test('a file that must be new and is there already is named, with what to do', () => {
  const error = Object.assign(new Error('EEXIST: file already exists'), {
    code: 'EEXIST',
    path: '/tmp/out.yaml',
  })
  assert.match(explainError(error).message, /^\/tmp\/out\.yaml: it is there already.*name another one/)
})
