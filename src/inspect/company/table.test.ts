import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { buildTable, createTableMatcher, type TableSource } from './table.ts'

const hash = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex')

const source: TableSource = {
  name: 'customers',
  class: 'restricted',
  salt: 'a salt',
  columns: ['Last name', 'City', 'Customer number', 'E-mail'],
  primary: 'Customer number',
  rows: [
    ['Halvard', 'Bergen', '4711-0815', 'ines.halvard@example.com'],
    ['Ödegård', 'Stavanger Sentrum', '4711-0816', ''],
    ['Nobody', 'Oslo', '', 'x@example.com'],
  ],
}
const table = buildTable(source, hash)
const find = createTableMatcher(table, hash)
const found = (text: string): readonly string[] => find(text).map(({ start, end }) => text.slice(start, end))

test('a value of the first column with another of its row near it is found, and both are covered', () => {
  const text = 'Customer 4711-0815 (Halvard) wants her money back.'
  assert.deepEqual(found(text), ['4711-0815', 'Halvard'])
  const [match] = find(text)
  assert.equal(match?.class, 'restricted')
  assert.equal(match?.why, "stands in the company's table customers, with 1 more of the same row near it")
})

test('case, spaces and hyphens make no difference, and a value may have several words', () => {
  assert.deepEqual(found('47110815 is from BERGEN'), ['47110815', 'BERGEN'])
  assert.deepEqual(found('ÖDEGÅRD of stavanger  sentrum, 4711 0816'), [
    '4711 0816',
    'ÖDEGÅRD',
    'stavanger  sentrum',
  ])
  assert.deepEqual(found('write to Ines.Halvard@example.com about 4711-0815'), [
    '4711-0815',
    'Ines.Halvard@example.com',
    'Halvard',
  ])
})

test('a value alone, one of another row, or one too far away proves nothing', () => {
  assert.deepEqual(found('The number 4711-0815 is on the invoice.'), [])
  assert.deepEqual(found('Halvard lives in Bergen.'), [])
  assert.deepEqual(found('4711-0815 and Stavanger Sentrum'), [])
  assert.deepEqual(found(`4711-0815 ${'and so on '.repeat(40)} Halvard`), [])
})

test('more values can be asked for', () => {
  const strict = createTableMatcher(buildTable({ ...source, leastFields: 2 }, hash), hash)
  assert.equal(strict('4711-0815 Halvard').length, 0)
  assert.equal(strict('4711-0815 Halvard Bergen').length, 3)
})

test('no clear text is kept, and the same values under another salt look different', () => {
  const kept = JSON.stringify(table)
  for (const value of ['Halvard', 'halvard', '4711', 'Bergen'])
    assert.equal(kept.includes(value), false, value)
  assert.notDeepEqual(buildTable({ ...source, salt: 'another' }, hash).rows, table.rows)
  assert.equal(table.rows.length, 2)
})

test('a wrong column or an impossible number of fields is told', () => {
  assert.throws(
    () => buildTable({ ...source, primary: 'Number' }, hash),
    /no column "Number"; there are: Last name/,
  )
  assert.throws(() => buildTable({ ...source, leastFields: 4 }, hash), /at least 1 and at most 3/)
})

test('a hundred thousand rows are few megabytes, and a pasted table of them is found in good time', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => [
    `Name${index}`,
    `Town${index % 500}`,
    `${10_000_000 + index}`,
    '',
  ])
  const quick = (key: string, text: string): string => {
    let value = 0
    for (const letter of key + text) value = (Math.imul(value, 31) + letter.charCodeAt(0)) >>> 0
    return value.toString(16).padStart(13, '1')
  }
  const large = createTableMatcher(buildTable({ ...source, rows }, quick), quick)
  const pasted = rows
    .slice(0, 2_000)
    .map((row) => row.join(';'))
    .join('\n')
  const startedAt = processorMs()
  assert.ok(large(pasted).length >= 4_000)
  assert.ok(processorMs() - startedAt < 5_000)
})
