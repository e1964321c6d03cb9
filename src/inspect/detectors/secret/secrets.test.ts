import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf, foundIn } from '../../test-found.ts'
import { awsAccessKey } from './aws-access-key.ts'
import { awsSecretKey } from './aws-secret-key.ts'
import { jwt } from './jwt.ts'
import { password } from './password.ts'
import { privateKey } from './private-key.ts'
import { urlCredentials } from './url-credentials.ts'
import { vendorKeys } from './vendor-keys.ts'

/** Values are put together from parts, so that no line of this file looks like a live key. */
const header = `eyJ${'hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'}`
const payload = `eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}`
const signature = 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'
const keyId = `AKIA${'IOSFODNN7EXAMPLE'}`
const secretKey = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`
const line = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw${'ggSjAgEAAoIBAQC7VJTUt9Us'}`
const chosen = `Tr0ub4dor${'&3x'}`

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function check(type: string, found: readonly string[], ignored: readonly string[]): void {
  for (const example of found) {
    test(`${type}, exactly: ${JSON.stringify(example).slice(0, 70)}`, () => {
      const { text, wanted } = exampleOf(example)
      assert.deepEqual(foundIn(text, type), wanted)
    })
  }
  for (const text of ignored) {
    test(`no ${type}: ${JSON.stringify(text).slice(0, 70)}`, () => {
      assert.deepEqual(foundIn(text, type), [])
    })
  }
}

check(
  jwt.type,
  [
    `«${header}.${payload}.${signature}»`,
    `«${header}.${payload}.»`.replace('.»', '»'),
    `«${header}.${payload}»..`,
    `Bearer «${header}.${payload}.${signature}»\n`,
    `a=«${header}.${payload}.${signature}»;b`,
    `«${header}.a1b2.c3d4.e5f6.g7h8»`,
    `«${encoded({ typ: 'JWT', alg: 'none' })}.${payload}»`,
    `«${encoded({ enc: 'A256GCM', alg: 'dir' })}..a1b2.c3d4.e5f6»`.replace('..', '.x1y2.'),
    `«${encoded({ alg: 'RS256', x5c: ['M'.repeat(600)] })}.${payload}.${signature}»`,
    `«${header}.${payload}.${signature}» «${header}.${payload}.${signature}»`,
    `\\n«${header}.${payload}.${signature}»\\n`,
    `«${header}.${'a1'.repeat(3_000)}.${signature}»`,
  ],
  [
    header,
    `${header}.`,
    `${header}.abc`,
    `${encoded({ a: 1, b: 'some text' })}.${payload}.${signature}`,
    `x${header}.${payload}.${signature}`,
    `-${header}.${payload}.${signature}`,
    `${header} . ${payload}`,
    `${header.toLowerCase()}.${payload}.${signature}`,
    'eyJ...',
    'eyJhbGciOi.a.b',
  ],
)

const block = (kind: string, body: string): string =>
  `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`

check(
  privateKey.type,
  [
    ...[
      'PRIVATE KEY',
      'RSA PRIVATE KEY',
      'EC PRIVATE KEY',
      'DSA PRIVATE KEY',
      'OPENSSH PRIVATE KEY',
      'ENCRYPTED PRIVATE KEY',
      'SSH2 ENCRYPTED PRIVATE KEY',
      'PGP PRIVATE KEY BLOCK',
    ].map((kind) => `key «${block(kind, line)}» end`),
    `«${block('PRIVATE KEY', `${line}\n`.repeat(200))}»`,
    `«${block('PRIVATE KEY', `${line}\r\n${line}\r\nab==\r`)}»`,
    `«${block('PRIVATE KEY', `  ${line}\n  ${line}`)}»`,
    `> «${block('PRIVATE KEY', `> ${line}\n> ${line}`)}»`,
    `"«${block('PRIVATE KEY', line).replaceAll('\n', '\\n')}\\n»"`.replace('\\n»', '»'),
    `"«${block('PRIVATE KEY', line).replaceAll('\n', '\\\\n')}»"`,
    `«-----BEGIN PRIVATE KEY-----${line}${line}-----END PRIVATE KEY-----»`,
    `«-----BEGIN PRIVATE KEY-----\n${line}»`,
    `«-----BEGIN PRIVATE KEY-----\n${line}»\n\n[...]`,
    `«-----BEGIN PRIVATE KEY-----\n${line}»\nThat is all, thank you.`,
    `«${block('PRIVATE KEY', line)}»\n«${block('EC PRIVATE KEY', line)}»`,
    `${block('CERTIFICATE', line)}\n«${block('PRIVATE KEY', line)}»`,
  ],
  [
    block('PUBLIC KEY', line),
    block('RSA PUBLIC KEY', line),
    block('CERTIFICATE', line),
    block('CERTIFICATE REQUEST', line),
    block('PGP MESSAGE', line),
    block('PRIVATE KEY', '...'),
    block('PRIVATE KEY', 'your key here'),
    block('PRIVATE KEY', ''),
    '-----BEGIN PRIVATE KEY-----',
    '-----begin private key-----',
    `---- BEGIN PRIVATE KEY ----\n${line}`,
    `BEGIN PRIVATE KEY\n${line}`,
    `-----BEGIN PRIVATE KEY-----\n${'few words in a line\n'.repeat(50)}${line}`,
  ],
)

test('of a key without end as much is found as a key may have', () => {
  const [found = ''] = foundIn(`-----BEGIN PRIVATE KEY-----\n${`${line}\n`.repeat(2_000)}`, privateKey.type)
  assert.ok(found.length > 39_000 && found.length <= 40_000, `${found.length}`)
})

check(
  password.type,
  [
    `password=«${chosen}»`,
    `password = «${chosen}»`,
    `password: «${chosen}»`,
    `password := "«${chosen}»"`,
    `'password' => '«${chosen}»',`,
    `Password: «${chosen}»\nnext`,
    `PASSWORD="«${chosen}»"`,
    `DB_PASSWORD=«${chosen}»`,
    `db.passwd: «${chosen}»`,
    `passphrase = \`«${chosen}»\``,
    `pwd='«${chosen}»';`,
    `Passwort: «${chosen}»`,
    `{"password":"«${chosen}»","x":1}`,
    `{\\"password\\":\\"«${chosen}»\\"}`,
    `<add password="«${chosen}»" />`,
    `--password=«${chosen}» --host=x`,
    `password = "«two,words;with<signs>1A»"`,
    `Server=x;Password=«${chosen}»;Database=y`,
    `password: «Summer2024»`,
    `password=«P@ssw0rd»`,
  ],
  [
    'password',
    'password=',
    'password = ""',
    'password: string',
    'password: required',
    'password = null',
    'password = input()',
    'password = getpass.getpass()',
    'password = request.body.Password1',
    'password = config["Password1"]',
    `password = \${PASSWORD_1a}`,
    'password = $PASSWORD1a',
    'password = {{ Password1 }}',
    'password = <Password1>',
    'password = %PASSWORD1a%',
    'password = ********',
    'password = changeme',
    'password = YOUR_PASSWORD_1a',
    'password = short1A',
    `password = ${'aA1!'.repeat(20)}`,
    'password = alllowercase',
    'password = lowercase123',
    'password: ./Secret1/file',
    'password: https://Example1.com',
    'passwords: 12Ab34Cd',
    'passwordHash = 12Ab34Cd',
    'the password is 12Ab34Cd',
    'password = "12Ab34Cd',
    'password = "12Ab34Cd\'',
  ],
)

check(
  urlCredentials.type,
  [
    'postgres://«app:hunter2x»@db.example.com/main',
    'postgresql+psycopg://«app:hunter2x»@db/main',
    'redis://«:hunter2x»@localhost',
    'https://«x-access-token:hunter2x»@example.com/a.git',
    'amqps://«a:b1c2d3»@example.com:5671/%2f',
    'jdbc:mysql://«root:hunter2x»@10.0.0.1:3306/x',
    'mongodb+srv://«a:b1c2d3»@cluster0.example.com',
    'ftp://«anna:p%40ss»@example.com',
    'smtp://«anna@example.com:hunter2x»@mail.example.com',
    'http://«a:b@c1d»@[::1]/',
    '"https://«a:hunter2x»@example.com","https://«b:hunter3x»@example.com"',
    'https://«a:hunter2x»@müller.example',
  ],
  [
    'https://example.com:8080/',
    'https://anna@example.com/',
    'https://example.com/a:b@c',
    'https://example.com?a:b@c',
    'https://example.com#a:b@c',
    'https://a:@example.com',
    'https://user:password@example.com',
    'https://user:<password>@example.com',
    `https://user:\${PASSWORD}@example.com`,
    'https://user:***@example.com',
    'https://user:xxxx@example.com',
    'https://a:b c@example.com',
    'https://a:b1c2d3@',
    'https://a:b1c2d3@ example.com',
    '://a:b1c2d3@example.com',
    `https://a:${'b1'.repeat(200)}@example.com`,
  ],
)

check(
  awsAccessKey.type,
  [
    `«${keyId}»`,
    `aws_access_key_id=«${keyId}»`,
    `"«ASIA${'Y34FZKBOKMUTVV7A'}»"`,
    `«ABIA${'Y34FZKBOKMUTVV7A'}»`,
    `«ACCA${'Y34FZKBOKMUTVV7A'}»`,
    `x_«${keyId}»`,
    `«${keyId}»:${secretKey}`,
  ],
  [
    keyId.slice(0, -1),
    `${keyId}A`,
    `${keyId}_x`,
    `x${keyId}`,
    `AKIA${'0'.repeat(16)}`,
    `AKIA${'iosfodnn7example'}`,
    `AIDA${'Y34FZKBOKMUTVV7A'}`,
  ],
)

check(
  awsSecretKey.type,
  [
    `aws_secret_access_key = «${secretKey}»`,
    `secretAccessKey: '«${secretKey}»'`,
    `Secret Access Key\t«${secretKey}»`,
    `secret-access-key=«${secretKey}»`,
    `${keyId}\n«${secretKey}»`,
    `${keyId}:«${secretKey}»`,
    `${keyId.toLowerCase()} «${secretKey}»`,
  ],
  [
    secretKey,
    `aws_secret_access_key = ${secretKey.slice(0, -1)}`,
    `aws_secret_access_key = ${secretKey}A`,
    `aws_secret_access_key = ${secretKey.toLowerCase()}`,
    `aws_secret_access_key = ${'a1'.repeat(20)}`,
    `aws_secret_access_key ${'is far away, '.repeat(8)}${secretKey}`,
    `${secretKey} aws_secret_access_key`,
  ],
)

for (const { type, finds } of vendorKeys) {
  const values = [...new Set(finds.flatMap((marked) => exampleOf(marked).wanted))]

  test(`${type}: found in every notation of a settings file`, () => {
    for (const value of values) {
      for (const [before, after] of [
        ['KEY=', ''],
        ['key: ', '\n'],
        ['"key": "', '"'],
        ["key => '", "',"],
        ['Authorization: Bearer ', '\r\n'],
        ['export KEY="', '"; run'],
        ['https://example.com/?key=', '&x=1'],
        ['\\nKEY=', '\\nNEXT=1'],
        ['my_', ' '],
      ]) {
        assert.deepEqual(foundIn(`${before}${value}${after}`, type), [value], `${before}…${after}`)
      }
    }
  })

  test(`${type}: half of one, one of a single character and a word that begins so are none`, () => {
    for (const value of values) {
      const prefix = /^[A-Za-z_.-]+[-_./=]|^.{4}/.exec(value)?.[0] ?? value.slice(0, 4)
      assert.deepEqual(foundIn(prefix, type), [])
      assert.deepEqual(foundIn(`${prefix} and words after it`, type), [])
      assert.deepEqual(foundIn(`${prefix}${'x'.repeat(80)}`, type), [])
      assert.deepEqual(foundIn(`b7${value}`, type).length, value.startsWith('.') ? 1 : 0)
    }
  })

  test(`${type}: a full stop or a comma after it is no part of it`, () => {
    for (const value of values) {
      assert.deepEqual(foundIn(`it is ${value}.`, type), [value])
      assert.deepEqual(foundIn(`${value}, ${value}; (${value})`, type), [value, value, value])
    }
  })
}

test('a key is of one vendor only', () => {
  for (const { type, finds } of vendorKeys) {
    for (const marked of finds) {
      const { text, wanted } = exampleOf(marked)
      assert.deepEqual(foundIn(text), wanted, type)
    }
  }
})

/** As far behind the name as a key may stand, and as short as one may be. */
const farthest = `linkedin${' b'.repeat(16)}password${' c'.repeat(10)}"'"]    =>    "'"'`
check('linkedin-secret', [`${farthest}«${'aB3dE5fG'}${'7hJ9kL'}»`], [`${farthest} ${'aB3dE5fG'}${'7hJ9kL'}`])
check('vonage-secret', [`vonage_secret=«${'aB3dE5fG'}${'7hJ9kL1m'}»`], [])
