import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import type { TlsMeasured } from './api.ts'

export interface TlsAsked {
  readonly host: string
  readonly port: number
  /** From the first byte out to the end of the handshake. */
  readonly limitMs: number
  /** PEM. Certificates to trust instead of the system's. */
  readonly ca?: string | undefined
}

/**
 * Shakes hands as an exchange does and sends nothing. When that fails it shakes hands once more with every version and
 * every certificate allowed, only to say what is wrong. Rejects when nobody answers: that says nothing of TLS.
 */
export async function measureTls(asked: TlsAsked): Promise<TlsMeasured> {
  try {
    return await shakeHands(asked, (socket) => describe(socket, null))
  } catch (error) {
    const reason = codeOf(error)
    if (!isAboutTls(reason)) throw error
    return shakeHands(asked, (socket) => describe(socket, problemOf(socket, reason)), true)
  }
}

function shakeHands(
  { host, port, limitMs, ca }: TlsAsked,
  read: (socket: TLSSocket) => TlsMeasured,
  isLenient = false,
): Promise<TlsMeasured> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // An address is no server name (RFC 6066, section 3).
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
      ...(isLenient ? { rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
    })
    const fail = (error: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(new Error(`no answer within ${limitMs} ms`)), limitMs)
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      try {
        resolve(read(socket))
      } catch (error) {
        reject(error)
      } finally {
        socket.destroy()
      }
    })
  })
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Codes of OpenSSL and Node for a certificate or a version; those of sockets (ECONNREFUSED, ETIMEDOUT) are others. */
const isAboutTls = (code: string): boolean =>
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|HOSTNAME_|EPROTO$)/.test(code)

function problemOf(socket: TLSSocket, code: string): string {
  const protocol = socket.getProtocol() ?? 'none'
  if (['TLSv1', 'TLSv1.1', 'SSLv3'].includes(protocol)) return `It offers ${protocol}; TLS 1.2 is the least.`
  return `Its certificate or handshake is not valid (${code}).`
}

function describe(socket: TLSSocket, problem: string | null): TlsMeasured {
  const certificate: Partial<DetailedPeerCertificate> = socket.getPeerCertificate()
  const ends = Date.parse(certificate.valid_to ?? '')
  return {
    protocol: socket.getProtocol() ?? 'none',
    issuer: issuerOf(certificate),
    ends: Number.isNaN(ends) ? '' : new Date(ends).toISOString(),
    problem,
  }
}

/** Whoever answers chose these words: one line of a bounded length. */
function issuerOf({ issuer }: Partial<DetailedPeerCertificate>): string {
  const name = [issuer?.O, issuer?.CN].filter((each) => typeof each === 'string').join(', ')
  return name.replace(/\p{Cc}/gu, ' ').slice(0, 200)
}
