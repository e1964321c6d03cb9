/**
 * Certificates for tests, made where they are needed: an authority and what it issues, P-256 with ECDSA and SHA-256.
 * Source of the structure: RFC 5280, section 4.1; of its encoding: ITU-T X.690.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Certified {
  /** In PEM. */
  readonly certificate: string
  readonly privateKey: string
}

export interface Authority extends Certified {
  /** For names such as `siem.example.com`, and for 127.0.0.1 when `isLoopback`; `ends` as in `20991231235959Z`. */
  readonly issue: (name: string, isLoopback?: boolean, ends?: string) => Certified
}

const farAhead = '20991231235959Z'

export function makeAuthority(name = 'Test authority'): Authority {
  const own = newKey()
  const certificate = build({
    subject: name,
    issuer: name,
    publicKey: own.spki,
    signedBy: own.key,
    extensions: [authorityExtension],
    ends: farAhead,
  })
  return {
    certificate,
    privateKey: own.pem,
    issue: (subject, isLoopback = false, ends = farAhead) => {
      const issued = newKey()
      const names = [
        tagged(0x82, Buffer.from(subject)),
        ...(isLoopback ? [tagged(0x87, Buffer.from([127, 0, 0, 1]))] : []),
      ]
      const extension = sequence(objectId('551d11'), octets(sequence(...names)))
      return {
        certificate: build({
          subject,
          issuer: name,
          publicKey: issued.spki,
          signedBy: own.key,
          extensions: [extension],
          ends,
        }),
        privateKey: issued.pem,
      }
    },
  }
}

function newKey(): { readonly pem: string; readonly key: KeyObject; readonly spki: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { pem: privateKey, key: createPrivateKey(privateKey), spki: publicKey }
}

const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
const octets = (bytes: Buffer): Buffer => tagged(0x04, bytes)
const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bytes)
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const integer = (bytes: Buffer): Buffer => tagged(0x02, Buffer.from([0x01]), bytes)
const time = (text: string): Buffer => tagged(0x18, Buffer.from(text))
/** One attribute: the common name, 2.5.4.3. */
const nameOf = (text: string): Buffer =>
  sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(text)))))

/** basicConstraints, critical: an authority. */
const authorityExtension = sequence(
  objectId('551d13'),
  tagged(0x01, Buffer.from([0xff])),
  octets(sequence(tagged(0x01, Buffer.from([0xff])))),
)
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))

function build(made: {
  readonly subject: string
  readonly issuer: string
  readonly publicKey: Buffer
  readonly signedBy: KeyObject
  readonly extensions: readonly Buffer[]
  readonly ends: string
}): string {
  const version3 = tagged(0xa0, tagged(0x02, Buffer.from([2])))
  const toBeSigned = sequence(
    ...[version3, integer(randomBytes(8)), ecdsaWithSha256, nameOf(made.issuer)],
    ...[sequence(time('20200101000000Z'), time(made.ends)), nameOf(made.subject), made.publicKey],
    tagged(0xa3, sequence(...made.extensions)),
  )
  const whole = sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, made.signedBy)))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
