import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { CompactTree, leafHash } from './tree.ts'

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962 section 2.1, word by word and recursive: nothing shared with the tree under test. */
function rootByDefinition(entries: readonly Buffer[]): Buffer {
  if (entries.length === 0) return sha256()
  if (entries.length === 1) return sha256(Buffer.from([0]), entries[0] as Buffer)
  let split = 1
  while (split * 2 < entries.length) split *= 2
  return sha256(
    Buffer.from([1]),
    rootByDefinition(entries.slice(0, split)),
    rootByDefinition(entries.slice(split)),
  )
}

const leafOf = (entry: Buffer): Buffer => leafHash(Buffer.concat([Buffer.from([0]), entry]))

test('the empty tree has the hash of nothing as its root', () => {
  assert.equal(
    new CompactTree().root().toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
})

test('the known roots of the RFC 6962 reference entries come out', () => {
  // The eight entries and roots every Certificate Transparency implementation is tested with.
  const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((hex) => Buffer.from(hex, 'hex'))
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const tree = new CompactTree()
  for (const [at, entry] of entries.entries()) {
    tree.push(leafOf(entry))
    assert.equal(tree.root().toString('hex'), roots[at])
  }
})

test('every size up to 130 has the root the definition gives', () => {
  const tree = new CompactTree()
  const entries: Buffer[] = []
  for (let size = 1; size <= 130; size++) {
    const entry = Buffer.from(`entry ${size}`)
    entries.push(entry)
    tree.push(leafOf(entry))
    assert.equal(tree.size, size)
    assert.deepEqual(tree.root(), rootByDefinition(entries))
  }
})
