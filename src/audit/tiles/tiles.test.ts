import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditLog } from '../api.ts'
import { copyAsCrashed, folderOf, newFolder, openIn, origin } from '../log-for-tests.ts'
import { openCheckpoint, readVerifierKey } from '../note.ts'
import { leafHash } from '../tree.ts'
import { verifyFolder } from '../verify.ts'
import { provesInclusion } from './proof.ts'
import { readProof } from './proof-file.ts'

const append = (log: AuditLog, count: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_, at) =>
      log.append({ kind: 'record', facts: { about: `record-${at}` } }),
    ),
  )

async function closedLog(context: TestContext, entries: number): Promise<string> {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder)
  // A start and a stop stand around them.
  await append(log, entries - 2)
  await close()
  return folder
}

const tilesIn = (folder: string): string[] =>
  readdirSync(join(folderOf(folder), 'tile'), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folderOf(folder), 'tile', name)).isFile())
    .sort()

async function assertSound(folder: string): Promise<void> {
  assert.deepEqual((await verifyFolder(folderOf(folder))).problems, [])
}

test('a log leaves the tiles of its last checkpoint, and no others', async (context) => {
  const expected: Readonly<Record<number, readonly string[]>> = {
    3: ['0/000.p/3', 'entries/000.p/3'],
    255: ['0/000.p/255', 'entries/000.p/255'],
    256: ['0/000', '1/000.p/1', 'entries/000'],
    257: ['0/000', '0/001.p/1', '1/000.p/1', 'entries/000', 'entries/001.p/1'],
    600: ['0/000', '0/001', '0/002.p/88', '1/000.p/2', 'entries/000', 'entries/001', 'entries/002.p/88'],
  }
  for (const [entries, tiles] of Object.entries(expected)) {
    const folder = await closedLog(context, Number(entries))
    assert.deepEqual(tilesIn(folder), [...tiles])
    await assertSound(folder)
  }
})

test('a log that is opened again goes on with its tiles, and partial ones go when they are full', async (context) => {
  const folder = await closedLog(context, 250)
  const first = readFileSync(join(folderOf(folder), 'tile/0/000.p/250'))
  for (const entries of [3, 2, 4, 300]) {
    const { log, close } = await openIn(folder)
    await append(log, entries - 2)
    await close()
    await assertSound(folder)
  }
  assert.deepEqual(tilesIn(folder), [
    '0/000',
    '0/001',
    '0/002.p/47',
    '1/000.p/2',
    'entries/000',
    'entries/001',
    'entries/002.p/47',
  ])
  assert.ok(
    readFileSync(join(folderOf(folder), 'tile/0/000'))
      .subarray(0, first.length)
      .equals(first),
  )
})

test('tiles that are gone, cut or changed are named, and the next start or the command makes them anew', async (context) => {
  const folder = await closedLog(context, 600)
  const path = (name: string): string => join(folderOf(folder), 'tile', name)
  const problems = async (): Promise<string> => (await verifyFolder(folderOf(folder))).problems.join('\n')

  rmSync(path('0/001'))
  assert.match(await problems(), /tile\/0\/001 is missing: run audit rebuild-tiles/)
  const { log, close } = await openIn(folder)
  assert.equal(await log.tree.rebuildTiles(), 600)
  assert.equal(await problems(), '')
  await append(log, 10)
  await close()
  assert.equal(await problems(), '')

  const bundle = readFileSync(path('entries/000'))
  bundle[100] = (bundle[100] as number) ^ 4
  writeFileSync(path('entries/000'), bundle)
  assert.match(await problems(), /tile\/entries\/000 does not hold what the segments hold/)

  // The edge of the tree is looked at by a start.
  truncateSync(path('0/002.p/100'), 64)
  const again = await openIn(folder)
  await again.close()
  assert.equal(await problems(), '')

  rmSync(path('.'), { recursive: true })
  const without = await verifyFolder(folderOf(folder))
  assert.equal(without.ok, true)
  assert.match(without.notes.join('\n'), /there are no tiles/)
  const last = await openIn(folder)
  await last.close()
  assert.ok(tilesIn(folder).includes('entries/000'))
  await assertSound(folder)
})

test('what a crash leaves of the tiles is gone on with', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder)
  await append(first.log, 300)
  await first.close()
  const { log } = await openIn(folder)
  await append(log, 300)
  const image = await copyAsCrashed(folder, context)
  // As if it had happened between the tiles and the checkpoint: more is there than the checkpoint covers.
  writeFileSync(join(folderOf(image), 'tile/0/001'), 'half a til')
  const again = await openIn(image)
  await again.close()
  await assertSound(image)
})

test('a proof is there within two seconds, holds, and needs nothing but the key', async (context) => {
  const folder = await newFolder(context)
  const { log, keys } = await openIn(folder)
  await append(log, 300)
  const { index } = await log.append({ kind: 'record', facts: { about: 'this-one' } })
  const startedAt = performance.now()
  const text = await log.tree.prove(index)
  assert.ok(performance.now() - startedAt < 2_000)
  const proof = readProof(text) ?? assert.fail('it is no proof')
  const key = readVerifierKey(keys.verifierKey) ?? assert.fail('the key does not read')
  const checkpoint = openCheckpoint(proof.checkpoint, key) ?? assert.fail('it is not signed')
  assert.equal(proof.index, index)
  assert.match(proof.extra?.toString() ?? '', /"about":"this-one"/)
  const leaf = leafHash(Buffer.concat([Buffer.from([0]), proof.extra ?? assert.fail('no header')]))
  assert.ok(provesInclusion({ index, leaf, ...checkpoint }, proof.hashes))
  // The same proof again, out of the newest checkpoint, and of an older entry.
  assert.ok(readProof(await log.tree.prove(0)))
})

test('any tile of a size there was is given, as the beginning of what is there now', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder, { checkpointEveryMs: 10 })
  await append(log, 599)
  await log.tree.prove(599)
  const tile = (path: string): Promise<Buffer | undefined> => log.tree.tile(path)
  assert.equal((await tile('tile/0/001'))?.length, 8_192)
  assert.equal((await tile('tile/0/002.p/88'))?.length, 88 * 32)
  assert.ok(
    (await tile('tile/0/002.p/10'))?.equals((await tile('tile/0/002.p/88'))?.subarray(0, 320) ?? Buffer.of()),
  )
  assert.equal((await tile('tile/0/000.p/5'))?.length, 160)
  assert.ok(((await tile('tile/entries/002.p/1'))?.length ?? 0) > 2)
  assert.equal(await tile('tile/0/002.p/89'), undefined, 'nothing beyond the checkpoint')
  assert.equal(await tile('tile/0/002'), undefined)
  assert.equal(await tile('tile/0/../../log.vkey'), undefined)
  assert.equal(log.origin, origin)
})

test('an older checkpoint and a proof kept elsewhere are held against the log', async (context) => {
  const folder = await newFolder(context)
  const { log, close } = await openIn(folder, { checkpointEveryMs: 10 })
  await append(log, 300)
  const proof = await log.tree.prove(20)
  const since = log.checkpoint() ?? assert.fail('there is no checkpoint')
  await append(log, 300)
  await close()
  const named = (text: string) => [{ name: 'kept', text }]
  const verify = (options: Parameters<typeof verifyFolder>[1]) => verifyFolder(folderOf(folder), options)
  assert.equal((await verify({ since: named(since), proofs: named(proof) })).ok, true)
  const problems = async (options: Parameters<typeof verifyFolder>[1]): Promise<string> =>
    (await verify(options)).problems.join('\n')
  assert.match(await problems({ since: named('nonsense') }), /kept is not a checkpoint signed by the key/)
  assert.match(await problems({ proofs: named('nonsense') }), /kept is not a proof/)
  assert.match(
    await problems({ proofs: named(proof.replace('index 20', 'index 21')) }),
    /does not prove its entry/,
  )

  // A log made anew with the same key, as its owner could.
  rmSync(join(folder, 'audit'), { recursive: true })
  rmSync(join(folder, 'keys', `${encodeURIComponent(origin)}.checkpoint`))
  const anew = await openIn(folder)
  await append(anew.log, 700)
  await anew.close()
  assert.equal((await verify({})).ok, true)
  assert.match(await problems({ since: named(since) }), /are not those the checkpoint in kept covers/)
  assert.match(
    await problems({ since: named(since) }),
    /do not prove that the signed checkpoint goes on from/,
  )
  assert.match(await problems({ proofs: named(proof) }), /entry 20 is not the one the proof in kept is about/)
})
