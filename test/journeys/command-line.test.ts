import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import OpenAI, { APIError } from 'openai'
import { end, endWhileStarting, type Running, runCommand, startProcess } from '../support/process.ts'

/** The first day: a company set up from two files, and everything else by command, with and without a server. */

const root = join(import.meta.dirname, '..', '..')
let folder: string
let environment: NodeJS.ProcessEnv
let running: Running

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-first-day-'))
  await cp(join(root, 'examples', 'first-day'), folder, { recursive: true })
  environment = {
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  running = await startProcess(environment)
})
after(async () => {
  await end(running)
  await rm(folder, { recursive: true, force: true })
})

const sallyport = (...words: string[]) => runCommand(words, environment)

const ok = async (...words: string[]): Promise<string> => {
  const { code, stdout, stderr } = await sallyport(...words)
  assert.equal(code, 0, `${words.join(' ')}: ${stderr}`)
  return stdout
}

const createKey = async (...words: string[]): Promise<{ key: string; id: string }> =>
  JSON.parse(await ok('key', 'create', '--person', 'emil@example.com', '--json', ...words)) as {
    key: string
    id: string
  }

const ask = (key: string, content: string, model = 'auto') =>
  new OpenAI({ apiKey: key, baseURL: `${running.url}/v1`, maxRetries: 0 }).chat.completions.create({
    model,
    messages: [{ role: 'user', content }],
  })

const refusalOf = async (work: Promise<unknown>): Promise<APIError> => {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof APIError, String(error))
    return error
  }
  return assert.fail('it was answered')
}

test('a company set up from files serves on its first day: the codename never reaches the model', async () => {
  const { key } = await createKey('--expires', '30d')
  const answer = await ask(key, 'Tell ines.halvard@example.com about Project Kestrel.')
  const text = answer.choices[0]?.message.content ?? ''
  assert.match(text, /ines\.halvard@example\.com/)
  assert.match(text, /Project Kestrel/)
  const found = JSON.parse(
    await ok('audit', 'search', 'person:emil@example.com', 'kind:intent', '--json'),
  ) as {
    entries: { facts: { findings: { type: string; action: string }[] } }[]
  }
  const actions = Object.fromEntries(
    (found.entries[0]?.facts.findings ?? []).map(({ type, action }) => [type, action]),
  )
  assert.equal(actions['email'], 'pseudonymise')
  assert.ok(Object.values(actions).every((action) => action === 'pseudonymise'))
  assert.ok(Object.keys(actions).length >= 2, JSON.stringify(actions))
})

test('a key for one use case serves no other, and none that is not there can be made', async () => {
  const { code, stderr } = await sallyport(
    'key',
    'create',
    '--person',
    'emil@example.com',
    '--use-case',
    'contract-reviews',
  )
  assert.equal(code, 1)
  assert.match(stderr, /Did you mean "contract-review"/)
  const { key } = await createKey('--use-case', 'contract-review')
  const refusal = await refusalOf(ask(key, 'hello'))
  assert.equal(refusal.status, 403)
  assert.equal(refusal.code, 'use-case-unknown')
})

test('a revoked key is refused from the next request on', async () => {
  const { key, id } = await createKey()
  await ask(key, 'hello')
  await ok('key', 'revoke', id)
  assert.equal((await refusalOf(ask(key, 'hello'))).code, 'key-revoked')
})

test('who did what, when, is told, and no text of it; who nobody is is told', async () => {
  const { key } = await createKey()
  await ask(key, 'A bell \u0007 and a colour \u001b[31m in a prompt')
  const text = await ok('audit', 'search', 'person:emil@example.com since:1h')
  assert.match(text, /emil@example\.com {2}intent {2}\S+#\d+/)
  assert.doesNotMatch(text, /A bell|and a colour/)
  assert.ok(!text.includes('\u001b') && !text.includes('\u0007'))
  const nobody = await sallyport('audit', 'search', 'person:nobody@example.com')
  assert.equal(nobody.code, 1)
  assert.match(nobody.stderr, /nobody here has this address or id/)
})

test('the log verifies, while it is written and with every payload opened', async () => {
  const told = JSON.parse(await ok('audit', 'verify', '--open', '--json')) as {
    ok: boolean
    logs: { payloadsOpened: number }[]
  }
  assert.equal(told.ok, true)
  assert.ok((told.logs[0]?.payloadsOpened ?? 0) > 0)
})

test('apply plans first, changes what differs, and leaves alone what is approved', async () => {
  const file = join(folder, 'records.yaml')
  const before = await readFile(file, 'utf8')
  assert.match(await ok('apply', file), /Nothing to change: all 5 records/)
  await writeFile(file, before.replace('highestClass: confidential', 'highestClass: public'))
  assert.match(
    await ok('apply', file, '--dry-run'),
    /Would be done:\n {2}changed {2}use-case general-assistant, version 2 \(highestClass\): waits for approval/,
  )
  assert.match(await ok('apply', file, '--yes'), /Done:[\s\S]*The approvals in the file were not taken/)
  const { key } = await createKey()
  const answer = await ask(key, 'Call 555 about Tarnwick Industries, please.')
  assert.ok(answer.choices[0]?.message.content)
  await writeFile(file, before)
})

test('a file with a mistake changes nothing and names the line', async () => {
  const file = join(folder, 'wrong.yaml')
  await writeFile(
    file,
    'records:\n  - kind: offering\n    id: west\n    title: West\n    conection: west\n    model: m\n',
  )
  const { code, stderr } = await sallyport('apply', file)
  assert.equal(code, 1)
  assert.match(stderr, /records\.0\.\S+ \(wrong\.yaml:\d+:\d+\)/)
  const missing = await sallyport('apply', join(folder, 'not-there.yaml'))
  assert.equal(missing.code, 3)
})

test('settings explain names every setting, where it is from, and no secret', async () => {
  const text = await ok('settings', 'explain')
  assert.match(text, /dataFolder/)
  assert.match(text, /SALLYPORT_DATA/)
  assert.match(text, /sallyport\.yaml/)
})

test('inspect tells what a text holds, from a file and from standard input', async () => {
  const file = join(folder, 'text.txt')
  await writeFile(file, 'Pay to DE89 3704 0044 0532 0130 00\nand write to ines@example.com')
  const text = await ok('inspect', file)
  assert.match(text, /class: confidential/)
  assert.match(text, /1:\d+ {2}iban/)
  assert.match(text, /2:\d+ {2}email/)
  const { stdout } = await runCommand(['inspect', '--json'], environment, 'Nothing in here.')
  assert.deepEqual(JSON.parse(stdout), {
    class: 'public',
    findings: [],
    injection: { score: 0, verdict: 'none', why: [] },
  })
})

test('inspect --jsonl answers ten thousand lines from one process, in order, and says which line is wrong', async () => {
  const lines = Array.from({ length: 10_000 }, (_, index) =>
    JSON.stringify({
      id: String(index),
      text: index % 2 === 0 ? `mail reader${index}@example.com` : 'nothing here',
    }),
  )
  const { code, stdout } = await runCommand(['inspect', '--jsonl'], environment, `${lines.join('\n')}\n`)
  assert.equal(code, 0)
  const told = stdout
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          id: string
          class: string
          findings: unknown[]
          injection: { verdict: string }
        },
    )
  assert.equal(told.length, 10_000)
  for (const [index, each] of told.entries()) {
    assert.equal(each.id, String(index))
    assert.equal(each.class, index % 2 === 0 ? 'internal' : 'public')
    assert.equal(each.findings.length, index % 2 === 0 ? 1 : 0)
    assert.equal(each.injection.verdict, 'none')
  }
  const wrong = await runCommand(['inspect', '--jsonl'], environment, '{"id":"1","text":"a"}\nnot json\n')
  assert.equal(wrong.code, 1)
  assert.match(wrong.stdout, /"line":2/)
})

test('inspect --tree tells the classes and kinds of a folder before anything of it is sent', async () => {
  const share = join(folder, 'share')
  await mkdir(join(share, 'letters'), { recursive: true })
  await writeFile(
    join(share, 'letters', 'one.eml'),
    'From: ida@example.com\nSubject: hi\n\nPay to DE89 3704 0044 0532 0130 00',
  )
  await writeFile(join(share, 'notes.txt'), 'all is well')
  const text = await ok('inspect', '--tree', share)
  assert.match(text, /\nletters +1 {2}confidential {2}.*iban 1/)
  assert.match(text, /\ntotal +2 {2}confidential /)
  const { totals } = JSON.parse(await ok('inspect', '--tree', share, '--json')) as {
    totals: { files: number; readFiles: number }
  }
  assert.deepEqual([totals.files, totals.readFiles], [2, 2])
})

test('wrong calls say what is wrong and how it is called', async () => {
  for (const words of [
    ['ky', 'create'],
    ['key'],
    ['key', 'create'],
    ['key', 'create', '--persn', 'x'],
    ['apply'],
    ['apply', 'a', 'b'],
    [],
  ]) {
    const { code, stderr } = await sallyport(...words)
    assert.equal(code, 2, words.join(' '))
    assert.ok(stderr.length > 0)
  }
  assert.match(await ok('--help'), /audit verify/)
  assert.match(await ok('key', 'create', '--help'), /--person EMAIL/)
  assert.match(await ok('version'), /\d+\.\d+\.\d+/)
})

test('with no server running the same commands work on the stores themselves', async () => {
  await end(running)
  const { key, id } = await createKey()
  assert.match(key, /^sp_/)
  await ok('key', 'revoke', id)
  assert.match(await ok('audit', 'search', 'person:emil@example.com', '--limit', '5'), /5 entries/)
  assert.match(await ok('audit', 'verify'), /^OK/)
  running = await startProcess(environment)
  assert.equal((await refusalOf(ask(key, 'hello'))).code, 'key-revoked')
})

test('what the company knows is found by the gate, and nothing of it is kept in clear', async () => {
  const file = join(folder, 'customers.csv')
  await writeFile(
    file,
    'Number,Name,City\n4711-0815,Halvard,Bergen\n4711-0816,Lund,Oslo\n4711-0817,Aas,Moss\n',
  )
  await ok('knowledge', 'table', file, '--primary', 'Number', '--name', 'customers')
  assert.doesNotMatch(await readFile(join(folder, 'data', 'knowledge.json'), 'utf8'), /halvard|4711/i)
  await end(running)
  running = await startProcess(environment)
  const { key } = await createKey()
  await ask(key, 'What does Lund (4711-0816) owe us?')
  const search = ['person:emil@example.com kind:intent', '--limit', '1', '--json']
  const found = JSON.parse(await ok('audit', 'search', ...search)) as {
    entries: { facts: { findings: { type: string }[]; class: string } }[]
  }
  assert.ok(found.entries[0]?.facts.findings.some(({ type }) => type === 'company-record'))
})

test('two servers never share a data folder', async () => {
  await assert.rejects(startProcess(environment), /ended before it was ready/)
})

test('a signal while it starts ends it cleanly, too', async () => {
  assert.deepEqual(await endWhileStarting(join(folder, 'other'), environment, 'SIGTERM'), [0, null])
})
