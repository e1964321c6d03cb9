import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { namedVendorKeys } from '../detectors/secret/named-vendor-keys.ts'
import { password } from '../detectors/secret/password.ts'
import { withClassifier } from './judged.ts'

/** A classifier that takes everything for a secret. */
const [detector, ofPasswords] = withClassifier([namedSecret, password], {
  probability: () => 1,
  detectors: [],
} as never)

function found(text: string, words = /session|token/gi, by = detector): readonly string[] {
  // The last word of a name speaks for it.
  const word = [...text.matchAll(words)].at(-1)
  assert.ok(by !== undefined && word !== undefined)
  return by
    .examine(text, word.index, word.index + word[0].length)
    .map(({ start, end }) => text.slice(start, end))
}

const uuid = '4a431630-10db-46f0-afd0-304dee75b439'

test('the id of a session that coding agents send along is no secret, whatever a classifier says', () => {
  for (const text of [
    `{"session_id":"${uuid}"}`,
    `sessionId: '${uuid}'`,
    `session-id=${uuid}`,
    `\\"session_id\\":\\"${uuid}\\"`,
    `"metadata": {"session": "${uuid}"}`,
    `session ${uuid}`,
    `user_${'6f1c'.repeat(16)}_account_${uuid}_session_${uuid}`,
  ])
    assert.deepEqual(found(text), [], text)
})

test('the same value under another name is judged, and so is another value under this name', () => {
  assert.deepEqual(found(`{"session_token":"${uuid}"}`), [uuid])
  assert.deepEqual(found(`{"token":"${uuid}"}`), [uuid])
  assert.deepEqual(found(`Set-Cookie: session=${uuid}`), [uuid])
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  assert.deepEqual(found(`{"session_id":"${value}"}`), [value])
})

test('what is public by its name, only says which secret is meant, or is a line around a key is no secret', () => {
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  for (const text of [
    `public_token = "${value}"`,
    `csrf-token=${value}`,
    `accessTokenAccessor: "${value}"`,
    `token_ref_credentialsId: '${uuid}'`,
    `export TOKEN=${value}...`,
    `token = "${'1'.repeat(24)}a"`,
  ])
    assert.deepEqual(found(text), [], text)
})

test('lines of Base64 name nothing, client ids and tokens of public keys are shown to everybody', () => {
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  for (const text of [
    `Culture=neutral, publicKeyToken=${value}`,
    `oauthTokenAuthClientId = "${value}"`,
    `yJTgJ7s6DHBDqLhqJPtoken7jiJcrDhYXsoS ${value}`,
  ])
    assert.deepEqual(found(text), [], text)
})

test('what begins as a key of a vendor, is not in its form and looks made up is none', () => {
  assert.deepEqual(found(`token = "dapi${'123456789012'}345678a9bc01234defg5"`), [])
  const live = `dapi${'q7RtB2mXz9LkW4vNc8HsYp3'}`
  assert.deepEqual(found(`token = "${live}"`), [live])
})

test('the name of a host, encoded, and the password of anybody are no secrets, and a frame is no key', () => {
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  assert.deepEqual(found(`token = "${btoa('files.example.com')}"`), [])
  assert.deepEqual(passwordsIn(`user = "anonymous"\npassword = "${value}"`), [])
  assert.deepEqual(passwordsIn(`user = "anonymously"\npassword = "${value}"`), [value])
  assert.deepEqual(passwordsIn(`one->user = "anonymous";\none->password = "${value}"`), [])
  assert.deepEqual(passwordsIn(`one->user = "anonymous";\nroot->password = "${value}"`), [value])
  assert.deepEqual(found(`token_keyframe = "${value}"`), [])
})

const passwordsIn = (text: string): readonly string[] => found(text, /password/gi, ofPasswords)

test('a user called anonymous has no say in tokens, nor in passwords of others', () => {
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  assert.deepEqual(found(`{"user":"anonymous","token":"${value}"}`), [value])
  assert.deepEqual(passwordsIn(`user=anonymous\nDB_PASSWORD=${value}`), [value])
  assert.deepEqual(passwordsIn(`login: anonymous; for root: password=${value}`), [value])
})

test('a token of a keyboard is one, though its keyboard is none', () => {
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`
  for (const text of [
    `KEYBOARD_TOKEN=${value}`,
    `monkeyboard-token: "${value}"`,
    `keystrokeSessionToken = ${value}`,
  ])
    assert.deepEqual(found(text), [value], text)
  assert.deepEqual(passwordsIn(`keyboard_password = "${value}"`), [value])
})

test('a name of code that begins with the name of a vendor is no key of it', () => {
  const ofVendors = withClassifier(namedVendorKeys, { detectors: [] } as never)
  const ofTwitter = ofVendors.find(({ type }) => type === 'twitter-key')
  const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`.slice(0, 25)
  assert.deepEqual(
    found('type TwitterV2UserNode = TwitterV2UserSearchUserNode', /twitter(?=V2UserNode)/gi, ofTwitter),
    [],
  )
  assert.deepEqual(found(`TWITTER_API_KEY = ${value}`, /twitter/gi, ofTwitter), [value])
})
