import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer as createTls, type TlsOptions } from 'node:tls'
import { makeAuthority } from '#/core/test-certificates.ts'
import type { SyslogSinkSettings } from '#/settings/api.ts'
import { type Sink, SinkFailure, type SinkSurroundings } from '../../api.ts'
import { hostile } from '../../formats/test-samples.ts'
import { until } from '../../test-log.ts'
import { formatted, surroundings } from '../test-around.ts'
import { formatMessage } from './message.ts'
import { syslogSink } from './syslog.ts'

const authority = makeAuthority()
const own = authority.issue('siem.example.com', true)

interface Listening {
  readonly port: number
  /** What arrived, a text for each connection. */
  readonly received: readonly string[]
  readonly sockets: Socket[]
}

async function listen(context: TestContext, server: Server): Promise<Listening> {
  const received: string[] = []
  const sockets: Socket[] = []
  server.on(
    server.listenerCount('secureConnection') >= 0 && 'setTicketKeys' in server
      ? 'secureConnection'
      : 'connection',
    (socket: Socket) => {
      sockets.push(socket)
      const at = received.push('') - 1
      socket.on('error', () => undefined)
      socket.setEncoding('utf8').on('data', (text: string) => {
        received[at] += text
      })
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, received, sockets }
}

const listenTls = (context: TestContext, more: TlsOptions = {}): Promise<Listening> =>
  listen(context, createTls({ cert: own.certificate, key: own.privateKey, ...more }))

function open(
  context: TestContext,
  port: number,
  more: Partial<SyslogSinkSettings> = {},
  around: SinkSurroundings = trusting,
): Sink {
  const sink = syslogSink.open(
    {
      ...{ kind: 'syslog', id: 'syslog', format: 'sallyport', from: 'beginning', people: false },
      ...{ host: '127.0.0.1', port, tls: true, ca: '/ca.pem', serverName: undefined },
      ...{ certificate: undefined, privateKey: undefined },
      ...more,
    },
    around,
  )
  context.after(() => sink.close())
  return sink
}

const trusting = surroundings('sallyport', { ca: authority.certificate })

/** By their counts, as RFC 5425 says. */
function messagesIn(text: string): readonly string[] {
  let bytes = Buffer.from(text)
  const messages: string[] = []
  while (bytes.length > 0) {
    const space = bytes.indexOf(0x20)
    const length = Number(bytes.toString('utf8', 0, space))
    assert.ok(Number.isInteger(length) && length > 0, bytes.toString('utf8', 0, 20))
    messages.push(bytes.toString('utf8', space + 1, space + 1 + length))
    bytes = bytes.subarray(space + 1 + length)
  }
  return messages
}

test('a message has the parts of RFC 5424 and the event behind them', () => {
  const [event] = formatted(4, 1, trusting)
  assert.ok(event !== undefined)
  const { line } = event
  assert.equal(
    formatMessage(event, { ...trusting, hostName: 'gate one\u00e9.example.com' }),
    `<110>1 2026-11-23T00:00:00.004Z gateone.example.com sallyport ${process.pid} sallyport-1 [origin software="Sallyport" swVersion="0.0.0"][meta sequenceId="5"] ${line}`,
  )
})

test('every event is a message of its own by its count, whatever stands in it', async (context) => {
  const server = await listenTls(context)
  const sink = open(context, server.port)
  const events = [
    ...formatted(0, 300, trusting, hostile),
    ...formatted(300, 1, trusting, 'gr\u00fc\u00df dich \u{1f600}'),
  ]
  await sink.send(events)
  await sink.settle()
  assert.equal(server.sockets.length, 1)
  const messages = messagesIn(server.received[0] ?? '')
  assert.equal(messages.length, 301)
  for (const [at, message] of messages.entries()) {
    assert.doesNotMatch(message, /\p{Cc}/u)
    const json = message.slice(message.indexOf('] {') + 2)
    assert.equal((JSON.parse(json) as { id: string }).id, `log.example.com/test#${at}`)
  }
})

test('settling waits for the other side to close, and the next batch gets a connection of its own', async (context) => {
  const server = await listenTls(context, { allowHalfOpen: true } as TlsOptions)
  const sink = open(context, server.port)
  await sink.send(formatted(0, 1, trusting))
  let isSettled = false
  const settling = sink.settle().then(() => {
    isSettled = true
  })
  await until(() => (server.received[0] ?? '').length > 0, 'it is read')
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(isSettled, false)
  server.sockets[0]?.end()
  await settling
  await sink.send(formatted(1, 1, trusting))
  await until(() => server.sockets.length === 2, 'a second connection')
})

test('a receiver that goes away before it has read to the end is a failure', async (context) => {
  for (const leave of [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.end()]) {
    const server = await listen(
      context,
      createPlain((socket) => socket.pause()),
    )
    const sink = open(context, server.port, { tls: false })
    await sink.send(formatted(0, 1, trusting))
    await until(() => server.sockets.length === 1, 'it is connected')
    leave(server.sockets[0] as Socket)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await assert.rejects(sink.settle(), SinkFailure)
    await sink.send(formatted(0, 1, trusting))
    await until(() => server.sockets.length === 2, 'a second connection')
  }
})

test('the certificate must come from a trusted authority and carry the name', async (context) => {
  const server = await listenTls(context)
  const others = makeAuthority('Another')
  for (const [more, around, problem] of [
    [{}, surroundings('sallyport', { ca: others.certificate }), /certificate/],
    [{}, surroundings(), /certificate/],
    [{ serverName: 'other.example.com' }, trusting, /does not match|other\.example\.com/],
  ] as const) {
    await assert.rejects(open(context, server.port, more, around).send(formatted(0, 1, trusting)), problem)
  }
  assert.deepEqual(
    server.received.filter((text) => text !== ''),
    [],
  )
  const sink = open(context, server.port, { serverName: 'siem.example.com' })
  await sink.send(formatted(0, 1, trusting))
  await sink.settle()
})

test('a receiver that wants a certificate is shown the one of the settings', async (context) => {
  const server = await listenTls(context, {
    requestCert: true,
    rejectUnauthorized: true,
    ca: authority.certificate,
  })
  const shown = authority.issue('gate.example.com')
  const sink = open(context, server.port, {}, { ...trusting, ...shown })
  await sink.send(formatted(0, 1, trusting))
  await sink.settle()
  assert.equal(messagesIn(server.received[0] ?? '').length, 1)
  const unknown = open(context, server.port)
  await assert.rejects(async () => {
    await unknown.send(formatted(0, 1, trusting))
    await unknown.settle()
  }, SinkFailure)
})

test('nobody there is a failure that names the address', async (context) => {
  const server = await listen(context, createPlain())
  const sink = open(context, server.port, { tls: false })
  await sink.send(formatted(0, 1, trusting))
  await sink.settle()
  await assert.rejects(
    open(context, 1, { tls: false }).send(formatted(0, 1, trusting)),
    /^SinkFailure: tcp:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/,
  )
})
