import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { resolveCredentials } from './credentials.ts'
import { explainSettings, formatExplained } from './explain.ts'
import { SettingsError } from './problem.ts'
import { readSettings, traceSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-settings-export-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

const environment = { SALLYPORT_SETTINGS: file, SALLYPORT_DATA: join(folder, 'data') }

const sinksText = (...sinks: readonly string[]): string =>
  `audit:\n  export:\n${sinks.map((sink) => `    - ${sink}\n`).join('')}`

function read(...sinks: readonly string[]) {
  writeFileSync(file, sinksText(...sinks))
  return readSettings(environment)
}

function problemsOf(...sinks: readonly string[]): readonly string[] {
  try {
    read(...sinks)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.problems.map(
      ({ place, key, problem }) => `${place.replace(`${file}:`, '')} ${key} ${problem}`,
    )
  }
  return assert.fail('the settings were taken')
}

const syslog = '{ id: soc, kind: syslog, host: siem.example.com, ca: ca.pem, format: cef }'
const splunk =
  '{ id: splunk, kind: splunk-hec, url: "https://splunk.example.com:8088", token: "env:HEC_TOKEN" }'

test('each kind of sink gets its defaults, and paths start at the file', () => {
  assert.deepEqual(readSettings({}).audit.export, [])
  assert.deepEqual(
    read('{ id: local, kind: file, path: out/log.jsonl, from: now }', syslog, splunk).audit.export,
    [
      {
        ...{ kind: 'file', id: 'local', format: 'ocsf', from: 'now', people: false },
        ...{ path: join(folder, 'out/log.jsonl'), maxBytes: 104_857_600, keep: 10 },
      },
      {
        ...{ kind: 'syslog', id: 'soc', format: 'cef', from: 'beginning', people: false },
        ...{ host: 'siem.example.com', port: 6514, tls: true, ca: join(folder, 'ca.pem') },
        ...{ serverName: undefined, certificate: undefined, privateKey: undefined },
      },
      {
        ...{ kind: 'splunk-hec', id: 'splunk', format: 'ocsf', from: 'beginning', people: false },
        ...{
          url: 'https://splunk.example.com:8088',
          token: 'env:HEC_TOKEN',
          ca: undefined,
          index: undefined,
        },
        ...{ gzip: true, acknowledge: false },
      },
    ],
  )
})

test('what cannot be honoured is refused, with its place and what would be right', () => {
  for (const [sinks, problem] of [
    [['{ id: a, kind: kafka }'], /audit\.export\.0\.kind must be file, syslog or splunk-hec/],
    [
      ['{ id: a, kind: syslog, host: siem.example.com, tls: false }'],
      /3:\d+ audit\.export\.0\.tls must be true: without it everything goes over the network in clear/,
    ],
    [
      ['{ id: a, kind: syslog, host: 127.0.0.1, tls: false, ca: ca.pem }'],
      /audit\.export\.0\.ca must be left out, or tls set to true/,
    ],
    [
      ['{ id: a, kind: syslog, host: siem.example.com, certificate: c.pem }'],
      /audit\.export\.0\.privateKey is missing/,
    ],
    [
      ['{ id: a, kind: syslog, host: siem.example.com, certificate: c.pem, privateKey: k.pem }'],
      /privateKey must be a reference to a file/,
    ],
    [
      ['{ id: a, kind: splunk-hec, url: "http://splunk.example.com:8088", token: "env:T" }'],
      /audit\.export\.0\.url must start with https/,
    ],
    [
      ['{ id: a, kind: splunk-hec, url: "https://splunk.example.com", token: secret }'],
      /audit\.export\.0\.token must be a reference/,
    ],
    [
      ['{ id: a, kind: file, path: x, format: xml }'],
      /audit\.export\.0\.format must be one of ocsf, ecs, cef, sallyport/,
    ],
    [
      ['{ id: a, kind: file, path: x, formt: ecs }'],
      /audit\.export\.0\.formt is not a setting\. Did you mean "?format/,
    ],
    [
      ['{ id: a, kind: file, path: x }', '{ id: a, kind: file, path: y }'],
      /4:\d+ audit\.export\.1\.id is a a second time/,
    ],
    [
      ['{ id: a, kind: file, path: x }', '{ id: b, kind: file, path: x }'],
      /audit\.export\.1\.path is the file of another sink/,
    ],
    [
      ['{ id: a, kind: file, path: data/audit/log.jsonl }'],
      /audit\.export\.0\.path lies in audit\/ of the data folder/,
    ],
    [['{ id: ../a, kind: file, path: x }'], /audit\.export\.0\.id must be named in small letters/],
  ] as const) {
    assert.match(problemsOf(...sinks).join('\n'), problem)
  }
})

test('what a sink presents and trusts is read at the start, and a problem never shows what stood there', () => {
  const token = ['11111111', '2222', '3333', '4444', '555555555555'].join('-')
  writeFileSync(join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n')
  const { sinks } = resolveCredentials(read(syslog, splunk), { HEC_TOKEN: token })
  assert.equal(sinks.get('splunk')?.token, token)
  assert.match(sinks.get('soc')?.ca ?? '', /BEGIN CERTIFICATE/)
  writeFileSync(join(folder, 'ca.pem'), `no certificate but ${token}\n`)
  const problem = (() => {
    try {
      resolveCredentials(read(syslog, splunk), {})
    } catch (error) {
      return String(error)
    }
    return assert.fail('it was taken')
  })()
  assert.match(problem, /audit\.export soc ca holds nothing in PEM/)
  assert.match(
    problem,
    /audit\.export splunk token refers to the environment variable HEC_TOKEN, which is not set/,
  )
  assert.ok(!problem.includes(token))
})

test('explaining the settings shows references and no secret', () => {
  const token = 'the-secret-itself'
  writeFileSync(file, sinksText(splunk))
  const text = formatExplained(explainSettings(traceSettings({ ...environment, HEC_TOKEN: token })))
  assert.match(text, /audit\.export .*env:HEC_TOKEN/)
  assert.ok(!text.includes(token))
})
