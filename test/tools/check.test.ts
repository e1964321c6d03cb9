import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { type MadeUpRoot, makeRoot, runScript } from './made-up-root.ts'

let root: MadeUpRoot

beforeEach(() => {
  root = makeRoot()
  root.copy('tools/check.js')
  root.write('package.json', '{"type":"module"}')
  root.write('tsconfig.json', '{}')
  root.write('src/inspect/tsconfig.json', '{}')
  for (const program of ['biome', 'tsc', 'node'])
    root.writeProgram(`node_modules/.bin/${program}`, 'echo fine')
})
afterEach(() => root.remove())

const check = () => runScript(root, ['tools/check.js'])

test('each check is one line, in order, and those without a project are left out', async () => {
  const { code, out } = await check()
  assert.equal(code, 0)
  assert.deepEqual(out.replaceAll(/ \(\d+\.\d s\)/g, '').split('\n'), [
    'ok     format and lint',
    'ok     types',
    'ok     types of inspect, without Node',
    'ok     architecture',
    '',
  ])
})

test('the first that fails is shown whole and ends the run', async () => {
  root.writeProgram('node_modules/.bin/tsc', 'echo "src/x.ts(1,1): wrong"; echo "and why" >&2; exit 2')
  const { code, out } = await check()
  assert.equal(code, 1)
  assert.match(out, /^ok {5}format and lint .*\nFAILED types \(.* s\)\n\n/)
  assert.match(out, /src\/x\.ts\(1,1\): wrong/)
  assert.match(out, /and why/)
  assert.doesNotMatch(out, /architecture/)
})

test('a program that is not there fails the check', async () => {
  root.writeProgram('node_modules/.bin/biome', 'exec /nowhere/biome')
  assert.equal((await check()).code, 1)
})
