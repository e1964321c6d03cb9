import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import type { AuditLog } from '#/audit/api.ts'
import { folderOf, newFolder, openIn } from '#/audit/log-for-tests.ts'

/** Our log against an implementation nobody of ours wrote: Go's `golang.org/x/mod/sumdb/tlog` and `note`. */

const source = join(import.meta.dirname, '..', 'interop', 'tlog')
const run = promisify(execFile)

const goFolders = [...(process.env.PATH ?? '').split(':'), '/usr/local/go/bin']
const go = goFolders.map((folder) => join(folder, 'go')).find((path) => existsSync(path))

/** Undefined when it cannot be built here; then the test is skipped, with the reason. */
async function built(context: TestContext): Promise<string | undefined> {
  if (go === undefined) {
    context.skip('Go is not on this machine')
    return undefined
  }
  const program = join(await newFolder(context), 'tlog-check')
  // No other toolchain is fetched: the one on the machine does, or the test says why not.
  const options = { cwd: source, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' } }
  const fetched = await run(go, ['mod', 'download'], options).then(
    () => true,
    () => false,
  )
  if (!fetched) {
    context.skip('the module golang.org/x/mod cannot be fetched')
    return undefined
  }
  await run(go, ['build', '-o', program, '.'], options)
  return program
}

test("Go's own packages accept the checkpoint, tiles, bundles, inclusion and consistency proofs", async (context) => {
  const program = await built(context)
  if (program === undefined) return
  const folder = await newFolder(context)

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

/** In commits of 50, so that they lie in several segments. */
async function some(log: AuditLog): Promise<void> {
  const fifty = Array.from({ length: 50 }, (_, at) => at)
  for (let rounds = 0; rounds < 14; rounds++)
    await Promise.all(fifty.map((at) => log.append({ kind: 'sign-in', facts: { requestId: `req_${at}` } })))
}

test('they accept a log whose first headers ended: bundles begin later, everything else is as before', async (context) => {
  const program = await built(context)
  if (program === undefined) return
  const folder = await newFolder(context)
  const { log, keys, close } = await openIn(folder, { segmentBytes: 16_384 })
  await some(log)
  const proofs = [join(folder, 'a.tlog-proof'), join(folder, 'b.tlog-proof')]
  await writeFile(proofs[0] as string, await log.tree.prove(3))
  const older = join(folder, 'older')
  await writeFile(older, log.checkpoint() ?? assert.fail('no checkpoint'))
  const below = log.endable({ beforeMs: Number.MAX_SAFE_INTEGER, aliases: new Set() })
  const root = (await log.tree.rootOf(below)).toString('hex')
  await log.append({ kind: 'retention', facts: { decision: 'begun', ended: { below, root } } })
  await log.endHeaders(below)
  await some(log)
  await writeFile(proofs[1] as string, await log.tree.prove(below + 1))
  await close()
  const { stdout } = await run(program, [folderOf(folder), keys.verifierKey, older, ...proofs])
  const said = JSON.parse(stdout) as Record<string, number>
  assert.ok(below > 400 && below < 701, `${below}`)
  assert.equal(said['bundleHashes'], (said['entries'] ?? 0) - Math.ceil(below / 256) * 256)
  assert.equal(said['proofFiles'], 2)
  assert.ok((said['inclusions'] ?? 0) > 15 && (said['consistent'] ?? 0) > 8, stdout)
})
