import { readFile, stat } from 'node:fs/promises'
import { writeDurably } from './durable-file.ts'

/**
 * A small file only its owner may read. When it is not there, `make` gives its text; without `make` that is an error.
 * Throws when others on the machine may read it.
 */
export async function readSecretFile(path: string, make: (() => string) | undefined): Promise<string> {
  const mode = await stat(path).then(
    (found) => found.mode,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && make !== undefined) return undefined
      throw error
    },
  )
  if (mode === undefined) await writeDurably(path, make?.() ?? '')
  else if ((mode & 0o077) !== 0) {
    throw new Error(
      `${path} may be read by others on this machine: run chmod 600 on it, and consider it known`,
    )
  }
  return readFile(path, 'utf8')
}
