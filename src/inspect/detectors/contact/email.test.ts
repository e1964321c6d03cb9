import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf, foundIn } from '../../test-found.ts'

const emails = (text: string): readonly string[] => foundIn(text, 'email')

const addresses: readonly string[] = [
  'a@b.co',
  'anna@example.com',
  'anna.muster@example.com',
  'anna_muster@example.com',
  'anna-muster@example.com',
  'anna+tag@example.com',
  'anna.m+tag.x-1@mail.dept.example.co.uk',
  "o'brien@example.ie",
  '1234567@example.com',
  'a1@1a.com',
  'ANNA@EXAMPLE.COM',
  'anna@exa-mple.com',
  'anna@xn--mnchen-3ya.example',
  'anna@example.xn--p1ai',
  'anna@example.museum',
  'müller@example.com',
  'jörg@müller.example',
  'почта@пример.рф',
  'ταχυ@παράδειγμα.ελ',
  '用户@例子.广告',
  'anna@例子.广告',
  'a@a.aa',
  'anna@exämple.com',
  `anna@${'a'.repeat(63)}.example`,
  `${'a'.repeat(64)}@example.com`,
]

for (const address of addresses) {
  test(`an address: ${address.slice(-40)}`, () => {
    assert.deepEqual(emails(address), [address])
    assert.deepEqual(emails(`write to <${address}>, please`), [address])
    assert.deepEqual(emails(`{"to":"${address}"}`), [address])
    assert.deepEqual(emails(`${address}.`), [address])
    assert.deepEqual(emails(`${address}, ${address}`), [address, address])
  })
}

const none: readonly string[] = [
  '@',
  'a@',
  '@b.co',
  'a@b',
  'a@b.',
  'a@b.c',
  'a@.co',
  'a@b..co',
  'a@-b.co',
  'a@b.1',
  'a@b.c1',
  'a@127.0.0.1',
  'a@localhost',
  'a @ b.co',
  'a.@b.co',
  'a@b_c',
  'logo@2x.png',
  'a@b.json',
  'pkg@1.2.3',
  'user@host.lock',
  '@types/node@24.0.0',
  'git@github.com:a/b.git',
  'https://anna@example.com/',
  'https://example.com/@anna.muster',
  `a@${'b'.repeat(64)}.com`,
]

for (const text of none) {
  test(`no address: ${text.slice(0, 40)}`, () => assert.deepEqual(emails(text), []))
}

const marked: readonly string[] = [
  'see «a@b.co»/c',
  '«a@b.co»?subject=x',
  'a,«a@b.co»,b',
  "'«a@b.co»'",
  '`«a@b.co»`',
  '*«a@b.co»*',
  '..«a@b.co»..',
  '--«a@b.co»--',
  '+«a@b.co»',
  'a:«a@b.co»:1',
  'a=«a@b.co»&b',
  'a;«a@b.co»;b',
  '[«a@b.co»]',
  'mailto:«a@b.co»',
  'Anna<«a@b.co»>',
  '(«a@b.co»)',
  '«a@b.co»\\n«c@d.co»',
  '"x\\t«a@b.co»"',
  '%22«a@b.co»%22',
  'to%3D«a@b.co»%26x',
  '\\u003c«a@b.co»\\u003e',
  '\u001b[1m«a@b.co»\u001b[0m',
  '我的邮箱是«a@b.co»谢谢',
  '電子メール：«a@b.co»です',
  '«a@b.co»中文',
  'Адрес: «a@b.co»!',
  '😀«a@b.co»😀',
  '“«a@b.co»”',
  '„«a@b.co»“',
  '…«a@b.co»…',
  '—«a@b.co»—',
  '«a@b.co»-',
  '«a@b.co»-- x',
  '«a@b.co»_',
  'a@«b@c.co»',
  '«a@b.co»@d',
]

for (const example of marked) {
  test(`exactly the address: ${JSON.stringify(example)}`, () => {
    const { text, wanted } = exampleOf(example)
    assert.deepEqual(emails(text), wanted)
  })
}

test('of a local part that is too long the end is found, so that most of it is covered', () => {
  assert.deepEqual(emails(`${'a'.repeat(80)}@example.com`), [`${'a'.repeat(64)}@example.com`])
})

test('a domain is read as far as one may reach', () => {
  const long = `a@${'b.'.repeat(120)}com`
  assert.deepEqual(emails(long), [long])
  const [found = ''] = emails(`a@${'bb.'.repeat(400)}com`)
  assert.ok(found.length > 200 && found.length <= 260)
})
