import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { TlsSettings } from './api.ts'
import { SettingsError } from './problem.ts'

/** What a listener shows and trusts. */
export interface Certificates {
  /** In PEM: the certificate, then those between it and its root. */
  readonly certificate: string
  readonly privateKey: string
  readonly clientCa: string | undefined
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  readonly endsAtMs: number
  /** Host names the certificate is for. */
  readonly isFor: (host: string) => boolean
}

/**
 * Forward secrecy and authenticated encryption only. Level 2 of OpenSSL refuses keys below 112 bits and SHA-1.
 * Source: https://ssl-config.mozilla.org, "intermediate" (version 5.7); openssl SSL_CTX_set_security_level(3).
 */
export const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  ...['ECDHE-ECDSA', 'ECDHE-RSA'].flatMap((exchange) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'].map((cipher) => `${exchange}-${cipher}`),
  ),
  '@SECLEVEL=2',
].join(':')

/** Chains and bundles of a company are far smaller. */
const maxBytes = 1024 * 1024

/** Reads and checks what `tls` names. Throws `SettingsError` naming the key, never what stands in a file. */
export function readCertificates(tls: TlsSettings, nowMs: number): Certificates {
  const keyFile = tls.privateKey.slice('file:'.length)
  const certificate = readSmall(tls.certificate, 'tls.certificate')
  const privateKey = readSmall(keyFile, 'tls.privateKey')
  const clientCa = tls.clientCa === undefined ? undefined : readSmall(tls.clientCa, 'tls.clientCa')
  const say = (key: string, file: string, problem: string, cause?: unknown): SettingsError => {
    const error = new SettingsError([{ key: `tls.${key}`, place: `file ${file}`, problem }])
    if (cause !== undefined) error.cause = cause
    return error
  }
  const read = <T>(key: string, file: string, problem: string, work: () => T): T => {
    try {
      return work()
    } catch (cause) {
      throw say(key, file, problem, cause)
    }
  }
  const own = read(
    'certificate',
    tls.certificate,
    'must hold a certificate in PEM',
    () => new X509Certificate(certificate),
  )
  const key = read('privateKey', keyFile, 'must hold a private key in PEM without a passphrase', () =>
    createPrivateKey(privateKey),
  )
  if (!own.checkPrivateKey(key)) throw say('privateKey', keyFile, 'is not the key of tls.certificate')
  const [from, until] = [Date.parse(own.validFrom), Date.parse(own.validTo)]
  const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  if (until <= nowMs)
    throw say('certificate', tls.certificate, `ended on ${dayOf(until)}; put a new one there`)
  if (from > nowMs) throw say('certificate', tls.certificate, `begins on ${dayOf(from)} only; see the clock`)
  const weak = weaknessOf(own)
  if (weak !== undefined) throw say('certificate', tls.certificate, weak)
  if (clientCa !== undefined)
    read('clientCa', tls.clientCa ?? '', 'must hold certificates in PEM', () => new X509Certificate(clientCa))
  const minVersion = `TLSv${tls.minVersion}` as const
  const parts = { cert: certificate, key: privateKey, ciphers, minVersion, ...(clientCa && { ca: clientCa }) }
  read('certificate', tls.certificate, 'cannot be served: a certificate of the chain is weak or broken', () =>
    createSecureContext(parts),
  )
  return {
    certificate,
    privateKey,
    clientCa,
    minVersion,
    endsAtMs: until,
    isFor: (host) => (isIP(host) === 0 ? own.checkHost(host) : own.checkIP(host)) !== undefined,
  }
}

/** 112 bits of security. Source: NIST SP 800-57 part 1, revision 5, table 2. */
const rsaLeastBits = 2_048
const curves = ['prime256v1', 'secp384r1', 'secp521r1']

function weaknessOf({ publicKey, signatureAlgorithm }: X509Certificate): string | undefined {
  if (/sha1|md5|md4|md2/i.test(signatureAlgorithm ?? '')) {
    return 'is signed with SHA-1 or MD5; ask for one signed with SHA-256'
  }
  return isStrong(publicKey)
    ? undefined
    : `has a key that is too weak; use RSA from ${rsaLeastBits} bits, P-256, P-384, P-521 or Ed25519`
}

function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'rsa' || type === 'rsa-pss') return (details?.modulusLength ?? 0) >= rsaLeastBits
  if (type === 'ec') return curves.includes(details?.namedCurve ?? '')
  return type === 'ed25519' || type === 'ed448'
}

function readSmall(file: string, key: string): string {
  const fail = (problem: string): SettingsError =>
    new SettingsError([{ key, place: `file ${file}`, problem }])
  try {
    if (statSync(file).size > maxBytes) throw fail(`is larger than ${maxBytes} bytes`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw fail(`refers to the file ${file}, which cannot be read (${reason})`)
  }
}
