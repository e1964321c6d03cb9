import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointsOf } from './picture-size.ts'
import { recogniseText } from './picture-text.ts'
import { whitePicture } from './test-picture.ts'

test('a picture that says it has nine hundred million points is unread, and no program is started for it', async () => {
  const bomb = whitePicture(64, 3)
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  assert.deepEqual(await recogniseText(bomb, 20_000, '/nowhere/tesseract'), { unread: 'too-large' })
})

test('the size of a picture stands where its type says it does', () => {
  assert.equal(pointsOf(whitePicture(64, 3)), 192)
  assert.equal(pointsOf(Buffer.from('GIF89a\x05\x00\x07\x00', 'latin1')), 35)
  const head = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1]
  assert.equal(pointsOf(Buffer.from([...head, 0xff, 0xc2, 0, 17, 8, 1, 0, 2, 0, 3])), 256 * 512)
  for (const cut of [[], [0x89], head, [...head, 0xff], [0xff, 0xd8, 0xff, 0xc0, 0, 1]])
    assert.equal(pointsOf(Buffer.from(cut)), undefined, cut.join())
})
