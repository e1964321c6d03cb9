/**
 * The keys of one log: those its texts are sealed with, and the one that signs its checkpoints. Beside the sealing
 * keys, in `keys/` of the data folder:
 *
 *     <origin>.signing.pem   Ed25519, signs the checkpoints of one log, 0600
 *     <origin>.checkpoint    a second copy of the last checkpoint, away from the log it is about
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { makeFolder } from '#/core/durable-file.ts'
import { readSecretFile } from '#/core/secret-file.ts'
import { openSealingKeys, type SealingKeysControl, type SealingKeysOptions } from '#/sealing/keys.ts'
import { assertOrigin, formatVerifierKey, originFolder } from './note.ts'

export interface LogKeys extends SealingKeysControl {
  readonly origin: string
  readonly signingKey: KeyObject
  readonly verifierKey: string
  readonly checkpointPath: string
}

/** Opens the keys of one log, and makes those that are missing unless `isReadOnly`. */
export async function openLogKeys(
  options: SealingKeysOptions & { readonly origin: string },
): Promise<LogKeys> {
  const { folder, origin, isReadOnly = false } = options
  assertOrigin(origin)
  if (!isReadOnly) await makeFolder(folder)
  const named = join(folder, originFolder(origin))
  const pem = await readSecretFile(
    `${named}.signing.pem`,
    isReadOnly
      ? undefined
      : () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  const signingKey = createPrivateKey(pem)
  return {
    ...(await openSealingKeys(options)),
    origin,
    signingKey,
    verifierKey: formatVerifierKey(origin, createPublicKey(signingKey)),
    checkpointPath: `${named}.checkpoint`,
  }
}
