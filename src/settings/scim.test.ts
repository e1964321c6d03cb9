import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { resolveCredentials } from './credentials.ts'
import { SettingsError } from './problem.ts'
import { readSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-scim-settings-'))
after(() => rmSync(folder, { recursive: true }))

const settingsWith = (clients: string, more = '') => {
  const file = join(folder, 'sallyport.yaml')
  writeFileSync(file, `identity:\n  kind: embedded\n  scim: [${clients}]\n${more}`)
  return readSettings({ SALLYPORT_SETTINGS: file })
}

const problemOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.message
  }
}

const long = 'ab'.repeat(20)

test('a directory has a name and a token, and says where the subject stands', () => {
  const settings = settingsWith(
    '{ id: entra, token: "env:NEW", formerToken: "env:OLD", subjectFrom: externalId }',
  )
  assert.deepEqual(settings.identity.scim, [
    { id: 'entra', provider: undefined, token: 'env:NEW', formerToken: 'env:OLD', subjectFrom: 'externalId' },
  ])
  const { scim } = resolveCredentials(settings, { NEW: long, OLD: `${long}-old` })
  assert.deepEqual(scim.get('entra'), { token: long, formerToken: `${long}-old` })
  assert.equal(settingsWith('{ id: okta, token: "env:NEW" }').identity.scim[0]?.subjectFrom, 'none')
})

test('a token that could be guessed, or stands in the file itself, is refused without being repeated', () => {
  const short = problemOf(() =>
    resolveCredentials(settingsWith('{ id: entra, token: "env:NEW" }'), { NEW: 'hunter2' }),
  )
  assert.match(short, /identity.scim entra token must have at least 32 characters; make one with: openssl/)
  assert.doesNotMatch(short, /hunter2/)
  const literal = problemOf(() => settingsWith(`{ id: entra, token: ${long} }`))
  assert.match(literal, /identity\.scim.*must be a reference/)
  assert.doesNotMatch(literal, new RegExp(long))
})

test('two directories of one name, and a group of a directory that would make owners, do not start', () => {
  assert.match(
    problemOf(() => settingsWith('{ id: a, token: "env:X" }, { id: a, token: "env:Y" }')),
    /identity\.scim\.1\.id is a a second time/,
  )
  assert.match(
    problemOf(() =>
      settingsWith('{ id: a, token: "env:X" }', '  groups: [{ group: "a:1", roles: [owner] }]\n'),
    ),
    /must not be owner/,
  )
})
