import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands } from './commands.ts'
import { run } from './test-world.ts'

test('without a command the list of commands is shown and the exit code is 2', async () => {
  const { exitCode, out, err } = await run([])
  assert.equal(exitCode, 2)
  assert.equal(out, '')
  for (const { name, summary } of commands) assert.ok(err.includes(name) && err.includes(summary), name)
})

test('help is asked for in three ways and is no error', async () => {
  for (const argv of [['--help'], ['-h'], ['help']]) {
    const { exitCode, out } = await run(argv)
    assert.equal(exitCode, 0)
    assert.match(out, /sallyport key create .*\n/)
  }
})

for (const { name } of commands) {
  test(`${name} explains itself`, async () => {
    const { exitCode, out, err } = await run([...name.split(' '), '--help'])
    assert.equal(exitCode, 0, err)
    assert.match(out, new RegExp(`^usage: sallyport ${name}`))
    assert.match(out, /--json +write the result as JSON/)
    assert.equal((await run(['help', ...name.split(' ')])).out, out)
  })
}

test('half a command lists what could follow', async () => {
  const { exitCode, err } = await run(['key'])
  assert.equal(exitCode, 2)
  assert.match(err, /key create/)
  assert.match(err, /key revoke/)
  assert.doesNotMatch(err, /audit/)
  const asked = await run(['key', '--help'])
  assert.equal(asked.exitCode, 0)
  assert.deepEqual(await run(['help', 'key']), asked)
  assert.equal((await run(['help', 'kye'])).exitCode, 2)
})

test('an unknown command is told what was probably meant', async () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['inspct'], /Did you mean "inspect"\?/],
    [['key', 'crate'], /Did you mean "key create"\?/],
    [['audit', 'verfy', 'x'], /Did you mean "audit verify"\?/],
    [['settings', 'explian'], /Did you mean "settings explain"\?/],
    [['frobnicate'], /there is no command "frobnicate"\. All commands/],
  ]
  for (const [argv, message] of cases) {
    const { exitCode, err } = await run(argv)
    assert.equal(exitCode, 2)
    assert.match(err, message)
  }
})

test('a wrong option, a missing value and a word too many end with 2 and the usage', async () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['key', 'create', '--persn', 'a@example.com'], /no option --persn\. Did you mean "person"\?/],
    [['key', 'create', '--person'], /--person/],
    [['key', 'create'], /name one of --person, --service and --parent/],
    [['key', 'revoke'], /something is missing/],
    [['version', 'now'], /"now" is one word too many/],
    [['version', '--json=yes'], /json/],
    [['audit', 'search', '-offering:demo'], /no option "-offering:demo"\. If it is a word, put -- before it/],
  ]
  for (const [argv, message] of cases) {
    const { exitCode, err } = await run(argv)
    assert.equal(exitCode, 2, argv.join(' '))
    assert.match(err, message)
    assert.match(err, /\nusage: sallyport /)
  }
})

test('with --json an error is JSON too', async () => {
  const { exitCode, out } = await run(['key', 'create', '--json'])
  assert.equal(exitCode, 2)
  assert.deepEqual(JSON.parse(out), {
    error: { code: 'usage', message: 'name one of --person, --service and --parent' },
  })
})

test('a reader that leaves early is no error', async () => {
  const write = async () => {
    throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
  }
  assert.equal((await run(['version'], { write })).exitCode, 0)
})

test('the version is told, for people and for programs', async () => {
  assert.match((await run(['version'])).out, /^sallyport \d+\.\d+\.\d+ \(Node 24\./)
  const { version, node } = JSON.parse((await run(['--version', '--json'])).out)
  assert.match(version, /^\d+\.\d+\.\d+$/)
  assert.equal(node, process.versions.node)
})

test('the names of the commands are unique, and none hides another', () => {
  const names = commands.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) assert.ok(!names.some((other) => other.startsWith(`${name} `)), name)
})
