import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#/core/durable-file.ts'

/** Makes a folder that must be new or empty. Throws, naming it, when something lies there. */
export async function takeEmptyFolder(path: string): Promise<void> {
  await makeFolder(path)
  const there = (await readdir(path)).filter((name) => name !== 'lost+found')
  if (there.length > 0) throw new Error(`the folder ${path} is not empty: name a new one`)
}

/** Removes everything in folders that were empty before, so that half of something does not look like the whole. */
export async function emptyAgain(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (const name of await readdir(path)) {
      if (name !== 'lost+found') await rm(join(path, name), { recursive: true, force: true })
    }
  }
}
