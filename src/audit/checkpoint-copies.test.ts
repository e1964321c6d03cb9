import assert from 'node:assert/strict'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { CheckpointCopies, type CopyTrouble, copyPath } from './checkpoint-copies.ts'
import { appendExchange, newFolder, openIn, origin } from './log-for-tests.ts'

async function places(context: TestContext): Promise<{ readonly folder: string; readonly mount: string }> {
  const folder = await newFolder(context)
  const mount = join(await newFolder(context), 'mount')
  await mkdir(mount)
  return { folder, mount }
}

async function oneExchange(folder: string, mount: string): Promise<void> {
  const { log, close } = await openIn(folder, { checkpointCopies: [mount] })
  await appendExchange(log, 'person-1', 'The text.')
  await close()
}

test('each checkpoint is copied, under the name of the log', async (context) => {
  const { folder, mount } = await places(context)
  await oneExchange(folder, mount)
  const beside = await readFile(join(folder, 'audit', encodeURIComponent(origin), 'checkpoint'), 'utf8')
  assert.equal(await readFile(copyPath(mount, origin), 'utf8'), beside)
})

test("yesterday's copy of the whole data folder does not start: the copy elsewhere knows better", async (context) => {
  const { folder, mount } = await places(context)
  await oneExchange(folder, mount)
  const yesterday = await newFolder(context)
  await cp(folder, yesterday, { recursive: true })
  await oneExchange(folder, mount)
  await (await openIn(yesterday)).close().catch(() => assert.fail('without the copy nobody can tell'))
  await rm(yesterday, { recursive: true })
  await cp(folder, yesterday, { recursive: true })
  await oneExchange(folder, mount)
  await assert.rejects(openIn(yesterday, { checkpointCopies: [mount] }), (error: Error) => {
    assert.match(error.message, /holds 8 entries, but a signed checkpoint says 12/)
    assert.ok(error.message.includes(copyPath(mount, origin)), error.message)
    return true
  })
})

test('a log that was made to say something else does not start either', async (context) => {
  const { folder, mount } = await places(context)
  await oneExchange(folder, mount)
  const other = await newFolder(context)
  await cp(join(folder, 'keys'), join(other, 'keys'), { recursive: true })
  await rm(join(other, 'keys', `${encodeURIComponent(origin)}.checkpoint`))
  const { log, close } = await openIn(other)
  for (let at = 0; at < 5; at++) await appendExchange(log, 'person-1', 'Another text.')
  await close()
  await assert.rejects(
    openIn(other, { checkpointCopies: [mount] }),
    /the first 4 entries of the log are not those/,
  )
})

test('a copy of another key or another log is told apart from damage', async (context) => {
  const { folder, mount } = await places(context)
  await oneExchange(folder, mount)
  const stranger = await newFolder(context)
  await assert.rejects(
    openIn(stranger, { checkpointCopies: [mount] }),
    /not a checkpoint signed by the key of this log: .*signed with another key/s,
  )
  const note = await readFile(copyPath(mount, origin), 'utf8')
  await writeFile(copyPath(mount, origin), note.replaceAll(origin, 'other.example.com'))
  await assert.rejects(openIn(folder, { checkpointCopies: [mount] }), /it names the log other\.example\.com/)
})

test('a folder that cannot be used at start is refused, naming the setting', async (context) => {
  const { folder, mount } = await places(context)
  await rm(mount, { recursive: true })
  await assert.rejects(
    openIn(folder, { checkpointCopies: [mount] }),
    /audit\.checkpointCopies: the folder .*Mount it/,
  )
})

test('an empty place of a log that was signed before is told', async (context) => {
  const { folder, mount } = await places(context)
  await oneExchange(folder, mount)
  await rm(copyPath(mount, origin))
  const said: CopyTrouble[] = []
  const { close } = await openIn(folder, {
    checkpointCopies: [mount],
    onCopyTrouble: (each) => said.push(each),
  })
  await close()
  assert.match(said[0]?.problem ?? '', /holds no copy/)
})

test('a copy that cannot be written alarms once, stops nothing, and is made up for', async (context) => {
  const { folder, mount } = await places(context)
  const said: CopyTrouble[] = []
  const { log, close } = await openIn(folder, {
    checkpointCopies: [mount],
    checkpointEveryMs: 10,
    onCopyTrouble: (each) => said.push(each),
  })
  await rename(mount, `${mount}-away`)
  await appendExchange(log, 'person-1', 'The text.')
  await log.tree.prove(0)
  await appendExchange(log, 'person-1', 'The text.')
  await log.tree.prove(4)
  await pause(50)
  assert.equal(said.length, 1, 'once, however often it fails')
  assert.equal(said[0]?.folder, mount)
  assert.deepEqual(log.tree.health(), { checkpoints: 'current', copies: 'failing' })
  assert.equal(log.isAlive(), true)
  await rename(`${mount}-away`, mount)
  await close()
  assert.match(await readFile(copyPath(mount, origin), 'utf8'), /\n6\n/)
  assert.equal(said.at(-1)?.problem, undefined)
})

test('a longer copy by the same key is never covered up', async (context) => {
  const { folder, mount } = await places(context)
  const { log, keys, close } = await openIn(folder)
  await appendExchange(log, 'person-1', 'The text.')
  await log.tree.prove(0)
  const early = log.checkpoint() ?? assert.fail('no checkpoint')
  await appendExchange(log, 'person-1', 'The text.')
  await close()
  const late = log.checkpoint() ?? assert.fail('no checkpoint')
  await writeFile(copyPath(mount, origin), late)
  const said: CopyTrouble[] = []
  const copies = new CheckpointCopies([mount], keys, (each) => said.push(each), { againAfterMs: 10 })
  copies.offer({ note: early, path: '', checkpoint: { origin, size: 3, root: Buffer.alloc(32) } })
  await pause(100)
  assert.match(said[0]?.problem ?? '', /another Sallyport writes with the same key/)
  assert.equal(copies.state, 'failing')
  await copies.close()
  assert.equal(await readFile(copyPath(mount, origin), 'utf8'), late)
})
