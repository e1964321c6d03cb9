import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { type DataFolder, DataFolderBusy, openDataFolder } from './data-folder.ts'

const folders: string[] = []
const opened: DataFolder[] = []

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-data-'))
  folders.push(folder)
  return folder
}

const open = (path: string): DataFolder => {
  const folder = openDataFolder(path)
  opened.push(folder)
  return folder
}

afterEach(() => {
  for (const each of opened.splice(0)) each.release()
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})

const modeOf = (path: string): number => statSync(path).mode & 0o777

/** A process of its own that takes the lock, says so, and keeps it until it is killed. */
async function startHolder(path: string) {
  const code = `
    import { openDataFolder } from ${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)}
    openDataFolder(process.argv[1])
    globalThis.gc?.()
    console.log('held')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a missing folder is made, with its parents, for its owner alone', () => {
  const path = join(newFolder(), 'deep', 'data')
  const folder = open(path)
  assert.equal(folder.path, path)
  assert.equal(modeOf(path), 0o700)
  assert.equal(modeOf(folder.lock), 0o600)
  assert.equal(folder.lock, join(path, 'lock'))
})

test('the folder can be opened again once it was released, and releasing twice does nothing', () => {
  const path = newFolder()
  const first = open(path)
  first.release()
  first.release()
  assert.equal(existsSync(join(path, 'lock.holder')), false)
  open(path)
})

test('a second opening in the same process is refused and does not give the first lock up', () => {
  const path = newFolder()
  open(path)
  assert.throws(() => openDataFolder(path), DataFolderBusy)
  assert.throws(() => openDataFolder(path), { pid: process.pid })
})

test('a second process is told who holds the folder, and kill -9 gives the lock back', async () => {
  const path = newFolder()
  const holder = await startHolder(path)
  assert.throws(
    () => openDataFolder(path),
    (error: unknown) =>
      error instanceof DataFolderBusy &&
      error.pid === holder.pid &&
      error.message.includes(`in use by process ${holder.pid}`) &&
      error.message.includes('SALLYPORT_DATA'),
  )
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  // What the dead process left behind accuses nobody and stops nobody.
  assert.match(readFileSync(join(path, 'lock.holder'), 'utf8'), new RegExp(`"pid":${holder.pid}\\b`))
  open(path)
  assert.match(readFileSync(join(path, 'lock.holder'), 'utf8'), new RegExp(`"pid":${process.pid}\\b`))
})

test('a holder file that is missing, broken or of a dead process names nobody', async () => {
  const path = newFolder()
  const holder = await startHolder(path)
  try {
    for (const text of [
      '',
      'not json',
      '{"pid":"1"}',
      '{"pid":-1}',
      `{"pid":${2 ** 22 + 1}}`,
      'x'.repeat(5_000),
    ]) {
      writeFileSync(join(path, 'lock.holder'), text)
      assert.throws(
        () => openDataFolder(path),
        { pid: undefined, message: /in use by another process/ },
        text,
      )
    }
    rmSync(join(path, 'lock.holder'))
    assert.throws(() => openDataFolder(path), { pid: undefined })
  } finally {
    holder.kill('SIGKILL')
  }
})

test('an empty folder that is open to others is closed to them', () => {
  const path = newFolder()
  mkdirSync(join(path, 'lost+found'))
  chmodSync(path, 0o755)
  open(path)
  assert.equal(modeOf(path), 0o700)
})

test('a folder of our own that was opened to others is closed again', () => {
  const path = newFolder()
  open(path).release()
  chmodSync(path, 0o777)
  open(path)
  assert.equal(modeOf(path), 0o700)
})

test('a folder with other files that is open to others is refused and left as it is', () => {
  const path = newFolder()
  writeFileSync(join(path, 'letters.txt'), 'dear')
  chmodSync(path, 0o755)
  assert.throws(() => openDataFolder(path), /holds other files.*chmod 700/)
  assert.equal(modeOf(path), 0o755)
  assert.equal(existsSync(join(path, 'lock')), false)
})

test('a path that cannot be a folder says so and names the variable', () => {
  const path = join(newFolder(), 'file')
  writeFileSync(path, '')
  assert.throws(() => openDataFolder(path), /cannot be created \(EEXIST\).*SALLYPORT_DATA/)
  assert.throws(() => openDataFolder(join(path, 'below')), /cannot be created \(ENOTDIR\)/)
})

test('a place that takes no folders is told, and the start does not wait for ever', () => {
  assert.throws(() => openDataFolder('/proc/sallyport/data'), /cannot be created \(E[A-Z]+\).*SALLYPORT_DATA/)
})

test('a lock file that is no lock file of ours is an error that names it', () => {
  const path = newFolder()
  mkdirSync(join(path, 'lock'))
  assert.throws(() => openDataFolder(path), /the lock .* cannot be taken/)
})
