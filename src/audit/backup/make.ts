/**
 * A backup of a Sallyport that may be running. In this order: the database (older than the log, which the register
 * catches up from), the log up to a signed checkpoint, and the keys apart from it (newer than the log, so that they
 * open all of it). What was written is verified before the manifest, which comes last, says that it is whole.
 */
import { existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { makeFolder, writeDurably } from '#/core/durable-file.ts'
import { endedPath, keptPath, listSegments, logFolder, payloadPath, segmentPath } from '../layout.ts'
import { originFolder } from '../note.ts'
import { verifyFolder } from '../verify.ts'
import { type CopyDisk, copyFile, hashFile } from './copy.ts'
import { findCut } from './cut.ts'
import { emptyAgain, takeEmptyFolder } from './folder.ts'
import { type Manifest, type ManifestFile, manifestFormat, manifestPath } from './manifest.ts'

/** The checkpoint a backup goes up to, once it covers the entry that says there is one. */
export interface BackupPoint {
  readonly origin: string
  readonly checkpoint: string
  readonly entries: number
}

export interface BackupOptions {
  readonly dataFolder: string
  readonly into: string
  /** `here`: with the rest, which gives whoever finds the backup all of it. */
  readonly keys: Manifest['keys']
  /** Where the keys go when they go `apart`. */
  readonly keysInto?: string | undefined
  /** Writes the entry of the backup and gives the first checkpoint behind it. Asked of the Sallyport that runs. */
  readonly begin: () => Promise<BackupPoint>
  readonly now: () => number
  readonly onProgress?: (bytes: number) => void
  /** For tests. */
  readonly disk?: CopyDisk
}

export interface BackedUp {
  readonly entries: number
  readonly files: number
  readonly bytes: number
  readonly keys: Manifest['keys']
}

/** Throws when it cannot be whole; then nothing of it is left. */
export async function makeBackup(options: BackupOptions): Promise<BackedUp> {
  const { into, keysInto } = options
  const folders = keysInto === undefined ? [into] : [into, keysInto]
  for (const folder of folders) await takeEmptyFolder(folder)
  try {
    return await copyAll(options)
  } catch (error) {
    await emptyAgain(folders)
    throw explain(error as NodeJS.ErrnoException, options)
  }
}

async function copyAll(options: BackupOptions): Promise<BackedUp> {
  const { dataFolder, into, keys, keysInto, now } = options
  const copier = new Copier(options, into)
  await copier.database('store.db')
  const { origin, checkpoint, entries } = await options.begin()
  await copyLog(copier, options, { origin, checkpoint, entries })
  if (existsSync(join(dataFolder, 'knowledge.json'))) await copier.file('knowledge.json')
  const keyCopier = keys === 'none' ? undefined : new Copier(options, keysInto ?? into)
  if (keyCopier !== undefined) await copyKeys(keyCopier, dataFolder, origin, checkpoint)
  const { ok, problems } = await verifyFolder(logFolder(join(into, 'audit'), origin))
  if (!ok) throw new Error(`the copied log does not verify: ${problems[0]}. Run the backup again.`)
  const madeAt = new Date(now()).toISOString()
  const head = { format: manifestFormat, madeAt, origin, checkpoint, entries } as const
  const here = keys === 'here' ? [...copier.files, ...(keyCopier?.files ?? [])] : copier.files
  if (keysInto !== undefined && keyCopier !== undefined)
    await writeManifest(keysInto, { ...head, keys: 'here', files: keyCopier.files })
  await writeManifest(into, { ...head, keys, files: here })
  const all = [...copier.files, ...(keyCopier?.files ?? [])]
  return { entries, files: all.length, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0), keys }
}

const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeDurably(manifestPath(folder), `${JSON.stringify(manifest, undefined, 1)}\n`)

async function copyLog(
  copier: Copier,
  { dataFolder }: BackupOptions,
  { origin, checkpoint, entries }: BackupPoint,
): Promise<void> {
  const folder = logFolder(join(dataFolder, 'audit'), origin)
  const inFolder = (path: string): string => path.slice(dataFolder.length + 1)
  const cut = await findCut(folder, entries)
  const segments = await listSegments(folder)
  // Of what has ended, the hashes: without them nothing leads to the checkpoint.
  for (let segment = 1; segment < (segments[0] ?? 1); segment++) {
    await copier.file(inFolder(endedPath(folder, segment)))
    if (existsSync(keptPath(folder, segment))) await copier.file(inFolder(keptPath(folder, segment)))
  }
  for (const segment of segments) {
    if (segment > cut.segment) break
    const limit = segment === cut.segment ? cut.offset : undefined
    await copier.file(inFolder(segmentPath(folder, segment)), limit)
  }
  for (const month of await namesIn(join(folder, 'pay'))) {
    for (const name of await namesIn(join(folder, 'pay', month))) {
      const file = `${month}/${name.replace(/\.pay$/, '')}`
      if (name.endsWith('.pay')) await copier.file(inFolder(payloadPath(folder, file)))
    }
  }
  await copier.file(inFolder(join(folder, 'log.vkey')))
  await copier.text(inFolder(join(folder, 'checkpoint')), checkpoint)
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder) ? (await readdir(folder)).sort() : []

async function copyKeys(
  copier: Copier,
  dataFolder: string,
  origin: string,
  checkpoint: string,
): Promise<void> {
  const lastCheckpoint = `${originFolder(origin)}.checkpoint`
  const kek = join(dataFolder, 'keys', 'kek')
  const before = await hashFile(kek)
  const entries = await readdir(join(dataFolder, 'keys'), { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isFile())) {
    if (name.endsWith('.db')) await copier.database(`keys/${name}`)
    // What a write under way leaves for a moment, and the journal the copy of the database does without.
    else if (!/(\.new|\.db-(journal|wal|shm))$/.test(name) && name !== lastCheckpoint)
      await copier.file(`keys/${name}`)
  }
  await copier.text(`keys/${lastCheckpoint}`, checkpoint)
  // A rotation in between leaves a copy whose data keys are wrapped by a version that is not in it.
  if ((await hashFile(kek)).sha256 !== before.sha256)
    throw new Error('the key of keys was rotated meanwhile. Run the backup again.')
}

/** Copies files of the data folder to where they lie in the backup, and lists what it wrote. */
class Copier {
  readonly files: ManifestFile[] = []
  readonly #options: BackupOptions
  readonly #into: string

  constructor(options: BackupOptions, into: string) {
    this.#options = options
    this.#into = into
  }

  async file(path: string, limitBytes?: number): Promise<void> {
    const { dataFolder, disk, onProgress } = this.#options
    const copied = await copyFile(join(dataFolder, path), join(this.#into, path), {
      limitBytes,
      ...(disk === undefined ? {} : { disk }),
      ...(onProgress === undefined ? {} : { onBytes: onProgress }),
    })
    this.files.push({ path, ...copied })
  }

  /** By SQLite's own backup: consistent, while others write. */
  async database(path: string): Promise<void> {
    const target = join(this.#into, path)
    await makeFolder(dirname(target))
    const source = new DatabaseSync(join(this.#options.dataFolder, path), { readOnly: true, timeout: 5_000 })
    try {
      await backup(source, target, { rate: 1_000 })
    } finally {
      source.close()
    }
    const file = await open(target, 'r+')
    try {
      await file.chmod(0o600)
      await file.sync()
    } finally {
      await file.close()
    }
    await this.#take(path)
  }

  async text(path: string, text: string): Promise<void> {
    await makeFolder(dirname(join(this.#into, path)))
    await writeDurably(join(this.#into, path), text)
    await this.#take(path)
  }

  async #take(path: string): Promise<void> {
    this.files.push({ path, ...(await hashFile(join(this.#into, path))) })
  }
}

function explain(error: NodeJS.ErrnoException, { into, keysInto }: BackupOptions): Error {
  const where = keysInto === undefined ? into : `${into} and ${keysInto}`
  const nothing = `Nothing of the backup is left in ${where}.`
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new Error(`the disk is full. ${nothing} Make room, or name another folder.`, { cause: error })
  }
  if (error.code === 'ENOENT') {
    return new Error(
      `${error.message}. If retention ended a month meanwhile, run the backup again. ${nothing}`,
      { cause: error },
    )
  }
  return new Error(`${error.message} ${nothing}`, { cause: error })
}
