import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-inspect-'))
after(() => rmSync(folder, { recursive: true }))

// A test number of the card networks, in parts so that nobody takes this file for a leak.
const card = ['4111', '1111', '1111', '1111'].join(' ')
const text = `Dear all,\nplease charge ${card} today.\n`

const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

test('a file is told with its class and each finding with its line and column, never with what was found', async () => {
  const { exitCode, out, err } = await run(['inspect', write('letter.txt', text)])
  assert.equal(exitCode, 0, err)
  assert.match(out, /^class: restricted\nfindings: 1\n {2}2:15 {2}\S+: /)
  assert.match(out, /\ninjection: none /)
  assert.equal(out.includes('4111'), false)
})

test('standard input is read when no file is named, and with a hyphen', async () => {
  for (const argv of [['inspect'], ['inspect', '-']]) {
    assert.match((await run(argv, { input: text })).out, /^class: restricted\n/)
  }
  assert.match((await run(['inspect'], { input: '' })).out, /^class: public\nfindings: 0\n/)
})

test('as JSON the positions are UTF-16 offsets into the text', async () => {
  const { out } = await run(['inspect', '--json'], { input: text })
  const { class: dataClass, findings, injection } = JSON.parse(out)
  assert.equal(dataClass, 'restricted')
  assert.equal(text.slice(findings[0].start, findings[0].end), card)
  assert.equal(injection.verdict, 'none')
})

test('ten thousand lines go through one process', async () => {
  const line = (index: number) =>
    `${JSON.stringify({ id: `${index}`, text: index % 10 === 0 ? text : 'all is well' })}\n`
  const input = Array.from({ length: 10_000 }, (_, index) => line(index)).join('')
  const { exitCode, out } = await run(['inspect', '--jsonl'], { input })
  assert.equal(exitCode, 0)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each))
  assert.equal(lines.length, 10_000)
  assert.equal(lines[20].id, '20')
  assert.equal(lines.filter((each) => each.class === 'restricted').length, 1_000)
  assert.deepEqual(Object.keys(lines[1]), ['id', 'class', 'findings', 'injection'])
  assert.deepEqual(Object.keys(lines[1].injection), ['score', 'verdict', 'why'])
})

test('a file that is missing or no text is told, with exit code 3', async () => {
  const missing = await run(['inspect', join(folder, 'none.txt')])
  assert.equal(missing.exitCode, 3)
  assert.match(missing.err, /ENOENT/)
  const binary = await run(['inspect', write('picture.png', Buffer.from([0x89, 0x50, 0xff]))])
  assert.equal(binary.exitCode, 3)
  assert.match(binary.err, /is not a text in UTF-8/)
})

test('more than 32 MiB is told before it is kept', async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    for (;;) yield chunk
  }
  const { exitCode, err } = await run(['inspect'], { input: endless() })
  assert.equal(exitCode, 3)
  assert.match(err, /larger than 33554432 bytes/)
})

test('lines are read from standard input only', async () => {
  const { exitCode, err } = await run(['inspect', '--jsonl', 'file.jsonl'])
  assert.equal(exitCode, 2)
  assert.match(err, /reads standard input/)
})
