import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostile, samples } from '../test-samples.ts'
import { cef, escapeHeader, escapeValue } from './cef.ts'

/** Reads a line back as the standard says, knowing nothing of how it was written. */
function read(line: string): {
  readonly header: readonly string[]
  readonly fields: ReadonlyMap<string, string>
} {
  const parts = line.match(/(?:\\.|[^|\\])*(?:\||$)/g)?.map((part) => part.replace(/\|$/, '')) ?? []
  const header = parts.slice(0, 7).map((part) => part.replace(/\\([|\\])/g, '$1'))
  const extension = line.slice(parts.slice(0, 7).join('|').length + 1)
  const fields = new Map<string, string>()
  for (const found of extension.matchAll(/(?<=^| )(\w+)=((?:\\.|[^=\\])*?)(?= \w+=|$)/g)) {
    const value = (found[2] ?? '').replace(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    )
    fields.set(found[1] as string, value)
  }
  return { header, fields }
}

test('pipes and backslashes are escaped in the header, equal signs and line ends in values', () => {
  assert.equal(escapeHeader('a|b\\c=d\ne'), 'a\\|b\\\\c=d e')
  assert.equal(escapeValue('a|b\\c=d\r\ne\u001b[2J'), 'a|b\\\\c\\=d\\ne\\\\u{1b}[2J')
})

test('a reader of CEF gets each field back, and nothing a person wrote makes a field of its own', () => {
  const format = cef({ version: '0.0|0' })
  for (const event of samples) {
    const { header, fields } = read(format.format(event))
    assert.deepEqual(header.slice(0, 4), ['CEF:0', 'Sallyport', 'Sallyport', '0.0|0'])
    assert.match(header[6] ?? '', /^\d+$/)
    assert.equal(fields.get('externalId'), event.id)
    assert.equal(fields.get('rt'), String(event.atMs))
    assert.ok(!fields.has('c') && !fields.has(',') && !fields.has('cmd'), [...fields.keys()].join(' '))
  }
  const attack = samples.find((event) => event.is === 'entry' && event.head.facts.model === hostile)
  assert.ok(attack !== undefined)
  const model = read(format.format(attack)).fields.get('cs2')
  assert.match(model ?? '', /^a\|b=c\\d"e\n<13>1 forged\n\\u\{1b\}\[2J\\u\{9b\}31m/)
})
