/**
 * Syslog: RFC 5424 messages over TLS with octet counting (RFC 5425). The protocol has no acknowledgement: bytes a
 * socket took may die with the receiver. So a connection is an envelope: it is closed from our side, and what it
 * carried has arrived only once the receiver, having read to the end, closed its own. Any other end means all of it
 * is sent again.
 */
import type { Socket } from 'node:net'
import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describeError } from '#/core/log-line.ts'
import type { SyslogSinkSettings } from '#/settings/api.ts'
import {
  type FormattedEvent,
  type Sink,
  SinkFailure,
  type SinkKind,
  type SinkSurroundings,
} from '../../api.ts'
import { formatMessage } from './message.ts'

export const syslogSink: SinkKind<'syslog'> = {
  kind: 'syslog',
  // A connection for each poll would be two a second.
  settleEveryMs: 5_000,
  describe: ({ host, port, tls }) =>
    `${tls ? 'tls' : 'tcp'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
  open: (settings, around) => new SyslogSink(settings, around),
}

/** Nobody waits longer for a receiver to connect, to take bytes, or to close. */
const patienceMs = 30_000

class SyslogSink implements Sink {
  readonly #settings: SyslogSinkSettings
  readonly #around: SinkSurroundings
  #connection: Connection | undefined

  constructor(settings: SyslogSinkSettings, around: SinkSurroundings) {
    this.#settings = settings
    this.#around = around
  }

  readonly send = (events: readonly FormattedEvent[]) =>
    this.#orFailure(async () => {
      this.#connection ??= await Connection.open(this.#settings, this.#around)
      await this.#connection.write(frame(events, this.#around))
      return { refused: [] }
    })

  readonly settle = () =>
    this.#orFailure(async () => {
      await this.#connection?.finish()
      this.#connection = undefined
    })

  readonly close = async (): Promise<void> => {
    this.#connection?.destroy()
    this.#connection = undefined
  }

  async #orFailure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      await this.close()
      throw new SinkFailure(`${syslogSink.describe(this.#settings)}: ${describeError(cause)}`, { cause })
    }
  }
}

/** Octet counting: the length in bytes, a space, the message. Source: RFC 5425, section 4.3. */
function frame(events: readonly FormattedEvent[], around: SinkSurroundings): Buffer {
  const pieces = events.flatMap((event) => {
    const message = Buffer.from(formatMessage(event, around))
    return [Buffer.from(`${message.length} `), message]
  })
  return Buffer.concat(pieces)
}

/** A socket whose first end or error decides what every later call gives. */
class Connection {
  readonly #socket: Socket
  readonly #ended: Promise<void>
  #isFinishing = false
  #death: Error | undefined

  static async open(settings: SyslogSinkSettings, around: SinkSurroundings): Promise<Connection> {
    const socket = settings.tls ? openTls(settings, around) : connectPlain(settings.port, settings.host)
    const connection = new Connection(socket)
    const ready = new Promise<void>((resolve) => {
      socket.once(settings.tls ? 'secureConnect' : 'connect', resolve)
    })
    await connection.#within(ready, 'no connection')
    return connection
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    // A receiver says nothing; what it says is read, so that its end is seen.
    socket.resume()
    this.#ended = new Promise((resolve) => {
      socket.once('error', (error) => {
        this.#death ??= error
      })
      socket.once('end', () => {
        if (!this.#isFinishing) this.#death ??= new Error('the receiver closed the connection')
      })
      socket.once('close', () => {
        if (!this.#isFinishing) this.#death ??= new Error('the connection was closed')
        resolve()
      })
    })
  }

  /** Resolves once the kernel took the bytes. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#death !== undefined) throw this.#death
    const taken = new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
    await this.#within(taken, 'nothing is taken')
  }

  /** Closes our side and waits for the other. Rejects when it ends in any other way. */
  async finish(): Promise<void> {
    if (this.#death !== undefined) throw this.#death
    this.#isFinishing = true
    this.#socket.end()
    await within(this.#ended, 'the receiver does not close after the end of the stream')
    if (this.#death !== undefined) throw this.#death
  }

  destroy(): void {
    this.#socket.destroy()
  }

  async #within(work: Promise<void>, problem: string): Promise<void> {
    const ended = this.#ended.then(() => {
      throw this.#death ?? new Error('the connection was closed')
    })
    try {
      await within(Promise.race([work, ended]), problem)
    } catch (error) {
      this.destroy()
      throw error
    }
  }
}

function openTls({ host, port, serverName }: SyslogSinkSettings, around: SinkSurroundings): Socket {
  const { ca, certificate, privateKey } = around
  return connectTls({
    host,
    port,
    // Which name the certificate must carry; an address is checked as an address.
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(privateKey === undefined ? {} : { key: privateKey }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  })
}

async function within<T>(work: Promise<T>, problem: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${problem} within ${patienceMs / 1_000} s`)), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
