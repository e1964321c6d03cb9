import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Settings } from './api.ts'
import { SettingsError } from './problem.ts'
import { readSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-network-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

function read(text: string): Settings {
  writeFileSync(file, text)
  return readSettings({ SALLYPORT_SETTINGS: file })
}

/** The problems as `KEY SENTENCE`. */
function problemsOf(text: string): readonly string[] {
  try {
    read(text)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    return error.problems.map(({ key, problem }) => `${key} ${problem}`)
  }
  return []
}

const oidc = 'identity: { kind: oidc, issuer: "https://login.example.com", clientId: sallyport }\n'
const tls = (more = ''): string => `tls: { certificate: own.pem, privateKey: "file:/own.key"${more} }\n`

test('TLS and the address for administration have defaults, and paths start at the file', () => {
  const settings = read(`${tls(', minVersion: 1.3')}admin: {}`)
  assert.deepEqual(settings.tls, {
    certificate: join(folder, 'own.pem'),
    privateKey: 'file:/own.key',
    minVersion: '1.3',
    for: 'all',
    clientCertificates: 'off',
    clientCertificatesFor: 'all',
    clientCa: undefined,
  })
  assert.deepEqual(settings.admin, { host: '127.0.0.1', port: 8_788, publicUrl: undefined })
})

test('what would not be enforced is refused at start', () => {
  assert.match(problemsOf(tls(', minVersion: 1.1'))[0] ?? '', /^tls.minVersion must be 1.2 or 1.3/)
  assert.match(problemsOf(tls(', clientCertificates: require'))[0] ?? '', /^tls.clientCa is missing/)
  assert.match(problemsOf(tls(', clientCa: ca.pem'))[0] ?? '', /^tls.clientCa is never looked at/)
  assert.match(problemsOf(tls(', for: admin'))[0] ?? '', /^tls.for is admin, and there is no such address/)
  assert.match(
    problemsOf(tls(', clientCertificatesFor: admin'))[0] ?? '',
    /^tls.clientCertificatesFor is admin, and/,
  )
  const half = tls(', for: admin, clientCertificates: require, clientCa: ca.pem')
  assert.match(
    problemsOf(`${half}admin: {}`)[0] ?? '',
    /^tls.clientCertificatesFor is all, and the main address has/,
  )
  assert.match(problemsOf(`${tls()}publicUrl: http://localhost:1`)[0] ?? '', /^publicUrl starts with http:/)
  assert.match(
    problemsOf('tls: { certificate: own.pem, privateKey: own.key }')[0] ?? '',
    /^tls.privateKey must be a ref/,
  )
})

test('the address for administration must be one where the session of the main one counts', () => {
  const main = `${oidc}publicUrl: https://ai.example.com\n`
  const admin = (more: string): readonly string[] => problemsOf(`${main}admin: { ${more} }`)
  assert.deepEqual(admin('publicUrl: "https://ai.example.com:8443"'), [])
  assert.match(admin('port: 9000')[0] ?? '', /^admin.publicUrl is missing/)
  assert.match(
    admin('publicUrl: "https://admin.example.com"')[0] ?? '',
    /^admin.publicUrl must have the scheme and host/,
  )
  assert.match(admin('publicUrl: "https://ai.example.com"')[0] ?? '', /^admin.publicUrl is publicUrl itself/)
  assert.match(problemsOf('admin: { port: 8787 }')[0] ?? '', /^admin.port is 8787, which is the main address/)
  assert.match(
    problemsOf('admin: { host: 0.0.0.0 }')[0] ?? '',
    /^admin.host is 0.0.0.0, but the embedded identity/,
  )
  assert.match(
    problemsOf('admin: { publicUrl: "http://localhost:1" }')[0] ?? '',
    /^admin.publicUrl is set and publicUrl is not/,
  )
})
