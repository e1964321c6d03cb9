import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  isCredentialReference,
  resolveCredential,
  resolveCredentials,
  resolvePassphrase,
} from './credentials.ts'
import { SettingsError } from './problem.ts'
import { readSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-credential-'))
after(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const key = 'connections.west.credential'
const problemOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.message
  }
  return assert.fail('it was taken')
}

test('a reference is env:NAME or file:/path; a secret itself is not', () => {
  for (const reference of ['env:WEST_KEY', 'env:_x1', 'file:/run/secrets/west']) {
    assert.equal(isCredentialReference(reference), true, reference)
  }
  for (const text of [
    'sk-' + 'live-0123456789',
    'env:',
    'env:1X',
    'env:A B',
    'file:west',
    'file:',
    '',
    'env:A\n',
  ]) {
    assert.equal(isCredentialReference(text), false, text)
  }
})

test('a variable and a file give their value without blanks around it', () => {
  assert.equal(resolveCredential('env:WEST_KEY', { WEST_KEY: ' abc ' }, key), 'abc')
  assert.equal(resolveCredential(`file:${write('west', 'abc\n')}`, {}, key), 'abc')
})

test('a missing variable or file is named together with the setting', () => {
  assert.match(
    problemOf(() => resolveCredential('env:WEST_KEY', {}, key)),
    /west\.credential.*WEST_KEY.*not set/,
  )
  assert.match(
    problemOf(() => resolveCredential('file:/nowhere', {}, key)),
    /west\.credential.*\/nowhere.*ENOENT/,
  )
  assert.match(
    problemOf(() => resolveCredential(`file:${folder}`, {}, key)),
    /EISDIR/,
  )
})

test('an empty value, a value of two lines and a whole file are refused and never repeated', () => {
  assert.match(
    problemOf(() => resolveCredential('env:WEST_KEY', { WEST_KEY: ' ' }, key)),
    /is empty/,
  )
  for (const value of ['one\r\ntwo', 'one two', 'schlüssel', 'a\0b']) {
    const problem = problemOf(() => resolveCredential('env:WEST_KEY', { WEST_KEY: value }, key))
    assert.match(problem, /one bare secret/)
    assert.equal(problem.includes(value), false)
  }
  assert.match(
    problemOf(() => resolveCredential(`file:${write('big', 'x'.repeat(20_000))}`, {}, key)),
    /larger/,
  )
})

test('all credentials are resolved at once, and all that is missing is said at once', () => {
  const file = write(
    'sallyport.yaml',
    `connections:
  demo: { kind: demo }
  west: { kind: compatible, url: "https://west.example.com", credential: "env:WEST_KEY" }
  east: { kind: anthropic, url: "https://east.example.com", credential: "env:EAST_KEY" }
identity: { kind: oidc, issuer: "https://id.example.com", clientId: sallyport, clientSecret: "env:CLIENT_SECRET" }
`,
  )
  const settings = readSettings({ SALLYPORT_SETTINGS: file })
  const resolved = resolveCredentials(settings, { WEST_KEY: 'w', EAST_KEY: 'e', CLIENT_SECRET: 'c' })
  assert.deepEqual(
    [...resolved.connections],
    [
      ['demo', undefined],
      ['west', 'w'],
      ['east', 'e'],
    ],
  )
  assert.equal(resolved.signIn.get('oidc')?.clientSecret, 'c')
  const problem = problemOf(() => resolveCredentials(settings, { WEST_KEY: 'w' }))
  assert.match(problem, /EAST_KEY/)
  assert.match(problem, /CLIENT_SECRET/)
  assert.doesNotMatch(problem, /WEST_KEY/)
})

test('what asks a provider how it keeps is resolved at start, and what is missing is named', () => {
  const retention = [
    '{ kind: openai, project: proj_a, credential: "env:ADMIN" }',
    '{ kind: bedrock, region: eu-central-1, accessKeyId: "env:ID", secretAccessKey: "env:SECRET" }',
  ]
  const file = write(
    'sallyport.yaml',
    `connections:
  west: { kind: compatible, url: "https://west.example.com", retention: ${retention[0]} }
  east: { kind: compatible, url: "https://east.example.com", retention: ${retention[1]} }
`,
  )
  const settings = readSettings({ SALLYPORT_SETTINGS: file })
  const resolved = resolveCredentials(settings, { ADMIN: 'a', ID: 'i', SECRET: 's' })
  assert.deepEqual(
    [...resolved.retention],
    [
      ['west', { kind: 'openai', credential: 'a' }],
      ['east', { kind: 'bedrock', accessKeyId: 'i', secretAccessKey: 's' }],
    ],
  )
  const problem = problemOf(() => resolveCredentials(settings, { ID: 'i' }))
  assert.match(problem, /connections.west.retention.credential.*ADMIN/)
  assert.match(problem, /connections.east.retention.secretAccessKey.*SECRET/)
})

test('a passphrase may hold blanks and any letters, and is one line of at least twelve characters', () => {
  const resolve = (value: string) => resolvePassphrase('env:P', { P: value }, 'keys.passphrase')
  assert.equal(resolve('correct horse battery'), 'correct horse battery')
  assert.equal(resolve('Ko\u0308nigsberger Klopse'), 'K\u00f6nigsberger Klopse')
  const path = write('passphrase', 'correct horse battery\n')
  assert.equal(resolvePassphrase(`file:${path}`, {}, 'keys.passphrase'), 'correct horse battery')
  for (const value of ['short', 'eleven char', 'two lines of\ntext and more']) {
    const problem = problemOf(() => resolve(value))
    assert.match(problem, /keys.passphrase must hold a passphrase of at least 12 characters on one line/)
    assert.doesNotMatch(problem, new RegExp(value))
  }
  assert.match(
    problemOf(() => resolvePassphrase('env:P', {}, 'keys.passphrase')),
    /not set; set it/,
  )
})

test('everything the keys refer to is looked for at start, and all that is missing is told at once', () => {
  const path = write(
    'keys.yaml',
    'keys: { passphrase: "env:PASS", vault: { url: "https://v.example.com", key: a, token: "file:/nowhere/token" } }',
  )
  const problem = problemOf(() => resolveCredentials(readSettings({ SALLYPORT_SETTINGS: path }), {}))
  assert.match(problem, /keys.passphrase refers to the environment variable PASS/)
  assert.match(problem, /keys.vault.token refers to the file \/nowhere\/token/)
})
