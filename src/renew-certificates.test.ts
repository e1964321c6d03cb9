import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import { makeAuthority } from '#/core/test-certificates.ts'
import type { TlsSettings } from '#/settings/api.ts'
import { type Certificates, readCertificates } from '#/settings/certificates.ts'
import { renewCertificates } from './renew-certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-renewal-'))
after(() => rmSync(folder, { recursive: true }))
const path = (name: string): string => join(folder, name)
const authority = makeAuthority()
const tls: TlsSettings = {
  certificate: path('own.pem'),
  privateKey: `file:${path('own.key')}`,
  minVersion: '1.2',
  for: 'all',
  clientCertificates: 'off',
  clientCertificatesFor: 'all',
  clientCa: undefined,
}
const dayMs = 86_400_000

function open(startMs: number) {
  let now = startMs
  const { certificate, privateKey } = authority.issue('ai.example.com')
  writeFileSync(path('own.pem'), certificate)
  writeFileSync(path('own.key'), privateKey)
  const lines: LogLine[] = []
  const applied: Certificates[] = []
  const renewal = renewCertificates({
    tls,
    certificates: readCertificates(tls, now),
    apply: (certificates) => applied.push(certificates),
    clock: { now: () => now, monotonic: () => now },
    writeLine: (line) => lines.push(line),
  })
  after(renewal.end)
  return { renewal, lines, applied, forward: (ms: number) => (now += ms) }
}

/** As what renews certificates does it: a new file takes the place of the old one. */
function replace(name: string, text: string): void {
  writeFileSync(path(`${name}.new`), text)
  renameSync(path(`${name}.new`), path(name))
}

test('files that change are served once both fit, and looked at no more than once', () => {
  const { renewal, lines, applied } = open(Date.UTC(2026, 10, 25))
  renewal.look()
  assert.equal(applied.length, 0)
  const next = authority.issue('ai.example.com')
  replace('own.pem', next.certificate)
  renewal.look()
  renewal.look()
  assert.deepEqual([applied.length, lines.length, lines[0]?.level], [0, 1, 'error'])
  replace('own.key', next.privateKey)
  renewal.look()
  renewal.look()
  assert.deepEqual(
    applied.map(({ certificate }) => certificate),
    [next.certificate],
  )
  rmSync(path('own.key'))
  renewal.look()
  assert.deepEqual([applied.length, lines.at(-1)?.level], [1, 'error'])
})

test('a certificate that is about to end is told each day', () => {
  const { renewal, lines, forward } = open(Date.UTC(2099, 11, 16))
  assert.equal(lines.length, 0)
  forward(2 * dayMs)
  renewal.look()
  renewal.look()
  assert.match(lines[0]?.what ?? '', /^the certificate ends in 13 days: put a new one into /)
  forward(dayMs)
  renewal.look()
  assert.equal(lines.length, 2)
})
