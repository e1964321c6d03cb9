import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { type MadeUpRoot, makeRoot, runScript } from './made-up-root.ts'

let root: MadeUpRoot

beforeEach(() => {
  root = makeRoot()
  root.copy('tools/test.js', 'tools/test-groups.js', 'tools/test-end.js', 'tools/test-times.js')
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

test('with --times the costliest files and tests are named', async () => {
  root.write('src/b.test.ts', tests("test('b takes its time', async () => { process.uptime() })"))
  const { code, out } = await runTests(['--times'])
  assert.equal(code, 0, out)
  assert.match(out, /2 processes took +\d+\.\d s of processor time/)
  assert.match(
    out,
    /\n +\d+\.\d s +\d+\.\d s {2}src\/b\.test\.ts\n[\s\S]*\n +\d+\.\d s {2}b takes its time\n/,
  )
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

test('files that leave nothing behind share a process, others have one to themselves', async () => {
  const quiet = "import { pid } from 'node:process'\nconsole.log('process', pid, 'of', import.meta.filename)"
  root.write('src/a.test.ts', tests(`${quiet}\ntest('a', () => {})`))
  root.write('src/b.test.ts', tests(`${quiet}\ntest('b', () => {})`))
  root.write('src/c.test.ts', tests(`${quiet}\ntest('c', () => process.cwd())`))
  root.write(
    'src/d.test.ts',
    `import { beforeEach } from 'node:test'\nbeforeEach(() => console.log('before each of d'))\n${tests(`${quiet}\ntest('d', () => {})`)}`,
  )
  const { code, out } = await runTests()
  assert.equal(code, 0, out)
  const ofFile = new Map(
    [...out.matchAll(/process (\d+) of \S*\/([a-d])\.test\.ts/g)].map((at) => [at[2], at[1]]),
  )
  assert.equal(ofFile.size, 4, out)
  assert.equal(ofFile.get('a'), ofFile.get('b'))
  assert.equal(ofFile.get('a'), ofFile.get('d'))
  assert.equal(new Set(ofFile.values()).size, 2)
  assert.equal(out.match(/before each of d/g)?.length, 1, 'a hook of a file is for its own tests')
})

test('three journeys share a process, unless they start Sallyport as another one', async () => {
  const says = (name: string, more = '') =>
    tests(
      `import { pid } from 'node:process'\ntest('${name}', () => { console.log('${name} in', pid) })\n${more}`,
    )
  for (const name of ['a', 'b', 'c', 'd'])
    root.write(`test/journeys/${name}.test.ts`, says(name, '// ../support/company.ts'))
  root.write('test/journeys/e.test.ts', says('e', '// startProcess ../support/process.ts'))
  const { code, out } = await runTests(['test/journeys'])
  assert.equal(code, 0, out)
  const ids = new Map([...out.matchAll(/([a-e]) in (\d+)/g)].map((at) => [at[1], at[2]]))
  assert.deepEqual([ids.get('b'), ids.get('c')], [ids.get('a'), ids.get('a')])
  assert.equal(new Set(ids.values()).size, 3, out)
})

test('of files that share a process, one that cannot be loaded or fails is named, and the others run', async () => {
  root.write('src/b.test.ts', tests("import '#nowhere'\ntest('b', () => {})"))
  root.write('src/c.test.ts', tests("test('c fails', () => { throw new Error('no') })"))
  const { code, out } = await runTests()
  assert.equal(code, 1)
  assert.match(out, /✖ \S*src\/b\.test\.ts/)
  assert.match(out, /test at src\/c\.test\.ts:2/)
  assert.match(out, /✔ a passes/)
})

test('a file that does not end is ended, and says what is open', async () => {
  root.write('src/b.test.ts', tests("test('b passes', () => {})\nsetInterval(() => {}, 1_000)"))
  const { code, out } = await runTests([], { SALLYPORT_TEST_FILE_MS: '300' })
  assert.equal(code, 1)
  assert.match(out, /src\/b\.test\.ts\s+did not end within 0\.3 s\. Open: .*Timeout/)
  assert.match(out, /✔ a passes/)
})

test('a run without tests fails', async () => {
  root.write('src/a.test.ts', '')
  const empty = await runTests(['src/nothing'])
  assert.equal(empty.code, 1)
  assert.match(empty.err, /there is no src\/nothing/)
  const none = await runTests(['--test-name-pattern=zzz'])
  assert.equal(none.code, 1)
})
