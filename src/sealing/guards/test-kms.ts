/**
 * AWS KMS for tests: Encrypt and Decrypt, bound to their encryption context, with signatures checked.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AwsCredentials, signAws } from './aws-signature.ts'

export interface TestKms {
  readonly url: string
  /** By ARN. */
  readonly keys: Map<string, { readonly bytes: Buffer; state: 'Enabled' | 'Disabled' | 'PendingDeletion' }>
  readonly aliases: Map<string, string>
  readonly stop: () => Promise<void>
}

export const arnOf = (name: string): string => `arn:aws:kms:eu-central-1:111122223333:key/${name}`

type Reply = readonly [status: number, body: unknown]

const wrong = (type: string, message: string): Reply => [400, { __type: type, message }]

export async function startTestKms(credentials: AwsCredentials): Promise<TestKms> {
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const kms: TestKms = {
    url,
    keys: new Map([[arnOf('one'), { bytes: randomBytes(32), state: 'Enabled' as const }]]),
    aliases: new Map([['alias/sallyport', arnOf('one')]]),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces).toString()
    const { authorization = '', 'x-amz-target': target = '' } = request.headers
    if (!authorization.includes(`Credential=${credentials.accessKeyId}/`))
      return wrong('UnrecognizedClientException', 'The security token included in the request is invalid.')
    const sent = ['content-type', 'x-amz-target'].map((name) => [name, String(request.headers[name])])
    const atMs = Date.parse(
      String(request.headers['x-amz-date']).replace(
        /^(....)(..)(..T..)(..)(..)Z$/,
        (_, year, month, day, minute, second) => `${year}-${month}-${day}:${minute}:${second}Z`,
      ),
    )
    const signed = signAws(
      {
        method: 'POST',
        url: new URL(url),
        headers: Object.fromEntries(sent),
        body,
        region: 'eu-central-1',
        service: 'kms',
        atMs,
      },
      credentials,
    )
    if (signed['authorization'] !== authorization)
      return wrong('InvalidSignatureException', 'The request signature we calculated does not match.')
    return route(kms, String(target), JSON.parse(body) as Record<string, unknown>)
  }
  return kms
}

function route(kms: TestKms, target: string, input: Record<string, unknown>): Reply {
  const arn = kms.aliases.get(String(input['KeyId'])) ?? String(input['KeyId'])
  const key = kms.keys.get(arn)
  if (key === undefined) return wrong('NotFoundException', `Key '${arn}' does not exist`)
  if (key.state === 'Disabled') return wrong('DisabledException', `${arn} is disabled.`)
  if (key.state === 'PendingDeletion') return wrong('KMSInvalidStateException', `${arn} is pending deletion.`)
  const context = Buffer.from(JSON.stringify(input['EncryptionContext'] ?? {}))
  if (target === 'TrentService.Encrypt') {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(context)
    const text = cipher.update(String(input['Plaintext']), 'base64')
    const blob = Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
    return [
      200,
      { CiphertextBlob: blob.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    ]
  }
  if (target !== 'TrentService.Decrypt') return wrong('UnknownOperationException', target)
  const blob = Buffer.from(String(input['CiphertextBlob']), 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, blob.subarray(0, 12)).setAAD(context)
  decipher.setAuthTag(blob.subarray(-16))
  const text = decipher.update(blob.subarray(12, -16))
  try {
    decipher.final()
  } catch {
    return [400, { __type: 'InvalidCiphertextException' }]
  }
  return [200, { Plaintext: text.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }]
}
