import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * The logs below a folder a person names: the data folder, its audit folder, or the folder of one log.
 * Empty when there is none.
 */
export async function findLogs(folder: string): Promise<readonly string[]> {
  if (await isFolder(join(folder, 'seg'))) return [folder]
  const audit = (await isFolder(join(folder, 'audit'))) ? join(folder, 'audit') : folder
  const logs: string[] = []
  for (const name of (await isFolder(audit)) ? await readdir(audit) : []) {
    if (await isFolder(join(audit, name, 'seg'))) logs.push(join(audit, name))
  }
  return logs.sort()
}

/** `keys/` of the data folder a log lies in; undefined when the log was copied somewhere else. */
export async function findKeys(log: string): Promise<string | undefined> {
  const keys = join(dirname(dirname(log)), 'keys')
  return (await isFolder(keys)) ? keys : undefined
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
