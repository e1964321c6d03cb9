import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteAt, mayStandForText, textIn } from './bytes.ts'
import { seeded } from './test-random.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('two hexadecimal digits of either case are a byte', () => {
  for (let byte = 0; byte < 256; byte++) {
    const digits = byte.toString(16).padStart(2, '0')
    assert.equal(byteAt(`x${digits}`, 1), byte)
    assert.equal(byteAt(digits.toUpperCase(), 0), byte)
  }
})

test('bytes that are all text are that text', () => {
  for (const text of ['secret', 'Grüße, 世界 und 😀', '\ufeffsecret\tof\r\nall'])
    assert.equal(textIn(bytesOf(text)), text)
  assert.equal(textIn(new Uint8Array(Buffer.from('a secret text', 'utf16le'))), 'a secret text')
})

test('what is shorter than six bytes is no text, nor are bytes of which few are', () => {
  assert.equal(textIn(bytesOf('hello')), undefined)
  assert.equal(textIn(Uint8Array.of(1, 2, 3, 65, 66, 67, 4, 5, 6)), undefined)
})

test('among bytes of which most are text the others are left out', () => {
  assert.equal(textIn(Uint8Array.of(...bytesOf('my grüne '), 0xff, ...bytesOf('secret'))), 'my grüne  secret')
})

test('among bytes of which few are text the long stretches are kept', () => {
  const odd = new Uint8Array(20)
  const row = [
    ...bytesOf('short'),
    ...odd,
    ...bytesOf('sixteen units or more'),
    ...odd,
    ...bytesOf('ä'.repeat(16)),
  ]
  assert.equal(textIn(Uint8Array.from(row)), `sixteen units or more\n${'ä'.repeat(16)}`)
})

test('hexadecimal digits that stand for a text are never dismissed before they are decoded', () => {
  const random = seeded(5)
  const sorts = [
    () => 32 + random.below(95),
    () => random.below(256),
    () => random.pick([...bytesOf('äé世😀')]),
  ]
  let texts = 0
  for (let round = 0; round < 5_000; round++) {
    const usual = random.pick(sorts)
    const rest = 1 + random.below(12)
    const bytes = Uint8Array.from({ length: 8 + random.below(40) }, () =>
      random.below(rest) === 0 ? random.pick(sorts)() : usual(),
    )
    if (textIn(bytes) === undefined) continue
    texts++
    const digits = hexOf(bytes)
    assert.ok(mayStandForText(`0x${digits}`, 2, digits.length + 2), digits)
  }
  assert.ok(texts > 500)
})

test('digests and digits of noise are dismissed', () => {
  const random = seeded(6)
  for (let round = 0; round < 100; round++) {
    const digits = hexOf(Uint8Array.from({ length: 32 }, () => random.below(32)))
    assert.equal(mayStandForText(digits, 0, digits.length), digits.slice(2, 4) === '00', digits)
  }
})
