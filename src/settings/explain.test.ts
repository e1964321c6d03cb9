import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { explainSettings, formatExplained } from './explain.ts'
import { traceSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-explain-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

writeFileSync(
  file,
  `host: 127.0.0.1
connections:
  west:
    kind: compatible
    url: https://west.example.com/v1
    credential: env:WEST_KEY
bootstrap: [records.yaml]
`,
)
const environment = { SALLYPORT_SETTINGS: file, PORT: '9000', WEST_KEY: 'the-secret' }
const traced = traceSettings(environment, { dataFolder: join(folder, 'data') })
const explained = explainSettings(traced)
const find = (key: string) => explained.find((each) => each.key === key)

test('each setting tells its value and where it came from', () => {
  assert.deepEqual(find('port'), { key: 'port', value: 9000, from: 'environment variable PORT' })
  assert.deepEqual(find('host'), { key: 'host', value: '127.0.0.1', from: `${file}:1:1` })
  assert.deepEqual(find('dataFolder'), {
    key: 'dataFolder',
    value: join(folder, 'data'),
    from: 'given at start',
  })
  assert.deepEqual(find('connections.west.url')?.from, `${file}:5:5`)
  assert.deepEqual(find('connections.west.silenceLimitMs')?.from, 'default')
  assert.deepEqual(find('connections.west.region'), {
    key: 'connections.west.region',
    value: null,
    from: 'default',
  })
  assert.deepEqual(find('bootstrap')?.value, [join(folder, 'records.yaml')])
  assert.deepEqual(find('file'), {
    key: 'file',
    value: file,
    from: 'environment variable SALLYPORT_SETTINGS',
  })
  assert.equal(find('digest')?.value, traced.settings.digest)
})

test('a credential shows its reference and never the secret', () => {
  assert.equal(find('connections.west.credential')?.value, 'env:WEST_KEY')
  assert.equal(JSON.stringify(explained).includes('the-secret'), false)
})

test('for people it is a line per setting, in columns', () => {
  const lines = formatExplained(explained).split('\n')
  assert.equal(lines.length, explained.length)
  assert.match(
    lines.find((line) => line.startsWith('port ')) ?? '',
    /^port +9000 +environment variable PORT$/,
  )
})
