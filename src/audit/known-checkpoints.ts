import { writeDurably } from '#/core/durable-file.ts'
import { type CopyTrouble, readCopies } from './checkpoint-copies.ts'
import { type KnownCheckpoint, readCheckpointFile, readVerifierKeyFile } from './checkpoint-file.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath, verifierKeyPath } from './layout.ts'

export interface KnownCheckpointsOptions {
  readonly keys: LogKeys
  readonly checkpointCopies?: readonly string[]
  readonly onCopyTrouble?: (trouble: CopyTrouble) => void
}

/** The signed checkpoints beside the log, beside the keys and in other places, the larger first. */
export async function readKnownCheckpoints(
  folder: string,
  options: KnownCheckpointsOptions,
): Promise<KnownCheckpoint[]> {
  const { keys } = options
  const stated = await readVerifierKeyFile(folder)
  if (stated === undefined) await writeDurably(verifierKeyPath(folder), `${keys.verifierKey}\n`)
  else if (stated.trim() !== keys.verifierKey) {
    throw new Error(
      `the log in ${folder} was signed with another key than the one in the keys folder. ` +
        'Put back the keys that belong to this log; a new key cannot go on with it.',
    )
  }
  const beside = await readCheckpointFile(checkpointPath(folder), keys.verifierKey)
  const away = await readCheckpointFile(keys.checkpointPath, keys.verifierKey)
  const copies = await readCopies(options.checkpointCopies ?? [], keys, (place) => {
    // An empty place is right for a new log only. It may be a new place, so this is told and not refused.
    if (beside === undefined) return
    options.onCopyTrouble?.({ folder: place, problem: 'it holds no copy, though this log was signed before' })
  })
  return [beside, away, ...copies]
    .filter((each) => each !== undefined)
    .sort((one, other) => other.checkpoint.size - one.checkpoint.size)
}
