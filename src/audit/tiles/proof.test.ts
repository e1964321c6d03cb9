import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../log-for-tests.ts'
import { CompactTree, leafHash, nodeHash } from '../tree.ts'
import { consistencyRanges, inclusionRanges, provesConsistency, provesInclusion } from './proof.ts'
import { formatProof, readProof } from './proof-file.ts'
import { rootOf, TiledTree } from './tiled-tree.ts'

const leaves = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from([0, at])))
const rootAt = (size: number): Buffer =>
  size === 0 ? new CompactTree().root() : rootOf(leaves.slice(0, size))
const hashesOf = (ranges: ReturnType<typeof inclusionRanges>): Buffer[] =>
  ranges.map(({ start, end }) => rootOf(leaves.slice(start, end)))

test('every leaf of every small tree is proved, and no other leaf, place, size or root with the same proof', () => {
  for (let size = 1; size <= 70; size++) {
    for (let index = 0; index < size; index++) {
      const proof = hashesOf(inclusionRanges(index, size))
      const claim = { index, leaf: leaves[index] as Buffer, size, root: rootAt(size) }
      assert.ok(provesInclusion(claim, proof), `${index} of ${size}`)
      const other = Buffer.alloc(32, 1)
      assert.ok(!provesInclusion({ ...claim, leaf: other }, proof))
      assert.ok(!provesInclusion({ ...claim, root: other }, proof))
      assert.ok(!provesInclusion({ ...claim, index: (index + 1) % size }, proof) || size === 1)
      assert.ok(!provesInclusion(claim, [...proof, other]))
      if (proof.length > 0) assert.ok(!provesInclusion(claim, proof.slice(1)))
      if (proof.length > 0) assert.ok(!provesInclusion(claim, proof.slice(0, -1)))
    }
  }
  const beyond = { index: 5, leaf: leaves[5] as Buffer, size: 5, root: rootAt(5) }
  assert.ok(!provesInclusion(beyond, []))
})

test('every small tree goes on from every smaller one, and from no other', () => {
  const other = Buffer.alloc(32, 1)
  for (let size = 0; size <= 70; size++) {
    for (let older = 0; older <= size; older++) {
      const proof = hashesOf(consistencyRanges(older, size))
      const from = { size: older, root: rootAt(older) }
      const to = { size, root: rootAt(size) }
      assert.ok(provesConsistency(from, to, proof), `${older} of ${size}`)
      assert.ok(
        !provesConsistency({ ...from, root: other }, to, proof),
        `another older root, ${older} of ${size}`,
      )
      if (older > 0) assert.ok(!provesConsistency(from, { ...to, root: other }, proof))
      assert.ok(!provesConsistency(from, to, [...proof, other]))
      if (proof.length > 0) assert.ok(!provesConsistency(from, to, proof.slice(1)))
      if (older < size) assert.ok(!provesConsistency(to, from, proof), 'a log does not shrink')
    }
  }
})

test('the tree of tiles has the root of the tree, also where tiles of higher levels fill up', () => {
  const tiled = TiledTree.empty()
  const compact = new CompactTree()
  const full: string[] = []
  for (let at = 0; at < 66_000; at++) {
    const leaf = nodeHash(Buffer.alloc(32, at & 255), Buffer.alloc(32, at >> 8))
    for (const { level, number } of tiled.push(leaf)) full.push(`${level}/${number}`)
    compact.push(leaf)
    if (at % 997 === 0 || at % 256 > 253 || at % 256 < 2)
      assert.ok(tiled.root().equals(compact.root()), `${at + 1}`)
  }
  assert.equal(full.length, Math.floor(66_000 / 256) + 1)
  assert.ok(full.includes('1/0') && full.includes('0/256'))
})

test('a proof file is what the specification shows, and reads back', () => {
  const checkpoint = 'example.com/log\n9\nAAAA\n\n\u2014 example.com/log BBBB\n'
  const hashes = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const text = formatProof({ index: 5, hashes, checkpoint, extra: Buffer.from('header') })
  const lines = [
    'c2sp.org/tlog-proof@v1',
    'extra aGVhZGVy',
    'index 5',
    ...hashes.map((hash) => hash.toString('base64')),
  ]
  assert.equal(text, `${lines.join('\n')}\n\n${checkpoint}`)
  assert.deepEqual(readProof(text), { index: 5, hashes, checkpoint, extra: Buffer.from('header') })
  const bare = formatProof({ index: 0, hashes: [], checkpoint, extra: undefined })
  assert.equal(bare, `c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint}`)
  assert.deepEqual(readProof(bare), { index: 0, hashes: [], checkpoint, extra: undefined })
})

test('a text that is not exactly a proof is none', () => {
  const hash = Buffer.alloc(32).toString('base64')
  for (const text of [
    '',
    'c2sp.org/tlog-proof@v1\n',
    'c2sp.org/tlog-proof@v2\nindex 0\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 01\n\nx',
    'c2sp.org/tlog-proof@v1\nindex -1\n\nx',
    'c2sp.org/tlog-proof@v1\nextra !!\nindex 0\n\nx',
    `c2sp.org/tlog-proof@v1\nindex 0\n${hash.slice(0, -2)}B=\n\nx`,
    `c2sp.org/tlog-proof@v1\nindex 0\n${hash.slice(4)}\n\nx`,
    `c2sp.org/tlog-proof@v1\nindex 0\n${`${hash}\n`.repeat(64)}\nx`,
  ]) {
    assert.equal(readProof(text), undefined, text.slice(0, 60))
  }
})

test('a proof with one bit changed anywhere proves nothing', () => {
  const random = seededRandom(5)
  for (let round = 0; round < 500; round++) {
    const size = 2 + random(68)
    const index = random(size)
    const proof = hashesOf(inclusionRanges(index, size)).map((hash) => Buffer.from(hash))
    const changed = proof[random(proof.length)] as Buffer
    const at = random(32)
    changed[at] = (changed[at] as number) ^ (1 << random(8))
    assert.ok(!provesInclusion({ index, leaf: leaves[index] as Buffer, size, root: rootAt(size) }, proof))
  }
})
