/** Puts a backup into a new data folder, and proves that it is what was backed up. */
import { existsSync } from 'node:fs'
import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '#/core/durable-file.ts'
import { readCheckpointFile, readVerifierKeyFile } from '../checkpoint-file.ts'
import { logFolder } from '../layout.ts'
import { originFolder } from '../note.ts'
import { type Verified, verifyFolder } from '../verify.ts'
import { copyFile } from './copy.ts'
import { emptyAgain, takeEmptyFolder } from './folder.ts'
import { type Manifest, type ManifestFile, manifestPath, readManifest } from './manifest.ts'

export interface RestoreOptions {
  readonly from: string
  readonly into: string
  /** A backup of the keys, or the keys folder of a Sallyport that is no more. */
  readonly keysFrom?: string | undefined
  /** Called when the log was longer once. Without it, such a backup is refused. */
  readonly acceptLoss?: ((lost: LostEntries) => Promise<void>) | undefined
  readonly onProgress?: (bytes: number) => void
}

/** Entries from `from` up to and without `to` are known to have been there. */
export interface LostEntries {
  readonly from: number
  readonly to: number
  /** The signed checkpoint that says so. */
  readonly checkpoint: string
}

export interface RestoredBackup {
  readonly manifest: Manifest
  readonly verified: Verified
  /** Sentences: what is not there. */
  readonly missing: readonly string[]
  /** Given up, with an entry that says so. */
  readonly lost: LostEntries | undefined
}

/** Throws when anything is not what the manifest says; then nothing is left in the folder. */
export async function restoreBackup(options: RestoreOptions): Promise<RestoredBackup> {
  const { from, into, keysFrom } = options
  const manifest = await readManifest(from)
  const keys = keysFrom === undefined ? undefined : await listKeys(keysFrom)
  await takeEmptyFolder(into)
  try {
    await chmod(into, 0o700)
    for (const file of manifest.files) {
      if (keys !== undefined && file.path.startsWith('keys/')) continue
      await copyChecked(from, into, file, options.onProgress)
    }
    for (const { name, file } of keys ?? []) {
      if (file !== undefined) await copyChecked(keysFrom as string, into, file, options.onProgress)
      else await copyFile(join(keysFrom as string, name), join(into, 'keys', name))
    }
    const folder = logFolder(join(into, 'audit'), manifest.origin)
    const verified = await verifyFolder(folder)
    if (!verified.ok) throw new Error(`the restored log does not verify: ${verified.problems[0]}`)
    if (verified.entries !== manifest.entries)
      throw new Error(
        `the restored log has ${verified.entries} entries and the manifest says ${manifest.entries}`,
      )
    const lost = await findLost(into, manifest)
    if (lost !== undefined) await giveUp(lost, into, manifest, options.acceptLoss)
    return { manifest, verified, missing: missingIn(into, manifest), lost }
  } catch (error) {
    await emptyAgain([into])
    throw error
  }
}

async function copyChecked(
  from: string,
  into: string,
  { path, bytes, sha256 }: ManifestFile,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<void> {
  const copied = await copyFile(
    join(from, path),
    join(into, path),
    onBytes === undefined ? {} : { onBytes },
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(`the backup is not whole: ${path} is missing. Use another backup.`, { cause: error })
  })
  if (copied.bytes === bytes && copied.sha256 === sha256) return
  throw new Error(`${path} is not what was backed up: it was changed or damaged. Use another backup.`)
}

interface KeyFile {
  readonly name: string
  /** Of a backup of keys; undefined for a bare keys folder, which nothing says what it should be. */
  readonly file: ManifestFile | undefined
}

async function listKeys(folder: string): Promise<readonly KeyFile[]> {
  if (existsSync(manifestPath(folder))) {
    const { files } = await readManifest(folder)
    const keys = files.filter(({ path }) => path.startsWith('keys/'))
    if (keys.length === 0) throw new Error(`the backup in ${folder} holds no keys`)
    return keys.map((file) => ({ name: file.path, file }))
  }
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  if (!names.includes('data-keys.db'))
    throw new Error(`${folder} is neither a backup of keys nor the keys folder of a Sallyport`)
  return names.map((name) => ({ name, file: undefined }))
}

function missingIn(into: string, { origin }: Manifest): readonly string[] {
  const hasKeys = existsSync(join(into, 'keys', 'data-keys.db'))
  const hasSigning = existsSync(join(into, 'keys', `${originFolder(origin)}.signing.pem`))
  return [
    ...(hasKeys
      ? []
      : ['the data keys (keys/data-keys.db): every text stays closed, and headers name nobody']),
    ...(hasSigning
      ? []
      : [`the signing key (keys/${originFolder(origin)}.signing.pem): Sallyport cannot go on with this log`]),
  ]
}

/** A signed checkpoint beside the keys may know of a longer log. */
async function findLost(into: string, { origin, entries }: Manifest): Promise<LostEntries | undefined> {
  const verifierKey = await readVerifierKeyFile(logFolder(join(into, 'audit'), origin))
  const known = await readCheckpointFile(checkpointBesideKeys(into, origin), verifierKey ?? '')
  if (known === undefined || known.checkpoint.size <= entries) return undefined
  return { from: entries, to: known.checkpoint.size, checkpoint: known.note }
}

const checkpointBesideKeys = (into: string, origin: string): string =>
  join(into, 'keys', `${originFolder(origin)}.checkpoint`)

async function giveUp(
  lost: LostEntries,
  into: string,
  { origin, checkpoint }: Manifest,
  acceptLoss: RestoreOptions['acceptLoss'],
): Promise<void> {
  if (acceptLoss === undefined) {
    throw new Error(
      `the log once had ${lost.to} entries, says a signed checkpoint beside the keys; this backup has ${lost.from}. ` +
        'Use a newer backup, or give up the rest with --accept-loss and the reason.',
    )
  }
  await writeDurably(checkpointBesideKeys(into, origin), checkpoint)
  await acceptLoss(lost)
}
