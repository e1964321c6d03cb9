import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { seededRandom } from '#/audit/log-for-tests.ts'
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
