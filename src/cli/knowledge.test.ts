import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { wordOf } from '#/attachments/test-files.ts'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-knowledge-'))
after(() => rmSync(folder, { recursive: true }))
const kept = join(folder, 'knowledge.json')

const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const customers = write(
  'customers.csv',
  'Number;Name;City\n4711-0815;Halvard;Bergen\n4711-0816;Lund;Oslo\n4711-0817;Aas;Moss\n',
)
const sentence =
  'In the third quarter we will close the plant at Tarnwick and move its two hundred workers to the coast, which nobody but the board has been told about until now.'

const ok = async (...argv: string[]): Promise<string> => {
  const { exitCode, out, err } = await run([...argv, '--file', kept])
  assert.equal(exitCode, 0, err)
  return out
}

const inspect = async (text: string) => {
  const { exitCode, out, err } = await run(['inspect', '--knowledge', kept, '--json'], { input: text })
  assert.equal(exitCode, 0, err)
  return JSON.parse(out) as { class: string; findings: { type: string }[] }
}

test('a table, a document and packages are remembered, and found by inspect', async () => {
  assert.match(
    await ok(
      'knowledge',
      'table',
      customers,
      '--primary',
      'Number',
      '--name',
      'customers',
      '--class',
      'restricted',
    ),
    /\nrows: 3\n/,
  )
  const plan = write('plan.docx', wordOf([sentence]))
  assert.match(
    await ok('knowledge', 'document', plan, '--name', 'the plan'),
    /\nfingerprints: \d+\nunread: 0\n/,
  )
  assert.match(await ok('knowledge', 'code', '--packages', '@acme/, com.acme.'), /\npackages: 2\n/)
  const row = await inspect('Who is 4711-0816, Lund?')
  assert.deepEqual([row.class, row.findings[0]?.type], ['restricted', 'company-record'])
  assert.equal((await inspect(`They say: ${sentence}`)).findings[0]?.type, 'company-document')
  assert.equal((await inspect("import { pay } from '@acme/ledger'\npay()")).findings[0]?.type, 'source-code')
  assert.equal((await inspect('Who is 4711-0816?')).class, 'public')
})

test('a table is read as spreadsheets save it, whatever they take for letters', async () => {
  const table = 'Kundennummer;Ort\r\n4711-0815;M\u00fcnchen\r\n'
  const saved = {
    'UTF-8 with a byte order mark': Buffer.from(`\ufeff${table}`),
    'UTF-16': Buffer.from(`\ufeff${table}`, 'utf16le'),
    'Windows-1252': Buffer.from(table, 'latin1'),
  }
  for (const [encoding, bytes] of Object.entries(saved)) {
    const own = join(folder, `${encoding}.json`)
    const path = write('kunden.csv', bytes)
    const made = await run([
      'knowledge',
      'table',
      path,
      '--primary',
      'Kundennummer',
      '--name',
      'k',
      '--file',
      own,
    ])
    assert.equal(made.exitCode, 0, `${encoding}: ${made.err}`)
    const { out } = await run(['inspect', '--knowledge', own, '--json'], {
      input: '4711-0815 lives in M\u00fcnchen',
    })
    assert.match(out, /company-record/, encoding)
  }
})

test('the file holds no clear text and is for its owner alone', () => {
  const text = readFileSync(kept, 'utf8')
  for (const word of ['Halvard', 'halvard', '4711', 'Tarnwick', 'tarnwick'])
    assert.equal(text.includes(word), false, word)
  assert.equal(statSync(kept).mode & 0o777, 0o600)
})

test('what is remembered is listed, replaced by name, and forgotten', async () => {
  await ok('knowledge', 'table', customers, '--primary', 'Number', '--name', 'customers')
  assert.match(
    await ok('knowledge', 'list'),
    /^table {2}customers {2}confidential {2}3 rows\ndocument {2}the plan {2}confidential {2}\d+ fingerprints\ncode {2}/,
  )
  await ok('knowledge', 'remove', 'customers')
  assert.doesNotMatch(await ok('knowledge', 'list'), /customers/)
  assert.equal((await run(['knowledge', 'remove', 'customers', '--file', kept])).exitCode, 1)
})

test('without a file it is kept in the data folder', async () => {
  const environment = { SALLYPORT_DATA: join(folder) }
  const { out } = await run(['knowledge', 'list', '--json'], { environment })
  assert.equal(JSON.parse(out).knowledge.length, 2)
})

test('wrong calls and wrong files say what is wrong, and change nothing', async () => {
  const before = readFileSync(kept, 'utf8')
  const column = await run([
    'knowledge',
    'table',
    customers,
    '--primary',
    'Id',
    '--name',
    'x',
    '--file',
    kept,
  ])
  assert.match(column.err, /no column "Id"; there are: Number, Name, City/)
  const binary = await run([
    'knowledge',
    'table',
    write('plan.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
    '--primary',
    'Number',
    '--name',
    'x',
    '--file',
    kept,
  ])
  assert.match(binary.err, /plan\.xlsx is no table in text; save it as CSV/)
  const short = await run([
    'knowledge',
    'document',
    write('a.txt', 'a few words'),
    '--name',
    'x',
    '--file',
    kept,
  ])
  assert.match(short.err, /at least 23 words/)
  assert.equal((await run(['knowledge', 'table', customers, '--name', 'x'])).exitCode, 2)
  assert.equal((await run(['knowledge', 'code', '--class', 'secret', '--file', kept])).exitCode, 2)
  const wrong = await run(['inspect', '--knowledge', write('wrong.json', '{"tables":[{"name":5}]}')], {
    input: 'x',
  })
  assert.equal(wrong.exitCode, 3)
  assert.match(wrong.err, /is no knowledge file: tables\.0\.name is wrong/)
  assert.equal(readFileSync(kept, 'utf8'), before)
})
