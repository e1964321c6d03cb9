import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTriggerScan } from '../trigger-scan.ts'
import { markedSecrets } from './marked.ts'

const scan = createTriggerScan(markedSecrets)

function found(text: string): readonly string[] {
  const values = new Set<string>()
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.add(text.slice(match.start, match.end))
  })
  return [...values]
}

const mixed = (length: number): string => 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2z'.repeat(300).slice(0, length)
const hex = (length: number): string => '0a1b2c3d4e5f60718293a4b5c6d7e8f9'.repeat(9).slice(0, length)
const encoded = (value: string): string => Buffer.from(value, 'latin1').toString('base64').replace(/=+$/, '')

/** Put together from parts, so that no line looks like a live key. */
const keys: readonly string[] = [
  `00D${mixed(12)}!${mixed(96)}`,
  `1000.${hex(32)}.${hex(32)}`,
  `NF-${mixed(32)}`,
  `web_${hex(32)}`,
  `r8_${mixed(37)}`,
  `IQoJb3JpZ2lu${mixed(400)}`,
  `TlRMTVNTUAAD${mixed(120)}`,
  encoded(`123456789012:${mixed(20)}`),
  `1234567890123456|${mixed(27)}`,
  `${hex(32)}-${hex(8)}-${hex(8)}`,
  `${mixed(11)}AAAAAAAAAA${mixed(43)}`,
  `pat${mixed(14)}.${hex(64)}`,
  `1/1234567890123456:${hex(32)}`,
  `2/1234567890123456/1209876543210987:${hex(32)}`,
  `ATTA${hex(64)}${hex(8).toUpperCase()}`,
  `${mixed(76)}AZDO${mixed(4)}`,
  `MIIEvg${'IBADANBgkqhkiG9w0BAQEFAASC'}${mixed(900)}`,
  `MIIEpA${'IBAAKC'}${mixed(900)}`,
  `MIGH${'AgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG'}${mixed(120)}`,
  `$1$${mixed(8)}$${mixed(22)}`,
  `$6$${mixed(8)}$${mixed(86)}`,
]

for (const key of keys) {
  test(`a key that its form tells is found wherever it stands: ${key.slice(0, 4)}…`, () => {
    for (const [before, after] of [
      ['', ''],
      ['it is ', ' now'],
      ['x = "', '"'],
      ['\n', '\n'],
    ])
      assert.deepEqual(found(`${before}${key}${after}`), [key], `${before}…${after}`)
  })

  test(`half of one, and one that goes on, is none: ${key.slice(0, 4)}…`, () => {
    assert.deepEqual(found(key.slice(0, Math.min(40, Math.floor(key.length / 3)))), [])
    assert.deepEqual(found(`b7${key}`).includes(key), key.startsWith('$'))
  })
}

test('a key is found after the name of its vendor', () => {
  for (const [text, wanted] of [
    [`ado_pat = "${'k7q2m3xa3bcd4efg5hij6wtn7pqr2suz'.repeat(2).slice(0, 52)}"`, 52],
    [`owm = '${hex(32)}'`, 32],
    [`telegram: 1234567890:h3${mixed(33)}`, 46],
  ] as const)
    assert.equal(found(text)[0]?.length, wanted, text)
})

test('the private part of a JSON Web Key is found, the public part is not', () => {
  const d = mixed(43)
  assert.deepEqual(found(`{"kty":"EC","crv":"P-256","x":"${hex(43)}","d":"${d}"}`), [d])
  assert.deepEqual(found(`{ "k": "${d}", "kty": "oct" }`), [d])
  assert.deepEqual(found(`{"kty":"EC","crv":"P-256","x":"${d}","y":"${d}"}`), [])
  assert.deepEqual(found(`{"kty":"EC"},{"d":"${d}"}`), [])
})

test('every private part of a JSON Web Key is found: each prime tells the whole key of RSA', () => {
  for (const quote of ['"', '\\"']) {
    const members = ['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => [name, `${name}${mixed(680)}`] as const)
    const fields = [['kty', 'RSA'], ['n', hex(256)], ['e', 'AQAB'], ...members]
    const key = `{${fields.map(([name, value]) => `${quote}${name}${quote}: ${quote}${value}${quote}`).join(', ')}}`
    assert.deepEqual(
      found(`[${key}, {"kty":"RSA","n":"${hex(256)}"}]`),
      members.map(([, value]) => value),
    )
  }
})

test('a private key without the lines around it is found whole when it is broken into lines', () => {
  for (const [key, width] of [
    [`MIIEvg${'IBADANBgkqhkiG9w0BAQEFAASC'}${mixed(1570)}==`, 64],
    [`MIIEpA${'IBAAKC'}${mixed(1600)}`, 76],
    [`MIGH${'AgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG'}${mixed(146)}`, 64],
    [`MIIEpA${'IBAAKC'}${mixed(52 + 64 * 20)}`, 64],
  ] as const)
    for (const [before, end, after] of [
      ['my key:\n', '\n', '\nplease check'],
      ['key: |\r\n  ', '\r\n  ', '\r\n\r\nthanks'],
      ['{"key": "\\n', '\\n', '\\n"}'],
      ["'", '\\r\\n', "'"],
    ] as const) {
      const lines = (key.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)
      assert.deepEqual(found(`${before}${lines}${after}`), [lines], `${width} ${before}`)
    }
})

test('the private lines of a key file of PuTTY are found, the public ones are not', () => {
  const lines = `${mixed(64)}\n${mixed(20)}==`
  const file = `Public-Lines: 2\n${lines}\nPrivate-Lines: 2\n${lines}\nPrivate-MAC: ${hex(64)}\n`
  assert.deepEqual(found(file), [lines])
  assert.deepEqual(found('Private-Lines: 2\n\nwords'), [])
})

test('prices, hashes of files, numbers and rates are no keys', () => {
  for (const text of [
    'it costs $1$ or $5$ at most',
    `md5 ${hex(32)} and ${hex(32)}-2`,
    `sha256 ${hex(64)}`,
    'in 1//2 of 1000.5 cases | 1234567890123 | row',
    'MTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAx',
  ])
    assert.deepEqual(found(text), [], text)
})
