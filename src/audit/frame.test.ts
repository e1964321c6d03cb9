import assert from 'node:assert/strict'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { entryKinds } from './api.ts'
import { frameBytes, kindCode, kindOf, type PlacedFrame, readFrame, readFrames, sealFrame } from './frame.ts'
import { newFolder, seededRandom } from './log-for-tests.ts'

function framed(header: string, commitStart = 0): Buffer {
  const headerLength = Buffer.byteLength(header)
  const bytes = Buffer.alloc(frameBytes + headerLength)
  bytes.write(header, frameBytes)
  sealFrame(bytes, 0, { headerLength, commitStart, kind: 'intent' })
  return bytes
}

test('a frame lies as documented: length, crc, commit, kind, zero, header', () => {
  const bytes = framed('{"a":1}', 0x01020304)
  assert.equal(bytes.subarray(0, 4).toString('hex'), '07000000')
  assert.equal(bytes.subarray(8).toString('hex'), `040302010100${Buffer.from('{"a":1}').toString('hex')}`)
})

test('a frame reads back, and its leaf is the zero and the header', () => {
  const frame = readFrame(framed('{"a":1}', 77), 0)
  assert.equal(frame?.kind, 'intent')
  assert.equal(frame?.commitStart, 77)
  assert.equal(frame?.leaf.toString('latin1'), '\0{"a":1}')
})

test('any flipped bit is noticed', () => {
  const sound = framed('{"index":1,"kind":"intent"}', 5)
  for (let bit = 0; bit < sound.length * 8; bit++) {
    const bytes = Buffer.from(sound)
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    assert.equal(readFrame(bytes, 0), undefined, `bit ${bit}`)
  }
})

test('zeros, too few bytes and absurd lengths are no frame', () => {
  assert.equal(readFrame(Buffer.alloc(100), 0), undefined)
  assert.equal(readFrame(framed('{}').subarray(0, -1), 0), undefined)
  assert.equal(readFrame(Buffer.alloc(100, 0xff), 0), undefined)
  assert.equal(readFrame(Buffer.alloc(3), 0), undefined)
})

test('every kind has its own code, which never changes', () => {
  assert.deepEqual(
    entryKinds.map(kindCode),
    [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 28, 29, 20, 21, 22, 23, 25, 26, 27, 16, 17, 18, 19,
      24, 32, 33, 44, 45, 30, 31, 38, 39, 40, 41, 42, 43, 34, 35, 36, 37, 46, 47, 48, 49, 50, 53, 52,
    ],
    'codes are on disk: give a new kind a new one',
  )
  for (const kind of entryKinds) assert.equal(kindOf(kindCode(kind)), kind)
})

test('frames are found across the edges of the reading buffer, up to where they end', async (context) => {
  const random = seededRandom(3)
  const headers = Array.from({ length: 300 }, (_, at) => `{"at":${at},"x":"${'y'.repeat(random(60_000))}"}`)
  const bytes = Buffer.concat([...headers.map((header) => framed(header)), Buffer.alloc(5_000)])
  const path = join(await newFolder(context), 'frames')
  writeFileSync(path, bytes)
  const file = openSync(path, 'r')
  const read: string[] = []
  const frames = readFrames(file)
  let step: IteratorResult<PlacedFrame, number> = frames.next()
  for (; !step.done; step = frames.next()) {
    assert.equal(
      readFrame(bytes, step.value.offset)?.end,
      step.value.offset + step.value.end - step.value.start,
    )
    read.push(step.value.leaf.toString('latin1', 1))
  }
  closeSync(file)
  assert.deepEqual(read, headers)
  assert.equal(step.value, bytes.length - 5_000)
})
