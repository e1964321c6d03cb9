import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'

/** The log, from outside: who entered what, when; provable offline; nothing readable that should not be. */

let company: Company
let key: string
let environment: NodeJS.ProcessEnv
const secretWords = 'the heron flies at midnight'

before(async () => {
  company = await startCompany()
  key = (await company.createKey({ email: 'ada@example.com' })).key
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(() => company.end())

const ask = (content: string, isStream = false) =>
  fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', stream: isStream, messages: [{ role: 'user', content }] }),
  })

test('an answer names its receipt: the intent, with its outcome behind it', async () => {
  const response = await ask(secretWords)
  await response.text()
  const receipt = response.headers.get('x-sallyport-receipt') ?? ''
  assert.match(receipt, new RegExp(`^${company.sallyport.audit.origin}#\\d+$`))
  const index = Number(receipt.split('#')[1])
  const intent = await company.sallyport.audit.open(index)
  assert.equal(intent?.kind, 'intent')
  assert.equal(intent?.facts.requestId, response.headers.get('x-request-id'))
  const outcome = await company.sallyport.audit.outcomeOf(index)
  assert.equal(outcome?.facts.decision, 'answered')
  assert.deepEqual(outcome?.facts.usage, {
    inputTokens: 16,
    outputTokens: 10,
    cacheReadTokens: 4,
    cacheWriteTokens: 0,
  })
  assert.equal(outcome?.facts.costMicroUsd, 120)
})

test('the command line tells who did what, when, and what it cost, while the server runs, and no text', async () => {
  const { code, stdout } = await runCommand(
    ['audit', 'search', 'person:ada@example.com since:1h kind:intent', '--json'],
    environment,
  )
  assert.equal(code, 0)
  const { entries } = JSON.parse(stdout) as {
    entries: { person: { email: string }; outcome: { facts: { costMicroUsd: number } } }[]
  }
  assert.equal(entries[0]?.person.email, 'ada@example.com')
  assert.equal(entries[0]?.outcome.facts.costMicroUsd, 120)
  assert.doesNotMatch(stdout, new RegExp(secretWords))
  const nobody = await runCommand(['audit', 'search', 'person:nobody@example.com since:1h'], environment)
  assert.equal(nobody.code, 1)
})

test('an auditor has a table of counts and cost, and the index can be dropped and built anew meanwhile', async () => {
  const rebuilt = await runCommand(['audit', 'rebuild-index', '--json'], environment)
  assert.equal(rebuilt.code, 0, rebuilt.stderr)
  const { code, stdout } = await runCommand(
    ['audit', 'search', 'kind:intent', '--count-by', 'person', '--json'],
    environment,
  )
  assert.equal(code, 0)
  const { lines } = JSON.parse(stdout) as { lines: { value: string; costMicroUsd: number }[] }
  assert.equal(lines[0]?.value, 'ada@example.com')
  assert.equal(lines[0]?.costMicroUsd, 120)
})

test('reading the log is itself in the log', async () => {
  const before = company.sallyport.audit.size()
  await runCommand(['audit', 'search', 'person:ada@example.com since:1h'], environment)
  const last = await company.sallyport.audit.open(company.sallyport.audit.size() - 1)
  assert.ok(company.sallyport.audit.size() > before)
  assert.equal(last?.kind, 'read')
})

/** A partial tile gives way to the fuller one while the folder is being read; that one holds the same and more. */
async function readUnlessReplaced(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (!path.includes('.p/') || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

test('what was entered stands nowhere in clear, and headers name nobody', async () => {
  await (await ask(secretWords, true)).text()
  for (const name of await readdir(company.dataFolder, { recursive: true, withFileTypes: true })) {
    // A file that takes another's place is gone a moment later; that other one is looked at.
    if (!name.isFile() || name.name.endsWith('.new')) continue
    const bytes = await readUnlessReplaced(join(name.parentPath, name.name))
    if (bytes === undefined) continue
    assert.ok(!bytes.includes(secretWords), `${name.name} holds what was entered`)
    assert.ok(!bytes.includes(key), `${name.name} holds the key`)
    if (name.name.endsWith('.seg'))
      assert.ok(!bytes.includes('ada@example.com'), `${name.name} names a person`)
  }
})

test('a refused prompt is kept too, with its code and nothing else in clear', async () => {
  const response = await ask(`my key is AKIA${'IOSFODNN7EXAMPLF'}`)
  assert.equal(response.status, 400)
  const entry = await company.sallyport.audit.open(company.sallyport.audit.size() - 1)
  assert.equal(entry?.kind, 'refusal')
  assert.equal(entry?.facts.code, 'finding-blocked')
  assert.match(Buffer.from(entry?.payload ?? []).toString(), /AKIA/)
})

test('the verifier is green offline, also on a log that is being written', async () => {
  const { code, stdout } = await runCommand(['audit', 'verify', '--json'], environment)
  assert.equal(code, 0, stdout)
  assert.equal((JSON.parse(stdout) as { ok: boolean }).ok, true)
})
