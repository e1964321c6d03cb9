import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signAws, signingKey } from './aws-signature.ts'

// The published test suite of Signature Version 4: one key, one day, the service "service".
const secretAccessKey = `wJalrXUtnFEMI/K7MDENG+${'bPxRfiCYEXAMPLEKEY'}`
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey }
const atMs = Date.parse('2015-08-30T12:36:00Z')

interface Vector {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signed: string
  readonly signature: string
}

const host = 'https://example.amazonaws.com'
const vectors: readonly Vector[] = [
  {
    name: 'get-vanilla',
    method: 'GET',
    url: `${host}/`,
    signed: 'host;x-amz-date',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    url: `${host}/`,
    signed: 'host;x-amz-date',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-vanilla-query',
    method: 'POST',
    url: `${host}/?Param1=value1`,
    signed: 'host;x-amz-date',
    signature: '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    url: `${host}/?Param2=value2&Param1=value1`,
    signed: 'host;x-amz-date',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    url: `${host}/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Param1=value1',
    signed: 'content-type;host;x-amz-date',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
]

for (const { name, method, url, headers = {}, body = '', signed, signature } of vectors) {
  test(`the published vector ${name} gets its published signature`, () => {
    const request = {
      method,
      url: new URL(url),
      headers,
      body,
      region: 'us-east-1',
      service: 'service',
      atMs,
    }
    assert.equal(
      signAws(request, credentials)['authorization'],
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
    )
  })
}

test('the signing key is the one of the published example', () => {
  assert.equal(
    signingKey(secretAccessKey, '20150830', 'us-east-1', 'iam').toString('hex'),
    'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
  )
})

test('a session token is sent and signed', () => {
  const request = {
    method: 'POST',
    url: new URL(host),
    headers: {},
    body: '',
    region: 'r',
    service: 's',
    atMs,
  }
  const headers = signAws(request, { ...credentials, sessionToken: 'of-the-session' })
  assert.equal(headers['x-amz-security-token'], 'of-the-session')
  assert.match(headers['authorization'] ?? '', /SignedHeaders=host;x-amz-date;x-amz-security-token,/)
})

test("a request of KMS is signed as AWS's own botocore 1.44.8 signs it", () => {
  const request = {
    method: 'POST',
    url: new URL('https://kms.eu-central-1.amazonaws.com/'),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Encrypt' },
    body: '{"KeyId":"alias/sallyport","Plaintext":"AAAA","EncryptionContext":{"version":"1"}}',
    region: 'eu-central-1',
    service: 'kms',
    atMs: Date.UTC(2026, 10, 26, 5),
  }
  const madeUp = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up', sessionToken: 'token' }
  assert.equal(
    signAws(request, madeUp)['authorization'],
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261126/eu-central-1/kms/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ' +
      'Signature=3be325ad1366f7e63ea2fc5d189f1e5990e92b200cc0a89c54a4173a5a671864',
  )
})
