/**
 * AWS Key Management Service: the key-encryption key is made by us and encrypted by KMS, for this purpose and
 * version only (encryption context). It needs `kms:Encrypt` and `kms:Decrypt` and nothing else.
 * KMS keeps every older backing key, so KMS alone cannot make an old copy unreadable: see `destroy`.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference.
 */
import { z } from 'zod'
import type { Clock } from '#/core/clock.ts'
import { callService } from '#/core/http/call-service.ts'
import type { AwsKmsSettings } from '#/settings/api.ts'
import type { KeyGuard } from './api.ts'
import { type AwsCredentials, signAws } from './aws-signature.ts'

const encrypted = z.object({ CiphertextBlob: z.string().min(1), KeyId: z.string().min(1) })
const decrypted = z.object({ Plaintext: z.string(), KeyId: z.string().min(1) })
const failed = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
})

export function awsKmsGuard(
  settings: AwsKmsSettings,
  credentials: () => AwsCredentials,
  clock: Pick<Clock, 'now'>,
): KeyGuard {
  const { region, key, limitMs } = settings
  const url = new URL(settings.url ?? `https://kms.${region}.amazonaws.com/`)

  const ask = async <T>(operation: string, input: object, schema: z.ZodType<T>): Promise<T> => {
    const body = JSON.stringify(input)
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    }
    const request = { method: 'POST', url, headers, body, region, service: 'kms', atMs: clock.now() }
    const { status, json } = await callService({
      url,
      method: 'POST',
      headers: signAws(request, credentials()),
      body,
      limitMs,
    }).catch((cause: Error) => {
      throw new Error(
        `the key service of keys.awsKms: ${cause.message}; correct keys.awsKms.region or url, or the way to it`,
        { cause },
      )
    })
    if (status !== 200) throw refused(operation, status, json)
    const read = schema.safeParse(json)
    if (!read.success) throw new Error(`keys.awsKms: the answer to ${operation} is not one of KMS`)
    return read.data
  }

  return {
    name: 'aws-kms',
    isRemote: true,
    seal: async (kek, version) => {
      const input = { KeyId: key, Plaintext: kek.toString('base64'), EncryptionContext: contextOf(version) }
      const { CiphertextBlob, KeyId } = await ask('Encrypt', input, encrypted)
      return { sealed: CiphertextBlob, holder: KeyId }
    },
    open: async ({ sealed, holder }, version) => {
      // The key is named, so that a blob of another account's key is refused instead of decrypted.
      const input = { KeyId: holder, CiphertextBlob: sealed, EncryptionContext: contextOf(version) }
      const { Plaintext } = await ask('Decrypt', input, decrypted)
      return { bytes: Buffer.from(Plaintext, 'base64'), isStale: false }
    },
    advance: async () => undefined,
    destroy: async (holder, current) =>
      holder === current
        ? `overwritten in keys/kek; a copy of it opens as long as ${holder} does`
        : `overwritten in keys/kek; schedule the deletion of ${holder} to end every copy of it`,
  }
}

const contextOf = (version: number): Readonly<Record<string, string>> => ({
  purpose: 'sallyport key-encryption key v1',
  version: String(version),
})

function refused(operation: string, status: number, json: unknown): Error {
  const read = failed.safeParse(json)
  // `com.amazonaws.kms#NotFoundException` or the name alone.
  const kind = read.success ? (read.data.__type.split('#').at(-1) ?? '') : ''
  const said = read.success ? (read.data.message ?? read.data.Message) : undefined
  const remedies: Readonly<Record<string, string>> = {
    AccessDeniedException: 'allow kms:Encrypt and kms:Decrypt on the key',
    UnrecognizedClientException: 'the access key is wrong or has ended',
    InvalidSignatureException: 'the secret access key is wrong',
    ExpiredTokenException: 'the session token has ended: renew it where its reference points',
    NotFoundException: 'there is no such key: correct keys.awsKms.key and region',
    DisabledException: 'the key is disabled: enable it',
    KMSInvalidStateException: 'the key waits for its deletion: cancel that, or nothing opens again',
    InvalidCiphertextException: 'keys/kek was sealed by another key, or is damaged: put back the newest copy',
  }
  const remedy = remedies[kind]
  return new Error(
    `the key service of keys.awsKms refused ${operation} with ${status}${kind === '' ? '' : ` ${kind}`}` +
      `${said === undefined ? '' : ` (${said.slice(0, 300)})`}${remedy === undefined ? '' : `; ${remedy}`}`,
  )
}
