import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { folderOf, newFolder, openIn } from '#/audit/log-for-tests.ts'

/** Our log against an implementation nobody of ours wrote: Go's `golang.org/x/mod/sumdb/tlog` and `note`. */

const source = join(import.meta.dirname, '..', 'interop', 'tlog')
const run = promisify(execFile)

const goFolders = [...(process.env.PATH ?? '').split(':'), '/usr/local/go/bin']
const go = goFolders.map((folder) => join(folder, 'go')).find((path) => existsSync(path))

test("Go's own packages accept the checkpoint, tiles, bundles, inclusion and consistency proofs", async (context) => {
  if (go === undefined) return context.skip('Go is not on this machine')
  const folder = await newFolder(context)
  const program = join(folder, 'tlog-check')
  // No other toolchain is fetched: the one on the machine does, or the test says why not.
  const options = { cwd: source, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' } }
  const fetched = await run(go, ['mod', 'download'], options).then(
    () => true,
    () => false,
  )
  if (!fetched) return context.skip('the module golang.org/x/mod cannot be fetched')
  await run(go, ['build', '-o', program, '.'], options)

  const { log, keys, close } = await openIn(folder)
  const some = async (count: number): Promise<void> => {
    // Not more at once than may wait for the disk.
    for (let left = count; left > 0; left -= 5_000) {
      const appended = Array.from({ length: Math.min(left, 5_000) }, (_, at) =>
        log.append({ kind: 'record', facts: { about: `record-${at}` } }),
      )
      await Promise.all(appended)
    }
  }
  await some(700)
  const proofs = [join(folder, 'a.tlog-proof'), join(folder, 'b.tlog-proof')]
  await writeFile(proofs[0] as string, await log.tree.prove(0))
  const older = join(folder, 'older')
  await writeFile(older, log.checkpoint() ?? assert.fail('no checkpoint'))
  await some(66_000)
  await writeFile(proofs[1] as string, await log.tree.prove(66_000))
  await close()

  const check = (vkey = keys.verifierKey) => run(program, [folderOf(folder), vkey, older, ...proofs])
  const said = JSON.parse((await check()).stdout) as Record<string, number>
  assert.equal(said['entries'], 66_702)
  assert.equal(said['older'], 701)
  assert.equal(said['bundleHashes'], 66_702)
  assert.equal(said['proofFiles'], 2)
  assert.ok((said['inclusions'] ?? 0) > 600 && (said['consistent'] ?? 0) > 15, JSON.stringify(said))

  // That it would notice: one bit of a tile, of a proof, and another key.
  for (const path of [
    join(folderOf(folder), 'tile/0/000'),
    join(folderOf(folder), 'tile/entries/003'),
    proofs[1] as string,
  ]) {
    const sound = await readFile(path)
    const changed = Buffer.from(sound)
    changed[300] = (changed[300] as number) ^ 1
    await writeFile(path, changed)
    await assert.rejects(check(), path)
    await writeFile(path, sound)
  }
  await assert.rejects(check('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'))
  await check()
})
