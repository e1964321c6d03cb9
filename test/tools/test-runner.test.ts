import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { type MadeUpRoot, makeRoot, runScript } from './made-up-root.ts'

let root: MadeUpRoot

beforeEach(() => {
  root = makeRoot()
  root.copy('tools/test.js')
  root.write('package.json', '{"type":"module"}')
  mkdirSync(join(root.path, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(process.execPath, join(root.path, 'node_modules', '.bin', 'node'))
  root.write('src/a.test.ts', tests("test('a passes', () => {})"))
})
afterEach(() => root.remove())

const tests = (body: string) => `import { describe, test } from 'node:test'\n${body}\n`
const runTests = (args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) =>
  runScript(root, ['tools/test.js', ...args], environment)
const all = { SALLYPORT_REQUIRE_ALL: '1' }

test('tests under src, test and web/src run, those of test/long only when asked for', async () => {
  root.write('test/b.test.ts', tests("test('b passes', () => {})"))
  root.write('web/src/ui/c.test.ts', tests("test('c passes', () => {})"))
  root.write('test/long/d.test.ts', tests("test('d passes', () => {})"))
  root.write('src/node_modules/e.test.ts', tests("test('e passes', () => {})"))
  const short = await runTests()
  assert.equal(short.code, 0, short.out + short.err)
  for (const name of ['a', 'b', 'c']) assert.match(short.out, new RegExp(`${name} passes`))
  assert.doesNotMatch(short.out, /[de] passes/)
  assert.match(short.out, /tests 3\n[\s\S]*pass 3\n[\s\S]*fail 0\n/)
  const long = await runTests(['--long'])
  assert.match(long.out, /d passes/)
  assert.doesNotMatch(long.out, /a passes/)
})

test('a failing test fails the run', async () => {
  root.write('src/b.test.ts', tests("test('b fails', () => { throw new Error('no') })"))
  const { code, out } = await runTests()
  assert.equal(code, 1)
  assert.match(out, /fail 1\n/)
})

test('files, folders and patterns are passed on', async () => {
  root.write('src/room/b.test.ts', tests("test('b one', () => {})\ntest('b two', () => {})"))
  assert.doesNotMatch((await runTests(['src/room'])).out, /a passes/)
  assert.match((await runTests(['src/a.test.ts'])).out, /tests 1\n/)
  for (const pattern of [['--test-name-pattern=two'], ['--test-name-pattern', 'two']]) {
    const { code, out } = await runTests([...pattern, 'src/room/b.test.ts'], all)
    assert.equal(code, 0, out)
    assert.match(out, /tests 1\n/)
  }
})

test('a skipped test passes, and fails when all is required', async () => {
  root.write('src/b.test.ts', tests("test('needs # a browser', { skip: 'no Chromium' }, () => {})"))
  assert.equal((await runTests()).code, 0)
  const { code, err } = await runTests([], all)
  assert.equal(code, 1)
  assert.match(err, /skip: needs .* a browser \(no Chromium\)/)
})

test('an unfinished test, a skipped suite and a skipped part count too', async () => {
  const bodies: readonly (readonly [string, RegExp])[] = [
    ["test('later', { todo: true }, () => {})", /todo: later/],
    ["describe('all of it', { skip: true }, () => { test('x', () => {}) })", /skip: all of it/],
    [
      "test('outer', async (t) => { await t.test('inner', { skip: 'why' }, () => {}) })",
      /skip: inner \(why\)/,
    ],
    ["test('at run time', (t) => t.skip('no room'))", /skip: at run time \(no room\)/],
  ]
  for (const [body, message] of bodies) {
    root.write('src/b.test.ts', tests(body))
    assert.equal((await runTests(['src/b.test.ts'])).code, 0, body)
    const { code, err } = await runTests(['src/b.test.ts'], all)
    assert.equal(code, 1, body)
    assert.match(err, message)
  }
})

test('a test whose name or output only speaks of skipping is not skipped', async () => {
  root.write('src/b.test.ts', tests("test('a # SKIP in a name', () => { console.log('ok 1 - x # SKIP y') })"))
  const { code, err } = await runTests([], all)
  assert.equal(code, 0, err)
})

test('a run without tests fails', async () => {
  root.write('src/a.test.ts', '')
  const empty = await runTests(['src/nothing'])
  assert.equal(empty.code, 1)
  assert.match(empty.err, /there is no src\/nothing/)
  const none = await runTests(['--test-name-pattern=zzz'])
  assert.equal(none.code, 1)
})
