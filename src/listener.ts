import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SecureContextOptions, TLSSocket } from 'node:tls'
import type { Router } from '#/core/http/router.ts'
import { answerUnreadable } from '#/core/http/unreadable.ts'
import type { TlsSettings } from '#/settings/api.ts'
import { type Certificates, ciphers } from '#/settings/certificates.ts'

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Without it nothing is encrypted. */
  readonly certificates: Certificates | undefined
  readonly clientCertificates: TlsSettings['clientCertificates']
}

export interface Listener {
  readonly url: string
  readonly port: number
  readonly serve: (router: Router) => void
  /** For connections from now on; those that are open go on as they are. */
  readonly renew: (certificates: Certificates) => void
  /** Takes no new connections; the function it gives waits for answers that are being written, and ends the rest. */
  readonly close: () => () => Promise<void>
}

/** Slow heads must not hold sockets; a whole body is bounded where it is read. */
const headersLimitMs = 10_000
const limits = { headersTimeout: headersLimitMs, requestTimeout: 0, keepAliveTimeout: 75_000 }

/** Listens at once, so that a port that is taken is known before anything is opened; serves when told to. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, certificates } = options
  let router: Router | undefined
  const answer: RequestListener = (request, response) => {
    if (router !== undefined) router(request, response)
    else response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end('Sallyport is starting.\n')
  }
  const secure = certificates === undefined ? undefined : openTls(options, certificates, answer)
  const server: Server = secure ?? createServer(limits, answer)
  server.on('clientError', answerUnreadable)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `${secure === undefined ? 'http' : 'https'}://${name}:${taken}`,
    port: taken,
    serve: (given) => {
      router = given
    },
    renew: (renewed) => secure?.setSecureContext(contextOf(renewed)),
    close: () => closeServer(server),
  }
}

function openTls(
  { clientCertificates }: ListenOptions,
  certificates: Certificates,
  answer: RequestListener,
): TlsServer {
  const server = createTlsServer(
    {
      ...limits,
      ...contextOf(certificates),
      handshakeTimeout: headersLimitMs,
      requestCert: clientCertificates !== 'off',
      rejectUnauthorized: clientCertificates === 'require',
    },
    answer,
  )
  // Whoever shows a certificate must show a right one: a wrong one is a mistake or a pretence, and no absence.
  if (clientCertificates === 'request') {
    server.on('secureConnection', (socket: TLSSocket) => {
      if (!socket.authorized && socket.getPeerX509Certificate() !== undefined) socket.destroy()
    })
  }
  return server
}

const contextOf = ({
  certificate,
  privateKey,
  clientCa,
  minVersion,
}: Certificates): SecureContextOptions => ({
  cert: certificate,
  key: privateKey,
  minVersion,
  ciphers,
  ...(clientCa === undefined ? {} : { ca: clientCa }),
})

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`port ${port} of ${host} is taken; stop what listens there, or set PORT to another one`, {
    cause: error,
  })
}

/** What the page and the command line asked is answered within this, once no exchange is open any more. */
const lastAnswersMs = 2_000

/** A kept-alive connection becomes idle only after its answer, and would stay for minutes: idle ones are ended again. */
function closeServer(server: Server): () => Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeIdleConnections()
  return async () => {
    server.closeIdleConnections()
    const tooLate = setTimeout(() => server.closeAllConnections(), lastAnswersMs)
    const again = setInterval(() => server.closeIdleConnections(), 20)
    await closed
    clearTimeout(tooLate)
    clearInterval(again)
  }
}
