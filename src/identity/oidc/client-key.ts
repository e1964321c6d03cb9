import { createPrivateKey, type KeyObject, type webcrypto, X509Certificate } from 'node:crypto'
import type { ProviderShape } from '#/settings/api.ts'

export interface ClientKey {
  readonly key: KeyObject
  readonly algorithm: (typeof algorithms)[keyof typeof algorithms]
  /** SHA-256 of the certificate, which Entra ID finds the key by. */
  readonly thumbprint: string | undefined
}

/** What is signed with: by the kind of key, and for RSA what the provider wants. */
const algorithms = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  rsaPss: { name: 'RSA-PSS', hash: 'SHA-256' },
  ec: { name: 'ECDSA', namedCurve: 'P-256' },
  ed25519: { name: 'Ed25519' },
} as const

/**
 * Reads `clientKey`: a private key in PEM, and for Entra ID its certificate in the same file.
 * Throws an Error that says what is wrong, and nothing of what the file holds.
 * Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials (PS256, x5t#S256).
 */
export function readClientKey(pem: string, shape: ProviderShape): ClientKey {
  const key = readKey(pem)
  const algorithm = algorithmOf(key, shape)
  const certificate = readCertificate(pem)
  if (shape === 'entra' && certificate === undefined)
    throw new Error('clientKey must hold the certificate, too: Entra ID finds the key by it')
  if (certificate !== undefined && !certificate.checkPrivateKey(key))
    throw new Error('clientKey holds a certificate of another key')
  const fingerprint = certificate?.fingerprint256.replaceAll(':', '')
  return {
    key,
    algorithm,
    thumbprint: fingerprint && Buffer.from(fingerprint, 'hex').toString('base64url'),
  }
}

/** In the form that signs and cannot be taken out again. */
export const importClientKey = ({ key, algorithm }: ClientKey): Promise<webcrypto.CryptoKey> =>
  crypto.subtle.importKey(
    'pkcs8',
    new Uint8Array(key.export({ type: 'pkcs8', format: 'der' })),
    algorithm,
    false,
    ['sign'],
  )

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // What failed quotes the file at times.
    throw new Error('clientKey holds no private key in PEM that opens without a passphrase')
  }
}

function readCertificate(pem: string): X509Certificate | undefined {
  const found = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0]
  if (found === undefined) return undefined
  try {
    return new X509Certificate(found)
  } catch {
    throw new Error('clientKey holds a certificate that cannot be read')
  }
}

function algorithmOf(key: KeyObject, shape: ProviderShape): ClientKey['algorithm'] {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2_048)
    return shape === 'entra' ? algorithms.rsaPss : algorithms.rsa
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return algorithms.ec
  if (type === 'ed25519') return algorithms.ed25519
  throw new Error('clientKey must be RSA of at least 2048 bits, EC on P-256, or Ed25519')
}
