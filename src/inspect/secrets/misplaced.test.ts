import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundAfter, none, one } from './test-judged.ts'

const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`

test('a test that passed is no password, a password after the name of a user is one', () => {
  none(
    'pass',
    'FAIL: lib/one1\nPASS: lib/two2b\nrunning',
    'PASS: lib/two2b\nXFAIL: lib/three\n',
    '    --- PASS: TestVet/4 (0.16s)',
    'Passed: gc/First7.java\nPassed: gc/Second8.java',
  )
  one('pass', 'lib/two2b', 'USER: anna\nPASS: lib/two2b\nUSER: berta')
})

test('a word in the midst of a list is no value of the word before it', () => {
  none('key', '["onwaiting", "onwaitingforkey", "onwarning", "onwebkitanimationend"]')
  none('pass', `"getnetent",\n  "getpass",\n  "getpeername",\n  "getpgrp"`)
  none('token', `__slots__ = ('tokens', 'index', 'text', 'program')`)
  one('token', value, `["name", "token", "${value}", "user"]`, `setenv('TOKEN', '${value}')`)
  one('password', 'tr0ub4dor', `connect("host", "password", "tr0ub4dor", "db")`)
})

test('the next member of an object is no value of the one before it', () => {
  none('password', 'password: password,\n  Base64AppUsername: user,', 'password,\n  pushRequest2: request,')
  assert.deepEqual(foundAfter('password', '{"password": "admin7", "keytab9": "/path"}'), ['admin7'])
})

test('a type and the words of a button are no passwords', () => {
  none('password', 'newPassword: Nested<FormValue>', 'must_change_password=Aktualizujte své heslo')
  one('password', 'Winter7Nights', 'my_password=Winter7Nights now')
})

test('a call, another argument and the next variable are no passwords', () => {
  none(
    'password',
    'password = xstrdup(v)',
    'login(password=password, timeout=30)',
    'return user, password, netloc',
  )
  one('password', 'tr0ub4dor', 'user=anna, password=tr0ub4dor, host=db')
})

test('which value of a secret is meant, its sum and the action of a login are no secrets', () => {
  none('key', `secretKeyRef: { name: 'app-secrets', key: 'db-password-2024' }`)
  none('secret', `checksum/secret: ${'0f1e2d3c'.repeat(8)}`)
  none('login', 'uses: docker/login-action@9780b0c442fbb1117ed29e0efdff1e18412f7567')
  one('key', value, `secretKeyRef: { name: 'app' }, key: '${value}'`)
})

test('what is passed on is no password', () => {
  none('pass', 'you can pass v1beta3 to this class', 'Don\'t pass "-Zbzip2 -z9" to the linker')
  one('pass', 'hunter7x', 'user anna pass hunter7x')
})

test('the rest of the name of a pod, a resource, a host or a digest is no secret, a key behind a hyphen is one', () => {
  none(
    'access|secret|connect|auth|private',
    'name: kube-api-access-dzx7d',
    'pod/private-datasource-private-564fb6cfbb-fd2jh',
    'secret-gcp-secret-743cfd150129.example.com',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-XHb67j',
    '"AWS::S3::AccessPoint": "d2e1ab33f5448f2d"',
  )
  none('pass', '"AssociationId": "eipassoc-0fbb766a"')
  none(
    'secret',
    'SecretName: api-secrets-8kf2m5h9tg',
    'Error: secret "stripe-webhook-signing-5t7g2h" not found',
  )
  none('pw', 'moto/subnets.py,sha256=XImLVmeSvN0CeHLRRxPWrWp7G_PW-4WFIiLkqu7exVjIjU,5262')
  one('secret', value, `gitter-secret-${value}`)
})

test('the next line of a log, of code or of sums is no secret, a generated value on a line of its own is one', () => {
  none(
    'auth|key|token',
    'ee4a4141 update AUTHORS\n32ed856f Fix all',
    'OpenKey\n\tCloseKey2',
    `${'0fe5'.repeat(8)}  /usr/bin/apt-key\n${'86bc'.repeat(8)}  /usr/bin/apt-mark`,
  )
  one('token', value, `token\n${value}`)
})

test('a line of Base64 names nothing, and neither do bytes', () => {
  const line = 'nzyIZgYIVyHbIUf4KmeqvxgydkAQV8GK83rZEWWONfqeEW1ntlMMUu4kehDLIKey'
  none('key', `gAAAAAB${line}-${value}`, `${line}\n${value}${value}\n`, `\u0003\u0001key ${value}`)
  one('key', value, `the api key\n${value}`)
})

test('what is sealed, and the id of a session of TLS, opens nothing', () => {
  none('password', `kind: SealedSecret\nspec:\n  encryptedData:\n    user: AgBy3i\n    password: ${value}`)
  none('session', `Session-ID: ${'5E4F'.repeat(16)}\n    Session-ID-ctx: \n`)
  one('password', value, `kind: Secret\nstringData:\n    password: ${value}`)
})
