import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastFullTiles, partialTiles, readTilePath, tilePath, widthIn } from './tile-path.ts'

test('a tile is named as the specification says, and its name reads back', () => {
  const named = {
    'tile/0/x001/x234/067': { level: 0, number: 1_234_067, width: 256 },
    'tile/0/000.p/1': { level: 0, number: 0, width: 1 },
    'tile/2/x001/000.p/255': { level: 2, number: 1_000, width: 255 },
    'tile/entries/999': { level: 'entries', number: 999, width: 256 },
    'tile/entries/x001/x000/000.p/17': { level: 'entries', number: 1_000_000, width: 17 },
  } as const
  for (const [path, tile] of Object.entries(named)) {
    assert.equal(tilePath(tile), path)
    assert.deepEqual(readTilePath(path), tile)
  }
})

test('a name that is not exactly a tile is none, and none leads out of the folder', () => {
  for (const path of [
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/../checkpoint',
    'tile/0/x001/../000',
    'tile/100/000',
    'tile/x/000',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000.p/1\n',
  ]) {
    assert.equal(readTilePath(path), undefined, path)
  }
})

test("the specification's example of 70,000 entries has the tiles it names", () => {
  assert.deepEqual(partialTiles(70_000), [
    { level: 0, number: 273, width: 112 },
    { level: 'entries', number: 273, width: 112 },
    { level: 1, number: 1, width: 17 },
    { level: 2, number: 0, width: 1 },
  ])
  assert.deepEqual(lastFullTiles(70_000), [
    { level: 0, number: 272, width: 256 },
    { level: 'entries', number: 272, width: 256 },
    { level: 1, number: 0, width: 256 },
  ])
  assert.equal(widthIn(70_000, { level: 0, number: 272 }), 256)
  assert.equal(widthIn(70_000, { level: 0, number: 274 }), 0)
  assert.deepEqual(partialTiles(256), [{ level: 1, number: 0, width: 1 }])
})
