import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderOf, newFolder, openIn, origin, seededRandom } from '#/audit/log-for-tests.ts'
import { leafHash } from '#/audit/tree.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { closedLog } from '../support/closed-log.ts'
import { standaloneFile } from '../support/standalone-verifier.ts'
import { compareTrees, rootOf, standalone } from '../support/two-verifiers.ts'

/**
 * Two verifiers written apart from each other, against each other: the one in src/audit and the single file that
 * auditors are given.
 */

test('the single file says how it is called', () => {
  for (const argv of [['--help'], ['bundle', '--help']]) {
    let said = ''
    assert.equal(
      standalone.run(argv, (text) => {
        said += text
      }),
      0,
    )
    assert.match(said, /^usage:\n {2}sallyport-verify\.mjs log DIR/)
  }
})

test('the single file imports nothing but Node', () => {
  const imported = [...readFileSync(standaloneFile, 'utf8').matchAll(/^import .* from '([^']+)'/gm)].map(
    ([, from]) => from,
  )
  assert.ok(imported.length > 0 && imported.every((from) => from?.startsWith('node:')), String(imported))
})

test('both have the known roots of the RFC 6962 reference entries', () => {
  const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const leaves = entries.map((hex) => Buffer.from(hex, 'hex'))
  // The roots of the first 1, 2, ... 8 entries, as every Certificate Transparency implementation is tested with.
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
  for (const [at, root] of roots.entries()) {
    const some = leaves.slice(0, at + 1)
    assert.equal(standalone.treeHash(some.map(standalone.leafHash)).toString('hex'), root)
    const ours = some.map((entry) => leafHash(Buffer.concat([Buffer.from([0]), entry])))
    assert.equal(rootOf(ours).toString('hex'), root)
  }
})

test('1,000 random trees: the same roots, each accepts what the other proves, and both refuse what was changed', () =>
  compareTrees(1_000))

test('the single file finds a log of the gateway sound, and its proofs', async (context) => {
  const { folder, key, proof, older, newer } = await closedLog(context)
  const { ok, entries, problems } = standalone.verifyLog(folder, { key })
  assert.deepEqual(problems, [])
  assert.ok(ok)
  assert.equal(entries, 322)
  const proved = standalone.verifyProof(proof, key)
  assert.equal(proved.receipt, `${origin}#7`)
  assert.match(proved.header, /^\{"v":1,"index":7,/)
  assert.deepEqual(standalone.verifyConsistency(older, newer, folder, key), { older: 121, newer: 322 })
  assert.throws(() => standalone.verifyConsistency(older, newer, folder, key.replace('test', 'else')))
})

test('any change to a proof, its checkpoint or its header is refused', async (context) => {
  const { key, proof } = await closedLog(context)
  const random = seededRandom(7)
  const bytes = Buffer.from(proof)
  for (let round = 0; round < 1_000; round++) {
    const changed = Buffer.from(bytes)
    const bit = random(bytes.length * 8)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    assert.throws(() => standalone.verifyProof(changed.toString('utf8'), key), `bit ${bit}`)
  }
})

test('both say the same of logs with entries changed, cut, or of another key', async (context) => {
  const { folder } = await closedLog(context)
  const segment = readdirSync(join(folder, 'seg')).map((name) => join(folder, 'seg', name))[0] as string
  const sound = readFileSync(segment)
  const changes: readonly Buffer[] = [
    sound.subarray(0, sound.length - 100),
    sound.subarray(0, 5),
    Buffer.concat([sound, Buffer.alloc(1_000)]),
    Buffer.concat([sound, Buffer.from('rest of a commit')]),
    Buffer.from(sound.toString('latin1').replace('record-5"', 'record-6"'), 'latin1'),
  ]
  for (const [at, change] of changes.entries()) {
    writeFileSync(segment, change)
    assert.equal(standalone.verifyLog(folder).ok, (await verifyFolder(folder)).ok, `change ${at}`)
  }
})

test('a text that was erased, or a file of texts that is gone, needs an entry that says so', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  for (const about of ['one', 'two']) {
    await log.append({ kind: 'record', subject: 'person-1', facts: { about }, payload: 'x'.repeat(100) })
  }
  await close()
  const dir = folderOf(folder)
  const [name] = readdirSync(join(dir, 'pay'), { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.pay'),
  )
  const path = join(dir, 'pay', name ?? assert.fail('no payloads'))
  const bytes = readFileSync(path)
  bytes.fill(0, 0, bytes.length / 2)
  bytes.write('sallyport erased this\n')
  writeFileSync(path, bytes)
  assert.match(
    standalone.verifyLog(dir).problems.join('\n'),
    /^entry 1: its text was overwritten, and no entry says why$/,
  )
  rmSync(path)
  assert.match(
    standalone.verifyLog(dir).problems.join('\n'),
    /entry 1: the file .* of its text is gone\nentry 2: /,
  )
  assert.equal((await verifyFolder(dir)).ok, false)
})
