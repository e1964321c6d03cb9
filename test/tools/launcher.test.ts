import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { type MadeUpRoot, makeRoot, runScript } from './made-up-root.ts'

let root: MadeUpRoot

const node = (script: string) => `
mkdir -p node_modules/.bin
cat > node_modules/.bin/node <<'END'
#!/bin/sh
if [ "$1" = --version ]; then echo v24.9.9; exit 0; fi
${script}
END
chmod +x node_modules/.bin/node`

beforeEach(() => {
  root = makeRoot()
  root.copy('bin/sallyport', 'bin/package.json', 'tools/prepare.js')
  root.write('package.json', '{"type":"module"}')
  root.write('package-lock.json', '{}')
})
afterEach(() => root.remove())

const launch = (...args: readonly string[]) => runScript(root, ['bin/sallyport', ...args])

test('the first call installs, on standard error, and then runs the command with its words as they are', async () => {
  root.writeProgram('programs/npm', node('for word in "$@"; do echo "<$word>"; done'))
  const first = await launch('inspect', 'a file.txt', '--json')
  assert.equal(first.code, 0, first.err)
  assert.deepEqual(first.out.split('\n').slice(3), ['<inspect>', '<a file.txt>', '<--json>', ''])
  assert.match(first.out, /^<--import>\n<file:.*\/tools\/compile-cache\.js>\n<.*\/src\/command-line\.ts>\n/)
  assert.match(first.err, /Installed/)
  assert.equal((await launch('version')).err, '')
})

test('the exit code is passed on', async () => {
  for (const code of [0, 1, 2, 3]) {
    root.writeProgram('programs/npm', node(`exit ${code}`))
    root.write('package-lock.json', `{"code":${code}}`)
    assert.equal((await launch()).code, code)
  }
})

test('a signal is passed on, and an end by a signal counts as in a shell', async () => {
  root.writeProgram(
    'programs/npm',
    node('trap "echo asked; exit 7" TERM; echo up; while :; do sleep 0.05; done'),
  )
  const asked = await runScript(root, ['bin/sallyport'], {}, (out, kill) => {
    if (out === 'up\n') kill('SIGTERM')
  })
  assert.deepEqual([asked.code, asked.out], [7, 'up\nasked\n'])
  root.writeProgram('programs/npm', node('kill -9 $$'))
  root.write('package-lock.json', '{"again":true}')
  assert.equal((await launch()).code, 137)
})

test('what cannot be installed ends with 3 and the reason', async () => {
  root.writeProgram('programs/npm', 'echo ENOTFOUND >&2; exit 1')
  const { code, out, err } = await launch('version')
  assert.equal(code, 3)
  assert.equal(out, '')
  assert.match(err, /sallyport: npm cannot reach the package registry/)
})

test('the real launcher runs a real command', () => {
  const project = join(import.meta.dirname, '..', '..')
  const { status, stdout, stderr } = spawnSync(join(project, 'bin', 'sallyport'), ['version'], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^sallyport \d+\.\d+\.\d+ \(Node 24\.\d+\.\d+\)\n$/)
})
