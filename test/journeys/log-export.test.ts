import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { TestCollector } from '#/audit/export/sinks/splunk-hec/test-collector.ts'
import { startCompany } from '../support/company.ts'
import { runCommand } from '../support/process.ts'

/** The log goes to a SIEM, from outside: nothing missing, no text, no name, no secret, and no exchange waits for it. */

const secretWords = 'the heron flies at midnight'
const token = ['11111111', '2222', '3333', '4444', '555555555555'].join('-')

const ask = (url: string, key: string, content = secretWords) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content }] }),
  })

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < 500, what)
    await pause(20)
  }
}

const idsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { id: string }).id)

test('what happens arrives at every sink, readable by a SIEM and silent about what was said and by whom', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-export-'))
  context.after(() => rm(folder, { recursive: true }))
  const collector = new TestCollector()
  await collector.listen(context)
  await writeFile(join(folder, 'token'), `${token}\n`)
  const local = join(folder, 'log.jsonl')
  const company = await startCompany({
    settings: `audit:
  export:
    - { id: local, kind: file, format: sallyport, path: "${local}" }
    - { id: splunk, kind: splunk-hec, url: "${collector.url}", token: "file:${join(folder, 'token')}" }
    - { id: down, kind: syslog, host: 127.0.0.1, port: 9, tls: false }
`,
  })
  context.after(() => company.end())
  const { audit, url } = company.sallyport
  const { key } = await company.createKey()
  const startedAt = performance.now()
  for (let at = 0; at < 5; at++) assert.equal((await ask(url, key)).status, 200)
  assert.equal((await ask(url, key, `my key is AKIA${'IOSFODNN7EXAMPLF'}`)).status, 400)
  assert.ok(performance.now() - startedAt < 5_000, 'no exchange waits for the sink that is down')

  const size = audit.size()
  const all = Array.from({ length: size }, (_, index) => `${audit.origin}#${index}`)
  const arrived = () => new Set(collector.events.map(({ fields }) => fields.id))
  await until(() => all.every((id) => arrived().has(id)), 'everything has arrived at the collector')
  await until(
    async () =>
      all.every(
        (
          (ids) => (id: string) =>
            ids.includes(id)
        )(idsIn(await readFile(local, 'utf8'))),
      ),
    'and in the file',
  )
  await until(() => [...arrived()].some((id) => id.includes('#checkpoint-')), 'and a checkpoint')
  const classes = new Set(collector.events.map(({ event }) => (event as { class_uid: number }).class_uid))
  for (const classUid of [2006, 3004, 6002, 6003]) assert.ok(classes.has(classUid), String(classUid))
  const everything = `${JSON.stringify(collector.events)}${await readFile(local, 'utf8')}`
  for (const hidden of [secretWords, 'ada@example.com', 'AKIA', token, key]) {
    assert.ok(!everything.includes(hidden), hidden)
  }

  const ready = await fetch(`${url}/health/ready`)
  assert.equal(ready.status, 200)
  const { export: told } = (await ready.json()) as { export: { id: string; state: string; lag: number }[] }
  assert.deepEqual(
    told.map(({ id, state }) => [id, state]),
    [
      ['local', 'current'],
      ['splunk', 'current'],
      ['down', 'failing'],
    ],
  )
  assert.equal(told[2]?.lag, size)
  const environment = {
    ...process.env,
    SALLYPORT_DATA: company.dataFolder,
    SALLYPORT_SETTINGS: join(company.folder, 'sallyport.yaml'),
  }
  const status = await runCommand(['audit', 'export', 'status'], environment)
  assert.equal(status.code, 1)
  assert.match(
    status.stdout,
    /down {2}failing {2}syslog {2}ocsf-1\.8\.0 {2}tcp:\/\/127\.0\.0\.1:9\n.*lag \d+.*\n.*ECONNREFUSED/,
  )
  const explained = await runCommand(['settings', 'explain'], environment)
  assert.match(explained.stdout, /audit\.export/)
  for (const { stdout, stderr } of [status, explained]) assert.ok(!`${stdout}${stderr}`.includes(token))
  const written = await runCommand(['audit', 'export', 'write', '--format', 'ocsf'], environment)
  assert.equal(written.code, 0)
  assert.equal(written.stdout.trimEnd().split('\n').length, size + 1)
  const verified = await runCommand(['audit', 'verify', '--json'], environment)
  assert.equal(verified.code, 0, 'cursors beside the segments are none of the log')
})
