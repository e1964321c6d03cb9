import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { approveCode, refuseCode } from '#/identity/devices/test-approve.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '#/identity/test-server.ts'
import { type Ran, run, type TestWorld } from '../test-world.ts'
import { signInPath } from './sign-in-file.ts'

let folder: string
let home: string
let server: TestServer

before(async () => {
  folder = await newFolder()
  home = await mkdtemp(join(tmpdir(), 'sallyport-home-'))
  server = await startTestServer(folder)
  server.identity.signInHelp()
})
after(async () => {
  await server.close()
  await removeFolder(folder)
  await rm(home, { recursive: true })
})

const environment = () => ({
  PATH: process.env['PATH'] ?? '',
  XDG_CONFIG_HOME: home,
  SALLYPORT_URL: server.url,
})
const file = () => signInPath(environment())
const stored = async () => JSON.parse(await readFile(file(), 'utf8'))

/** What the person does while the command waits; the server's clock goes on meanwhile. */
function sallyport(argv: readonly string[], decide?: typeof approveCode, more: TestWorld = {}): Promise<Ran> {
  let told = ''
  return run(argv, {
    environment: environment(),
    clock: () => server.clock.now(),
    complain: (text) => {
      told += text
    },
    wait: async (ms) => {
      const code = /code ([A-Z]{4}-[A-Z]{4})/.exec(told)?.[1]
      if (code !== undefined && decide !== undefined) await decide(server, folder, code)
      told = ''
      server.clock.forward(ms)
    },
    ...more,
  })
}

test('a machine signs in: one code, one approval, one file that nobody else may read', async () => {
  const { exitCode, out, err } = await sallyport(['login', '--json'], approveCode)
  assert.equal(exitCode, 0, err)
  assert.match(err, /\/device\?user_code=[A-Z]{4}-[A-Z]{4}\n.*approve only if it shows the code/s)
  assert.deepEqual(JSON.parse(out), {
    signedIn: true,
    url: server.url,
    email: 'employee@example.com',
    file: file(),
  })
  assert.equal((await stat(file())).mode & 0o777, 0o600)
  assert.equal((await stat(join(home, 'sallyport'))).mode & 0o777, 0o700)
  assert.doesNotMatch(out + err, /sp[dr]_/)
})

test('token writes one that works, and the same one until it is nearly over', async () => {
  const first = await sallyport(['token'])
  assert.match(first.out, /^spd_[a-z2-9]{40}\n$/)
  assert.equal((await sallyport(['token'])).out, first.out)
  const { refreshToken } = await stored()
  server.clock.forward(56 * 60_000)
  const second = await sallyport(['token'])
  assert.match(second.out, /^spd_/)
  assert.notEqual(second.out, first.out)
  assert.notEqual((await stored()).refreshToken, refreshToken)
})

test('two commands that refresh at the same moment both go on', async () => {
  server.clock.forward(56 * 60_000)
  const [one, other] = await Promise.all([sallyport(['token']), sallyport(['token'])])
  assert.deepEqual([one.exitCode, other.exitCode], [0, 0], one.err + other.err)
  server.clock.forward(56 * 60_000)
  assert.equal((await sallyport(['token'])).exitCode, 0)
})

test('whoami asks Sallyport', async () => {
  const { out } = await sallyport(['whoami', '--json'])
  const { email, device } = JSON.parse(out)
  assert.equal(email, 'employee@example.com')
  assert.match(device, /^device_/)
})

const show =
  'console.log(process.env.ANTHROPIC_BASE_URL, process.env.ANTHROPIC_API_KEY ?? "no key of its own"); process.exit(7)'

test('run starts a tool with what it needs and ends as it ends', async () => {
  const out = join(home, 'out')
  const script = show
    .replace('console.log(', `require("node:fs").writeFileSync(${JSON.stringify(out)}, [`)
    .replace('"no key of its own");', '"no key of its own"].join(" "));')
  const ran = await sallyport(['run', '--', process.execPath, '-e', script], undefined, {
    environment: { ...environment(), ANTHROPIC_API_KEY: 'own' },
  })
  assert.equal(ran.exitCode, 7, ran.err)
  assert.equal(await readFile(out, 'utf8'), `${server.url} no key of its own`)
})

test('a tool whose dialect is not served is not started, and it says why', async () => {
  const { exitCode, err } = await sallyport(['run', '--tool', 'codex', '--', process.execPath, '-e', '1'])
  assert.equal(exitCode, 1)
  assert.match(
    err,
    /codex speaks only to \/v1\/responses, and .* does not serve that; it serves \/v1\/messages\. What works now: sallyport run -- claude$/m,
  )
})

test('run is called wrongly in words that help', async () => {
  const cases = [
    [['run'], 2, /usage/],
    [['run', '--tool', 'emacs', '--', 'x'], 2, /must be one of claude/],
    [['run', '--url', server.url, '--', 'x'], 2, /goes with --no-store/],
    [['run', '--', 'no-such-program-here'], 1, /there is no such program/],
  ] as const
  for (const [argv, code, says] of cases) {
    const { exitCode, err } = await sallyport(argv)
    assert.equal(exitCode, code, argv.join(' '))
    assert.match(err, says)
  }
})

test('a second sign-in takes the place of the first, which ends', async () => {
  const before = await stored()
  const again = await sallyport(['login'], approveCode)
  assert.equal(again.exitCode, 0, again.err)
  assert.notEqual((await stored()).refreshToken, before.refreshToken)
  await assert.rejects(async () => identify(before.accessToken), { code: 'device-ended' })
})

const identify = (token: string) =>
  server.identity.identify({
    headers: { authorization: `Bearer ${token}` },
    url: '/v1/messages',
    socket: {},
  } as never)

test('logout ends it there and here', async () => {
  const { accessToken } = await stored()
  assert.equal((await sallyport(['logout'])).exitCode, 0)
  await assert.rejects(async () => identify(accessToken), { code: 'device-ended' })
  await assert.rejects(stat(file()), { code: 'ENOENT' })
  assert.match((await sallyport(['logout'])).out, /Nobody was signed in/)
  for (const name of ['token', 'whoami'])
    assert.match((await sallyport([name])).err, /nobody is signed in here: run "sallyport login"/)
})

test('what is refused, and what nobody decides about, signs nobody in', async () => {
  const refused = await sallyport(['login'], refuseCode)
  assert.deepEqual([refused.exitCode, /was refused/.test(refused.err)], [1, true])
  const late = await sallyport(['login'])
  assert.deepEqual([late.exitCode, /nobody approved in time/.test(late.err)], [1, true])
  await assert.rejects(stat(file()), { code: 'ENOENT' })
})

test('with --no-store the token is written out and nothing is kept', async () => {
  const { exitCode, out } = await sallyport(['login', '--no-store'], approveCode)
  assert.equal(exitCode, 0)
  assert.match(out, /^spd_[a-z2-9]{40}\n$/)
  await assert.rejects(stat(file()), { code: 'ENOENT' })
})

test('a file that others may read, or that is not ours, is not used', async () => {
  await sallyport(['login'], approveCode)
  await chmod(file(), 0o644)
  assert.match((await sallyport(['token'])).err, /may be read by others/)
  await chmod(file(), 0o600)
  await writeFile(file(), '{"version":1}')
  assert.match((await sallyport(['token'])).err, /cannot be read: run "sallyport login" again/)
  assert.equal((await sallyport(['login'], approveCode)).exitCode, 0, 'signing in replaces it')
  assert.equal((await sallyport(['token'])).exitCode, 0)
})

test('tokens go over https, or to this machine', async () => {
  for (const url of ['http://ai.example.com', 'https://a:b@ai.example.com', 'ftp://127.0.0.1', 'x']) {
    const { exitCode, err } = await sallyport(['login', '--url', url])
    assert.equal(exitCode, 1, url)
    assert.match(err, /the address of Sallyport/)
  }
  assert.match((await sallyport(['login', '--url', 'ai.example.com'])).err, /must begin with https:\/\//)
  const { exitCode, err } = await sallyport(['login', '--url', 'http://127.0.0.1:9'])
  assert.equal(exitCode, 3)
  assert.match(err, /does not answer: [^;]*$/)
})
