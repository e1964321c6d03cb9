import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { filled, turnBits } from '#/audit/index/turned-bits-for-tests.ts'
import { newFolder, openIn, seededRandom } from '#/audit/log-for-tests.ts'
import { verifyFolder } from '#/audit/verify.ts'
import { closedLog } from '../support/closed-log.ts'

const file = join(import.meta.dirname, '..', '..', 'bin', 'sallyport-verify.mjs')
const standalone = (await import(pathToFileURL(file).href)) as {
  readonly verifyLog: (dir: string, asked?: { key?: string }) => { ok: boolean }
}

test('one bit flipped at 1,000 random places of segments, texts, tiles, bundles and checkpoint is always found, by both', async (context) => {
  const { folder, key } = await closedLog(context)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('log.vkey'))
  const names = files.map((path) => path.slice(folder.length + 1)).sort()
  for (const part of ['checkpoint', 'seg/', 'pay/', 'tile/0/', 'tile/1/', 'tile/entries/']) {
    assert.ok(
      names.some((name) => name.startsWith(part)),
      part,
    )
  }
  const random = seededRandom(7)
  for (let round = 0; round < 1_000; round++) {
    const path = files[round % files.length] as string
    const sound = readFileSync(path)
    const changed = Buffer.from(sound)
    const bit = random(sound.length * 8)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    writeFileSync(path, changed)
    assert.equal((await verifyFolder(folder, { verifierKey: key })).ok, false, `${path} bit ${bit}`)
    assert.equal(standalone.verifyLog(folder, { key }).ok, false, `${path} bit ${bit}, the single file`)
    writeFileSync(path, sound)
  }
  assert.ok(standalone.verifyLog(folder, { key }).ok)
})

test('one bit flipped at 100 random places of the keys: a text opens as it was, or is said not to open, never as another', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder)
  const texts = Array.from({ length: 12 }, (_, at) => `the text of number ${at}`)
  const kept = await Promise.all(
    texts.map((payload, at) =>
      first.log.append({ kind: 'record', subject: `person-${at % 4}`, facts: { about: 'x' }, payload }),
    ),
  )
  await first.close()
  const names = readdirSync(join(folder, 'keys'))
  assert.ok(names.length >= 4, names.join())
  const random = seededRandom(3)
  let refused = 0
  let closed = 0
  for (let round = 0; round < 100; round++) {
    const image = await newFolder(context)
    cpSync(folder, image, { recursive: true })
    const name = names[round % names.length] as string
    const changed = readFileSync(join(image, 'keys', name))
    const bit = random(changed.length * 8)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    writeFileSync(join(image, 'keys', name), changed)
    const opened = await openIn(image).catch((error: Error) => {
      assert.ok(error.message.length > 10, `${name} bit ${bit}: ${error.message}`)
      return undefined
    })
    if (opened === undefined) refused++
    for (const [at, { index }] of opened === undefined ? [] : kept.entries()) {
      const entry = await opened?.log.open(index).catch((error: Error) => {
        assert.match(error.message, /does not open/, `${name} bit ${bit}`)
        return undefined
      })
      if (entry?.payload === undefined) closed++
      else assert.equal(Buffer.from(entry.payload).toString(), texts[at], `${name} bit ${bit}`)
      if (entry?.subject !== undefined) assert.equal(entry.subject, `person-${at % 4}`, `${name} bit ${bit}`)
    }
    await opened?.close()
    rmSync(image, { recursive: true })
  }
  context.diagnostic(`${refused} starts refused, ${closed} texts said not to open`)
  assert.ok(refused > 30, `${refused} refused`)
})

test('bits turned at 500 random places of the index never make another answer', async (context) => {
  turnBits(await filled(context, 71, 300), 500)
})
