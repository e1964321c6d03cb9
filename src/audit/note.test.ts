import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import {
  formatVerifierKey,
  openCheckpoint,
  originFolder,
  problemOfVerifierKey,
  readVerifierKey,
  signCheckpoint,
  type VerifierKey,
} from './note.ts'

const origin = 'log.example.com/test'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const verifierKey = formatVerifierKey(origin, publicKey)
const checkpoint = { origin, size: 1_234_567, root: createHash('sha256').update('root').digest() }
const note = signCheckpoint(checkpoint, privateKey)

const key = (): VerifierKey => readVerifierKey(verifierKey) ?? assert.fail('our own key does not read')

/** What C2SP signed-note says a verifier does, written from the specification and sharing nothing with ours. */
function verifyBySpecification(text: string, vkey: string): boolean {
  const [name, idHex, encodedKey] = vkey.split('+', 2).concat(vkey.split('+').slice(2).join('+'))
  const typed = Buffer.from(encodedKey ?? '', 'base64')
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4)
  if (id.toString('hex') !== idHex || typed[0] !== 1) return false
  const [body, signatures] = text.split('\n\n')
  const prefix = `\u2014 ${name} `
  const line = (signatures ?? '').split('\n').find((each) => each.startsWith(prefix))
  const bytes = Buffer.from(line?.slice(prefix.length) ?? '', 'base64')
  if (!bytes.subarray(0, 4).equals(id)) return false
  // SubjectPublicKeyInfo of an Ed25519 key is this prefix and the 32 bytes (RFC 8410).
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)])
  const publicKeyOfNote = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(`${body}\n`), publicKeyOfNote, bytes.subarray(4))
}

test('a checkpoint is three lines, an empty one, and the signature line', () => {
  const lines = note.split('\n')
  assert.deepEqual(lines.slice(0, 4), [origin, '1234567', checkpoint.root.toString('base64'), ''])
  assert.match(lines[4] ?? '', /^\u2014 log\.example\.com\/test [A-Za-z0-9+/]{91}=$/)
  assert.deepEqual(lines.slice(5), [''])
})

test('a verifier written from the specification accepts it', () => {
  assert.equal(verifyBySpecification(note, verifierKey), true)
  assert.equal(verifyBySpecification(note.replace('1234567', '1234568'), verifierKey), false)
})

test('the known key of the signed-note specification reads', () => {
  const known = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  assert.equal(readVerifierKey(known)?.origin, 'PeterNeumann')
})

test('what was signed comes back', () => {
  assert.deepEqual(openCheckpoint(note, key()), checkpoint)
})

test('one changed bit anywhere makes the note worthless', () => {
  const bytes = Buffer.from(note)
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] as number) ^ 1
    assert.equal(openCheckpoint(changed.toString('utf8'), key()), undefined, `byte ${at}`)
  }
})

test('a note of another key, another log, or without a signature is not accepted', () => {
  const other = generateKeyPairSync('ed25519')
  assert.equal(openCheckpoint(signCheckpoint(checkpoint, other.privateKey), key()), undefined)
  assert.equal(
    openCheckpoint(signCheckpoint({ ...checkpoint, origin: 'other' }, privateKey), key()),
    undefined,
  )
  assert.equal(openCheckpoint(note.slice(0, note.indexOf('\u2014')), key()), undefined)
  for (const text of ['', '\n', '\n\n', 'x\n\n\n', 'no end'])
    assert.equal(openCheckpoint(text, key()), undefined)
})

test('a signed text that is no checkpoint is not accepted either', () => {
  for (const text of [
    `${origin}\n01\nAAAA\n`,
    `${origin}\n-1\nAAAA\n`,
    `${origin}\n5\nAAAA\n`,
    `${origin}\n`,
  ]) {
    const typed = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64')
    const id = createHash('sha256').update(`${origin}\n`).update(typed).digest().subarray(0, 4)
    const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')
    assert.equal(openCheckpoint(`${text}\n\u2014 ${origin} ${signature}\n`, key()), undefined)
  }
})

test('a verifier key whose hash or type does not fit is not read', () => {
  const [name, hash, encoded] = verifierKey.split('+', 2).concat(verifierKey.split('+').slice(2).join('+'))
  assert.equal(readVerifierKey(`${name}+00000000+${encoded}`), undefined)
  assert.equal(readVerifierKey(`other+${hash}+${encoded}`), undefined)
  assert.equal(readVerifierKey(`${name}+${hash}+AAAA`), undefined)
  assert.equal(readVerifierKey('nonsense'), undefined)
})

test('a key of an algorithm that is not known here is refused by its number', () => {
  for (const type of [2, 4, 6]) {
    const typed = Buffer.concat([Buffer.from([type]), Buffer.alloc(32, 7)])
    const id = createHash('sha256').update(`${origin}\n`).update(typed).digest().subarray(0, 4)
    const text = `${origin}+${id.toString('hex')}+${typed.toString('base64')}`
    assert.equal(readVerifierKey(text), undefined)
    assert.match(problemOfVerifierKey(text) ?? '', new RegExp(`signature type ${type}, .* 1 \\(ed25519\\)`))
  }
  assert.equal(problemOfVerifierKey(verifierKey), undefined)
  assert.equal(key().algorithm, 'ed25519')
})

test('two origins never share a folder, and none leads out of the audit folder', () => {
  assert.equal(originFolder('log.example.com/a'), 'log.example.com%2Fa')
  assert.notEqual(originFolder('a/b'), originFolder('a%2Fb'))
  for (const each of ['a/../b', '../x', '/x', 'a\\b']) assert.doesNotMatch(originFolder(each), /[/\\]/)
})
