import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders of programs, not of people: histories and what can be fetched again. */
export const passedOver: readonly string[] = ['.git', '.hg', '.svn', 'node_modules']

export type Walked =
  /** Paths are relative to the root, with slashes; the folder of a file in the root is `.`. */
  | { readonly kind: 'file'; readonly folder: string; readonly path: string; readonly bytes: number }
  | { readonly kind: 'skipped'; readonly path: string; readonly why: SkipReason }

/** `link`: not followed, so that nothing outside is read and nothing twice. */
export type SkipReason = 'passed-over' | 'link' | 'special' | 'denied'

/** Every file below a folder, in order of names, folder by folder. Throws only when the root cannot be read. */
export async function* walkTree(root: string): AsyncGenerator<Walked> {
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: Error) => {
      if (folder === '') throw error
      return undefined
    })
    if (entries === undefined) {
      yield { kind: 'skipped', path: folder, why: 'denied' }
      continue
    }
    entries.sort((one, other) => (one.name < other.name ? -1 : 1))
    const inner: string[] = []
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isSymbolicLink()) yield { kind: 'skipped', path, why: 'link' }
      else if (entry.isDirectory() && passedOver.includes(entry.name))
        yield { kind: 'skipped', path, why: 'passed-over' }
      else if (entry.isDirectory()) inner.push(path)
      else if (entry.isFile()) yield await fileAt(root, folder, path)
      else yield { kind: 'skipped', path, why: 'special' }
    }
    open.push(...inner.reverse())
  }
}

async function fileAt(root: string, folder: string, path: string): Promise<Walked> {
  const found = await stat(join(root, path)).catch(() => undefined)
  if (found === undefined) return { kind: 'skipped', path, why: 'denied' }
  return { kind: 'file', folder: folder === '' ? '.' : folder, path, bytes: found.size }
}
