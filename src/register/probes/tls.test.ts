import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer as createPlain } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer, type TlsOptions } from 'node:tls'
import { makeAuthority } from '#/core/test-certificates.ts'
import { measureTls } from './tls.ts'

const authority = makeAuthority('Example authority')
const good = authority.issue('models.example.com', true, '20270102100000Z')

async function listen(context: TestContext, options: TlsOptions): Promise<number> {
  const server = createServer(options, (socket) => socket.end())
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => void server.close())
  return (server.address() as AddressInfo).port
}

const of = ({ certificate, privateKey }: typeof good): TlsOptions => ({ cert: certificate, key: privateKey })
const look = (port: number, ca: string | undefined = authority.certificate, limitMs = 5_000) =>
  measureTls({ host: '127.0.0.1', port, limitMs, ca })

test('a sound server is described: version, who issued its certificate, and its last moment', async (context) => {
  assert.deepEqual(await look(await listen(context, of(good))), {
    ...{ protocol: 'TLSv1.3', issuer: 'Example authority', ends: '2027-01-02T10:00:00.000Z', problem: null },
  })
  const older = await look(await listen(context, { ...of(good), maxVersion: 'TLSv1.2' }))
  assert.deepEqual([older.protocol, older.problem], ['TLSv1.2', null])
})

test('below TLS 1.2 no exchange may go there', async (context) => {
  const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const { protocol, problem } = await look(await listen(context, { ...of(good), ...old }))
  assert.equal(protocol, 'TLSv1.1')
  assert.equal(problem, 'It offers TLSv1.1; TLS 1.2 is the least.')
})

test('a certificate that has ended, is for another name, or of nobody we trust is a problem', async (context) => {
  const ended = await look(
    await listen(context, of(authority.issue('a.example.com', true, '20200201000000Z'))),
  )
  assert.equal(ended.problem, 'Its certificate or handshake is not valid (CERT_HAS_EXPIRED).')
  assert.equal(ended.ends, '2020-02-01T00:00:00.000Z')
  const other = await look(await listen(context, of(authority.issue('other.example.com'))))
  assert.match(other.problem ?? '', /ERR_TLS_CERT_ALTNAME_INVALID/)
  const foreign = await look(await listen(context, of(makeAuthority('Nobody').issue('x.example.com', true))))
  assert.match(foreign.problem ?? '', /UNABLE_TO_VERIFY_LEAF_SIGNATURE/)
})

test('who does not answer, or not in time, says nothing of TLS', async (context) => {
  const silent = createPlain(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  context.after(() => void silent.close())
  const { port } = silent.address() as AddressInfo
  await assert.rejects(look(port, undefined, 100), /no answer within 100 ms/)
  silent.close()
  await assert.rejects(look(9), { code: 'ECONNREFUSED' })
})
