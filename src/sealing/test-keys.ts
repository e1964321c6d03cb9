/** What the tests of this room share: keys in temporary folders. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openSealingKeys, type SealingKeysControl, type SealingKeysOptions } from './keys.ts'

/** Removed with the test. */
export async function newFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-sealing-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Closed with the test. */
export async function openKeys(
  context: TestContext,
  folder: string,
  options: Omit<SealingKeysOptions, 'folder'> = {},
): Promise<SealingKeysControl> {
  const keys = await openSealingKeys({ folder, ...options })
  context.after(() => keys.close())
  return keys
}
