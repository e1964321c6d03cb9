import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { LeafReader } from './leaf-reader.ts'
import { TileBuilder } from './tile-builder.ts'
import { TileFiles } from './tile-files.ts'

/** Entry `n` is a leaf of its number. */
const leaves = {
  first: 0,
  read: async (first: number, end: number) =>
    Array.from({ length: end - first }, (_, at) => Buffer.from(`\0${first + at}`)),
} as unknown as LeafReader

async function emptyFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-tiles-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function partialTilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.p\/\d+$/.test(name)).sort()
}

test('partial tiles are those of the newest size, also when a size before it never had a checkpoint', async (context) => {
  const folder = await emptyFolder(context)
  const builder = TileBuilder.empty(new TileFiles(folder), leaves)
  await builder.buildTo(100)
  await builder.removeOutgrown()
  await builder.buildTo(300)
  await builder.buildTo(1_000)
  await builder.removeOutgrown()
  const expected = ['tile/0/003.p/232', 'tile/1/000.p/3', 'tile/entries/003.p/232']
  assert.deepEqual(await partialTilesIn(folder), expected)
})

test('partial tiles that an earlier process left behind go when their tiles are full', async (context) => {
  const folder = await emptyFolder(context)
  await TileBuilder.empty(new TileFiles(folder), leaves).buildTo(300)
  const builder = TileBuilder.empty(new TileFiles(folder), leaves)
  await builder.buildTo(1_000)
  await builder.removeOutgrown()
  const expected = ['tile/0/003.p/232', 'tile/1/000.p/3', 'tile/entries/003.p/232']
  assert.deepEqual(await partialTilesIn(folder), expected)
})
