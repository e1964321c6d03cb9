import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { resolveCredentials } from '#/settings/credentials.ts'
import { openStores } from '#/stores.ts'
import { type Company, startCompany } from '../support/company.ts'
import { runCommand, type Said } from '../support/process.ts'

/** Erasing, holding and backing up, from outside: while the server runs, by the command line. */

let company: Company
let place: string
let environment: NodeJS.ProcessEnv
let keys: Readonly<Record<string, string>>

before(async () => {
  company = await startCompany()
  place = await mkdtemp(join(tmpdir(), 'sallyport-retention-'))
  const [ada, bob] = await Promise.all(
    ['ada@example.com', 'bob@example.com'].map((email) => company.createKey({ email })),
  )
  keys = { ada: ada?.key ?? '', bob: bob?.key ?? '' }
  environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
})
after(async () => {
  await company.end()
  await rm(place, { recursive: true, force: true })
})

const sallyport = (...words: string[]): Promise<Said> => runCommand(words, environment)

async function ask(who: string, content: string): Promise<string> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys[who]}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content }] }),
  })
  await response.text()
  return response.headers.get('x-sallyport-receipt') ?? ''
}

const indexOf = (receipt: string): number => Number(receipt.split('#')[1])
const textOf = async (receipt: string): Promise<string> =>
  Buffer.from((await company.sallyport.audit.open(indexOf(receipt)))?.payload ?? []).toString()

async function assertVerifies(...words: string[]): Promise<void> {
  const { code, stdout } = await sallyport('audit', 'verify', ...words, '--json')
  assert.equal(code, 0, stdout)
}

test('what a person entered is erased while the server runs: gone, anonymous, and the log verifies', async () => {
  const receipt = await ask('ada', 'the heron flies at midnight')
  const other = await ask('bob', 'the bittern booms at dawn')
  assert.match(await textOf(receipt), /heron/)
  const words = ['--person', 'ada@example.com', '--basis', 'objection', '--reason', 'asked by letter']
  const { code, stdout, stderr } = await sallyport('audit', 'erase', ...words)
  assert.equal(code, 0, stderr)
  assert.match(stdout, /log texts: erased/)
  const entry = await company.sallyport.audit.open(indexOf(receipt))
  assert.equal(entry?.payload, undefined)
  assert.equal(entry?.subject, undefined)
  assert.equal(entry?.facts.decision, 'allow')
  assert.match(await textOf(other), /bittern/)
  const found = await sallyport('audit', 'search', 'person:ada@example.com', 'since:1h')
  assert.match(found.stdout, /^0 entries/)
  await assertVerifies('--open')
  const again = await ask('ada', 'a new day')
  assert.match(await textOf(again), /a new day/)
})

test('one exchange is erased by its receipt, and its neighbours stay', async () => {
  const receipts = [await ask('bob', 'before'), await ask('bob', 'about Clara'), await ask('bob', 'after')]
  const words = ['--receipt', receipts[1] as string, '--basis', 'unlawful', '--reason', 'Clara asked']
  assert.equal((await sallyport('audit', 'erase', ...words)).code, 0)
  const texts = await Promise.all(receipts.map(textOf))
  assert.deepEqual(
    texts.map((text) => /before|Clara|after/.exec(text)?.[0]),
    ['before', undefined, 'after'],
  )
  await assertVerifies('--open')
})

test('a legal hold stands in the way of an erasure until it is ended', async () => {
  const receipt = await ask('bob', 'evidence')
  const erase = ['audit', 'erase', '--person', 'bob@example.com', '--basis', 'other', '--reason', 'asked']
  const added = await sallyport('audit', 'hold', 'add', '--person', 'bob@example.com', '--reason', 'case 12')
  const id = added.stdout.split(' ', 1)[0] as string
  const refused = await sallyport(...erase)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, new RegExp(id))
  assert.match(await textOf(receipt), /evidence/)
  assert.equal((await sallyport('audit', 'hold', 'end', id, '--reason', 'settled')).code, 0)
  assert.equal((await sallyport(...erase)).code, 0)
  assert.equal(await textOf(receipt), '')
})

test('every file of a server that runs belongs to a store', async () => {
  await ask('bob', 'anything')
  const { code, stdout } = await sallyport('audit', 'inventory', '--json')
  assert.equal(code, 0)
  const { stores, unknown } = JSON.parse(stdout) as { stores: { name: string }[]; unknown: unknown[] }
  assert.deepEqual(unknown, [])
  assert.ok(stores.length >= 7)
})

test('a backup taken while people work is restored, verified, gone on with, and opens with its keys', async () => {
  const receipt = await ask('bob', 'the heron flies at midnight')
  let isWorking = true
  const working = (async () => {
    while (isWorking) await ask('ada', 'at work')
  })()
  const [backup, safe, into] = ['backup', 'safe', 'new'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ]
  const made = await sallyport('backup', backup, '--keys-to', safe)
  isWorking = false
  await working
  assert.equal(made.code, 0, made.stderr)
  const restored = await sallyport('restore', backup, '--keys', safe, '--into', into)
  assert.equal(restored.code, 0, restored.stderr)
  assert.doesNotMatch(restored.stdout, /MISSING|LOST/)
  await assertVerifies(into, '--open')
  const settings = { ...company.sallyport.settings, dataFolder: into }
  const secrets = resolveCredentials(settings, environment).keys
  const stores = await openStores(
    settings,
    secrets,
    { now: Date.now, monotonic: () => performance.now() },
    () => undefined,
  )
  try {
    const entry = await stores.audit.open(indexOf(receipt))
    assert.match(Buffer.from(entry?.payload ?? []).toString(), /heron/)
  } finally {
    await stores.close()
  }
  await assertVerifies(into, '--open')
})

test('a backup where one lies, inside the data folder, or of nothing is refused', async () => {
  assert.match((await sallyport('backup', join(place, 'backup'))).stderr, /is not empty/)
  const inside = await sallyport('backup', join(company.dataFolder, 'backup'))
  assert.equal(inside.code, 2)
  assert.match(inside.stderr, /outside the data folder/)
  const nothing = await runCommand(['backup', join(place, 'none')], {
    ...environment,
    SALLYPORT_DATA: join(place, 'empty'),
  })
  assert.equal(nothing.code, 2)
  assert.match(nothing.stderr, /there is no Sallyport in/)
})
