import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The data folder, locked for this process alone until `release`, or until the process ends however it ends. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string
  /** The file the lock is held on. */
  readonly lock: string
  readonly release: () => void
}

/** Another process works in the folder. `pid` is undefined when it could not be told. */
export class DataFolderBusy extends Error {
  override readonly name = 'DataFolderBusy'
  readonly code = 'data-folder-busy'
  readonly pid: number | undefined

  constructor(path: string, pid: number | undefined) {
    const who = pid === undefined ? 'another process' : `process ${pid}`
    super(`the data folder ${path} is in use by ${who}; stop it, or name another folder with SALLYPORT_DATA`)
    this.pid = pid
  }
}

// A lock nobody refers to would be closed, and so given up, by the garbage collector.
const held = new Set<DatabaseSync>()

/**
 * Creates the folder (mode 0700) when it is missing, and takes its lock. The lock is one of the operating
 * system, held by SQLite on the file `lock`: it ends with the process, also by kill -9, so that no stale
 * lock ever has to be removed by hand.
 * Throws `DataFolderBusy`, and `Error` for a folder that cannot be used, saying what to do.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder)
  const lock = join(path, 'lock')
  const holder = join(path, 'lock.holder')
  makePrivate(path)
  const engine = takeLock(path, lock, holder)
  held.add(engine)
  // Beside the lock, not in it: opening and closing the lock file ourselves would give the lock up (POSIX).
  writeFileSync(holder, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`, {
    mode: 0o600,
  })
  const release = () => {
    if (!held.delete(engine)) return
    rmSync(holder, { force: true })
    engine.close()
  }
  return { path, lock, release }
}

/** Node's own way (`recursive`) never ends where a parent is there and takes no folders, as in /proc. */
function makeWithParents(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    makeWithParents(dirname(path))
    makeWithParents(path)
  }
}

function makePrivate(path: string): void {
  try {
    makeWithParents(path)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    throw new Error(
      `the data folder ${path} cannot be created (${reason}); name another one with SALLYPORT_DATA`,
      {
        cause: error,
      },
    )
  }
  if ((statSync(path).mode & 0o077) === 0) return
  // Keys will lie here. Only a folder that is plainly ours is closed to others: never somebody's home or /tmp.
  const entries = readdirSync(path).filter((name) => name !== 'lost+found')
  if (entries.length > 0 && !entries.includes('lock')) {
    throw new Error(
      `the folder ${path} holds other files and is open to other users; name an empty folder with SALLYPORT_DATA, or run: chmod 700 ${path}`,
    )
  }
  chmodSync(path, 0o700)
}

function takeLock(path: string, lock: string, holder: string): DatabaseSync {
  let engine: DatabaseSync | undefined
  try {
    engine = new DatabaseSync(lock, { timeout: 0 })
    engine.exec('BEGIN EXCLUSIVE')
    chmodSync(lock, 0o600)
    return engine
  } catch (error) {
    engine?.close()
    const { errcode } = error as { errcode?: number }
    const sqliteBusy = 5
    if (errcode === sqliteBusy) throw new DataFolderBusy(path, readHolder(holder))
    throw new Error(`the lock ${lock} cannot be taken: ${(error as Error).message}`, { cause: error })
  }
}

/** The process that says it holds the lock, if it is there: a file of an earlier one must not accuse a stranger. */
function readHolder(holder: string): number | undefined {
  try {
    if (statSync(holder).size > 1_000) return undefined
    const { pid } = JSON.parse(readFileSync(holder, 'utf8')) as { pid?: unknown }
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined
    return isRunning(pid) ? pid : undefined
  } catch {
    // The lock decides; the name is a courtesy that may be missing while its holder starts or ends.
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
