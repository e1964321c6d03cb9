import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeAuthority } from '#/core/test-certificates.ts'
import type { TlsSettings } from './api.ts'
import { readCertificates } from './certificates.ts'
import { SettingsError } from './problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-certificates-'))
after(() => rmSync(folder, { recursive: true }))
const path = (name: string): string => join(folder, name)
const authority = makeAuthority()
const own = authority.issue('ai.example.com')
const now = Date.UTC(2026, 10, 25)

const settings: TlsSettings = {
  certificate: path('own.pem'),
  privateKey: `file:${path('own.key')}`,
  minVersion: '1.2',
  for: 'all',
  clientCertificates: 'off',
  clientCertificatesFor: 'all',
  clientCa: undefined,
}

/** The one problem, as `KEY SENTENCE`. */
function problemWith(files: { cert?: string; key?: string; ca?: string }, nowMs = now): string {
  writeFileSync(path('own.pem'), files.cert ?? own.certificate)
  writeFileSync(path('own.key'), files.key ?? own.privateKey)
  if (files.ca !== undefined) writeFileSync(path('ca.pem'), files.ca)
  try {
    readCertificates({ ...settings, clientCa: files.ca === undefined ? undefined : path('ca.pem') }, nowMs)
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error))
    assert.doesNotMatch(error.message, /PRIVATE|BEGIN/)
    return error.problems.map(({ key, problem }) => `${key} ${problem}`).join('\n')
  }
  return 'nothing'
}

test('a certificate with its key, and those between it and its root, can be served', () => {
  assert.equal(problemWith({}), 'nothing')
  assert.equal(
    problemWith({ cert: own.certificate + authority.certificate, ca: authority.certificate }),
    'nothing',
  )
  const read = readCertificates(settings, now)
  assert.deepEqual([read.isFor('ai.example.com'), read.isFor('other.example.com')], [true, false])
  assert.equal(read.minVersion, 'TLSv1.2')
})

test('what cannot be served is refused, with the key of the settings and the remedy', () => {
  assert.match(problemWith({ cert: 'none' }), /^tls.certificate must hold a certificate in PEM$/)
  assert.match(problemWith({ key: 'none' }), /^tls.privateKey must hold a private key in PEM without a pass/)
  assert.match(
    problemWith({ key: authority.privateKey }),
    /^tls.privateKey is not the key of tls.certificate$/,
  )
  assert.match(problemWith({ ca: 'none' }), /^tls.clientCa must hold certificates in PEM$/)
  assert.match(
    problemWith({}, Date.UTC(2100, 0)),
    /^tls.certificate ended on 2099-12-31; put a new one there$/,
  )
  assert.match(
    problemWith({}, Date.UTC(2019, 0)),
    /^tls.certificate begins on 2020-01-01 only; see the clock$/,
  )
  assert.match(problemWith({ cert: 'x'.repeat(1_048_577) }), /^tls.certificate is larger than 1048576 bytes$/)
  const gone = { ...settings, certificate: path('gone.pem') }
  assert.throws(() => readCertificates(gone, now), /tls.certificate refers to .* cannot be read \(ENOENT\)/)
})

const openssl = (...words: string[]): void =>
  void execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-nodes',
      '-days',
      '30',
      '-subj',
      '/CN=a',
      '-keyout',
      path('w.key'),
      '-out',
      path('w.pem'),
      ...words,
    ],
    { stdio: 'ignore' },
  )

const noOpenssl = (): string | false => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return false
  } catch {
    return 'there is no openssl to make weak certificates with'
  }
}

test('weak keys and signatures are refused', { skip: noOpenssl() }, () => {
  const problemOf = (...words: string[]): string => {
    openssl(...words)
    const weak = { ...settings, certificate: path('w.pem'), privateKey: `file:${path('w.key')}` }
    try {
      readCertificates(weak, Date.now() + 60_000)
    } catch (error) {
      return error instanceof SettingsError ? (error.problems[0]?.problem ?? '') : String(error)
    }
    return 'nothing'
  }
  assert.match(problemOf('-newkey', 'rsa:1024'), /^has a key that is too weak; use RSA from 2048 bits/)
  assert.match(problemOf('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'), /too weak/)
  assert.match(problemOf('-newkey', 'rsa:2048', '-sha1'), /^is signed with SHA-1 or MD5/)
  assert.equal(problemOf('-newkey', 'rsa:2048'), 'nothing')
})
