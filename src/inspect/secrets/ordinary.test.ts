import { test } from 'node:test'
import { none, one } from './test-judged.ts'

const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
const hexadecimal = 'a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4'
const uuid = '4a431630-10db-46f0-afd0-304dee75b439'

test('names of resources at a cloud are no secrets, and a value under the same name is one', () => {
  none('key', '"KmsKeyArn": "arn:aws:kms:us-west-2:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321"')
  none('access', '"AmazonEC2FullAccess": "arn:aws-us-gov:iam::aws:policy/AmazonEC2FullAccess"')
  none('password', '--sasl-password=projects/12345/secrets/my-sasl-secret/versions/1')
  one('key', value, `"KmsKey": "${value}"`)
})

test('a digest that says of what function it is, is no secret; without its function it may be one', () => {
  none(
    'digest|license|auth',
    `"digest": "sha256:${hexadecimal}"`,
    `imageDigest: app@sha256:${hexadecimal}`,
    `pkg/licenses/LICENSE,sha256=xx0jnfkXJvxRnG63LTGOxlggYnIysveWIZ6H3PNdCrQ,11357`,
    `"digest": "${hexadecimal}"`,
  )
  one('token', hexadecimal, `"token": "${hexadecimal}"`)
})

test('versions in lock files are no secrets', () => {
  none(
    'auth|ntlm|token',
    'golang.org/x/oauth2 v0.0.0-20190604053449-0f29369cfe45/go.mod h1:gOpv',
    'github.com/Azure/go-ntlmssp v0.0.0-20221128193559-754e69321358',
    'https://registry.example.com/js-tokens/-/js-tokens-4.0.0.tgz#19203fb59991df98e3a287050d4647cdeaf32499',
  )
  one('token', 'v0x1.2b3c4d5e6f7a8b9c0d', 'token=v0x1.2b3c4d5e6f7a8b9c0d')
})

test('numbers, colours, moments, disks, files, expressions and types of source code are no secrets', () => {
  none(
    'key|token|cookie|access',
    '#define CMS_USE_KEYID 0x10000',
    '--keybinding-token: #cccccc0a;',
    '"accessPolicyCreationDate": "2020-02-20T22:35:15.552880124Z"',
    `key = "UUID=${uuid}"`,
    'msg="Removing target" key="/var/log/pods/0ecafb81/app/0.log"',
    '"cookie": "\\U0001f36a"',
    'key.matches("^([a-z0-9]([-a-z0-9]*[a-z0-9])?)$")',
    'Token string `json:"token,omitempty" yaml:"token"`',
    'tokens: uint32',
    'PrivateKey: testRSA2048PrivateKey,',
  )
  none('passw', 'NTE_BAD_PASSWORD = -2146893773', 'export REDIS_PASSWORD=$(kubectl get secret)')
  none('password', 'password_hash_algo = pbkdf2', 'login(password=password, scope=scope)')
  one('key', `0x${hexadecimal}`, `private_key = "0x${hexadecimal}"`)
})

test('a public key of SSH is none, whatever it is called', () => {
  const key = `AAAAC3NzaC1lZDI1NTE5AAAAI${'q7RtB2mXz9LkW4vNc8HsYp3Jd6'}`
  none('key', `"key": "ssh-ed25519 ${key}"`, `--key='${key}'`)
})

test('the word for a password in a file of translations is none, a password beside it is one', () => {
  none('password', 'username=Användare\npassword=Lösenord', 'password=パスワード', 'password = "Пароль"')
  none('password', 'user=Jmeno\npassword=Heslo\n')
  one('password', 'Größe7Berg', 'user=anna\npassword=Größe7Berg')
  one('password', 'cwxユ£', '{"username": "foo", "password": "cwxユ£"}')
})

test('where a list goes on and which request is meant are no secrets, a token to sign in is one', () => {
  const page = `eyJhd3NBY2NvdW50SWQi${'OnsicyI6IjMwMjc3NjAxNjM5OCJ9'}`
  none(
    'token',
    `"NextToken": "${page}"`,
    `aws s3api list-objects --starting-token ${page}`,
    `"ClientToken": "${value}"`,
    `"LockToken":"${uuid}"`,
    `--change-token ${uuid}`,
  )
  one('token', value, `"client_token": "${value}"`, `registration-token: ${value}`, `nextAuthToken=${value}`)
})

test('fingerprints and ids of keys are no secrets, ids of keys for access may be', () => {
  none(
    'key',
    'gpg --recv-keys DD792F5973C6DE52C432CBDAC77ABFA00DDBF2B7',
    'gpg:                using RSA key 4AEE18F83AFDEB23',
    'keyID: "4AEE18F83AFDEB23"',
    `"TargetKeyId": "${uuid}"`,
  )
  one('key', value, `recv_key = "${value}"`, `access_key_id = "${value}"`)
})

test('an author, a credit card, a licence and an address hold no secret, though their names hold a word for one', () => {
  none(
    'auth|cred|license|session|private|access|key',
    'packageAuthor := "KN4CK3R"',
    'credit_card: "kreditkortnummer"',
    'License: BSD-4-clause-UCB',
    '"SessionEndpointPrefix": "https://play.example.com/v1/session/1cbfeaaecb69778e"',
    'private _hasAutomaticBacklog;',
    '"OriginAccessControlId": "E2CJRMB5LKEABC"',
    '"Keyspace": "0bd2067860b304f2"',
  )
  one('auth', value, `authorization: "${value}"`, `author_auth = "${value}"`)
  one('webhook', `https://hooks.example.com/${value}`, `webhook_url: "https://hooks.example.com/${value}"`)
})

test('where something is kept and told from others is no secret, in caches of builds and in databases', () => {
  const sum = '7a1f6a3c0d9b8e7f6a5b4c3d2e1f0a9b'
  none(
    'key',
    `Cache restored from key: Linux-node-${sum}`,
    `cache-key: linux-${sum}`,
    `restore-keys: cargo-registry-Linux-5c3f0a9b`,
    `"cacheKey": "v3:users:${sum}", "shardKey": "${sum}"`,
    `x-idempotency-key: ${uuid}`,
  )
  none('seed', 'seed=239845715293847561029384756')
  none('private', '"private": "bnVsbA=="')
  one('key', `live-${sum}`, `key: live-${sum}`)
  one('seed', value, `wallet_seed = "${value}"`)
})

test('what a reference names, the public half of a pair and the code of an error are no secrets', () => {
  none('session', `sessionRef: ObjectId('507f191e810c19729de860ea')`)
  none(
    'key',
    'ssh_key_fingerprint = "SHA256:uNiVztksCsDhcc0u9e8BrDlE2iTXhXSfYV5x2q5fYtI"',
    'KeyPairId=K2JCJMDEHXQW5F',
  )
  none('key', `data-sitekey="${value}"`)
  none('password', `PASSWORD_TOO_SHORT: 'E1042'`)
  one('key', value, `keyPair = "${value}"`, `secretKey="${value}"`)
})
