import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { recordHandlers } from '#/register/control.ts'
import { recordKinds } from '#/register/kinds/names.ts'
import { bodies, idsOf } from '#/register/test-bodies.ts'
import { ada, authorOf, openTestRegister, type TestRegister } from '#/register/test-register.ts'
import { exitCodes, type Local } from './command.ts'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-records-'))
after(() => rmSync(folder, { recursive: true }))
const environment = { SALLYPORT_DATA: join(folder, 'nothing-runs-here') }

const handlersOf = ({ register, now }: TestRegister): Local['handlers'] =>
  ({ apply: register.apply, ...recordHandlers(register, now) }) as unknown as Local['handlers']

let folders = 0
function write(files: Readonly<Record<string, readonly object[]>>): string {
  const made = join(folder, String(++folders))
  for (const [name, records] of Object.entries(files)) {
    mkdirSync(join(made, name, '..'), { recursive: true })
    writeFileSync(join(made, name), JSON.stringify({ records }))
  }
  return made
}

const everyKind = Object.fromEntries(
  recordKinds.map((kind) => [`${kind}/one.yaml`, [{ kind, id: idsOf[kind], ...bodies[kind] }]]),
)
const west = { kind: 'offering', id: 'west', ...bodies.offering }

async function opened(context: TestContext) {
  const made = await openTestRegister(context)
  return { ...made, handlers: handlersOf(made) }
}

test('a file of another encoding is refused by its name instead of with other letters', async () => {
  const files = write({ 'a.yaml': [], 'b.yaml': [] })
  writeFileSync(join(files, 'b.yaml'), Buffer.from('records: [] # f\u00fcr B\u00fcros', 'latin1'))
  const { exitCode, err } = await run(['diff', files], { environment })
  assert.equal(exitCode, exitCodes.failed)
  assert.match(err, /b\.yaml is not UTF-8; save it as UTF-8 and try again/)
})

test('a folder is taken as one, whatever order its files name each other in', async (context) => {
  const { register, handlers } = await opened(context)
  const from = write(everyKind)
  writeFileSync(join(from, 'README.md'), 'Not a record.')
  writeFileSync(join(from, '.hidden.yaml'), 'nor: this')
  symlinkSync(join(from, 'README.md'), join(from, 'link.yaml'))
  const { out, exitCode } = await run(['apply', from, '--yes'], { environment, handlers })
  assert.equal(exitCode, 0)
  assert.match(out, /Done:[\s\S]*new {6}pilot trial, version 1: waits for approval/)
  for (const kind of recordKinds) assert.equal(register.list(kind).length, 1, kind)
})

test('the settings beside the records are left out, and it is said', async (context) => {
  const { handlers } = await opened(context)
  const from = write({ 'records.yaml': [west] })
  writeFileSync(join(from, 'sallyport.yaml'), 'connections: { demo: { kind: demo } }')
  writeFileSync(join(from, 'of-this-one.yaml'), 'connections: {}')
  const settings = { SALLYPORT_SETTINGS: join(from, 'of-this-one.yaml') }
  const world = { environment: { ...environment, ...settings }, handlers }
  const { out, err, exitCode } = await run(['diff', from], world)
  assert.equal(exitCode, 1, err)
  assert.match(out, /^offering west: new/m)
  assert.match(err, /^of-this-one\.yaml: settings, left out\nsallyport\.yaml: settings, left out\n/)
})

test('what is exported is taken again with nothing to change, for every kind', async (context) => {
  const { handlers } = await opened(context)
  await run(['apply', write(everyKind), '--yes'], { environment, handlers })
  const out = join(folder, 'exported')
  const told = await run(['export', '--out', out, '--json'], { environment, handlers })
  assert.equal((JSON.parse(told.out) as { records: number }).records, recordKinds.length, told.err)
  assert.deepEqual(readdirSync(out).sort(), [...recordKinds].sort())
  assert.match(
    readFileSync(join(out, 'pilot', 'trial.yaml'), 'utf8'),
    /^# pilot trial, version 1\nrecords:\n {2}- kind: pilot\n/,
  )
  const same = await run(['diff', out], { environment, handlers })
  assert.equal(same.exitCode, 0, same.out)
  assert.ok(same.out.startsWith(`No difference: all ${recordKinds.length} records`), same.out)
  const again = (await run(['apply', out], { environment, handlers })).out
  assert.ok(again.startsWith(`Nothing to change: all ${recordKinds.length} records`), again)
})

test('what serves is exported instead of what waits, and only what serves', async (context) => {
  const { register, approved, handlers } = await opened(context)
  await approved('offering', 'west', bodies.offering)
  await register.propose('offering', 'west', { ...bodies.offering, model: 'newer' }, authorOf(ada))
  await register.propose('offering', 'east', bodies.offering, authorOf(ada))
  const out = join(folder, 'serving')
  await run(['export', '--out', out, '--kind', 'offering', '--serving'], { environment, handlers })
  assert.deepEqual(readdirSync(join(out, 'offering')), ['west.yaml'])
  assert.match(readFileSync(join(out, 'offering', 'west.yaml'), 'utf8'), /model: west-large/)
})

test('a difference is told field by field, and ends with 1', async (context) => {
  const { approved, handlers } = await opened(context)
  await approved('offering', 'west', bodies.offering)
  const facts = { tier: { ...(bodies.offering as { facts: { tier: object } }).facts.tier, is: 'cloud' } }
  const from = write({
    'a.yaml': [
      { ...west, facts, aliases: ['big'] },
      { ...west, id: 'east' },
    ],
  })
  const { out, exitCode } = await run(['diff', from], { environment, handlers })
  assert.equal(exitCode, 1)
  assert.equal(
    out,
    [
      'offering west: changed, version 2, waits for approval',
      '  aliases',
      '  - []',
      '  + ["big"]',
      '  facts.tier.is',
      '  - commercial',
      '  + cloud',
      'offering east: new, version 1, waits for approval',
      '',
    ].join('\n'),
  )
})

test('nothing is written before somebody agreed to the plan', async (context) => {
  const { register, handlers } = await opened(context)
  const from = write({ 'a.yaml': [west] })
  const alone = await run(['apply', from], { environment, handlers })
  assert.equal(alone.exitCode, 2)
  assert.match(alone.err, /The plan:\n {2}new {6}offering west[\s\S]*say --yes/)
  for (const [answer, exitCode] of [
    ['n\n', 1],
    ['', 1],
    ['yes please\n', 1],
  ] as const) {
    const asked = await run(['apply', from], { environment, handlers, isTerminal: true, input: answer })
    assert.equal(asked.exitCode, exitCode, answer)
    assert.match(asked.err, /Write it\? \[y\/N\] .*Nothing was changed/)
  }
  const dry = await run(['apply', from, '--dry-run'], { environment, handlers })
  assert.match(dry.out, /^Would be done:\n {2}new/)
  assert.equal(register.isEmpty(), true)
  const agreed = await run(['apply', from], { environment, handlers, isTerminal: true, input: 'y\n' })
  assert.match(agreed.out, /^Done:/)
  assert.equal(register.find('offering', 'west')?.versions.length, 1)
})

test('one mistake in one file of a folder changes nothing, and names the file', async (context) => {
  const { register, handlers } = await opened(context)
  const from = write({ 'a.yaml': [west], 'b/c.yaml': [{ ...west, id: 'east', modle: 'x' }] })
  const { exitCode, err } = await run(['apply', from, '--yes'], { environment, handlers })
  assert.equal(exitCode, 1)
  assert.match(err, /records\.0\.modle \(b\/c\.yaml:1:\d+\).*Did you mean "model"/)
  assert.equal(register.isEmpty(), true)
})

test('what is no folder of records is told as that', async () => {
  const empty = write({})
  mkdirSync(empty)
  assert.match((await run(['apply', empty], { environment })).err, /holds no \.yaml, \.yml or \.json file/)
  const large = join(folder, 'large.yaml')
  writeFileSync(large, ' '.repeat(7 * 1024 * 1024))
  assert.match((await run(['diff', large], { environment })).err, /more than \d+ bytes; split it/)
  assert.equal((await run(['apply', join(folder, 'none.yaml')], { environment })).exitCode, 3)
  assert.match((await run(['export'], { environment })).err, /--out is missing/)
  assert.match(
    (await run(['export', '--out', 'x', '--kind', 'thing'], { environment })).err,
    /--kind must be one of/,
  )
})
