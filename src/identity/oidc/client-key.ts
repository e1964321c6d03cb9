import { createPrivateKey, type KeyObject, type webcrypto, X509Certificate } from 'node:crypto'
import type { ProviderShape } from '#/settings/api.ts'

export interface ClientKey {
  readonly key: webcrypto.CryptoKey
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
export async function readClientKey(pem: string, shape: ProviderShape): Promise<ClientKey> {
  const read = readKey(pem)
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0]
  if (shape === 'entra' && certificate === undefined)
    throw new Error('clientKey must hold the certificate, too: Entra ID finds the key by it')
  const thumbprint =
    certificate &&
    Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString(
      'base64url',
    )
  return {
    key: await crypto.subtle.importKey(
      'pkcs8',
      new Uint8Array(read.export({ type: 'pkcs8', format: 'der' })),
      algorithmOf(read, shape),
      false,
      ['sign'],
    ),
    thumbprint,
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // What failed quotes the file at times.
    throw new Error('clientKey holds no private key in PEM that opens without a passphrase')
  }
}

function algorithmOf(key: KeyObject, shape: ProviderShape) {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2_048)
    return shape === 'entra' ? algorithms.rsaPss : algorithms.rsa
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return algorithms.ec
  if (type === 'ed25519') return algorithms.ed25519
  throw new Error('clientKey must be RSA of at least 2048 bits, EC on P-256, or Ed25519')
}
