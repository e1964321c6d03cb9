/** Signed checkpoints as files: beside the log, beside the keys, and wherever a copy was put. */
import { readFile } from 'node:fs/promises'
import { verifierKeyPath } from './layout.ts'
import { type Checkpoint, openCheckpoint, problemOfVerifierKey, readVerifierKey } from './note.ts'

export interface KnownCheckpoint {
  readonly note: string
  readonly path: string
  readonly checkpoint: Checkpoint
}

/** The checkpoint in a file; undefined when there is no file. Throws when the log's key did not sign it. */
export async function readCheckpointFile(
  path: string,
  verifierKey: string,
): Promise<KnownCheckpoint | undefined> {
  const note = await readIfThere(path)
  if (note === undefined) return undefined
  const key = readVerifierKey(verifierKey)
  if (key === undefined) throw new Error(`the key of this log ${problemOfVerifierKey(verifierKey)}`)
  const checkpoint = openCheckpoint(note, key)
  if (checkpoint === undefined)
    throw new Error(
      `${path} is not a checkpoint signed by the key of this log: ${whoseElse(note, key.origin)}`,
    )
  return { note, path, checkpoint }
}

function whoseElse(note: string, origin: string): string {
  const [stated] = note.split('\n', 1)
  if (stated !== undefined && stated !== origin && /^[\x21-\x7e]{1,100}$/.test(stated)) {
    return `it names the log ${stated}, this one is ${origin}. Give each log a folder, or an audit.origin, of its own.`
  }
  return (
    'it was changed, or signed with another key. If the key of this log was lost and made anew, choose another ' +
    'audit.origin: a new key cannot go on with an old log.'
  )
}

export const readVerifierKeyFile = (folder: string): Promise<string | undefined> =>
  readIfThere(verifierKeyPath(folder))

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
