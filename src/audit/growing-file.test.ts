import assert from 'node:assert/strict'
import { copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Disk, systemDisk } from './disk.ts'
import { GrowingFile } from './growing-file.ts'
import { newFolder } from './log-for-tests.ts'

const mebibyte = 1_024 * 1_024

async function openGrowing(
  context: TestContext,
  options: { usedBytes?: number; limitBytes?: number; disk?: Disk; rescue?: () => boolean } = {},
) {
  const path = join(await newFolder(context), 'sub', 'file')
  const failures: Error[] = []
  const file = await GrowingFile.open(path, {
    usedBytes: 0,
    limitBytes: 4 * mebibyte,
    disk: systemDisk,
    rescue: () => false,
    onFailed: (error) => failures.push(error),
    ...options,
  })
  const store = (bytes: Uint8Array, position: number): Promise<void> =>
    new Promise((resolve, reject) =>
      file.store(bytes, position, (error) => (error === null ? resolve() : reject(error))),
    )
  return { path, file, store, failures }
}

test('what is stored stands there, zeros are ahead of it while open and gone once closed', async (context) => {
  const { path, file, store } = await openGrowing(context)
  await store(Buffer.from('one'), 0)
  await store(Buffer.from('two'), 3)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const open = await readFile(path)
  assert.ok(open.length >= 512 * 1_024)
  assert.equal(open.subarray(0, 6).toString(), 'onetwo')
  assert.ok(open.subarray(6).every((byte) => byte === 0))
  await file.close(6)
  assert.equal((await readFile(path)).toString(), 'onetwo')
})

test('zeros written ahead never overwrite data, however much is stored at once', async (context) => {
  const { path, file, store } = await openGrowing(context)
  const pieces: Buffer[] = []
  let position = 0
  for (const [at, size] of [10, 300_000, 700_000, 5, 600_000, 1_200_000, 1, 900_000].entries()) {
    const piece = Buffer.alloc(size, at + 1)
    await store(piece, position)
    pieces.push(piece)
    position += size
  }
  await file.close(position)
  assert.ok((await readFile(path)).equals(Buffer.concat(pieces)))
})

test('a store that reaches into bytes being zeroed waits for that', async (context) => {
  const zeroings: (() => void)[] = []
  const disk: Disk = {
    ...systemDisk,
    writeAhead: (...args) => void zeroings.push(() => systemDisk.writeAhead(...args)),
  }
  const { path, file, store } = await openGrowing(context, { disk })
  await store(Buffer.from('first'), 0)
  let isStored = false
  const second = store(Buffer.alloc(1_000, 7), 5).then(() => {
    isStored = true
  })
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.equal(isStored, false)
  for (const go of zeroings.splice(0)) go()
  await second
  for (const go of zeroings.splice(0)) go()
  await file.close(1_005)
  assert.deepEqual((await readFile(path)).subarray(5), Buffer.alloc(1_000, 7))
})

test('what stands behind the used bytes is cut off at opening', async (context) => {
  const { path, file } = await openGrowing(context)
  await file.close(0)
  await writeFile(path, 'kept and torn')
  const again = await GrowingFile.open(path, {
    usedBytes: 4,
    limitBytes: mebibyte,
    disk: systemDisk,
    rescue: assert.fail,
    onFailed: assert.fail,
  })
  assert.equal((await readFile(path)).toString(), 'kept')
  await again.close(undefined)
})

test('zeroing that fails is told, space ahead ends at the limit, and a full disk is left to the next write', async (context) => {
  const failing = (error: Error | null, writtenBytes: number): Disk => ({
    ...systemDisk,
    writeAhead: (_file, _bytes, _position, done) => done(error, writtenBytes),
  })
  const one = await openGrowing(context, { disk: failing(new Error('EIO'), 0) })
  await one.store(Buffer.from('x'), 0)
  assert.match(one.failures[0]?.message ?? '', /EIO/)
  await one.file.close(1)
  for (const disk of [failing(null, 10), failing(noSpace(), 0)]) {
    const two = await openGrowing(context, { disk })
    await two.store(Buffer.from('x'), 0)
    await two.store(Buffer.from('y'), 1)
    assert.deepEqual(two.failures, [])
    await two.file.close(2)
    assert.equal(await readFile(two.path, 'utf8'), 'xy')
  }
  const three = await openGrowing(context, { limitBytes: 1_000 })
  await three.store(Buffer.from('x'), 0)
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.equal((await stat(three.path)).size, 1_000)
  await three.file.close(1)
})

test('a write that finds no room is tried once more when room was made, and only then', async (context) => {
  for (const isShort of [true, false]) {
    let isFull = true
    let rescues = 0
    const disk: Disk = {
      ...systemDisk,
      write: (file, bytes, position) => {
        if (!isFull) return systemDisk.write(file, bytes, position)
        if (isShort) return systemDisk.write(file, bytes.subarray(0, 2), position)
        throw noSpace()
      },
    }
    const rescue = (): boolean => {
      isFull = false
      return ++rescues === 1
    }
    const { file, path, store } = await openGrowing(context, { disk, rescue })
    await store(Buffer.from('whole'), 0)
    assert.equal(rescues, 1)
    isFull = true
    await assert.rejects(store(Buffer.from('again'), 5), isShort ? /took 2 of 5 bytes/ : { code: 'ENOSPC' })
    isFull = false
    const broken: Disk = {
      ...disk,
      write: () => {
        throw new Error('EIO')
      },
    }
    const other = await openGrowing(context, { disk: broken, rescue })
    await assert.rejects(other.store(Buffer.from('x'), 0), /EIO/)
    assert.equal(rescues, 2, 'room does not help against any other error')
    await file.close(5)
    await other.file.close(undefined)
    assert.equal(await readFile(path, 'utf8'), 'whole')
  }
})

const noSpace = (): Error => Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })

test('a file that was moved away, or put back as a copy, is not the one that is written', async (context) => {
  const { path, file } = await openGrowing(context)
  await file.assertNamed()
  await rename(path, `${path}.away`)
  await assert.rejects(file.assertNamed(), /ENOENT/)
  await copyFile(`${path}.away`, path)
  await assert.rejects(file.assertNamed(), /no longer the file that is written/)
  await rename(`${path}.away`, path)
  await file.assertNamed()
  await file.close(undefined)
})
