/**
 * The keys texts are sealed with, in `keys/` of the data folder:
 *
 *     kek            the key that wraps all others, 0600
 *     data-keys.db   aliases and wrapped data keys, one per person and month
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#/core/durable-file.ts'
import { readSecretFile } from '#/core/secret-file.ts'
import type { SealingKeys } from './api.ts'
import { DataKeys, recordsPerKey } from './data-keys.ts'
import { KeyStore } from './store.ts'

export interface SealingKeysOptions {
  /** `keys/` of the data folder. */
  readonly folder: string
  readonly isReadOnly?: boolean
  /** For tests: records one data key may seal. */
  readonly recordsPerKey?: number
}

/** Opens the keys, and makes those that are missing unless `isReadOnly`. */
export async function openSealingKeys(options: SealingKeysOptions): Promise<SealingKeys> {
  const { folder, isReadOnly = false } = options
  if (!isReadOnly) await makeFolder(folder)
  const kekPath = join(folder, 'kek')
  const kek = await readSecretFile(
    kekPath,
    isReadOnly ? undefined : () => `${randomBytes(32).toString('base64')}\n`,
  )
  const madeAtMs = Math.floor((await stat(kekPath)).mtimeMs)
  const store = new KeyStore(join(folder, 'data-keys.db'), { isReadOnly })
  const dataKeys = new DataKeys(store, readKek(kek, folder), options.recordsPerKey ?? recordsPerKey)
  return {
    sealing: (person, month) => dataKeys.sealing(person, month),
    opening: (commitment) => dataKeys.opening(commitment),
    personOf: (alias) => store.personOf(alias),
    aliasesOf: (person) => store.aliasesOf(person),
    destroy: async (scope, what = {}) => dataKeys.destroy(scope, what),
    inventory: () => ({ source: 'file', version: 1, madeAtMs, months: store.months() }),
    close: () => store.close(),
  }
}

function readKek(text: string, folder: string): KeyObject {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== 32) throw new Error(`${join(folder, 'kek')} must hold 32 bytes in base64`)
  return createSecretKey(bytes)
}
